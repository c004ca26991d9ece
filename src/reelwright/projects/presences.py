"""Who is looking at a project now: heard of again and again, and gone when not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.ids import ProjectId, UserId
from reelwright.ground.principals import Principal
from reelwright.projects import announcing, statements
from reelwright.projects.announcing import announce
from reelwright.projects.records import project_of
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.tables import PresenceRow


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who looks at a project, where in it, and until when they are taken to."""

    user_id: UserId
    place: str | None
    seen_at: datetime
    until: datetime


class Presences:
    """Who looks at the projects of a workspace.

    Whoever is heard of sees to it that those are gone who were not heard of for long: if nobody
    looks, there is nobody to tell.
    """

    def __init__(self, database: Database, clock: Clock, settings: ProjectSettings) -> None:
        self._database = database
        self._clock = clock
        self._lasts = timedelta(seconds=settings.presence_s)

    async def beat(
        self, who: Principal, project_id: ProjectId, place: str | None = None
    ) -> Sequence[Presence]:
        """Say that one is looking, at which `place`; all who are. Events tell only of changes."""
        now = self._clock.now()
        told = {"workspace": who.workspace, "project": project_id, "user": who.user}
        told |= {"place": place, "now": now, "before": now - self._lasts}
        async with self._database.transaction(who) as tx:
            await project_of(tx, who.workspace, project_id)
            gone = (await tx.execute(statements.FORGET_PRESENCES, told)).scalars().all()
            was = (await tx.execute(statements.LOOKING, told)).first()
            await tx.execute(statements.NOTE_PRESENCE, told)
            found = await self._here(tx, who, project_id)
            for user in gone:
                await announce(tx, announcing.LEFT, project_id, user_id=user)
            if was is None or was.place != place:
                await announce(tx, announcing.JOINED, project_id, user_id=who.user, place=place)
        return found

    async def leave(self, who: Principal, project_id: ProjectId) -> None:
        """Say that one looks no more; again is no error."""
        told = {"workspace": who.workspace, "project": project_id, "user": who.user}
        async with self._database.transaction(who) as tx:
            await project_of(tx, who.workspace, project_id)
            if (await tx.execute(statements.LEAVE, told)).first() is not None:
                await announce(tx, announcing.LEFT, project_id, user_id=who.user)

    async def list(self, who: Principal, project_id: ProjectId) -> Sequence[Presence]:
        """Who is looking now, those first who were heard of last."""
        async with self._database.read(who) as tx:
            await project_of(tx, who.workspace, project_id)
            return await self._here(tx, who, project_id)

    async def _here(self, tx: Tx, who: Principal, project_id: ProjectId) -> Sequence[Presence]:
        query = select(PresenceRow).where(
            PresenceRow.workspace_id == who.workspace,
            PresenceRow.project_id == project_id,
            PresenceRow.seen_at > self._clock.now() - self._lasts,
        )
        query = query.order_by(PresenceRow.seen_at.desc(), PresenceRow.user_id)
        query = query.execution_options(populate_existing=True)
        return [
            Presence(UserId(row.user_id), row.place, row.seen_at, row.seen_at + self._lasts)
            for row in await tx.scalars(query)
        ]
