"""What was used and what it cost, asked of the holds and the ledger."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, Text, and_, any_, func, literal, or_, select

from reelwright.billing import statements
from reelwright.billing.invoices import Reconciliation, Recorded, compare, read_invoice
from reelwright.billing.tables import EntryRow, HoldRow
from reelwright.engines.database.database import Database
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import HoldId, ProjectId, UserId
from reelwright.ground.money import checked_currency, decimal_of
from reelwright.ground.principals import Principal, Who


class Dimension(StrEnum):
    """What usage is told apart by."""

    USER = "user"
    PROJECT = "project"
    PRODUCTION = "production"
    OPERATION = "operation"
    VENDOR = "vendor"
    MODEL = "model"
    DAY = "day"


_COLUMNS: Mapping[Dimension, Any] = {
    Dimension.USER: HoldRow.user_id,
    Dimension.PROJECT: HoldRow.project_id,
    Dimension.PRODUCTION: HoldRow.root_job_id,
    Dimension.OPERATION: HoldRow.operation,
    Dimension.VENDOR: HoldRow.vendor,
    Dimension.MODEL: HoldRow.model,
    Dimension.DAY: HoldRow.day,
}
_OF_HOLD = and_(EntryRow.workspace_id == HoldRow.workspace_id, EntryRow.hold_id == HoldRow.id)
# What its entries say of a hold, the hold says too, and guests see holds of their projects alone.
_HELD = func.sum(HoldRow.micros).filter(HoldRow.state == "held")
_SPENT = func.sum(HoldRow.settled_micros)
_MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used of one kind: `by` names it, in the order that was asked for.

    `calls` counts holds, also such as were released; `held` is not decided yet.
    """

    by: Mapping[Dimension, str | None]
    currency: str
    calls: int
    held: int
    spent: int


class AnalyticsService:
    """Usage and cost of the workspace of whoever asks; invoices for it, or (as AUDIT) for all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def usage(
        self,
        who: Principal,
        by: Sequence[Dimension],
        *,
        since: date | None = None,
        before: date | None = None,
        project: ProjectId | None = None,
        user: UserId | None = None,
    ) -> Sequence[Usage]:
        """Calls and money, told apart by these and by currency; days (UTC) are those of the holds.

        Of one project or one person alone, if given. Raises InvalidInputError for what would be over
        10,000 lines.
        """
        by = list(dict.fromkeys(by))
        keys = [_COLUMNS[one].label(one.value) for one in by]
        statement = (
            select(
                *keys,
                HoldRow.currency,
                func.count().label("calls"),
                func.coalesce(_HELD, 0).label("held"),
                func.coalesce(_SPENT, 0).label("spent"),
            )
            .where(
                HoldRow.workspace_id == who.workspace,
                *_between(since, before),
                *_of(project, user),
            )
            .group_by(*keys, HoldRow.currency)
            .order_by(*keys, HoldRow.currency)
            .limit(_MOST_LINES + 1)
        )
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statement)).mappings().all()
        if len(rows) > _MOST_LINES:
            raise _too_many()
        return [_usage(row, by) for row in rows]

    async def usage_csv(
        self,
        who: Principal,
        by: Sequence[Dimension],
        *,
        since: date | None = None,
        before: date | None = None,
        project: ProjectId | None = None,
        user: UserId | None = None,
    ) -> str:
        """The same as CSV, amounts in units of their currency, to the millionth."""
        told = await self.usage(who, by, since=since, before=before, project=project, user=user)
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        names = [one.value for one in dict.fromkeys(by)]
        table.writerow([*names, "currency", "calls", "held", "spent"])
        for one in told:
            amounts = [f"{decimal_of(micros):f}" for micros in (one.held, one.spent)]
            table.writerow([*map(_cell, one.by.values()), one.currency, one.calls, *amounts])
        return out.getvalue()

    async def balances(self, who: Principal) -> Mapping[tuple[str, str], int]:
        """What each account of the ledger stands at, by account and currency; they sum to nothing."""
        async with self._database.read(who) as tx:
            rows = await tx.execute(statements.BALANCES, {"workspace": who.workspace})
            return {(row.account, row.currency): row.micros for row in rows}

    async def reconcile(
        self,
        who: Who,
        vendor: str,
        invoice: Iterable[str],
        *,
        since: date,
        before: date,
        currency: str = "USD",
    ) -> Reconciliation:
        """A vendor's invoice (lines of CSV) beside what was settled with it.

        A call that was billed is looked for whenever it was made; what is missing on the invoice
        only from `since` until before `before`.
        """
        billed = read_invoice(invoice, checked_currency(currency))
        mine = [HoldRow.workspace_id == who.workspace] if isinstance(who, Principal) else []
        named = HoldRow.remote_id == any_(literal(sorted(billed), ARRAY(Text())))
        due = and_(HoldRow.state == "settled", *_between(since, before))
        statement = (
            select(HoldRow.id, HoldRow.remote_id, HoldRow.state, EntryRow.micros)
            .outerjoin(EntryRow, and_(_OF_HOLD, EntryRow.debit == "spent"))
            .where(*mine, HoldRow.vendor == vendor, HoldRow.currency == currency, or_(named, due))
            .order_by(HoldRow.id)
        )
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statement)).all()
        return compare(billed, [_recorded(*row) for row in rows], currency)


def _too_many() -> InvalidInputError:
    return InvalidInputError(
        f"this would be more than {_MOST_LINES} lines",
        way_out="ask for fewer days, for one project or person, or tell less apart",
    )


def _between(since: date | None, before: date | None) -> list[Any]:
    found = [] if since is None else [HoldRow.day >= since]
    return found if before is None else [*found, HoldRow.day < before]


def _of(project: ProjectId | None, user: UserId | None) -> list[Any]:
    found = [] if project is None else [HoldRow.project_id == project]
    return found if user is None else [*found, HoldRow.user_id == user]


def _usage(row: Mapping[Any, Any], by: Sequence[Dimension]) -> Usage:
    names = {one: None if row[one.value] is None else str(row[one.value]) for one in by}
    return Usage(names, row["currency"], row["calls"], int(row["held"]), int(row["spent"]))


def _recorded(hold: str, remote_id: str | None, state: str, spent: int | None) -> Recorded:
    return Recorded(HoldId(hold), remote_id, (spent or 0) if state == "settled" else None)


def _cell(value: str | None) -> str:
    """Text that a spreadsheet does not take for a formula."""
    text = value or ""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
