"""The API over real HTTP: what asking for a job costs, and how soon 500 readers hear of it.

The server is one process on its own embedded Postgres (`python -m benchmarks.serving HOME`); the
callers are raw sockets in this one, so that they take little of the two cores.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import uvloop
from dishka import AsyncContainer, Provider, Scope, make_async_container
from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from sqlalchemy import NullPool, create_engine, text

from benchmarks.figures import Figure
from benchmarks.homes import fresh_home, opened_database
from reelwright.app.settings import WebSettings
from reelwright.engines.database.database import Database, connect
from reelwright.engines.database.policies import tenant_policies
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable, Json, Queue, Roster, Steps, Workflow
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.settings import DurableSettings
from reelwright.engines.events.announcing import Announcer
from reelwright.engines.events.stream import EventStream
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.faces.web.application import create_app
from reelwright.faces.web.jobs import JobOrder
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.serving import serve_app
from reelwright.ground.clock import Clock, SystemClock
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import UserService
from reelwright.jobs.calls import WORKFLOW
from reelwright.jobs.kinds import QUEUE, JobKind, JobKinds, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings

READERS = 500
_EVENTS = 40
_ROUNDS = 5
_ROUND_S = 2.0
_CALLERS = 8
_BODY = json.dumps({"kind": "bench", "params": {"shot": "sh_1", "frames": 24}, "priority": 3})


def asking() -> Iterator[Figure]:
    """Requests for jobs against the plainest route."""
    with _server() as (address, token):
        yield asyncio.run(_asking(address, token))


def hearing() -> Iterator[Figure]:
    """Events at many readers."""
    with _server() as (address, token):
        yield asyncio.run(_hearing(address, token))


async def _asking(address: str, token: str) -> Figure:
    """Rounds of both routes take turns, so that the machine's other load meets both."""
    plain: list[float] = []
    jobs: list[float] = []
    for number in range(_ROUNDS + 1):
        for path, rates in (("/api/v1/plain", plain), ("/api/v1/jobs", jobs)):
            rate = await _rate(address, token, path)
            if number:  # the first round warms up
                rates.append(rate)
    ratio = median(a / b for a, b in zip(jobs, plain, strict=True))
    return Figure(
        "`POST /api/v1/jobs` per second on one API process, against a route with the same authentication, RLS and validation that does one INSERT",
        "at least 0.50",
        f"{ratio:.2f} ({median(jobs):.0f}/s against {median(plain):.0f}/s, {_CALLERS} callers)",
        ratio >= 0.5,
    )


async def _rate(address: str, token: str, path: str) -> float:
    done = 0
    until = time.monotonic() + _ROUND_S

    async def call() -> None:
        nonlocal done
        async with _connected(address) as (reader, writer):
            while time.monotonic() < until:
                await _post(reader, writer, path, token)
                done += 1

    begun = time.monotonic()
    await asyncio.gather(*(call() for _ in range(_CALLERS)))
    return done / (time.monotonic() - begun)


async def _hearing(address: str, token: str) -> Figure:
    """From the moment a request for a job is sent, until each reader has the event of it."""
    loop = asyncio.get_running_loop()
    readers = []
    for _ in range(READERS):
        where = urlsplit(address)
        assert where.hostname
        _, reader = await loop.create_connection(_Reader, where.hostname, where.port or 80)
        reader.ask(token)
        readers.append(reader)
    await asyncio.gather(*(reader.subscribed for reader in readers))
    took: list[float] = []
    async with _connected(address) as (answers, writer):
        for number in range(1, _EVENTS + 1):
            begun = time.monotonic()
            await _post(answers, writer, "/api/v1/jobs", token)
            while any(len(reader.heard) < number for reader in readers):
                if time.monotonic() - begun > 10:
                    raise RuntimeError("not every reader heard of it in ten seconds")
                await asyncio.sleep(0.02)
            took += [reader.heard[number - 1] - begun for reader in readers]
            await asyncio.sleep(0.1)
    for reader in readers:
        reader.close()
    took.sort()
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    return Figure(
        f"event published to seen by {READERS} SSE subscribers on one process, p99",
        "under 150 ms",
        f"{p99 * 1000:.0f} ms (median {p50 * 1000:.0f} ms, {_EVENTS} events, from sending the request that causes it)",
        p99 < 0.15,
    )


class _Reader(asyncio.Protocol):
    """One subscriber: notes when each event came, and reads no further."""

    def __init__(self) -> None:
        self.subscribed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard: list[float] = []
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, token: str) -> None:
        assert self._transport is not None
        lines = ("GET /api/v1/events HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}")
        self._transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if not self.subscribed.done() and b": subscribed" in data:
            self.subscribed.set_result(None)
        self.heard += [now] * data.count(b"event: job:created")

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@asynccontextmanager
async def _connected(
    address: str,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def _post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, token: str
) -> None:
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(_BODY)}\r\n\r\n{_BODY}".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
    body = await reader.readexactly(int(length))
    if not head.startswith(b"HTTP/1.1 201"):
        raise RuntimeError(body.decode())


@contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """A server in a process of its own: its address, and a token."""
    with fresh_home() as home:
        command = [sys.executable, "-m", "benchmarks.serving", str(home)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            told = server.stdout.readline().split()
            if len(told) != 2:
                raise RuntimeError("the server did not start")
            yield told[0], told[1]
        finally:
            server.terminate()
            server.communicate(timeout=30)


class Plain(BaseModel):
    """What the plain route answers."""

    id: str


_plain = APIRouter(prefix="/api/v1", route_class=GuardedRoute)


@_plain.post("/plain", status_code=201)
async def insert_plainly(who: Caller, order: JobOrder, database: FromDishka[Database]) -> Plain:
    """The peer: the same caller, door and validation, and one INSERT."""
    new = order.new_job(None)
    row = {"id": new.id, "workspace": who.workspace, "params": json.dumps(dict(new.params))}
    async with database.transaction(who) as tx:
        await tx.execute(_INSERT, row | {"kind": new.kind, "priority": new.priority})
    return Plain(id=new.id)


_INSERT = text(
    "INSERT INTO bench_rows (id, workspace_id, kind, priority, params)"
    " VALUES (:id, :workspace, :kind, :priority, CAST(:params AS jsonb))"
)
_TABLE = (
    "CREATE TABLE bench_rows (id text PRIMARY KEY, workspace_id text NOT NULL, kind text NOT NULL,"
    " priority integer NOT NULL, params jsonb NOT NULL)"
)


class _Params(BaseModel):
    shot: str
    frames: int


async def _never(work: Work) -> str:
    return work.job.id


async def _serve(home: Path) -> None:
    with opened_database(home) as urls:
        _make_table(urls)
        database = connect(urls=urls, settings=DatabaseSettings())
        durable = DbosDurable(urls.system)
        await _open_queue(database, urls)
        events, announcer = EventStream(database, urls), Announcer(database)
        await events.start()
        await announcer.start()
        try:
            container = _container(database, durable, events)
            token = await _token(container)
            app: FastAPI = create_app(container, WebSettings())
            app.include_router(_plain)
            await serve_app(
                app, "127.0.0.1", 0, announce=lambda address: print(address, token, flush=True)
            )
        finally:
            await announcer.stop()
            await events.stop()
            durable.close()
            await database.dispose()


async def _open_queue(database: Database, urls: Urls) -> None:
    """A worker was here once, so that calls find their queue; none is here to run them."""

    async def run(_: Steps, given: Json) -> Json:
        return given

    executor = DbosExecutor(database, urls.system, DurableSettings())
    roster = Roster([Workflow(WORKFLOW, run)], [Queue(QUEUE, fair=True)])
    await executor.start(roster)
    await executor.stop(timedelta())


def _container(database: Database, durable: Durable, events: EventStream) -> AsyncContainer:
    provider = Provider(scope=Scope.APP)
    kinds = JobKinds([JobKind(name="bench", params=_Params, run=_never)])
    provider.provide(lambda: database, provides=Database)
    provider.provide(lambda: durable, provides=Durable)
    provider.provide(lambda: events, provides=EventStream)
    provider.provide(lambda: kinds, provides=JobKinds)
    settings = JobSettings(), IdentitySettings()
    provider.provide(lambda: settings[0], provides=JobSettings)
    provider.provide(lambda: settings[1], provides=IdentitySettings)
    provider.provide(SystemClock, provides=Clock)
    provider.provide_all(TokenService, UserService, JobService, Metrics)
    return make_async_container(provider)


async def _token(container: AsyncContainer) -> str:
    users, tokens = await container.get(UserService), await container.get(TokenService)
    return (await tokens.create(await users.local_owner(), "benchmark"))[1]


def _make_table(urls: Urls) -> None:
    engine = create_engine(urls.owner, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in (_TABLE, *tenant_policies("bench_rows")):
            connection.execute(text(statement))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(Path(sys.argv[1])))
