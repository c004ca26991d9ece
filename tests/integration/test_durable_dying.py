"""Workers die, freeze and lose the database; what was started is finished, and nothing twice."""

import signal
from datetime import timedelta

import anyio
import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from reelwright.engines.database.roles import SYSTEM, plain_dsn, role_url
from reelwright.engines.durable.calls import open_client
from reelwright.engines.durable.contract import Call, Phase
from reelwright.engines.durable.reaper import Reaper
from reelwright.ground.principals import Activity
from support.durable_executors import (
    QUICK,
    ask,
    busy_first,
    callers,
    ended,
    executor,
    owner,
    until,
    workers,
)
from support.durable_roster import MARKS, WHO, roster

pytestmark = pytest.mark.anyio

TWICE = """SELECT count(*) FROM (SELECT FROM marks WHERE what LIKE 'done%%'
           GROUP BY workflow, what HAVING count(*) > 1) AS twice"""
DONE = "SELECT count(*) FROM marks WHERE what LIKE 'done%%'"


@pytest.fixture
def url(database_url):
    ask(database_url, MARKS)
    return database_url


async def _start(database, durable, *calls):
    async with database.transaction(WHO) as tx:
        await durable.enqueue(tx, calls)


def _calls(count, **given):
    return [Call("work", f"w{n}", given, "plain") for n in range(count)]


async def test_the_work_of_a_killed_worker_is_finished_by_another(database, url):
    calls = _calls(30, steps=4, pause_s=0.15)
    with workers(url, "a", "b", lease_s=30) as made:  # a lease nobody waits for
        async with callers(url) as durable:
            await _start(database, durable, *calls)
            await until(url, "SELECT count(*) > 20 FROM marks")
            busy_first(url, made)[0].kill()
            found = await ended(durable, [call.id for call in calls])
    assert {one.phase for one in found.values()} == {Phase.DONE}
    assert ask(url, DONE) == [(30 * 4,)]
    assert ask(url, TWICE) == [(0,)]


async def test_a_transaction_that_was_open_at_the_kill_is_made_once(database, url):
    calls = _calls(20, steps=3, inside_s=0.1)
    with workers(url, "a", "b", "c") as made:
        async with callers(url) as durable:
            await _start(database, durable, *calls)
            for left in (3, 2):
                await until(url, "SELECT count(*) > %s FROM marks", 60 - left * 15)
                busiest = busy_first(url, made)[0]
                busiest.kill()
                made.remove(busiest)
            await ended(durable, [call.id for call in calls])
    assert ask(url, DONE) == [(60,)]
    assert ask(url, TWICE) == [(0,)]


async def test_a_frozen_worker_is_taken_over_and_ends_its_own_runs_when_it_wakes(database, url):
    calls = _calls(20, steps=6, pause_s=0.3)
    with workers(url, "a", "b", lease_s=1.5) as made:
        async with callers(url) as durable:
            await _start(database, durable, *calls)
            await until(url, "SELECT count(*) > 10 FROM marks")
            first, second = busy_first(url, made)
            first.send(signal.SIGSTOP)
            await until(url, "SELECT count(*) = 0 FROM executors WHERE pid = %s", first.pid)
            first.send(signal.SIGCONT)
            found = await ended(durable, [call.id for call in calls])
            second.kill()
            later = Call("work", "later", {}, "plain")
            await _start(database, durable, later)
            await ended(durable, ["later"])  # the one that woke works again
    assert {one.phase for one in found.values()} == {Phase.DONE}
    assert ask(url, DONE) == [(121,)]
    assert ask(url, TWICE) == [(0,)]
    # A step under way at the freeze may be tried twice; none after it is.
    again = """SELECT count(*) FROM (SELECT FROM marks WHERE what LIKE 'tried%%'
               GROUP BY workflow, what HAVING count(*) > 1) AS twice"""
    assert ask(url, again)[0][0] <= 20


async def test_a_frozen_reaper_keeps_nobody_from_reaping(database, url):
    calls = _calls(5, steps=4, pause_s=0.2)
    with workers(url, "a", "b", "c", lease_s=1.5) as made:
        async with callers(url) as durable:
            await _start(database, durable, *calls)
            await until(url, "SELECT count(*) > 2 FROM marks")
            first, second, _ = busy_first(url, made)
            first.send(signal.SIGSTOP)
            second.send(signal.SIGSTOP)
            await ended(durable, [call.id for call in calls])
            first.send(signal.SIGCONT)
            second.send(signal.SIGCONT)
    assert ask(url, TWICE) == [(0,)]


async def test_a_worker_that_stops_hands_the_rest_over_at_once(database, url):
    calls = _calls(8, steps=30, pause_s=0.2)
    with workers(url, "a", lease_s=30, grace_s=0.1) as (first,):
        async with callers(url) as durable:
            await _start(database, durable, *calls)
            await until(url, "SELECT count(*) >= 8 FROM marks")
            assert first.end() == "ended\n"
            found = await durable.standing([call.id for call in calls])
    assert {one.phase for one in found.values()} == {Phase.WAITING}
    assert ask(url, "SELECT count(*) FROM executors") == [(0,)]


async def test_a_worker_that_stops_lets_short_work_end(database, url):
    async with executor(database, url, roster(database)) as (durable, one):
        await _start(database, durable, Call("work", "short", {"pause_s": 0.5}, "plain"))
        await until(url, "SELECT count(*) > 0 FROM marks")
        await one.stop(timedelta(seconds=10))
        assert (await durable.standing(["short"]))["short"].phase is Phase.DONE
        assert not one.may_call()


async def test_work_goes_on_when_the_database_comes_back(database, url):
    calls = _calls(20, steps=5, pause_s=0.1)
    async with executor(database, url, roster(database)) as (durable, one):
        await _start(database, durable, *calls)
        await until(url, "SELECT count(*) > 20 FROM marks")
        name = sql.Identifier(str(sa.make_url(url).database))
        server = sa.make_url(url).set(database="postgres").render_as_string(hide_password=False)
        with owner(server) as admin:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (sa.make_url(url).database,),
            )
            await anyio.sleep(QUIET_S)
            assert not one.may_call()
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
        found = await ended(durable, [call.id for call in calls], within=60)
        assert one.may_call()
    assert {one.phase for one in found.values()} == {Phase.DONE}
    assert ask(url, DONE) == [(100,)]
    assert ask(url, TWICE) == [(0,)]


QUIET_S = 2.5
"""Longer than the lease of these tests."""


async def test_work_whose_executor_nobody_knows_is_found(database, url):
    async with executor(database, url, roster(database)) as (durable, _):
        await _start(database, durable, Call("wait", "lost", {}, "waiting"))
        await until(url, "SELECT status = 'PENDING' FROM dbos.workflow_status")
        ask(url, "UPDATE dbos.workflow_status SET executor_id = 'forgotten'")  # as in a backup
        await until(url, "SELECT executor_id <> 'forgotten' FROM dbos.workflow_status")
        await durable.tell("lost", "go", "found", "k")
        assert (await ended(durable, ["lost"]))["lost"].output == "found"


async def test_a_failed_step_is_seen_alike_by_the_body_after_a_takeover(database, url):
    call = Call("fail", "f", {"within_s": 3600}, "waiting")
    with workers(url, "a", "b") as made:
        async with callers(url) as durable:
            async with database.transaction(Activity.DISPATCH) as tx:
                await durable.enqueue(tx, [call])
            await until(url, "SELECT count(*) > 1 FROM dbos.operation_outputs")
            busy_first(url, made)[0].kill()
            await durable.tell("f", "go", "on", "k")
            found = await ended(durable, ["f"])
    assert found["f"].output[:3] == ["ConflictError", "conflict", "the set is taken"]


async def test_a_call_that_was_taken_and_never_started_is_put_back(database, url):
    settings = QUICK.model_copy(update={"lease_s": 0.8})
    async with executor(database, url, roster(database), settings) as (durable, one):
        await _start(database, durable, *(Call("wait", f"w{n}", {}, "waiting") for n in range(2)))
        await until(url, "SELECT count(*) = 2 FROM dbos.operation_outputs WHERE function_id = 1")
        # As if the answer to the taking of this one had been lost.
        ask(
            url,
            """INSERT INTO dbos.workflow_status (workflow_uuid, status, name, queue_name, priority,
                   executor_id, application_version, application_name, started_at_epoch_ms,
                   created_at, updated_at, recovery_attempts, serialization, owner_xid)
               SELECT 'stray', status, name, queue_name, priority, executor_id, application_version,
                   application_name, 1, 1, 1, 0, serialization, 'lost'
               FROM dbos.workflow_status WHERE workflow_uuid = 'w0'""",
        )
        ask(
            url,
            "INSERT INTO dbos.workflow_input SELECT 'stray', inputs FROM dbos.workflow_input"
            " WHERE workflow_uuid = 'w0'",
        )
        await durable.tell("stray", "go", "found", "k")
        assert (await ended(durable, ["stray"]))["stray"].output == "found"
        assert ask(
            url,
            "SELECT sum(recovery_attempts) FROM dbos.workflow_status"
            " WHERE workflow_uuid LIKE 'w%%'",
        ) == [(2,)]  # and nothing else was
        assert one.may_call()


async def test_what_was_taken_is_put_back_only_when_nothing_taken_with_it_begins(database, url):
    async with callers(url) as durable:
        await durable.announce(roster(database))
        await _start(database, durable, *_calls(3))
    taken = "UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = 'us'"
    ask(url, f"{taken}, started_at_epoch_ms = 1")  # long ago
    waiting = "SELECT workflow_uuid FROM dbos.workflow_status WHERE status = 'ENQUEUED' ORDER BY 1"
    system, running = role_url(url, SYSTEM), []
    client = open_client(system)
    reaper = Reaper(plain_dsn(system), client, "us", QUICK, lambda: running)
    reaper._orphans_at = 0.0
    with psycopg.connect(plain_dsn(system), autocommit=True) as connection:
        for begun, put_back in (("", []), ("w0", []), ("w1", []), ("", [("w2",)])):
            running += [begun] if begun else []
            reaper._find_strays(connection)
            assert ask(url, waiting) == put_back
    client.destroy()
