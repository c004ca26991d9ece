"""Conversations with models over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, PlainText, ThreadInPath, locate, paged
from reelwright.faces.web.texts import ANSWERS, accepts_events, streamed
from reelwright.generation.llm.chats import LLMChatService
from reelwright.generation.llm.threads import Thread
from reelwright.generation.making import RouteParams
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope

router = APIRouter(prefix="/threads", tags=["threads"], route_class=GuardedRoute)


class NewThread(BaseModel):
    """A conversation to begin. `system` is said before all of it, in each call."""

    model_config = ConfigDict(extra="forbid")

    title: PlainText = Field("", max_length=200)
    system: PlainText = Field("", max_length=100_000)
    route: RouteParams = RouteParams()
    project_id: str | None = Field(None, max_length=100)


class TurnView(BaseModel):
    """One message. An answer names its model, its paid call and what that cost."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    role: str
    text: str
    images: Sequence[str]
    submission: str | None
    model: str | None
    cost_micros: int | None
    currency: str | None
    created_at: datetime


class ThreadView(BaseModel):
    """A conversation."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    system: str
    route: Mapping[str, Any]
    project_id: str | None
    created_at: datetime
    updated_at: datetime


class WholeThreadView(ThreadView):
    """A conversation with all its turns, in order."""

    messages: list[TurnView]


class NewTurn(BaseModel):
    """Something said: a text, and pictures by their assets."""

    model_config = ConfigDict(extra="forbid")

    text: PlainText = Field("", max_length=400_000)
    images: list[str] = Field(default_factory=list, max_length=20)
    stream: bool = False


def _view(thread: Thread) -> ThreadView:
    return ThreadView.model_validate(thread)


@router.post("", status_code=201, responses=declared(400, 404, 422))
async def create_thread(
    who: Caller, given: NewThread, response: Response, chats: FromDishka[LLMChatService]
) -> ThreadView:
    """Begin a conversation."""
    project = ProjectId.parse(given.project_id) if given.project_id else None
    thread = await chats.create(
        who, given.title, system=given.system, route=given.route, project_id=project
    )
    locate(response, "threads", thread.id)
    return _view(thread)


@router.get("", responses=declared(422))
async def list_threads(
    who: Caller,
    paging: Pages,
    chats: FromDishka[LLMChatService],
    project_id: Annotated[str | None, Query(max_length=100, description="Only of this.")] = None,
) -> PageView[ThreadView]:
    """The workspace's conversations, newest first."""
    project = ProjectId.parse(project_id) if project_id else None
    return paged(await chats.list(who, project, paging), _view)


@router.get("/{thread_id}", responses=declared(404))
async def get_thread(
    who: Caller, thread_id: ThreadInPath, chats: FromDishka[LLMChatService]
) -> WholeThreadView:
    """A conversation with all its turns."""
    thread, turns = await chats.get(who, thread_id)
    messages = [TurnView.model_validate(turn) for turn in turns]
    return WholeThreadView(**_view(thread).model_dump(), messages=messages)


@router.delete("/{thread_id}", status_code=204, responses=declared(404))
async def delete_thread(
    who: Caller, thread_id: ThreadInPath, chats: FromDishka[LLMChatService]
) -> None:
    """Forget a conversation; what was paid for it stays in the books."""
    await chats.delete(who, thread_id)


@router.post("/{thread_id}/messages", response_model=TurnView, responses=ANSWERS)
@asks(Role.EDITOR, Scope.SPEND)
async def send_message(
    request: Request,
    who: Caller,
    thread_id: ThreadInPath,
    turn: NewTurn,
    chats: FromDishka[LLMChatService],
) -> TurnView | Response:
    """Say something, and have a model answer: whole, or with `stream` as it is written."""
    images = [AssetId.parse(one) for one in turn.images]
    if turn.stream or accepts_events(request):
        pieces = chats.stream(who, thread_id, turn.text, images)
        return await streamed(request, pieces, TurnView)
    return TurnView.model_validate(await chats.send(who, thread_id, turn.text, images))
