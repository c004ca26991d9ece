"""Executors for tests: in this process, or in one that can be killed."""

import os
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import anyio
import psycopg
import sqlalchemy as sa

from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Phase
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.settings import DurableSettings

QUICK = DurableSettings(beat_s=0.2, lease_s=2, threads=8, pool_size=5)
_TESTS = Path(__file__).parents[1]


@asynccontextmanager
async def executor(database, url, roster, settings=QUICK, grace_s=1.0):
    """A running executor and the durable side of the same database."""
    durable = DbosDurable(role_url(url, SYSTEM))
    one = DbosExecutor(database, role_url(url, SYSTEM), settings)
    await one.start(roster)
    try:
        yield durable, one
    finally:
        await one.stop(timedelta(seconds=grace_s))
        durable.close()


@asynccontextmanager
async def callers(url):
    """The durable side alone, as a process without a worker has it."""
    durable = DbosDurable(role_url(url, SYSTEM))
    try:
        yield durable
    finally:
        durable.close()


class Worker:
    """A worker in a process of its own."""

    def __init__(self, url: str, name: str, lease_s: float, grace_s: float) -> None:
        environment = os.environ | {"PYTHONPATH": str(_TESTS)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.durable_worker", url, name, str(lease_s), str(grace_s)],
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def wait_until_ready(self) -> str:
        """Its executor's id."""
        assert self._process.stdout is not None
        word, _, name = self._process.stdout.readline().strip().partition(" ")
        assert word == "ready"
        return name

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, signal: int) -> None:
        self._process.send_signal(signal)

    def end(self) -> str:
        """End by SIGTERM; what it had still to say."""
        self._process.terminate()
        return self._process.communicate(timeout=30)[0]

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=30)


@contextmanager
def workers(url, *names, lease_s=2.0, grace_s=5.0):
    """Workers, ready; killed in the end."""
    made = [Worker(url, name, lease_s, grace_s) for name in names]
    try:
        for one in made:
            one.wait_until_ready()
        yield made
    finally:
        for one in made:
            one.kill()


@contextmanager
def owner(url):
    """A connection as the owner of the tables."""
    dsn = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def ask(url, query, *given):
    """All rows of a query, as the owner."""
    with owner(url) as connection:
        found = connection.execute(query, given)
        return found.fetchall() if found.description else []


async def until(url, query, *given, within=60.0):
    """Wait until a query's one value is true."""
    with anyio.fail_after(within):
        while not ask(url, query, *given)[0][0]:  # noqa: ASYNC110  (another process changes it)
            await anyio.sleep(0.05)


def busy_first(url, made):
    """The workers, the one that runs the most first."""
    query = """SELECT pid FROM executors JOIN dbos.workflow_status AS w ON w.executor_id = executors.id
               WHERE status = 'PENDING' GROUP BY pid ORDER BY count(*) DESC"""
    order = [pid for (pid,) in ask(url, query)]
    return sorted(made, key=lambda one: order.index(one.pid) if one.pid in order else len(order))


async def ended(durable, ids, within=60.0):
    """The standings of calls, when all have come to an end."""
    with anyio.fail_after(within):
        while True:
            found = await durable.standing(ids)
            if len(found) == len(ids) and not any(
                one.phase in (Phase.WAITING, Phase.RUNNING) for one in found.values()
            ):
                return found
            await anyio.sleep(0.05)
