"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import JobState
from reelwright.client.values import Newer


class DeliveredFile(BaseModel):
    """A file of a finished film; anyone may read it by `url` until that expires, under its name."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    asset_id: str
    media_type: str
    size: int
    sha256: str
    url: str


class DeliveredFilm(BaseModel):
    """The making of a film, with how far it is, and what came of it.

    `progress` is {fraction (0 to 1), message, state, at, data}; `error` is {code, kind, message,
    way_out}; `files` are named by their paths in the film's folder, the film first.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    project_id: str
    revision_id: str
    job_id: str
    state: Annotated[Literal["making", "finished", "ended"], Newer]
    options: dict[str, Any]
    report: dict[str, Any] | None
    created_at: datetime
    job_state: JobState
    progress: dict[str, Any] | None
    error: dict[str, Any] | None
    files: dict[str, DeliveredFile]


class FilmView(BaseModel):
    """The making of a film; the job `job_id` does it. It has ended when it failed or was cancelled.

    `report`, when it is finished, says what was made: duration_s, shots, made, reused, warnings.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    project_id: str
    revision_id: str
    job_id: str
    state: Annotated[Literal["making", "finished", "ended"], Newer]
    options: dict[str, Any]
    report: dict[str, Any] | None
    created_at: datetime
