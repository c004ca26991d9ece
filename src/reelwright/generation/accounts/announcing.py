"""Telling what happened to accounts: in the workspace they belong to, and never their names or keys."""

from collections.abc import Sequence
from typing import Final

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.generation.accounts.account import Account, AccountState

ADDED: Final = "account:added"
CHANGED: Final = "account:changed"
REMOVED: Final = "account:removed"
COOLING: Final = "account:cooling"
EXHAUSTED: Final = "account:exhausted"
DISABLED: Final = "account:disabled"
HEALED: Final = "account:healed"

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
