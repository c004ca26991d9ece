"""What operators look at: what was done, and what was used, by whom, in all workspaces."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from reelwright.engines.database.database import Database
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditEntry, entry_of
from reelwright.identity.operators import require_operator, seen
from reelwright.identity.tables import AuditRow
from reelwright.identity.usage import UsageBook, UsageDay

_BEGINNING = Paging()


class Oversight:
    """Shows operators what they look after; raises DeniedError for others."""

    def __init__(self, database: Database, usage: UsageBook) -> None:
        self._database = database
        self._usage = usage

    async def audit(
        self,
        who: Principal,
        *,
        user: UserId | None = None,
        workspace: WorkspaceId | None = None,
        paging: Paging = _BEGINNING,
    ) -> Page[AuditEntry]:
        """What was done, newest first: by or to a person, or in a workspace, or all of it."""
        await self._require(who)
        statement = select(AuditRow)
        if user is not None:
            of_theirs = (AuditRow.user_id, AuditRow.operator_id, AuditRow.subject)
            statement = statement.where(or_(*(column == user for column in of_theirs)))
        if workspace is not None:
            statement = statement.where(AuditRow.workspace_id == workspace)
        if after := paging.after():
            statement = statement.where(AuditRow.id < str(after[0]))
        statement = statement.order_by(AuditRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(Activity.AUDIT) as tx:
            rows = [entry_of(row) for row in await tx.scalars(statement)]
        return paging.page(rows, lambda entry: [entry.id])

    async def usage(
        self, who: Principal, user: UserId, since: date, until: date
    ) -> Sequence[UsageDay]:
        """What a person used, day by day; raises MissingError when there is none."""
        async with self._database.transaction(who) as tx:
            await seen(tx, who, user)
        return await self._usage.list(Activity.AUDIT, user, since, until)

    async def _require(self, who: Principal) -> None:
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
