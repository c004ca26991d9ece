"""Sessions of music over HTTP: takes are asked for, looked at and rated."""

from datetime import datetime
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText
from reelwright.generation.making import RouteParams
from reelwright.ground.ids import MusicSessionId, ProjectId
from reelwright.identity.visitors import Scope
from reelwright.studio.hands.made import Terms
from reelwright.studio.music.sessions import ProducerSessionManager

router = APIRouter(tags=["music"], route_class=GuardedRoute)


class NewMusicSession(BaseModel):
    """What all takes of a session share."""

    model_config = ConfigDict(extra="forbid")

    title: PlainText = Field(min_length=1, max_length=200)
    style: PlainText = Field("", max_length=2000)
    lyrics: str = Field("", max_length=20_000)
    seconds: float = Field(30.0, ge=1, le=600)
    project_id: str | None = Field(None, max_length=100)


class NewTake(BaseModel):
    """A take that is wanted; `extends` is the number of one it goes on from.

    Without a route the cheapest model there is a key of makes it, else the built-in artist.
    """

    model_config = ConfigDict(extra="forbid")

    prompt: PlainText = Field(min_length=1, max_length=5000)
    seconds: float | None = Field(None, ge=1, le=600)
    extends: int | None = Field(None, ge=1)
    route: RouteParams | None = None
    most_micros: int | None = Field(None, ge=0)


class Rating(BaseModel):
    """How good a take is: 1 (no use) to 5 (that is it)."""

    model_config = ConfigDict(extra="forbid")

    rating: int = Field(ge=1, le=5)


class TakeView(BaseModel):
    """A take; it is in the making while it has neither a file nor an error."""

    model_config = ConfigDict(from_attributes=True)

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

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    style: str
    lyrics: str
    seconds: float
    project_id: str | None
    created_at: datetime
    takes: list[TakeView]


@router.post("/music-sessions", status_code=201, responses=declared(400, 413, 422))
async def create_music_session(
    who: Caller, wanted: NewMusicSession, sessions: FromDishka[ProducerSessionManager]
) -> MusicSessionView:
    """Begin a session."""
    project = ProjectId.parse(wanted.project_id) if wanted.project_id else None
    made = await sessions.create_session(
        who,
        wanted.title,
        style=wanted.style,
        lyrics=wanted.lyrics,
        seconds=wanted.seconds,
        project_id=project,
    )
    return MusicSessionView.model_validate(made)


@router.get("/music-sessions", responses=declared(422))
async def list_music_sessions(
    who: Caller, sessions: FromDishka[ProducerSessionManager]
) -> list[MusicSessionView]:
    """The newest sessions."""
    return [MusicSessionView.model_validate(one) for one in await sessions.list_sessions(who)]


@router.get("/music-sessions/{session_id}", responses=declared(404))
async def get_music_session(
    who: Caller, session_id: str, sessions: FromDishka[ProducerSessionManager]
) -> MusicSessionView:
    """A session with its takes."""
    found = await sessions.get_session(who, MusicSessionId.parse(session_id))
    return MusicSessionView.model_validate(found)


@router.post(
    "/music-sessions/{session_id}/takes",
    status_code=201,
    responses=declared(400, 404, 409, 413, 422, 429, 451),
)
@asks(scope=Scope.SPEND)
async def add_music_take(
    who: Caller, session_id: str, wanted: NewTake, sessions: FromDishka[ProducerSessionManager]
) -> TakeView:
    """Ask for a take; it is in the making until the session shows its file."""
    terms = Terms(wanted.route.route() if wanted.route else None, wanted.most_micros)
    made = await sessions.begin_take(
        who,
        MusicSessionId.parse(session_id),
        wanted.prompt,
        seconds=wanted.seconds,
        extends=wanted.extends,
        terms=terms,
    )
    return TakeView.model_validate(made)


@router.put(
    "/music-sessions/{session_id}/takes/{number}/rating",
    responses=declared(400, 404, 409, 413, 422),
)
async def rate_music_take(
    who: Caller,
    session_id: str,
    number: int,
    told: Rating,
    sessions: FromDishka[ProducerSessionManager],
) -> MusicSessionView:
    """Say how good a take is."""
    found = await sessions.rate_take(who, MusicSessionId.parse(session_id), number, told.rating)
    return MusicSessionView.model_validate(found)
