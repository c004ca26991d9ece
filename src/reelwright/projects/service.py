"""Projects: making, revising, finding them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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
    is_another,
    new_revision,
    project_from,
    project_of,
    projects_of,
    revision_from,
)
from reelwright.projects.tables import ProjectRow, RevisionRow
from reelwright.projects.values import (
    Content,
    Project,
    ProjectMissingError,
    Revision,
    RevisionMissingError,
)

__all__ = ["NewProject", "Project", "ProjectService", "Revision"]
_BEGINNING = Paging()


class Shelf(StrEnum):
    """Where projects lie: at work, put away, or in the trash."""

    WORK = "work"
    ARCHIVE = "archive"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to be made with its first revision; only a film must have a script."""

    name: str
    content: Content
    project_type: str = FILM
    source: str | None = None
    id: ProjectId = field(default_factory=ProjectId.new)

    def check(self) -> None:
        """Raise InvalidInputError for what cannot be a project."""
        checked_name(self.name)
        check_script(checked_type(self.project_type), self.content.script)
        check_files(self.content.files, self.content.script)


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
        id_ = project_id or ProjectId.new()
        new = NewProject(name, Content(files, script), project_type, source, id_)
        async with self._database.transaction(who) as tx:
            project = await self.create_in(tx, who, new)
        if project is not None:
            return project
        made = await self.from_source(who, source or "")
        if made is None:
            raise ConflictError("the project was changed meanwhile", way_out="try again")
        await self.revise(who, made.id, files, script)
        return await self.get(who, made.id)

    async def create_in(self, tx: Tx, who: Principal, new: NewProject) -> Project | None:
        """Make a project; None if there is one of its source. Raises InvalidInputError."""
        new.check()
        name, now = checked_name(new.name), self._clock.now()
        project = {
            "id": new.id,
            "workspace_id": who.workspace,
            "user_id": who.user,
            "name": name,
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
        await add_revision(tx, who, new_revision(new.id, 1, new.content, now))
        made = await project_of(tx, who.workspace, new.id)
        await announce(tx, announcing.CREATED, new.id, name=name, type=new.project_type)
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
        new = Content(files, script)
        async with self._database.transaction(who) as tx:
            return await self.revise_in(tx, who, project_id, lambda _: new, expected=expected)

    async def hold_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> None:
        """Let nobody else change a project until the end of the transaction."""
        await project_of(tx, who.workspace, project_id, lock=True)

    async def revise_in(
        self,
        tx: Tx,
        who: Principal,
        project_id: ProjectId,
        change: Callable[[Revision], Content],
        *,
        expected: int | None = None,
        sent: Mapping[str, Any] | None = None,
        restored: int | None = None,
    ) -> Revision:
        """Make what `change` makes of the head the newest revision. As `revise` otherwise.

        `sent` is what a caller who comes late is told of their own, in place of its content.
        """
        project = await project_of(tx, who.workspace, project_id, lock=True)
        head = project.head
        new = change(head)
        if not is_another(project, new, expected, new.to_json() if sent is None else sent):
            return head
        now = self._clock.now()
        revision = await add_revision(tx, who, new_revision(project_id, head.number + 1, new, now))
        new_head = {"head": revision.number, "updated_at": revision.created_at}
        await change_project(tx, who, project_id, **new_head)
        told: dict[str, Any] = {"revision_id": revision.id, "number": revision.number}
        if restored is not None:
            told["restored"] = restored
        await announce(tx, announcing.REVISED, project_id, **told)
        return revision

    async def restore_revision(
        self, who: Principal, project_id: ProjectId, number: int, *, expected: int | None = None
    ) -> Revision:
        """Make an earlier revision's content the newest again, as a revision of its own.

        Raises RevisionMissingError; `expected` as in `revise`.
        """
        async with self._database.transaction(who) as tx:
            old = (await _numbered(tx, who, project_id, number)).content
            return await self.revise_in(
                tx,
                who,
                project_id,
                lambda _: old,
                expected=expected,
                sent={"restored": number, **old.to_json()},
                restored=number,
            )

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

    async def get_numbered(self, who: Principal, project_id: ProjectId, number: int) -> Revision:
        """A revision by its number; raises ProjectMissingError, RevisionMissingError."""
        async with self._database.read(who) as tx:
            return await _numbered(tx, who, project_id, number)

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


async def _numbered(tx: Tx, who: Principal, project_id: ProjectId, number: int) -> Revision:
    await project_of(tx, who.workspace, project_id)
    query = select(RevisionRow).where(
        RevisionRow.workspace_id == who.workspace,
        RevisionRow.project_id == project_id,
        RevisionRow.number == number,
    )
    row = (await tx.execute(query)).scalar_one_or_none()
    if row is None:
        raise RevisionMissingError(
            f"project {project_id} has no revision {number}",
            way_out=f"GET /projects/{project_id}/revisions lists what there is",
        )
    return revision_from(row)
