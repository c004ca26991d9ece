"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Patch(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True)


class State(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True)


class StateNoteView(BaseModel):
    """A version without its content; `size` is in bytes."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    version: int
    size: int
    saved_at: datetime
    user_id: str
    restored: int | None


class StateView(BaseModel):
    """A state as it was saved: `analysis`, `moodboard`, `timeline`, `roadmap`, `ui`, and `data`, which is free.

    Version 0 is the empty state that nobody has saved. `restored` is the version it brought back.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    version: int
    state: dict[str, Any]
    saved_at: datetime | None
    user_id: str | None
    restored: int | None
