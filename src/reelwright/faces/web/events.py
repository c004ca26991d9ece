"""What happens, as it happens: server-sent events, replayed from where a reader was."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from reelwright.engines.events.event import Event, parse_event_id
from reelwright.engines.events.stream import EventStream
from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute, admit
from reelwright.faces.web.problems import declared
from reelwright.faces.web.streams import StreamResponse, Streams
from reelwright.ground.errors import (
    DeniedError,
    MissingError,
    ReelwrightError,
    UnauthenticatedError,
)
from reelwright.ground.principals import Principal, Role
from reelwright.identity.doorkeeper import Doorkeeper

_COME_BACK_MS = 1000
_RECENT = 64
_REFUSALS = (UnauthenticatedError, MissingError, DeniedError)

router = APIRouter(prefix="/events", tags=["events"], route_class=GuardedRoute)


class EventView(BaseModel):
    """The `data` of one server-sent event; its `event` field is `kind`, its `id` field is `id`."""

    id: str
    kind: str
    subject: str
    at: datetime
    data: dict[str, Any]


_DECLARED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events, in order, each once: `data` is an EventView in JSON. Lines that begin with `:` are signs of life.",
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
            }
        },
    },
    **declared(422),
}


@router.get("", response_class=StreamingResponse, responses=_DECLARED)
@asks(Role.GUEST)
async def follow_events(
    request: Request,
    who: Caller,
    events: FromDishka[EventStream],
    doorkeeper: FromDishka[Doorkeeper],
    after: Annotated[
        str | None, Query(max_length=200, description="The `id` of the last event that was seen.")
    ] = None,
    subject: Annotated[
        str | None, Query(max_length=200, description="Only what happens to this: `job_...`.")
    ] = None,
    last_event_id: Annotated[
        str | None, Header(max_length=200, description="As `after`; browsers send it.")
    ] = None,
) -> StreamResponse:
    """Events of the workspace from now on, or after the last one that was seen.

    `Last-Event-ID`, which browsers send when they come back, goes before `after`. `subject` names
    one job, project or asset; guests must name one of a project of theirs. The first bytes carry the
    id to come back with before there was an event. The stream ends after a quarter of an hour, when the
    server stops, and soon after whoever follows may not any more: come back with the last id.
    """
    await _theirs(doorkeeper, who, subject)
    streams: Streams = request.app.state.streams
    seen = last_event_id or after
    if seen is not None:
        parse_event_id(seen)  # while an answer can still say so
    else:
        seen = await events.newest()
    found = events.iterate(who, seen, subject)
    first = format_sse_event(comment="subscribed", id=seen, retry=_COME_BACK_MS)
    # No proxy may keep events back to send them in larger pieces.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

    async def welcome() -> bool:
        return await _welcome(doorkeeper, request, subject)

    return StreamResponse(streams, found, request.app.state.writer, first, headers, welcome)


async def _welcome(doorkeeper: Doorkeeper, request: Request, subject: str | None) -> bool:
    """Whether whoever follows would still be let in: with this key, to this workspace, to this subject."""
    try:
        visitor = await admit(doorkeeper, request.scope, request.app.state.settings)
        await _theirs(doorkeeper, visitor.principal, subject)
    except _REFUSALS:
        return False
    except ReelwrightError:  # nobody can be asked at the moment: then nothing is told either
        return True
    return True


async def _theirs(doorkeeper: Doorkeeper, who: Principal, subject: str | None) -> None:
    """Guests follow what belongs to their projects; the stream itself knows workspaces only."""
    if who.role is not Role.GUEST:
        return
    kinds = {"prj": "project_id", "job": "job_id", "prd": "film_id", "ast": "asset_id"}
    name = kinds.get((subject or "").partition("_")[0])
    if subject is None or name is None:
        raise DeniedError("guests follow one project", way_out="name it as `subject`")
    project = await doorkeeper.project_of(who, name, subject)
    if project is None or await doorkeeper.role_on(who, project) is None:
        raise MissingError("there is no such thing")


class Writer:
    """Events as bytes. The many readers of one event share them: it is written once."""

    def __init__(self) -> None:
        # By identity, never by id or content: nothing may lead from one tenant's event to another's.
        self._recent: dict[int, tuple[Event, bytes]] = {}

    def __call__(self, event: Event) -> bytes:
        """One event, as server-sent."""
        recent = self._recent.get(id(event))
        if recent is not None and recent[0] is event:
            return recent[1]
        view = EventView(
            id=event.id,
            kind=event.kind,
            subject=event.subject,
            at=event.at,
            data=dict(event.data),
        )
        sent = format_sse_event(data_str=view.model_dump_json(), event=event.kind, id=event.id)
        self._recent[id(event)] = (event, sent)
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        return sent
