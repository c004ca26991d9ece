"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import RouteParams


class TakeView(BaseModel):
    """A take; it is in the making while it has neither a file nor an error."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    number: int
    prompt: str
    seconds: float
    model: str | None
    job_id: str | None
    asset_id: str | None
    rating: int | None
    micros: dict[str, int] | None
    error: dict[str, Any] | None
    making: bool


class MusicSessionView(BaseModel):
    """A session; lists show it without its takes."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    title: str
    style: str
    lyrics: str
    seconds: float
    project_id: str | None
    created_at: datetime
    takes: list[TakeView]


class NewMusicSession(BaseModel):
    """What all takes of a session share."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    title: str
    style: str | None = None
    lyrics: str | None = None
    seconds: float | None = None
    project_id: str | None = None


class NewTake(BaseModel):
    """A take that is wanted; `extends` is the number of one it goes on from.

    Without a route the cheapest model there is a key of makes it, else the built-in artist.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    prompt: str
    seconds: float | None = None
    extends: int | None = None
    route: RouteParams | None = None
    most_micros: int | None = None


class Rating(BaseModel):
    """How good a take is: 1 (no use) to 5 (that is it)."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    rating: int
