"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import RouteParams


class NewThread(BaseModel):
    """A conversation to begin. `system` is said before all of it, in each call."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    title: str | None = None
    system: str | None = None
    route: RouteParams | None = None
    project_id: str | None = None


class NewTurn(BaseModel):
    """Something said: a text, and pictures by their assets."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    text: str | None = None
    images: list[str] | None = None
    stream: bool | None = None


class ThreadView(BaseModel):
    """A conversation."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    title: str
    system: str
    route: dict[str, Any]
    project_id: str | None
    created_at: datetime
    updated_at: datetime


class TurnView(BaseModel):
    """One message. An answer names its model, its paid call and what that cost."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    role: str
    text: str
    images: list[str]
    submission: str | None
    model: str | None
    cost_micros: int | None
    currency: str | None
    created_at: datetime


class WholeThreadView(BaseModel):
    """A conversation with all its turns, in order."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    title: str
    system: str
    route: dict[str, Any]
    project_id: str | None
    created_at: datetime
    updated_at: datetime
    messages: list[TurnView]
