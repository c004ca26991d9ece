"""The accounts of all workspaces, as operators see them: how each stands, and never its key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.identity.operators import require_operator

_BEGINNING = Paging()
_LIST = text("SELECT * FROM operated_accounts(CAST(:after AS text), CAST(:most AS integer))")


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """How an account of somebody's stands; `until` it rests, for `reason`."""

    id: str
    workspace_id: str
    user_id: str
    provider: str
    name: str
    sharing: str
    state: str
    until: datetime | None
    reason: str | None
    paused: bool
    failures: int
    succeeded: int
    failed: int
    last_used_at: datetime | None
    created_at: datetime


class AccountOverview:
    """Shows operators the accounts of all; raises DeniedError for others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, who: Principal, paging: Paging = _BEGINNING) -> Page[AccountStanding]:
        """All accounts, the oldest first."""
        after = paging.after()
        told = {"after": str(after[0]) if after else None, "most": paging.limit + 1}
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            rows: Any = (await tx.execute(_LIST, told)).mappings()
            found = [AccountStanding(**row) for row in rows]
        return paging.page(found, lambda one: [one.id])
