"""Asking for jobs at the service, against one INSERT by the same principal with the same checks.

Measured on the server that `REELWRIGHT_TEST_DATABASE_URL` names, in a database of its own. The
peer is what a plain route would do: check the parameters, open a transaction, write one row.
"""

import asyncio
import os
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median

import psycopg
import sqlalchemy as sa
from pydantic import BaseModel

import reelwright.app.migrations
from benchmarks.figures import Figure
from reelwright.engines.database.database import Database, connect
from reelwright.engines.database.migrating import Migrations
from reelwright.engines.database.roles import APP, SYSTEM, Urls, role_url
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.calls import DbosDurable, open_client
from reelwright.engines.durable.contract import Queue, Roster, Workflow
from reelwright.engines.durable.names import announce
from reelwright.engines.durable.upgrading import upgrade_engine
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Principal
from reelwright.identity.users import UserService
from reelwright.jobs.calls import WORKFLOW
from reelwright.jobs.job import NewJob, workflow_id
from reelwright.jobs.kinds import QUEUE, JobKind, JobKinds, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.tables import JobRow

_ROUNDS = 7
_EACH = 300
_AT_ONCE = 8


class Shot(BaseModel):
    prompt: str
    frames: int = 24


def measure() -> Iterator[Figure]:
    """The one figure; not measured without a server."""
    name = "jobs asked for per second at the service, against one INSERT with the same checks"
    url = os.environ.get("REELWRIGHT_TEST_DATABASE_URL")
    if url is None:
        yield Figure(name, ">= 0.50", "-", None, "REELWRIGHT_TEST_DATABASE_URL is not set")
        return
    with _database(url) as own:
        _announce(role_url(own, SYSTEM))
        pairs = asyncio.run(_compare(own))
    asked, inserted = (median(rates) for rates in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    measured = f"{ratio:.2f} ({asked:.0f}/s; INSERT {inserted:.0f}/s)"
    yield Figure(name, ">= 0.50", measured, ratio >= 0.5, f"{_AT_ONCE} at a time")


async def _compare(url: str) -> list[tuple[float, float]]:
    """Rates of both, taken in turns so that a busy machine is unkind to both."""
    async with _doors(url) as (database, durable):
        kind = JobKind(name="shot", params=Shot, run=_run)
        jobs = JobService(database, durable, JobKinds([kind]), SystemClock(), JobSettings())
        who = await UserService(database).local_owner()

        async def ask() -> None:
            await jobs.create_job(who, NewJob(kind="shot", params={"prompt": "sunset"}))

        async def insert() -> None:
            await _insert(database, who, kind)

        for act in (ask, insert):
            await _rate(act, 50)
        return [(await _rate(ask, _EACH), await _rate(insert, _EACH)) for _ in range(_ROUNDS)]


async def _insert(database: Database, who: Principal, kind: JobKind) -> None:
    params = kind.check({"prompt": "sunset"})
    job = JobId.new()
    row = {"id": job, "workspace_id": who.workspace, "user_id": who.user, "kind": kind.name}
    row |= {"params": params, "state": "queued", "priority": 5, "after_failure": "fail"}
    row |= {"workflow_id": workflow_id(job, 1), "changed_at": SystemClock().now()}
    async with database.transaction(who) as tx:
        await tx.execute(sa.insert(JobRow).values(**row))


async def _rate(act: Callable[[], Awaitable[None]], count: int) -> float:
    left = iter(range(count))

    async def go_on() -> None:
        for _ in left:
            await act()

    began = time.perf_counter()
    await asyncio.gather(*(go_on() for _ in range(_AT_ONCE)))
    return count / (time.perf_counter() - began)


def _announce(system: str) -> None:
    """Say that there are workers who take jobs, as one of them would."""
    client = open_client(system)
    workflow = Workflow(WORKFLOW, lambda _steps, told: _run(told))
    announce(client, system, Roster([workflow], [Queue(QUEUE, 100, fair=True)]))
    client.destroy()


async def _run(_work: Work) -> None:
    """Nobody works here."""


@asynccontextmanager
async def _doors(url: str) -> AsyncIterator[tuple[Database, DbosDurable]]:
    system = role_url(url, SYSTEM)
    database = connect(DatabaseSettings(), Urls(url, role_url(url, APP), system))
    durable = DbosDurable(system)
    try:
        yield database, durable
    finally:
        durable.close()
        await database.dispose()


@contextmanager
def _database(url: str) -> Iterator[str]:
    name = psycopg.sql.Identifier(f"reelwright_bench_{uuid.uuid4().hex[:8]}")
    dsn = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(name))
        own = sa.make_url(url).set(database=name.as_string(None).strip('"'))
        text = own.render_as_string(hide_password=False)
        try:
            Migrations(Path(reelwright.app.migrations.__file__).parent).upgrade(text)
            upgrade_engine(text)
            yield text
        finally:
            admin.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
