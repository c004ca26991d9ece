"""Circuits in the database, where all processes see them; in a transaction of the system's."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, text

from reelwright.engines.database.database import Tx
from reelwright.generation.accounts import circuits
from reelwright.generation.accounts.account import Account
from reelwright.generation.accounts.announcing import (
    CIRCUIT_CLOSED,
    CIRCUIT_OPENED,
    announce_circuit,
)
from reelwright.generation.accounts.circuits import Circuit, CircuitState
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.ids import AccountId

_FIND = text(
    "SELECT * FROM account_circuits WHERE account_id = :account AND model = :model FOR UPDATE"
)
_ALL = text("SELECT * FROM account_circuits WHERE account_id = :account ORDER BY model")
_PUT = text("""
INSERT INTO account_circuits (account_id, model, failures, recent, opens, open_until, trial_until, reason)
VALUES (:account, :model, :failures, :recent, :opens, :open_until, :trial_until, :reason)
ON CONFLICT (account_id, model) DO UPDATE SET failures = excluded.failures,
    recent = excluded.recent, opens = excluded.opens, open_until = excluded.open_until,
    trial_until = excluded.trial_until, trial_of = NULL, reason = excluded.reason""")
_END_TRIAL = text("""
UPDATE account_circuits SET trial_until = NULL, trial_of = NULL
 WHERE account_id = :account AND model = :model""")
_FORGET = text("DELETE FROM account_circuits WHERE account_id = :account AND model = :model")
_FORGET_ALL = text("DELETE FROM account_circuits WHERE account_id = :account")
_AILING = text("""
SELECT count(*) FROM account_circuits WHERE account_id = :account AND failures > 0""")


async def note_failure(
    tx: Tx,
    account: Account,
    model: str,
    error: ReelwrightError,
    now: datetime,
    rules: AccountSettings,
) -> int:
    """Count it; how many models of the account are failing now. The account's row is held meanwhile."""
    was = await _find(tx, account.id, model)
    new = circuits.failed(was, error.code, now, rules)
    await _put(tx, account.id, new)
    if new.opens > was.opens:
        await announce_circuit(tx, CIRCUIT_OPENED, account, new)
    return int(await tx.scalar(_AILING, {"account": account.id}) or 0)


async def note_success(tx: Tx, account: Account, model: str, now: datetime) -> None:
    """A call was answered; a circuit that was tried by it is closed."""
    told = {"account": account.id, "model": model}
    row = (await tx.execute(_FIND, told)).mappings().one_or_none()
    if row is None:
        return
    was = _read(row)
    new = circuits.succeeded(was, now)
    await (tx.execute(_FORGET, told) if new.healthy else _put(tx, account.id, new))
    if was.open_until is not None and new.state(now) is CircuitState.CLOSED:
        await announce_circuit(tx, CIRCUIT_CLOSED, account, new)


async def end_trial(tx: Tx, account: AccountId, model: str) -> None:
    """The call that tried it has shown nothing: another may."""
    await tx.execute(_END_TRIAL, {"account": account, "model": model})


async def forget(tx: Tx, account: AccountId) -> None:
    """All its models are as new: a person said so, or its key is another."""
    await tx.execute(_FORGET_ALL, {"account": account})


async def of_account(tx: Tx, account: AccountId) -> list[Circuit]:
    """The models of an account that have failed lately, as whoever may use it."""
    rows = await tx.execute(_ALL, {"account": account})
    return [_read(row) for row in rows.mappings()]


async def _find(tx: Tx, account: AccountId, model: str) -> Circuit:
    row = (await tx.execute(_FIND, {"account": account, "model": model})).mappings().one_or_none()
    return Circuit(model) if row is None else _read(row)


async def _put(tx: Tx, account: AccountId, one: Circuit) -> None:
    told: dict[str, Any] = {"account": account, "model": one.model, "failures": one.failures}
    told |= {"recent": "".join("x" if bad else "." for bad in one.recent), "opens": one.opens}
    told |= {"open_until": one.open_until, "trial_until": one.trial_until, "reason": one.reason}
    await tx.execute(_PUT, told)


def _read(row: RowMapping) -> Circuit:
    plain = {one: row[one] for one in ("failures", "opens", "open_until", "trial_until", "reason")}
    return Circuit(row["model"], recent=tuple(sign == "x" for sign in row["recent"]), **plain)
