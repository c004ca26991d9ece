"""Projects and revisions as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reelwright.ground.errors import ConflictError, MissingError, StaleError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId, UserId


class ProjectMissingError(MissingError):
    """There is no such project in this workspace."""

    code = "project_missing"


class RevisionMissingError(MissingError):
    """The project has no such revision."""

    code = "revision_missing"


class NoScriptError(ConflictError):
    """What was asked for needs a screenplay, and the project has none."""

    code = "no_script"


class ProjectAwayError(ConflictError):
    """The project is archived or in the trash: nothing of it is changed there."""

    code = "project_away"


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision is to hold: files by their names, and which of them is the screenplay."""

    files: Mapping[str, AssetId]
    script: str | None

    def to_json(self) -> dict[str, Any]:
        """As it is told in problems."""
        return {"script": self.script, "files": dict(self.files)}


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
    user_id: UserId | None = None

    @property
    def content(self) -> Content:
        """What it holds."""
        return Content(self.files, self.script)

    def to_json(self) -> dict[str, Any]:
        """As it is told in problems."""
        told = {"number": self.number, "user_id": self.user_id}
        return told | {"created_at": self.created_at.isoformat()} | self.content.to_json()

    def screenplay(self) -> str:
        """The name of the file that is the screenplay; raises NoScriptError."""
        if self.script is None:
            raise NoScriptError(
                f"project {self.project_id} has no script",
                way_out=f"send one: PUT /projects/{self.project_id}/revision",
            )
        return self.script


class RevisionConflictError(StaleError):
    """Someone else revised the project meanwhile; what is there, and what was sent, are handed back."""

    code = "revision_conflict"

    def __init__(self, there: Revision, expected: int, sent: Mapping[str, Any]) -> None:
        super().__init__(
            f"the project is at revision {there.number}, not {expected}",
            way_out=f"look at GET /projects/{there.project_id}/revisions/{there.number}, put your"
            f" change into it, and send it again over revision {there.number}",
            there=there.to_json(),
            sent={"expected": expected, **sent},
        )
        self.there = there


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
