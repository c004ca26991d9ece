"""The director over HTTP: threads about a project, answers in pieces, proposals to apply."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    Pages,
    PageView,
    PlainText,
    ProjectInPath,
    in_path,
    locate,
    paged,
)
from reelwright.faces.web.streams import StreamResponse, Streams
from reelwright.generation.making import RouteParams
from reelwright.ground.errors import MissingError, ReelwrightError, written_error
from reelwright.ground.ids import AssetId, DirectorMessageId, DirectorThreadId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.identity.visitors import Scope
from reelwright.studio.advice.desk import DirectorDesk
from reelwright.studio.advice.model import Advice, Applied, Thread

router = APIRouter(
    prefix="/projects/{project_id}/director", tags=["director"], route_class=GuardedRoute
)

ThreadInPath = Annotated[DirectorThreadId, in_path("thread_id", DirectorThreadId)]
MessageInPath = Annotated[DirectorMessageId, in_path("message_id", DirectorMessageId)]
_NAME = Annotated[PlainText, Field(max_length=100)]


class ThreadOrder(BaseModel):
    """A new thread; without a title it bears the project's name."""

    model_config = ConfigDict(extra="forbid")

    title: PlainText = Field("", max_length=200)


class DirectorThreadView(BaseModel):
    """A conversation about a project."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    project_id: str
    title: str
    created_at: datetime


class Question(BaseModel):
    """A question. `about`: scenes and shots by number or id; `images`: pictures that go along."""

    model_config = ConfigDict(extra="forbid")

    question: PlainText = Field(min_length=1, max_length=8000)
    about: list[_NAME] = Field(default_factory=list, max_length=100)
    images: list[_NAME] = Field(default_factory=list, max_length=8)
    route: RouteParams | None = None


class EditView(BaseModel):
    """A proposed note: `[table.subject] key = value`, and why."""

    model_config = ConfigDict(from_attributes=True)

    table: str
    subject: str
    key: str
    value: str | float | bool | list[str]
    why: str


class MessageView(BaseModel):
    """A question (`role` user) or an answer. `edits` are numbered from 1; `warnings`: what was left out."""

    model_config = ConfigDict(from_attributes=True)

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


class ApplyOrder(BaseModel):
    """Which proposals, by their numbers (none: all). `over`: also over notes that stand."""

    model_config = ConfigDict(extra="forbid")

    edits: list[int] | None = Field(None, max_length=100)
    over: bool = False


class AppliedView(BaseModel):
    """The revision with the notes in it; `kept` were left out, for a note stands there."""

    model_config = ConfigDict(from_attributes=True)

    revision_id: str
    notes: str
    applied: list[EditView]
    kept: list[EditView]


_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events: `prose` with a piece of text in JSON, at last `message` with a MessageView, or `problem`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    **declared(400, 404, 409, 422, 429, 451, 503),
}


def _view(advice: Advice) -> MessageView:
    return MessageView.model_validate(advice)


@router.post("/threads", status_code=201, responses=declared(404, 422))
async def open_director_thread(
    who: Caller,
    project_id: ProjectInPath,
    order: ThreadOrder,
    response: Response,
    desk: FromDishka[DirectorDesk],
) -> DirectorThreadView:
    """Begin a conversation about a project."""
    thread = await desk.open(who, project_id, order.title)
    locate(response, "projects", project_id, "director", "threads", thread.id, "messages")
    return DirectorThreadView.model_validate(thread)


@router.get("/threads", responses=declared(404, 422))
async def list_director_threads(
    who: Caller, project_id: ProjectInPath, paging: Pages, desk: FromDishka[DirectorDesk]
) -> PageView[DirectorThreadView]:
    """The conversations about a project, newest first."""
    return paged(await desk.threads(who, project_id, paging), DirectorThreadView.model_validate)


@router.get("/threads/{thread_id}/messages", responses=declared(404))
async def list_director_messages(
    who: Caller,
    project_id: ProjectInPath,
    thread_id: ThreadInPath,
    desk: FromDishka[DirectorDesk],
) -> list[MessageView]:
    """The last two hundred messages of a conversation, oldest first."""
    await _same(desk, who, project_id, thread_id)
    return [_view(one) for one in await desk.messages(who, thread_id)]


@router.post(
    "/threads/{thread_id}/messages",
    status_code=201,
    responses=declared(400, 404, 409, 422, 429, 451, 503),
)
@asks(scope=Scope.SPEND)
async def ask_director(
    who: Caller,
    project_id: ProjectInPath,
    thread_id: ThreadInPath,
    asked: Question,
    desk: FromDishka[DirectorDesk],
) -> MessageView:
    """Ask, and wait for the whole answer."""
    await _same(desk, who, project_id, thread_id)
    images = [AssetId.parse(one) for one in asked.images]
    route = asked.route.route() if asked.route else None
    answer = await desk.ask(
        who, thread_id, asked.question, about=asked.about, images=images, route=route
    )
    return _view(answer)


@router.post(
    "/threads/{thread_id}/messages/stream",
    response_class=StreamingResponse,
    responses=_STREAMED,
)
@asks(scope=Scope.SPEND)
async def ask_director_streamed(
    request: Request,
    who: Caller,
    project_id: ProjectInPath,
    thread_id: ThreadInPath,
    asked: Question,
    desk: FromDishka[DirectorDesk],
) -> StreamResponse:
    """Ask, and hear the answer while it is written."""
    await _same(desk, who, project_id, thread_id)
    images = [AssetId.parse(one) for one in asked.images]
    route = asked.route.route() if asked.route else None
    pieces = desk.stream(
        who, thread_id, asked.question, about=asked.about, images=images, route=route
    )
    first = await anext(pieces)  # what is wrong with the question is said while an answer can
    streams: Streams = request.app.state.streams
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    opened = format_sse_event(comment="asked")
    return StreamResponse(streams, _told(first, pieces), _event, opened, headers)


@router.post("/messages/{message_id}/apply", responses=declared(404, 409, 422, 451))
async def apply_director_edits(
    who: Caller,
    project_id: ProjectInPath,
    message_id: MessageInPath,
    order: ApplyOrder,
    desk: FromDishka[DirectorDesk],
) -> AppliedView:
    """Write proposals of an answer into the notes: a new revision. What is stale is refused."""
    applied: Applied = await desk.apply(
        who, message_id, order.edits, over=order.over, project_id=project_id
    )
    return AppliedView.model_validate(applied)


async def _same(
    desk: DirectorDesk, who: Principal, project_id: ProjectId, thread_id: DirectorThreadId
) -> Thread:
    """The thread, which must be the project's."""
    thread = await desk.thread(who, thread_id)
    if thread.project_id != project_id:
        raise MissingError(f"project {project_id} has no thread {thread_id}")
    return thread


async def _told(
    first: str | Advice, pieces: AsyncIterator[str | Advice]
) -> AsyncGenerator[tuple[str, Any]]:
    """Pieces as events; trouble on the way is the last of them."""
    try:
        yield _named(first)
        async for piece in pieces:
            yield _named(piece)
    except ReelwrightError as error:
        yield "problem", written_error(error)


def _named(piece: str | Advice) -> tuple[str, Any]:
    if isinstance(piece, str):
        return "prose", piece
    return "message", _view(piece).model_dump(mode="json")


def _event(told: tuple[str, Any]) -> bytes:
    name, data = told
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False), event=name)
