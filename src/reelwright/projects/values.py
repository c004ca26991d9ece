"""Projects and revisions as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId, UserId


class ProjectMissingError(MissingError):
    """There is no such project in this workspace."""

    code = "project_missing"


class RevisionConflictError(ConflictError):
    """Someone else revised the project meanwhile."""

    code = "revision_conflict"


class NoScriptError(ConflictError):
    """What was asked for needs a screenplay, and the project has none."""

    code = "no_script"


class ProjectAwayError(ConflictError):
    """The project is archived or in the trash: nothing of it is changed there."""

    code = "project_away"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a project's files, by their names; `script` names the one that is the screenplay.

    None: there is no screenplay, which only films need.
    """

    id: RevisionId
    project_id: ProjectId
    number: int
    script: str | None
    files: Mapping[str, AssetId]
    created_at: datetime

    def screenplay(self) -> str:
        """The name of the file that is the screenplay; raises NoScriptError."""
        if self.script is None:
            raise NoScriptError(
                f"project {self.project_id} has no script",
                way_out=f"send one: PUT /projects/{self.project_id}/revision",
            )
        return self.script


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
    trashed_at: datetime | None = None
    user_id: UserId | None = None

    def require_here(self) -> None:
        """Raise ProjectAwayError if it is archived or in the trash."""
        if self.trashed_at is not None or self.archived_at is not None:
            where = "in the trash" if self.trashed_at is not None else "archived"
            raise ProjectAwayError(f"project {self.id} is {where}", way_out="restore it first")
