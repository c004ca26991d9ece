"""The life of a project after it was made: copied, put away, thrown away, brought back, deleted."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, ReelwrightError
from reelwright.ground.ids import ProjectId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.projects import announcing
from reelwright.projects.announcing import announce
from reelwright.projects.belongings import Files, Works
from reelwright.projects.named_assets import assets_in, renamed
from reelwright.projects.records import (
    add_revision,
    change_project,
    checked_name,
    new_revision,
    project_of,
)
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.standing import standing_of
from reelwright.projects.states import ProjectStates
from reelwright.projects.tables import ProjectRow
from reelwright.projects.values import Content, Project, ProjectMissingError

_log = logging.getLogger(__name__)
_AT_ONCE = 100


class ProjectBusyError(ConflictError):
    """Something of the project is being made."""

    code = "project_busy"


class ProjectLife:
    """Copies, puts away and deletes projects of a workspace; another workspace's are missing."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        states: ProjectStates,
        files: Files,
        works: Works,
        settings: ProjectSettings,
    ) -> None:
        self._database = database
        self._clock = clock
        self._states = states
        self._files = files
        self._works = works
        self._settings = settings

    async def duplicate(
        self, who: Principal, project_id: ProjectId, name: str | None = None
    ) -> Project:
        """A project of its own with the newest files and states of another; no byte is copied.

        Films, comments, links and the history stay behind.
        """
        async with self._database.transaction(who) as tx:
            old = await project_of(tx, who.workspace, project_id, lock=True)
            name = checked_name(name if name is not None else f"{old.name[:190]} (copy)")
            new = ProjectId.new()
            states = await self._states.newest_in(tx, who, project_id)
            named = {one for found in states.values() for one in assets_in(found.state)}
            named |= set(old.head.files.values())
            copies = await self._files.copy_in(tx, who, named, new)
            if not copies.keys() >= set(old.head.files.values()):
                raise ConflictError(f"files of project {project_id} are gone", way_out="revise it")
            files = {key: copies[one] for key, one in old.head.files.items()}
            now = self._clock.now()
            row = {"id": new, "workspace_id": who.workspace, "user_id": who.user, "name": name}
            row |= {"project_type": old.project_type, "head": 1}
            await tx.execute(insert(ProjectRow).values(created_at=now, updated_at=now, **row))
            content = Content(files, old.head.script)
            await add_revision(tx, who, new_revision(new, 1, content, now))
            await self._states.copy_in(
                tx,
                who,
                project_id,
                new,
                lambda state: renamed(state, lambda one: copies.get(one, one)),
            )
            made = await project_of(tx, who.workspace, new)
            told = {"name": name, "type": made.project_type, "copy_of": project_id}
            await announce(tx, announcing.CREATED, new, **told)
            return made

    async def archive(self, who: Principal, project_id: ProjectId) -> Project:
        """Put a project away; nothing of it is lost."""
        now = self._clock.now()
        return await self._change(who, project_id, announcing.ARCHIVED, archived_at=now)

    async def restore(self, who: Principal, project_id: ProjectId) -> Project:
        """Bring back a project that was put away or thrown away."""
        away: dict[str, Any] = {"archived_at": None, "trashed_at": None}
        return await self._change(who, project_id, announcing.RESTORED, **away)

    async def trash(self, who: Principal, project_id: ProjectId) -> Project:
        """Throw a project away: it can be brought back until it is deleted, after some days.

        Raises ProjectBusyError while something of it is made. The script it was made from on disk
        is another project's from now on.
        """
        async with self._database.transaction(who) as tx:
            project = await project_of(tx, who.workspace, project_id, lock=True)
            if project.trashed_at is not None:
                return project
            return await self._trash_in(tx, who, project_id)

    async def trash_unchanged_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, seen: str
    ) -> None:
        """Throw a project away that stands as it was `seen`, in the caller's transaction.

        Raises ProjectMissingError, ProjectAwayError if somebody did so meanwhile, ProjectBusyError,
        and ConflictError if anything was saved in it.
        """
        project = await project_of(tx, who.workspace, project_id, lock=True)
        if project.trashed_at is not None:
            project.require_here()
        if await standing_of(tx, who, project_id) != seen:
            raise ConflictError(
                f"something was saved in project {project_id} meanwhile", way_out="compare both"
            )
        await self._trash_in(tx, who, project_id)

    async def delete(self, who: Principal, project_id: ProjectId) -> None:
        """Delete a project that is in the trash, for good; its bytes go after the library's grace.

        What it has cost stays in the books.
        """
        async with self._database.transaction(who) as tx:
            await self._require_trashed(tx, who, project_id)
            await change_project(tx, who, project_id, updated_at=self._clock.now())
        # They may. Who owns this project alone does not see what others need of its files.
        who = Principal(who.user, who.workspace, operator=who.operator)
        async with self._database.transaction(who) as tx:
            await self._require_trashed(tx, who, project_id)
            await self._require_idle(tx, who, project_id)
            keep = await self._works.used_elsewhere_in(tx, who, project_id)
            await self._files.give_back_in(tx, who, project_id, keep)
            await self._states.forget_in(tx, who, project_id)
            gone = delete(ProjectRow).where(
                ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id
            )
            await tx.execute(gone)
            await announce(tx, announcing.DELETED, project_id)

    async def empty_trash(self) -> int:
        """Delete what has lain in the trash for its days, everywhere; returns how many went."""
        gone, failed, last = 0, [], ""
        while old := await self._old_in_trash(last):
            for one in old:
                # On behalf of whoever made it: so nothing but its own workspace can be reached.
                who = Principal(UserId(one.user_id), WorkspaceId(one.workspace_id))
                try:
                    await self.delete(who, ProjectId(one.id))
                    gone += 1
                except (ConflictError, ProjectMissingError) as error:
                    _log.info("project %s stays in the trash: %s", one.id, error)
                except ReelwrightError as error:  # that of another person goes all the same
                    _log.warning("project %s cannot be deleted: %s", one.id, error)
                    failed.append(error)
            last = old[-1].id
        if failed:
            raise failed[0]
        return gone

    async def _old_in_trash(self, after: str) -> Sequence[Row[*tuple[Any, ...]]]:
        """Some of those whose days are over, in the order of their ids."""
        before = self._clock.now() - timedelta(days=self._settings.trash_days)
        query = select(ProjectRow.id, ProjectRow.workspace_id, ProjectRow.user_id)
        query = query.where(ProjectRow.trashed_at <= before, ProjectRow.id > after)
        async with self._database.read(Activity.CLEAN_UP) as tx:
            return (await tx.execute(query.order_by(ProjectRow.id).limit(_AT_ONCE))).all()

    async def require_idle(self, who: Principal, project_id: ProjectId) -> None:
        """Raise ProjectBusyError while something of a project is made."""
        async with self._database.read(who) as tx:
            await self._require_idle(tx, who, project_id)

    async def _trash_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> Project:
        await self._require_idle(tx, who, project_id)
        away: dict[str, Any] = {"trashed_at": self._clock.now(), "source": None}
        return await self._change_in(tx, who, project_id, announcing.TRASHED, **away)

    async def _require_trashed(self, tx: Tx, who: Principal, project_id: ProjectId) -> None:
        project = await project_of(tx, who.workspace, project_id, lock=True)
        if project.trashed_at is None:
            raise ConflictError(
                f"project {project_id} is not in the trash", way_out="throw it away first"
            )

    async def _require_idle(self, tx: Tx, who: Principal, project_id: ProjectId) -> None:
        if await self._works.are_live_in(tx, who, project_id):
            raise ProjectBusyError(
                f"something of project {project_id} is being made",
                way_out=f"cancel it first: GET /jobs?project_id={project_id} lists what there is",
            )

    async def _change(
        self, who: Principal, project_id: ProjectId, kind: str, **values: Any
    ) -> Project:
        async with self._database.transaction(who) as tx:
            return await self._change_in(tx, who, project_id, kind, **values)

    async def _change_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, kind: str, **values: Any
    ) -> Project:
        values |= {"updated_at": self._clock.now()}
        project = await change_project(tx, who, project_id, **values)
        await announce(tx, kind, project_id)
        return project
