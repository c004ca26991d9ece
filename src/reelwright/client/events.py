"""Server-sent events: read as they come, and gone on with where they broke off."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from pydantic import BaseModel

from reelwright.client.failures import ApiError, NoAnswerError, failure
from reelwright.client.wire import Query, Wire, params_of, plain, read

T = TypeVar("T")

_SILENCE_S = 60.0  # the service gives a sign of life every 15 s
_PAUSE_S = 1.0


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """What happened: `data` is JSON."""

    id: str | None
    kind: str
    data: Any


class EventLines:
    """Puts events together from lines, as the HTML standard has it."""

    def __init__(self) -> None:
        self.last_id: str | None = None
        self._kind = ""
        self._data: list[str] = []

    def take(self, line: str) -> ServerEvent | None:
        """One more line, without its end; an event when that line has completed one."""
        if not line:
            return self._complete()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._kind = value
        elif name == "id" and "\0" not in value:
            self.last_id = value
        return None

    def _complete(self) -> ServerEvent | None:
        kind, data = self._kind or "message", "\n".join(self._data)
        had, self._kind, self._data = bool(self._data), "", []
        if not had:
            return None
        try:
            return ServerEvent(self.last_id, kind, json.loads(data))
        except ValueError:
            return ServerEvent(self.last_id, kind, data)


async def stream(
    wire: Wire,
    method: str,
    path: str,
    *,
    query: Query | None = None,
    body: Any = None,
    lines: EventLines | None = None,
) -> AsyncIterator[ServerEvent]:
    """The events of one answer, to its end; raises ApiError and NoAnswerError."""
    lines = lines or EventLines()
    headers = {"Accept": "text/event-stream"}
    if lines.last_id:
        headers["Last-Event-ID"] = lines.last_id
    more: dict[str, Any] = {} if body is None else {"json": plain(body)}
    patience = aiohttp.ClientTimeout(total=None, connect=10, sock_read=_SILENCE_S)
    async with wire.opened(
        method, path, headers=headers, params=params_of(query or {}), timeout=patience, **more
    ) as response:
        async for raw in response.content:
            event = lines.take(raw.decode("utf-8", "replace").rstrip("\r\n"))
            if event is not None:
                yield event


async def follow(wire: Wire, path: str, query: Query) -> AsyncIterator[ServerEvent]:
    """Events for ever: whoever breaks off comes back with the last id that was seen.

    Refusals are raised, but for those that pass: too often, not now.
    """
    lines = EventLines()
    while True:
        pause = _PAUSE_S
        try:
            async for event in stream(wire, "GET", path, query=query, lines=lines):
                yield event
        except NoAnswerError:
            pass
        except ApiError as error:
            if error.status not in {429, 502, 503, 504}:
                raise
            pause = error.retry_after or pause
        await asyncio.sleep(pause)


async def written(wire: Wire, path: str, body: BaseModel, whole: type[T]) -> AsyncIterator[str | T]:
    """Pieces of a text as they are written, then what it came to; raises ApiError, NoAnswerError."""
    async for event in stream(wire, "POST", path, body=body):
        if event.kind == "piece":
            yield event.data["text"]
        elif event.kind == "written":
            yield read(whole, json.dumps(event.data).encode())
            return
        elif event.kind == "error":
            raise failure(200, {**event.data, "detail": event.data["message"]}, None)
    raise NoAnswerError("the answer broke off", way_out="ask again")
