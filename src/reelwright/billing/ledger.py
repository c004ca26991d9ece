"""The ledger: money is held before it is spent, then settled by what was made, or released.

A hold and each of its ends is one statement: one function in the database locks what it counts
against, judges, and writes the hold, the entries and the totals.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from reelwright.billing import statements
from reelwright.billing.announcing import announce
from reelwright.billing.entries import Entry, WantedEntries, entry_of, number_after
from reelwright.billing.errors import LimitReachedError
from reelwright.billing.holds import Ending, Hold, HoldState, NewHold
from reelwright.billing.settings import BillingSettings
from reelwright.billing.tables import HoldRow
from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import CollisionError
from reelwright.ground.clock import Clock
from reelwright.ground.digests import plain
from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import HoldId
from reelwright.ground.money import checked_micros
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog

_COLUMNS = HoldRow.__table__.columns
_BEGINNING = Paging()
_ALL = WantedEntries()


class Ledger:
    """Holds, settles and releases money of the workspace of whoever asks."""

    def __init__(
        self, database: Database, clock: Clock, audit: AuditLog, settings: BillingSettings
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._steps = sorted(settings.alert_steps)

    async def hold(self, tx: Tx, who: Principal, new: NewHold) -> Hold:
        """Set the most aside that a call may cost; raises LimitReachedError when it does not fit.

        Whoever else would spend in this workspace waits from here to the end of the transaction. So
        money comes last, after all that locks other rows (jobs), and the end soon after. What costs
        nothing never waits and is never refused.
        """
        return (await self.hold_all(tx, who, [new]))[0]

    async def hold_all(self, tx: Tx, who: Principal, news: Sequence[NewHold]) -> Sequence[Hold]:
        """The same for several calls: all of them, or an error and none. One statement."""
        if not news:
            return []
        told = self._told(who) | {"news": _json(news)}
        try:
            row = (await tx.execute(statements.TAKE_HOLDS, told)).one()
        except IntegrityError as error:
            if not _is_of_the_same_hold(error):
                raise
            # Two ask for one hold at the same moment: who is late finds it next time.
            raise CollisionError("this hold is being made already", way_out="try again") from error
        if row.refusal is not None:
            raise LimitReachedError(row.refusal)
        await announce(tx, who, row.alerts)
        found = {one["id"]: Hold.of(one) for one in row.holds}
        return [found[new.id] for new in news]

    async def settle(
        self, tx: Tx, who: Principal, hold: HoldId, micros: int, *, remote_id: str | None = None
    ) -> Ending:
        """Say what it cost, in the hold's currency; the rest has room for others at once.

        What was paid is recorded even where it is more than was held. A released hold is settled as
        well, once: the success came late. A settled one stays as it is, and the answer says so.
        """
        checked_micros(micros, "what was spent")
        return await self._end(tx, who, hold, micros, remote_id)

    async def release(self, tx: Tx, who: Principal, hold: HoldId) -> Ending:
        """Give the money back: nothing was made. Again, or after it was settled, changes nothing."""
        return await self._end(tx, who, hold, None, None)

    async def name_remote(self, tx: Tx, who: Principal, hold: HoldId, remote_id: str) -> None:
        """Keep the vendor's name for the call: by it an invoice finds the hold, whatever became of it."""
        told = {"workspace": who.workspace, "id": hold, "remote": remote_id}
        if await tx.scalar(statements.NAME_REMOTE, told) is None:
            raise _missing()

    async def decide(self, who: Principal, hold: HoldId, micros: int | None) -> Ending:
        """A person says how a hold ended of which nobody knew: what it cost, or None for nothing.

        Written to the audit trail. ConflictError when it has been settled already.
        """
        async with self._database.transaction(who) as tx:
            if micros is None:
                ending = await self.release(tx, who, hold)
            else:
                ending = await self.settle(tx, who, hold, micros)
            if ending.changed:
                detail = {"micros": micros, "currency": ending.hold.currency}
                await self._audit.write(tx, who, "hold:decided", hold, detail)
        if not ending.changed and ending.hold.settled_micros != micros:
            raise ConflictError(f"this hold is {ending.hold.state.value} already")
        return ending

    async def get(self, who: Principal, hold: HoldId) -> Hold:
        """A hold as it stands; MissingError when there is none in this workspace."""
        async with self._database.read(who) as tx:
            return await self.find(tx, who, hold)

    async def find(self, tx: Tx, who: Principal, hold: HoldId) -> Hold:
        """The same in the caller's transaction."""
        statement = select(*_COLUMNS).where(
            HoldRow.workspace_id == who.workspace, HoldRow.id == hold
        )
        row = (await tx.execute(statement)).mappings().one_or_none()
        if row is None:
            raise _missing()
        return Hold.of(_named(row))

    async def get_many(self, who: Principal, holds: Collection[HoldId]) -> dict[HoldId, Hold]:
        """The holds of those ids that there are in this workspace."""
        statement = select(*_COLUMNS).where(
            HoldRow.workspace_id == who.workspace, HoldRow.id.in_(sorted(holds))
        )
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statement)).mappings().all()
        found = [Hold.of(_named(row)) for row in rows]
        return {hold.id: hold for hold in found}

    async def list(
        self, who: Principal, states: Collection[HoldState] = (), paging: Paging = _BEGINNING
    ) -> Page[Hold]:
        """Holds, newest first; of some states only, if given."""
        statement = select(*_COLUMNS).where(HoldRow.workspace_id == who.workspace)
        if states:
            statement = statement.where(HoldRow.state.in_(sorted(states)))
        if after := paging.after():
            statement = statement.where(HoldRow.id < str(after[0]))
        statement = statement.order_by(HoldRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statement)).mappings().all()
        return paging.page([Hold.of(_named(row)) for row in rows], lambda hold: [hold.id])

    async def entries(
        self, who: Principal, wanted: WantedEntries = _ALL, paging: Paging = _BEGINNING
    ) -> Page[Entry]:
        """What moved, newest first."""
        told = {"workspace": who.workspace, "project": wanted.project, "job": wanted.job}
        told |= {"since": wanted.since, "before": wanted.before}
        told |= {"after": number_after(paging), "most": paging.limit + 1}
        async with self._database.read(who) as tx:
            rows = [entry_of(row) for row in await tx.execute(statements.ENTRIES, told)]
        return paging.page(rows, lambda entry: [str(entry.id)])

    async def _end(
        self, tx: Tx, who: Principal, hold: HoldId, paid: int | None, remote: str | None
    ) -> Ending:
        told = self._told(who) | {"id": hold, "paid": paid, "remote": remote}
        row = (await tx.execute(statements.END_HOLD, told)).one()
        if row.was is None:
            raise _missing()
        was = HoldState(row.was)
        await announce(tx, who, row.alerts)
        late = was is HoldState.RELEASED and paid is not None
        changed = was is HoldState.HELD or late
        return Ending(Hold.of(row.hold), changed=changed, late=late)

    def _told(self, who: Principal) -> dict[str, Any]:
        told = {"workspace": who.workspace, "user": who.user, "now": self._clock.now()}
        return told | {"steps": self._steps}


def _json(news: Sequence[NewHold]) -> str:
    if len({one.id for one in news}) < len(news):
        raise InvalidInputError("a hold is asked for twice")
    return json.dumps(plain(news), default=str)


def _is_of_the_same_hold(error: IntegrityError) -> bool:
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) == "pk_holds"


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def _missing() -> MissingError:
    return MissingError("there is no such hold")
