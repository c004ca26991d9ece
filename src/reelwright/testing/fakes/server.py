"""What all fake vendors share: a real server on loopback, moods, accounts, and the book of charges.

A fake is one subclass of `FakeVendor` with the vendor's routes and its words for each kind of
trouble. Its state is in memory; `GET /_fake/charges` tells it to other processes.
"""

import asyncio
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reelwright.testing.fakes.moods import TAKEN, Mood, Moods

_DROP = "reelwright.drop"


@dataclass(frozen=True, slots=True)
class Charge:
    """One paid request the vendor has taken, and by which words of ours it may be known."""

    number: int
    remote_id: str
    endpoint: str
    key: str
    reference: str | None


@dataclass(slots=True)
class Work:
    """What the vendor makes for a charge, and from when on it is done."""

    remote_id: str
    endpoint: str
    asked: Mapping[str, Any]
    mood: Mood
    done_at: float
    cancelled: bool = False
    text: str | None = None

    @property
    def done(self) -> bool:
        """Whether it has come to its end."""
        return time.monotonic() >= self.done_at

    @property
    def number(self) -> int:
        """Counts up; good as a seed of what is made."""
        return int(self.remote_id.rsplit("-", 1)[-1], 36)


@dataclass(slots=True)
class FakeVendor:
    """The base of a fake. `keys` are the accounts it knows (none: all); `work_s` is how long making takes.

    Set `webhooks` off to have none delivered. All counts are exact: `charges` is what was billed.
    `writer` gives the text for what was asked, as the wire has it; None: whatever fits.
    Of the answers to what is only looked at, `lost_looks` (0 to 1) are lost on the way.
    """

    moods: Moods = field(default_factory=Moods)
    keys: set[str] = field(default_factory=set)
    work_s: float = 0.05
    hang_s: float = 30.0
    webhooks: bool = True
    lost_looks: float = 0.0
    writer: Callable[[Mapping[str, Any]], str | None] = lambda _: None
    charges: list[Charge] = field(default_factory=list)
    works: dict[str, Work] = field(default_factory=dict)
    by_reference: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def routes(self) -> list[Route]:
        """The vendor's routes. To be written by each fake."""
        raise NotImplementedError

    def trouble(self, mood: Mood) -> Response:
        """The vendor's answer in a mood that is not in TAKEN, nor DROP. To be written by each fake."""
        raise NotImplementedError

    def remote_id(self, number: int) -> str:
        """The vendor's id of its work of that number. A vendor with ids of another kind overrides it."""
        return f"{type(self).__name__.removeprefix('Fake').lower()}-{_base36(number)}"

    async def take(
        self,
        request: Request,
        endpoint: str,
        asked: Mapping[str, Any],
        key: str,
        reply: Callable[[Work], Response],
        *,
        reference: str | None = None,
        idempotent: bool = False,
    ) -> Response:
        """Treat one paid request after the mood of the moment; `reply` words the answer.

        With `idempotent`, a `reference` that was seen before is answered as then, and not billed again.
        """
        known = self.by_reference.get(reference) if reference and idempotent else None
        if known is not None:
            return reply(self.works[known])
        mood = Mood.BAD_KEY if self.keys and key not in self.keys else self.moods.take()
        if mood is Mood.DROP:
            return self._drop(request)
        if mood not in TAKEN:
            return self.trouble(mood)
        work = self._begin(endpoint, asked, key, mood, reference)
        if mood is Mood.LOSE_REPLY:
            return self._drop(request)
        if mood is Mood.HANG:
            await asyncio.sleep(self.hang_s)
        return reply(work)

    def _begin(
        self, endpoint: str, asked: Mapping[str, Any], key: str, mood: Mood, reference: str | None
    ) -> Work:
        number = next(self._numbers)
        remote_id = self.remote_id(number)
        self.charges.append(Charge(number, remote_id, endpoint, key, reference))
        done_at, text = time.monotonic() + self.work_s, self.writer(asked)
        work = Work(remote_id, endpoint, asked, mood, done_at, text=text)
        self.works[remote_id] = work
        if reference:
            self.by_reference.setdefault(reference, remote_id)
        return work

    def _drop(self, request: Request) -> Response:
        request.scope[_DROP]()
        return Response()

    def application(self) -> ASGIApp:
        """All of it as an ASGI application."""
        own = Route("/_fake/charges", self._tell)
        app = Starlette(routes=[own, *self.routes()])

        async def called(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                self.requests.append((scope["method"], scope["path"]))
                # uvicorn's `send` is a method of what holds the connection.
                scope[_DROP] = send.__self__.transport.abort  # pyrefly: ignore[missing-attribute]
                if scope["method"] == "GET" and self._is_lost():
                    scope[_DROP]()
                    return
            await app(scope, receive, send)

        return called

    def _is_lost(self) -> bool:
        return bool(self.lost_looks) and self.moods.chance.random() < self.lost_looks

    async def _tell(self, _: Request) -> Response:
        return JSONResponse([asdict(one) for one in self.charges])

    @contextmanager
    def served(self, port: int = 0) -> Iterator[str]:
        """Serve on loopback in a thread of its own; yields the base URL."""
        with serve(self.application(), port) as self.url:
            yield self.url


class Hall:
    """One server in which fakes appear one after the other: quicker than a server for each."""

    def __init__(self) -> None:
        self.url = ""
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whoever appears answers."""
        if self._app is None:
            raise RuntimeError("nobody appears in the hall")
        await self._app(scope, receive, send)

    @contextmanager
    def shows(self, fake: FakeVendor) -> Iterator[str]:
        """Let a fake appear; yields its base URL."""
        self._app, fake.url = fake.application(), self.url
        try:
            yield self.url
        finally:
            self._app = None

    @contextmanager
    def opened(self) -> Iterator["Hall"]:
        """Serve on loopback until the block ends."""
        with serve(self) as self.url:
            yield self


@contextmanager
def serve(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve an application on loopback in a thread of its own; yields the base URL."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_level="critical",
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="fake-vendor", daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the fake vendor's server did not start")
        time.sleep(0.005)
    number = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{number}"
    finally:
        server.should_exit = True
        thread.join(10)


def _base36(number: int) -> str:
    signs = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, last = divmod(number, 36)
        text = signs[last] + text
    return text
