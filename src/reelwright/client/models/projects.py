"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class Destination(BaseModel):
    """The workspace that a project goes to."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    workspace_id: str


class OwnAssets(BaseModel):
    """The assets that take the place: one, or of recordings one for each speech."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    asset_ids: list[str]


OwnRole = Annotated[Literal["picture", "clip", "recordings"], Newer]


class ProjectCopy(BaseModel):
    """What a copy is called; without a name as the project, with a word added."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None


class ProjectFile(BaseModel):
    """A project's file that is in the library, and what the project is to be called, if not as it was."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    asset_id: str
    name: str | None = None


class ProjectNames(BaseModel):
    """What a project is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str


class RevisionView(BaseModel):
    """One state of a project's files; `files` maps names to assets, `script` may be null but in a film.

    `user_id` made it.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    number: int
    script: str | None
    files: dict[str, str]
    created_at: datetime
    user_id: str | None


class ProjectView(BaseModel):
    """A project with its newest revision; one in the trash is deleted in some days."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    type: str
    head: RevisionView
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    trashed_at: datetime | None


class RevisionTextView(BaseModel):
    """A revision with the text of its script and of its notes.

    Null: there is none, or it is no text (a PDF), or longer than 1 MiB; its asset has the bytes.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    number: int
    script: str | None
    files: dict[str, str]
    created_at: datetime
    user_id: str | None
    text: str | None
    notes: str | None


class ScriptText(BaseModel):
    """A screenplay as text, with notes in TOML if there are any; only a film cannot be without."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    type: str | None = None
    script: str | None = None
    format: Annotated[Literal["fountain", "fdx", "text"], Newer] | None = None
    notes: str | None = None
