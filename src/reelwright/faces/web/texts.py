"""Asking a language model over HTTP: the answer at once, whole or as it is written."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.responses import Response

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainObject, PlainText
from reelwright.faces.web.streams import StreamResponse, Streams
from reelwright.generation.llm.service import LLMService
from reelwright.generation.making import RouteParams
from reelwright.ground.errors import Kind, ReelwrightError, written_error
from reelwright.ground.ids import ProjectId
from reelwright.identity.visitors import Scope

router = APIRouter(tags=["texts"], route_class=GuardedRoute)

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
ANSWERS: dict[int | str, dict[str, Any]] = {
    **declared(400, 404, 409, 413, 422, 429, 451, 503),
    200: {
        "description": "The answer; with `stream` as events: `piece`s of text, then `written`, or `error`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
}


class TextOrder(BaseModel):
    """A question: a `prompt`, or `messages` as an operation `text` takes them (see `/models`).

    With `schema`, a JSON Schema of an object, the answer is JSON that fits it, and `data` is it
    parsed. The same words are answered once in a workspace; `take` 1, 2, ... or `fresh` asks anew.
    """

    model_config = ConfigDict(extra="forbid")

    prompt: PlainText | None = None
    messages: list[PlainObject] | None = Field(None, max_length=2000)
    shape: PlainObject | None = Field(None, alias="schema")
    most: int = Field(8192, ge=1, description="Tokens the answer may have.")
    route: RouteParams = RouteParams()
    take: int = Field(0, ge=0)
    fresh: bool = False
    project_id: str | None = Field(None, max_length=100)
    stream: bool = False

    @model_validator(mode="after")
    def _one_question(self) -> "TextOrder":
        if (self.prompt is None) == (self.messages is None):
            message = "say `prompt` or `messages`, one of them"
            raise ValueError(message)
        return self

    def values(self) -> dict[str, Any]:
        """The request in JSON."""
        messages = self.messages or [{"role": "user", "text": self.prompt}]
        schema = {"schema": self.shape} if self.shape is not None else {}
        return {"messages": messages, "most": self.most} | schema

    @property
    def said(self) -> dict[str, Any]:
        """What else is said of it."""
        project = ProjectId.parse(self.project_id) if self.project_id else None
        return {"project_id": project, "take": self.take, "fresh": self.fresh}


class WrittenView(BaseModel):
    """A text and what it took. Money is in millionths of `currency`; null: nobody knows.

    `found`: it had been written before, and cost nothing now.
    """

    model_config = ConfigDict(from_attributes=True)

    text: str
    data: Any | None
    model: str
    submission: str | None
    cost_micros: int | None
    currency: str
    attempts: int
    found: bool
    cut: bool


@router.post("/text", response_model=WrittenView, responses=ANSWERS)
@asks(scope=Scope.SPEND)
async def write_text(
    request: Request, who: Caller, order: TextOrder, llm: FromDishka[LLMService]
) -> WrittenView | Response:
    """Have a language model answer. No job: the answer comes at once."""
    route = order.route.route()
    if order.stream or accepts_events(request):
        pieces = llm.stream(who, order.values(), route, **order.said)
        return await streamed(request, pieces, WrittenView)
    written = await llm.answer(who, order.values(), route, **order.said)
    return WrittenView.model_validate(written)


def accepts_events(request: Request) -> bool:
    """Whether the caller asks for events by its `Accept`."""
    return request.headers.get("accept", "").startswith("text/event-stream")


async def streamed(
    request: Request, pieces: AsyncGenerator[Any], view: type[BaseModel]
) -> StreamResponse:
    """Pieces as events, and the end as it is viewed. What fails before the first is a problem."""
    streams: Streams = request.app.state.streams

    def write(piece: Any) -> bytes:
        if isinstance(piece, str):
            return _event("piece", _Piece(text=piece))
        if isinstance(piece, ReelwrightError):
            return _event("error", _Trouble.model_validate(_told(piece)))
        return _event("written", view.model_validate(piece))

    first = await anext(pieces)
    return StreamResponse(streams, _after(pieces), write, write(first), HEADERS)


class _Piece(BaseModel):
    text: str


class _Trouble(BaseModel):
    model_config = ConfigDict(extra="ignore")

    code: str
    message: str
    way_out: str | None = None


def _told(error: ReelwrightError) -> dict[str, Any]:
    if error.kind is Kind.FAULT and error.code == "fault":
        return {"code": "fault", "message": "something went wrong here"}
    return written_error(error)


async def _after(pieces: AsyncIterator[Any]) -> AsyncGenerator[Any]:
    """The rest; trouble in the middle is told as the last event."""
    try:
        async for piece in pieces:
            yield piece
    except ReelwrightError as error:
        yield error


def _event(name: str, data: BaseModel) -> bytes:
    return format_sse_event(data_str=data.model_dump_json(), event=name)
