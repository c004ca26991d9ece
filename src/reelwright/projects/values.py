"""Projects and revisions as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId


class ProjectMissingError(MissingError):
    """There is no such project in this workspace."""

    code = "project_missing"


class RevisionConflictError(ConflictError):
    """Someone else revised the project meanwhile."""

    code = "revision_conflict"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a project's files, by their names; `script` names the one that is the screenplay."""

    id: RevisionId
    project_id: ProjectId
    number: int
    script: str
    files: Mapping[str, AssetId]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its newest revision."""

    id: ProjectId
    name: str
    project_type: str
    head: Revision
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    source: str | None = None
