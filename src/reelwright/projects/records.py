"""Projects and revisions as rows: read, locked, added, and what may stand in them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Tx
from reelwright.ground.digests import digest
from reelwright.ground.errors import DeniedError, InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.projects import statements
from reelwright.projects.tables import ProjectRow, RevisionRow
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.projects.values import (
    Content,
    Project,
    ProjectMissingError,
    Revision,
    RevisionConflictError,
)

FILM = "film"
"""The type of project that cannot be without a script."""
_LONGEST_NAME = 200
_MOST_FILES = 2000
_LONGEST_FILE = 4096


def projects_of(workspace: WorkspaceId) -> Select[*tuple[Any, ...]]:
    """The projects of a workspace, each with its newest revision."""
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


async def project_of(
    tx: Tx, workspace: WorkspaceId, project_id: ProjectId, *, lock: bool = False
) -> Project:
    """A project; with `lock` nobody else changes it until the end. Raises ProjectMissingError."""
    if lock:  # whoever revises waits here; the join below then sees the head they left
        locked = select(ProjectRow.id).where(
            ProjectRow.workspace_id == workspace, ProjectRow.id == project_id
        )
        await tx.execute(locked.with_for_update())
    query = projects_of(workspace).where(ProjectRow.id == project_id)
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        raise ProjectMissingError(f"there is no project {project_id}")
    return project_from(row)


async def hold_here(tx: Tx, who: Principal, project_id: ProjectId) -> Project:
    """A project that is not put away, nor will be before the end; raises ProjectAwayError."""
    held = {"workspace": who.workspace, "project": project_id}
    await tx.execute(statements.HOLD_PROJECT, held)
    project = await project_of(tx, who.workspace, project_id)
    project.require_here()
    return project


async def change_project(tx: Tx, who: Principal, project_id: ProjectId, **values: Any) -> Project:
    """Change a project's own row; raises ProjectMissingError, DeniedError for who may only look."""
    changing = (
        update(ProjectRow)
        .where(ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id)
        .values(**values)
        .returning(ProjectRow.id)
    )
    changed = await tx.scalar(changing)
    project = await project_of(tx, who.workspace, project_id)
    if changed is None:
        raise no_change()
    return project


def no_change() -> DeniedError:
    """What somebody is told who may look at a project, and tries to change it."""
    return DeniedError(
        "you may look at this project, not change it", way_out="ask its owner for more"
    )


async def add_revision(tx: Tx, who: Principal, revision: Revision) -> Revision:
    """Write a revision down; raises InvalidInputError for files that can be none."""
    check_files(revision.files, revision.script)
    await tx.execute(
        insert(RevisionRow).values(
            id=revision.id,
            workspace_id=who.workspace,
            project_id=revision.project_id,
            user_id=who.user,
            number=revision.number,
            script=revision.script,
            files=dict(revision.files),
            digest=content_digest(revision.files, revision.script),
            created_at=revision.created_at,
        )
    )
    return replace(revision, user_id=who.user)


def new_revision(
    project_id: ProjectId,
    number: int,
    content: Content,
    now: datetime,
) -> Revision:
    """A revision that is not written down yet."""
    files = dict(content.files)
    return Revision(RevisionId.new(), project_id, number, content.script, files, now)


def is_another(
    project: Project, new: Content, expected: int | None, sent: Mapping[str, Any]
) -> bool:
    """Whether a content is another than the head's, and may then be the next revision.

    `expected` is the head's number the caller has seen, `sent` what they are told of their own if it is
    another now. Raises ProjectAwayError, InvalidInputError, RevisionConflictError.
    """
    head = project.head
    if content_digest(new.files, new.script) == content_digest(head.files, head.script):
        return False
    project.require_here()
    check_script(project.project_type, new.script)
    check_files(new.files, new.script)
    if expected is not None and expected != head.number:
        raise RevisionConflictError(head, expected, sent)
    return True


def content_digest(files: Mapping[str, AssetId], script: str | None) -> str:
    """What equal revisions have in common."""
    return digest({"script": script, "files": {name: str(one) for name, one in files.items()}})


def check_files(files: Mapping[str, AssetId], script: str | None) -> None:
    """Raise InvalidInputError for what cannot be the files of a revision."""
    if script is not None and script not in files:
        raise InvalidInputError(
            f"the script {script[:100]!r} is not among the files", way_out="name one of them"
        )
    if len(files) > _MOST_FILES:
        raise InvalidInputError(f"a project holds at most {_MOST_FILES} files")
    if not all(name and len(name) <= _LONGEST_FILE and is_line(name) for name in files):
        raise InvalidInputError("a file's name is one line", way_out="choose another name")


def check_script(project_type: str, script: str | None) -> None:
    """Raise InvalidInputError for a film without a script."""
    if project_type == FILM and script is None:
        raise InvalidInputError(
            "a film is made from a script", way_out="send one, or choose another type of project"
        )


def checked_type(name: str) -> str:
    """A type of project there is; raises InvalidInputError."""
    if name not in PROJECT_CONFIGS:
        raise InvalidInputError(
            f"{name[:60]!r} is no type of project", way_out=f"one of {', '.join(PROJECT_CONFIGS)}"
        )
    return name


def is_line(text: str) -> bool:
    """Neither control signs nor halves of signs: the database would refuse them."""
    return not {"Cc", "Cs"} & set(map(unicodedata.category, text))


def checked_name(name: str) -> str:
    """A project's name; raises InvalidInputError."""
    name = name.strip()
    if not 1 <= len(name) <= _LONGEST_NAME or not is_line(name):
        raise InvalidInputError(
            f"a project's name is one line of 1 to {_LONGEST_NAME} signs", way_out="choose another"
        )
    return name


def project_from(row: Row[*tuple[Any, ...]]) -> Project:
    """The project of a row of `projects_of`."""
    one: ProjectRow = row[0]
    return Project(
        ProjectId(one.id),
        one.name,
        one.project_type,
        revision_from(row[1]),
        one.created_at,
        one.updated_at,
        one.archived_at,
        one.source,
        one.trashed_at,
        UserId(one.user_id),
    )


def revision_from(row: RevisionRow) -> Revision:
    """The revision of a row."""
    files = {name: AssetId(asset) for name, asset in row.files.items()}
    return Revision(
        RevisionId(row.id),
        ProjectId(row.project_id),
        row.number,
        row.script,
        files,
        row.created_at,
        UserId(row.user_id),
    )
