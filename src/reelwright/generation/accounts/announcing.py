"""Telling what happened to accounts: in the workspace they belong to, and never their names or keys."""

from collections.abc import Sequence
from typing import Final

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.generation.accounts.account import Account, AccountState
from reelwright.generation.accounts.circuits import Circuit

ADDED: Final = "account:added"
CHANGED: Final = "account:changed"
REMOVED: Final = "account:removed"
COOLING: Final = "account:cooling"
EXHAUSTED: Final = "account:exhausted"
DISABLED: Final = "account:disabled"
HEALED: Final = "account:healed"

CIRCUIT_OPENED: Final = "account:circuit_opened"
CIRCUIT_CLOSED: Final = "account:circuit_closed"

OF_STATE: Final = {
    AccountState.ACTIVE: HEALED,
    AccountState.COOLING: COOLING,
    AccountState.EXHAUSTED: EXHAUSTED,
    AccountState.DISABLED: DISABLED,
}
"""What is told when an account enters a state."""


async def announce(tx: Tx, told: Sequence[tuple[str, Account]]) -> None:
    """Publish what happened to each account, last in the transaction."""
    await publish(tx, *(_event(kind, account) for kind, account in told))


async def announce_circuit(tx: Tx, kind: str, account: Account, circuit: Circuit) -> None:
    """Say that a model of an account is left alone, or used again."""
    until = circuit.open_until.isoformat() if circuit.open_until else None
    data = {"provider": account.provider, "model": circuit.model, "until": until}
    data |= {"reason": circuit.reason}
    await publish(tx, NewEvent(kind, account.id, data, account.workspace))


def _event(kind: str, account: Account) -> NewEvent:
    now = account.condition
    data = {
        "provider": account.provider,
        "sharing": account.sharing.value,
        "state": now.state.value,
        "paused": account.paused,
        "until": now.until.isoformat() if now.until else None,
        "reason": now.reason,
    }
    return NewEvent(kind, account.id, data, account.workspace)
