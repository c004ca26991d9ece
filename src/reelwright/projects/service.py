"""Projects: making, revising, finding them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.projects import announcing
from reelwright.projects.announcing import announce
from reelwright.projects.records import (
    FILM,
    add_revision,
    change_project,
    check_files,
    check_script,
    checked_name,
    checked_type,
    content_digest,
    new_revision,
    project_from,
    project_of,
    projects_of,
    revision_from,
)
from reelwright.projects.tables import ProjectRow, RevisionRow
from reelwright.projects.values import (
    Project,
    ProjectMissingError,
    Revision,
    RevisionConflictError,
)

__all__ = ["Project", "ProjectService", "Revision"]
_BEGINNING = Paging()


class Shelf(StrEnum):
    """Where projects lie: at work, put away, or in the trash."""

    WORK = "work"
    ARCHIVE = "archive"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class _New:
    name: str
    files: Mapping[str, AssetId]
    script: str | None
    project_type: str
    source: str | None
    id: ProjectId = field(default_factory=ProjectId.new)


class ProjectService:
    """Projects of the workspace of whoever asks; another workspace's are missing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self,
        who: Principal,
        name: str,
        files: Mapping[str, AssetId],
        script: str | None = None,
        *,
        project_type: str = FILM,
        source: str | None = None,
        project_id: ProjectId | None = None,
    ) -> Project:
        """Make a project with its first revision. Names of projects need not be unique.

        Only a film must have a script. There is one project of each `source`: if another made it
        meanwhile, it is revised. `project_id` is given by who has kept files under it already.
        """
        check_script(checked_type(project_type), script)
        check_files(files, script)
        id_ = project_id or ProjectId.new()
        new = _New(checked_name(name), files, script, project_type, source, id_)
        async with self._database.transaction(who) as tx:
            project = await self._create_in(tx, who, new)
        if project is not None:
            return project
        made = await self.from_source(who, source or "")
        if made is None:
            raise ConflictError("the project was changed meanwhile", way_out="try again")
        await self.revise(who, made.id, files, script)
        return await self.get(who, made.id)

    async def _create_in(self, tx: Tx, who: Principal, new: _New) -> Project | None:
        """None if there is one of this source."""
        now = self._clock.now()
        project = {
            "id": new.id,
            "workspace_id": who.workspace,
            "user_id": who.user,
            "name": new.name,
            "project_type": new.project_type,
            "head": 1,
            "source": new.source,
            "created_at": now,
            "updated_at": now,
        }
        adding = insert(ProjectRow).values(project).on_conflict_do_nothing()
        added = await tx.execute(adding.returning(ProjectRow.id))
        if added.one_or_none() is None:
            return None
        await add_revision(tx, who, new_revision(new.id, 1, new.files, new.script, now))
        made = await project_of(tx, who.workspace, new.id)
        await announce(tx, announcing.CREATED, new.id, name=new.name, type=new.project_type)
        return made

    async def from_source(self, who: Principal, source: str) -> Project | None:
        """The project that was made from that source, or None."""
        query = projects_of(who.workspace).where(ProjectRow.source == source)
        async with self._database.read(who) as tx:
            row = (await tx.execute(query)).one_or_none()
        return None if row is None else project_from(row)

    async def revise(
        self,
        who: Principal,
        project_id: ProjectId,
        files: Mapping[str, AssetId],
        script: str | None,
        *,
        expected: int | None = None,
    ) -> Revision:
        """Make these files the newest revision; equal ones are the head itself.

        `expected` is the head's number the caller has seen: if it is another now and says something
        else, RevisionConflictError is raised and nothing changes.
        """
        async with self._database.transaction(who) as tx:
            project = await project_of(tx, who.workspace, project_id, lock=True)
            head = project.head
            if content_digest(files, script) == content_digest(head.files, head.script):
                return head
            project.require_here()
            check_script(project.project_type, script)
            if expected is not None and expected != head.number:
                raise RevisionConflictError(
                    f"the project is at revision {head.number}, not {expected}",
                    way_out="look at the newest revision, and revise that one",
                )
            new = new_revision(project_id, head.number + 1, files, script, self._clock.now())
            revision = await add_revision(tx, who, new)
            new_head = {"head": revision.number, "updated_at": revision.created_at}
            await change_project(tx, who, project_id, **new_head)
            told = {"revision_id": revision.id, "number": revision.number}
            await announce(tx, announcing.REVISED, project_id, **told)
            return revision

    async def get(self, who: Principal, project_id: ProjectId) -> Project:
        """A project with its newest revision; raises ProjectMissingError."""
        async with self._database.read(who) as tx:
            return await project_of(tx, who.workspace, project_id)

    async def get_revision(self, who: Principal, revision_id: RevisionId) -> Revision:
        """A revision by its id; raises ProjectMissingError."""
        query = select(RevisionRow).where(
            RevisionRow.workspace_id == who.workspace, RevisionRow.id == revision_id
        )
        async with self._database.read(who) as tx:
            row = (await tx.execute(query)).scalar_one_or_none()
        if row is None:
            raise ProjectMissingError(f"there is no revision {revision_id}")
        return revision_from(row)

    async def list_revisions(
        self, who: Principal, project_id: ProjectId, paging: Paging = _BEGINNING
    ) -> Page[Revision]:
        """A project's revisions, newest first; of a project that is not there, none."""
        query = select(RevisionRow).where(
            RevisionRow.workspace_id == who.workspace, RevisionRow.project_id == project_id
        )
        if after := paging.after():
            query = query.where(RevisionRow.number < int(after[0]))
        query = query.order_by(RevisionRow.number.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [revision_from(row) for row in (await tx.execute(query)).scalars()]
        return paging.page(found, lambda revision: [revision.number])

    async def list(
        self, who: Principal, paging: Paging = _BEGINNING, *, shelf: Shelf = Shelf.WORK
    ) -> Page[Project]:
        """The projects of a shelf, newest first."""
        archived, trashed = ProjectRow.archived_at, ProjectRow.trashed_at
        query = projects_of(who.workspace)
        if shelf is Shelf.TRASH:
            query = query.where(trashed.is_not(None))
        else:
            away = archived.is_not(None) if shelf is Shelf.ARCHIVE else archived.is_(None)
            query = query.where(trashed.is_(None), away)
        if after := paging.after():
            query = query.where(ProjectRow.id < str(after[0]))
        query = query.order_by(ProjectRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [project_from(row) for row in await tx.execute(query)]
        return paging.page(found, lambda project: [project.id])

    async def rename(self, who: Principal, project_id: ProjectId, name: str) -> Project:
        """Give a project another name."""
        name, now = checked_name(name), self._clock.now()
        async with self._database.transaction(who) as tx:
            project = await change_project(tx, who, project_id, updated_at=now, name=name)
            await announce(tx, announcing.RENAMED, project_id, name=name)
            return project
