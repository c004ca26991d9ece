"""Setting limits, and asking what room they leave."""

from collections.abc import Sequence

from sqlalchemy import Row

from reelwright.billing import statements
from reelwright.billing.limits import Limit, NewLimit, Room, Scope, Standing
from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import DeniedError, MissingError
from reelwright.ground.ids import JobId, LimitId, ProjectId, UserId
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog


class SpendingLimits:
    """Limits of the workspace of whoever asks.

    Its owner and its admins set them; any editor that of a production.
    """

    def __init__(self, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit

    async def set(self, who: Principal, new: NewLimit) -> Limit:
        """Set a limit, or another amount for one that is there; DeniedError for who may not."""
        async with self._database.transaction(who) as tx:
            return await self.set_in(tx, who, new)

    async def set_in(self, tx: Tx, who: Principal, new: NewLimit) -> Limit:
        """The same, in the caller's transaction."""
        if new.scope is not Scope.PRODUCTION or not new.subject:
            await _check_governs(tx)
        limit = Limit(
            LimitId.new(),
            new.scope,
            new.subject,
            new.micros,
            new.currency,
            who.user,
            self._clock.now(),
        )
        told = {"workspace": who.workspace, "scope": new.scope.value, "subject": new.subject}
        told |= {"currency": new.currency}
        old = (await tx.execute(statements.OLD_LIMIT, told)).one_or_none()
        values = {"id": limit.id, "micros": new.micros, "user": who.user, "now": limit.set_at}
        await tx.execute(statements.SET_LIMIT, told | values)
        if old is not None:
            gone = {"workspace": who.workspace, "id": old.id}
            await tx.execute(statements.FORGET_ALERTS, gone)
        detail = {"scope": new.scope.value, "subject": new.subject, "currency": new.currency}
        detail |= {"micros": new.micros, "before": old.micros if old else None}
        await self._audit.write(tx, who, "limit:set", limit.id, detail)
        return limit

    async def remove(self, who: Principal, limit: LimitId) -> None:
        """Take a limit away; MissingError when there is none, DeniedError for who may not."""
        told = {"workspace": who.workspace, "id": limit}
        async with self._database.transaction(who) as tx:
            await _check_governs(tx)
            gone = (await tx.execute(statements.REMOVE_LIMIT, told)).mappings().one_or_none()
            if gone is None:
                raise MissingError("there is no such limit")
            await tx.execute(statements.FORGET_ALERTS, told)
            await self._audit.write(tx, who, "limit:removed", limit, dict(gone))

    async def list(self, who: Principal) -> Sequence[Limit]:
        """All limits of the workspace."""
        async with self._database.read(who) as tx:
            rows = await tx.execute(statements.LIMITS, {"workspace": who.workspace})
            return [_limit(row) for row in rows]

    async def find(
        self, who: Principal, scope: Scope, subject: str = "", currency: str = "USD"
    ) -> LimitId:
        """The limit of a subject; MissingError when there is none."""
        for one in await self.list(who):
            if (one.scope, one.subject, one.currency) == (scope, subject, currency):
                return one.id
        raise MissingError("there is no such limit", way_out="look at the list of limits")

    async def standings(self, who: Principal) -> Sequence[Standing]:
        """All limits of the workspace, and how each stands in the period that runs (UTC)."""
        told = {"workspace": who.workspace, "day": self._clock.now().date()}
        async with self._database.read(who) as tx:
            rows = await tx.execute(statements.STANDINGS, told)
            return [Standing(_limit(row), row.period, row.taken) for row in rows]

    async def room(
        self,
        who: Principal,
        *,
        currency: str = "USD",
        operation: str | None = None,
        project_id: ProjectId | None = None,
        root_job_id: JobId | None = None,
    ) -> Sequence[Room]:
        """What each limit leaves that a call made now would count against, the tightest first.

        A promise to nobody: only a hold keeps the room.
        """
        told = {
            "workspace": who.workspace,
            "user": who.user,
            "currency": currency,
            "operation": operation,
            "project": project_id,
            "root": root_job_id,
            "day": self._clock.now().date(),
        }
        async with self._database.read(who) as tx:
            rows = await tx.execute(statements.ROOM, told)
            found = [_room(row, currency) for row in rows]
        return sorted(found, key=lambda room: room.left)


async def _check_governs(tx: Tx) -> None:
    if not await tx.scalar(statements.GOVERNS):
        raise DeniedError(
            "only its owner and its admins limit what a workspace spends",
            way_out="ask one of them",
        )


def _limit(row: Row[*tuple[object, ...]]) -> Limit:
    return Limit(
        LimitId(row.id),
        Scope(row.scope),
        row.subject,
        row.micros,
        row.currency,
        UserId(row.user_id),
        row.created_at,
    )


def _room(row: Row[*tuple[object, ...]], currency: str) -> Room:
    return Room(
        LimitId(row.id),
        Scope(row.scope),
        row.subject,
        row.period,
        row.micros,
        row.taken,
        currency,
        foreign=row.limit_currency != currency,
    )
