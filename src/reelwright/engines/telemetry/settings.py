"""What can be set about logs and traces."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Level(StrEnum):
    """How much is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogSettings(BaseModel):
    """How logs look and how much they say.

    `levels` sets an area apart: `jobs` means `reelwright.jobs`; a name with a dot, or of no package
    of ours, is a logger's own (`uvicorn.access`). With `info` every request is told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["console", "json"] = "console"
    level: Level = Level.WARNING
    levels: dict[str, Level] = Field(default_factory=dict)


class TraceSettings(BaseModel):
    """Where traces go; nowhere unless an OTLP endpoint is named. `sample` is the share kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint: str | None = Field(None, pattern=r"^https?://[^\s@]+$")
    sample: float = Field(0.1, ge=0, le=1)
    service: str = Field("reelwright", min_length=1)
