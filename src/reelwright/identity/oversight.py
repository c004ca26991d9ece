"""What operators look at: what was done, and what was used, by whom, in all workspaces."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditEntry, Sought, page_of
from reelwright.identity.operators import require_operator, seen
from reelwright.identity.tables import AuditRow
from reelwright.identity.usage import UsageBook, UsageDay

_BEGINNING, _ALL = Paging(), Sought()


class Oversight:
    """Shows operators what they look after; raises DeniedError for others."""

    def __init__(self, database: Database, usage: UsageBook) -> None:
        self._database = database
        self._usage = usage

    async def audit(
        self,
        who: Principal,
        sought: Sought = _ALL,
        *,
        workspace: WorkspaceId | None = None,
        paging: Paging = _BEGINNING,
    ) -> Page[AuditEntry]:
        """What was done, newest first: in a workspace, or all of it."""
        await self._require(who)
        statement = sought.within(select(AuditRow))
        if workspace is not None:
            statement = statement.where(AuditRow.workspace_id == workspace)
        async with self._database.read(Activity.AUDIT) as tx:
            return await page_of(tx, statement, paging)

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
