"""What goes over ElevenLabs' wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: where, and with what."""

    path: str
    body: Mapping[str, Any]
    query: Mapping[str, str] = field(default_factory=dict)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Alignment(_Shape):
    """When each character of the text is spoken."""

    characters: list[str]
    character_start_times_seconds: list[float]
    character_end_times_seconds: list[float]


class Speech(_Shape):
    """A speech, and when what is said in it."""

    audio_base64: str
    alignment: Alignment | None = None


class Subscription(_Shape):
    """What an account has used and may use; a limit may be exceeded by so many credits, or without end."""

    character_count: int
    character_limit: int
    max_credit_limit_extension: int | str = 0


class Detail(_Shape):
    """A trouble: `code` is what it is, `status` what it was called before, `type` its family."""

    type: str = ""
    code: str = ""
    status: str = ""
    message: str = ""
    param: str | None = None


class Fault(_Shape):
    """A field of the request that is not as it should be."""

    loc: list[str | int] = Field(default_factory=list)
    msg: str = ""


class Trouble(_Shape):
    """Any answer that is not 200."""

    detail: Detail | list[Fault] | str = ""
