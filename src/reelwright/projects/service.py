"""Projects: making, revising, finding them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.digests import digest
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.projects.tables import ProjectRow, RevisionRow
from reelwright.projects.values import (
    Project,
    ProjectMissingError,
    Revision,
    RevisionConflictError,
)

__all__ = ["Project", "ProjectService", "Revision"]
_BEGINNING = Paging()
_LONGEST_NAME = 200
_MOST_FILES = 2000
_LONGEST_FILE = 4096


@dataclass(frozen=True, slots=True)
class _New:
    name: str
    files: Mapping[str, AssetId]
    script: str
    project_type: str
    source: str | None


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
        script: str,
        *,
        project_type: str = "film",
        source: str | None = None,
    ) -> Project:
        """Make a project with its first revision. Names of projects need not be unique.

        There is one project of each `source`: if another made it meanwhile, it is revised.
        """
        async with self._database.transaction(who) as tx:
            new = _New(_checked_name(name), files, script, project_type, source)
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
        now, project_id = self._clock.now(), ProjectId.new()
        project = {
            "id": project_id,
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
        head = await self._add(tx, who, project_id, 1, new.files, new.script)
        return Project(project_id, new.name, new.project_type, head, now, now, None, new.source)

    async def from_source(self, who: Principal, source: str) -> Project | None:
        """The project that was made from that source, or None."""
        query = _projects(who.workspace).where(ProjectRow.source == source)
        async with self._database.read(who) as tx:
            row = (await tx.execute(query)).one_or_none()
        return None if row is None else _project(row)

    async def revise(
        self,
        who: Principal,
        project_id: ProjectId,
        files: Mapping[str, AssetId],
        script: str,
        *,
        expected: int | None = None,
    ) -> Revision:
        """Make these files the newest revision; equal ones are the head itself.

        `expected` is the head's number the caller has seen: if it is another now and says something
        else, RevisionConflictError is raised and nothing changes.
        """
        async with self._database.transaction(who) as tx:
            project = await self._one(tx, who, project_id, lock=True)
            if digest(_content(files, script)) == digest(
                _content(project.head.files, project.head.script)
            ):
                return project.head
            if project.archived_at is not None:
                raise ConflictError(f"project {project_id} is archived", way_out="restore it first")
            if expected is not None and expected != project.head.number:
                raise RevisionConflictError(
                    f"the project is at revision {project.head.number}, not {expected}",
                    way_out="look at the newest revision, and revise that one",
                )
            number = project.head.number + 1
            revision = await self._add(tx, who, project_id, number, files, script)
            await tx.execute(
                update(ProjectRow)
                .where(ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id)
                .values(head=number, updated_at=revision.created_at)
            )
            return revision

    async def get(self, who: Principal, project_id: ProjectId) -> Project:
        """A project with its newest revision; raises ProjectMissingError."""
        async with self._database.read(who) as tx:
            return await self._one(tx, who, project_id)

    async def get_revision(self, who: Principal, revision_id: RevisionId) -> Revision:
        """A revision by its id; raises ProjectMissingError."""
        query = select(RevisionRow).where(
            RevisionRow.workspace_id == who.workspace, RevisionRow.id == revision_id
        )
        async with self._database.read(who) as tx:
            row = (await tx.execute(query)).scalar_one_or_none()
        if row is None:
            raise ProjectMissingError(f"there is no revision {revision_id}")
        return _revision(row)

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
            found = [_revision(row) for row in (await tx.execute(query)).scalars()]
        return paging.page(found, lambda revision: [revision.number])

    async def list(
        self, who: Principal, paging: Paging = _BEGINNING, *, archived: bool = False
    ) -> Page[Project]:
        """The projects, newest first; with `archived` those that were put away."""
        away = ProjectRow.archived_at
        query = _projects(who.workspace).where(away.is_not(None) if archived else away.is_(None))
        if after := paging.after():
            query = query.where(ProjectRow.id < str(after[0]))
        query = query.order_by(ProjectRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [_project(row) for row in await tx.execute(query)]
        return paging.page(found, lambda project: [project.id])

    async def rename(self, who: Principal, project_id: ProjectId, name: str) -> Project:
        """Give a project another name."""
        return await self._change(who, project_id, name=_checked_name(name))

    async def archive(self, who: Principal, project_id: ProjectId) -> Project:
        """Put a project away; nothing of it is lost."""
        return await self._change(who, project_id, archived_at=self._clock.now())

    async def restore(self, who: Principal, project_id: ProjectId) -> Project:
        """Bring back a project that was put away."""
        return await self._change(who, project_id, archived_at=None)

    async def _change(self, who: Principal, project_id: ProjectId, **values: Any) -> Project:
        changing = (
            update(ProjectRow)
            .where(ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id)
            .values(updated_at=self._clock.now(), **values)
            .returning(ProjectRow.id)
        )
        async with self._database.transaction(who) as tx:
            changed = await tx.scalar(changing)
            project = await self._one(tx, who, project_id)
        if changed is None:
            raise DeniedError(
                "you may look at this project, not change it", way_out="ask its owner for more"
            )
        return project

    async def _one(
        self, tx: Tx, who: Principal, project_id: ProjectId, *, lock: bool = False
    ) -> Project:
        if lock:  # whoever revises waits here; the join below then sees the head they left
            locked = select(ProjectRow.id).where(
                ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id
            )
            await tx.execute(locked.with_for_update())
        query = _projects(who.workspace).where(ProjectRow.id == project_id)
        row = (await tx.execute(query)).one_or_none()
        if row is None:
            raise ProjectMissingError(f"there is no project {project_id}")
        return _project(row)

    async def _add(
        self,
        tx: Tx,
        who: Principal,
        project_id: ProjectId,
        number: int,
        files: Mapping[str, AssetId],
        script: str,
    ) -> Revision:
        _check_files(files, script)
        revision = Revision(
            RevisionId.new(), project_id, number, script, dict(files), self._clock.now()
        )
        await tx.execute(
            insert(RevisionRow).values(
                id=revision.id,
                workspace_id=who.workspace,
                project_id=project_id,
                user_id=who.user,
                number=number,
                script=script,
                files=dict(files),
                digest=digest(_content(files, script)),
                created_at=revision.created_at,
            )
        )
        return revision


def _content(files: Mapping[str, AssetId], script: str) -> dict[str, Any]:
    return {"script": script, "files": {name: str(asset) for name, asset in files.items()}}


def _check_files(files: Mapping[str, AssetId], script: str) -> None:
    if script not in files:
        raise InvalidInputError(
            f"the script {script[:100]!r} is not among the files", way_out="name one of them"
        )
    if len(files) > _MOST_FILES:
        raise InvalidInputError(f"a project holds at most {_MOST_FILES} files")
    if not all(name and len(name) <= _LONGEST_FILE and _is_line(name) for name in files):
        raise InvalidInputError("a file's name is one line", way_out="choose another name")


def _is_line(text: str) -> bool:
    """Neither control signs nor halves of signs: the database would refuse them."""
    return not {"Cc", "Cs"} & set(map(unicodedata.category, text))


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= _LONGEST_NAME or not _is_line(name):
        raise InvalidInputError(
            f"a project's name is one line of 1 to {_LONGEST_NAME} signs", way_out="choose another"
        )
    return name


def _projects(workspace: WorkspaceId) -> Select[*tuple[Any, ...]]:
    head = and_(
        RevisionRow.workspace_id == ProjectRow.workspace_id,
        RevisionRow.project_id == ProjectRow.id,
        RevisionRow.number == ProjectRow.head,
    )
    return (
        select(ProjectRow, RevisionRow)
        .join(RevisionRow, head)
        .where(ProjectRow.workspace_id == workspace)
    )


def _project(row: Row[*tuple[Any, ...]]) -> Project:
    one: ProjectRow = row[0]
    return Project(
        ProjectId(one.id),
        one.name,
        one.project_type,
        _revision(row[1]),
        one.created_at,
        one.updated_at,
        one.archived_at,
        one.source,
    )


def _revision(row: RevisionRow) -> Revision:
    files = {name: AssetId(asset) for name, asset in row.files.items()}
    return Revision(
        RevisionId(row.id),
        ProjectId(row.project_id),
        row.number,
        row.script,
        files,
        row.created_at,
    )
