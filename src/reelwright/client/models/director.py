"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import RouteParams


class EditView(BaseModel):
    """A proposed note: `[table.subject] key = value`, and why."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    table: str
    subject: str
    key: str
    value: str | float | bool | list[str]
    why: str


class AppliedView(BaseModel):
    """The revision with the notes in it; `kept` were left out, for a note stands there."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    revision_id: str
    notes: str
    applied: list[EditView]
    kept: list[EditView]


class ApplyOrder(BaseModel):
    """Which proposals, by their numbers (none: all). `over`: also over notes that stand."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    edits: list[int] | None = None
    over: bool | None = None


class DirectorThreadView(BaseModel):
    """A conversation about a project."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    project_id: str
    title: str
    created_at: datetime


class MessageView(BaseModel):
    """A question (`role` user) or an answer. `edits` are numbered from 1; `warnings`: what was left out."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    thread_id: str
    number: int
    role: str
    text: str
    edits: list[EditView]
    warnings: list[str]
    about: list[str]
    images: list[str]
    revision_id: str
    model: str | None
    cost_micros: int | None
    currency: str | None
    created_at: datetime


class Question(BaseModel):
    """A question. `about`: scenes and shots by number or id; `images`: pictures that go along."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    question: str
    about: list[str] | None = None
    images: list[str] | None = None
    route: RouteParams | None = None


class ThreadOrder(BaseModel):
    """A new thread; without a title it bears the project's name."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    title: str | None = None
