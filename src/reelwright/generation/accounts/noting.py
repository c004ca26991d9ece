"""Noting how accounts stand, in a transaction of the system's: whoever's call it was, and whosever the account."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy import TextClause

from reelwright.engines.database.database import Tx
from reelwright.generation.accounts import statements
from reelwright.generation.accounts.account import Account, Condition
from reelwright.generation.accounts.announcing import OF_STATE, announce
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AccountId


async def find(tx: Tx, account: AccountId) -> Account:
    """An account; raises MissingError."""
    return _there(await _one(tx, statements.FIND, account), account)


async def hold(tx: Tx, account: AccountId) -> Account:
    """An account that nobody else changes until the transaction ends; raises MissingError."""
    return _there(await hold_if_there(tx, account), account)


async def hold_if_there(tx: Tx, account: AccountId) -> Account | None:
    """The same; None when it was removed."""
    return await _one(tx, statements.HOLD, account)


async def note(tx: Tx, changes: Sequence[tuple[Account, Condition]]) -> None:
    """Write down how held accounts stand now; a new state is told."""
    told = []
    for account, now in changes:
        if now == account.condition:
            continue
        await tx.execute(statements.PUT_CONDITION, {"id": account.id, **asdict(now)})
        if now.state is not account.condition.state:
            told.append((OF_STATE[now.state], replace(account, condition=now)))
    await announce(tx, told)


async def _one(tx: Tx, statement: TextClause, account: AccountId) -> Account | None:
    row = (await tx.execute(statement, {"id": account})).mappings().one_or_none()
    return None if row is None else Account.of(row)


def _there(found: Account | None, account: AccountId) -> Account:
    if found is None:
        raise missing(account)
    return found


def missing(account: str) -> MissingError:
    """There is no such account, or it is another's."""
    return MissingError(f"there is no account {account}")
