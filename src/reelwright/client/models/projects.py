"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class ProjectNames(BaseModel):
    """What a project is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str


class RevisionView(BaseModel):
    """One state of a project's files; `files` maps names to assets."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    number: int
    script: str
    files: dict[str, str]
    created_at: datetime


class ProjectView(BaseModel):
    """A project with its newest revision."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    head: RevisionView
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class ScriptText(BaseModel):
    """A screenplay as text, with notes in TOML if there are any."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    script: str
    format: Annotated[Literal["fountain", "fdx", "text"], Newer] | None = None
    notes: str | None = None
