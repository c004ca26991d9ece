"""What is sent and answered. Written by `make openapi`."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from reelwright.client.models.shared import RouteParams


class TextOrder(BaseModel):
    """A question: a `prompt`, or `messages` as an operation `text` takes them (see `/models`).

    With `schema`, a JSON Schema of an object, the answer is JSON that fits it, and `data` is it
    parsed. The same words are answered once in a workspace; `take` 1, 2, ... or `fresh` asks anew.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    prompt: str | None = None
    messages: list[dict[str, Any]] | None = None
    schema_: dict[str, Any] | None = Field(default=None, alias="schema")
    most: int | None = None
    route: RouteParams | None = None
    take: int | None = None
    fresh: bool | None = None
    project_id: str | None = None
    stream: bool | None = None


class WrittenView(BaseModel):
    """A text and what it took. Money is in millionths of `currency`; null: nobody knows.

    `found`: it had been written before, and cost nothing now.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    text: str
    data: Any | None
    model: str
    submission: str | None
    cost_micros: int | None
    currency: str
    attempts: int
    found: bool
    cut: bool
