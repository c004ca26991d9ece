"""What is sent and answered. Written by `make openapi`."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from reelwright.client.models.shared import Operation, Standing


class Limits(BaseModel):
    """What a model can do. None and empty mean: no limit is known, or it does not apply.

    `seconds` are the lengths it makes when `any_length` is off, else the shortest and the longest.
    `voices` are all a model has, where that is known; `men` and `women` those it casts, the deepest
    first.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    prompt: int | None = None
    seconds: list[float] | None = None
    any_length: bool | None = None
    aspects: list[str] | None = None
    resolutions: list[str] | None = None
    count: int | None = None
    references: int | None = None
    loras: int | None = None
    images: int | None = None
    characters: int | None = None
    voices: list[str] | None = None
    men: list[str] | None = None
    women: list[str] | None = None
    output_tokens: int | None = None
    seed: bool | None = None
    sound: bool | None = None
    lyrics: bool | None = None
    extends: bool | None = None
    schema_: bool | None = Field(default=None, alias="schema")
    streams: bool | None = None


class PricePartView(BaseModel):
    """What `per` units cost, in the currency itself; `when` says for which requests alone."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    unit: str
    amount: str
    per: int
    when: dict[str, str]
    above: int | None
    up_to: int | None


class PriceView(BaseModel):
    """What a model costs, and who said so on which day. Without parts it is unknown."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    words: str
    parts: list[PricePartView]
    as_of: date | None
    source: str
    currency: str


class ModelView(BaseModel):
    """A model. `configured`: you have an account of its vendor. `input`: the schema of `request`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    title: str
    operation: Operation
    provider: str
    provider_title: str
    configured: bool
    usable: bool
    standing: Standing
    ends: date | None
    replacement: str | None
    quality: int
    speed: int
    note: str
    price: PriceView
    limits: Limits
    input: dict[str, Any]


class PreferenceOrder(BaseModel):
    """The model to be asked first."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    model: str


class PreferenceView(BaseModel):
    """A model that is asked first. `user_id` is who said so; null: it is the installation's setting."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    operation: Operation
    model: str
    project_id: str | None
    user_id: str | None
