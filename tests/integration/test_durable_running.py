"""Workflows are started with the caller's transaction, run, and are remembered."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import text

from reelwright.engines.database.failures import RightsError
from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.contract import Call, Phase, Queue, Roster, Workflow
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.retention import Retention
from reelwright.engines.durable.upgrading import upgrade_engine
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.principals import Activity
from support.durable_executors import QUICK, ask, callers, ended, executor, until
from support.durable_roster import MARKS, WHO, roster

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database_url):
    ask(database_url, MARKS)
    return database_url


@pytest.fixture
async def running(database, url):
    async with executor(database, url, roster(database)) as (durable, one):
        yield durable, one


@pytest.fixture
def durable(running):
    return running[0]


async def _start(database, durable, *calls):
    async with database.transaction(WHO) as tx:
        await durable.enqueue(tx, calls)


async def test_a_call_runs_once_its_transaction_has_committed(database, durable):
    async with database.transaction(WHO) as tx:
        await durable.enqueue(tx, [Call("work", "one", {"steps": 3}, "plain")])
        assert await durable.standing(["one"]) == {}
    found = await ended(durable, ["one"])
    assert (found["one"].phase, found["one"].output) == (Phase.DONE, 3)


async def test_a_call_whose_transaction_is_rolled_back_never_was(database, durable):
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(WHO) as tx:
            await durable.enqueue(tx, [Call("work", "one", {}, "plain")])
            _ = 1 / 0
    assert await durable.standing(["one"]) == {}


async def test_a_second_call_of_one_id_is_the_first(database, durable, url):
    call = Call("work", "one", {}, "plain")
    await _start(database, durable, call, replace(call, input={"steps": 9}))
    await ended(durable, ["one"])
    await _start(database, durable, call)
    assert (await durable.standing(["one"]))["one"].output == 1
    assert ask(url, "SELECT count(*) FROM marks") == [(2,)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"workflow": "nobody_knows_it"},
        {"queue": "nowhere"},
        {"id": "spaces are no id"},
        {"priority": 11},
        {"partition": "a queue without fairness has none"},
        {"queue": "fair"},
        {"input": "x" * 9000},
    ],
    ids=str,
)
async def test_a_call_nobody_could_run_is_refused(database, durable, wrong):
    call = replace(Call("work", "one", {}, "plain"), **wrong)
    with pytest.raises(InvalidInputError):
        await _start(database, durable, call)
    assert await durable.standing(["one"]) == {}


async def test_a_request_reads_no_workflow_and_no_engine_table(database, durable):
    await _start(database, durable, Call("work", "one", {}, "plain"))
    for query in ("SELECT * FROM dbos.workflow_status", "SELECT * FROM executors"):
        with pytest.raises(RightsError):
            async with database.read(WHO) as tx:
                await tx.execute(text(query))


async def test_what_a_step_of_one_workspace_answered_no_other_sees(database, durable):
    await _start(database, durable, Call("work", "one", {}, "plain"))
    await ended(durable, ["one"])
    other = replace(WHO, workspace=type(WHO.workspace).new())
    seen = {}
    for who in (WHO, other):
        async with database.read(who) as tx:
            seen[who] = (await tx.execute(text("SELECT count(*) FROM step_effects"))).scalar_one()
    assert seen == {WHO: 1, other: 0}


async def test_a_delayed_call_waits(database, durable, url):
    delay = timedelta(seconds=1)
    await _start(database, durable, Call("work", "late", {}, "plain", delay=delay))
    assert (await durable.standing(["late"]))["late"].phase is Phase.WAITING
    await ended(durable, ["late"])
    query = """SELECT extract(epoch FROM min(at)) * 1000 - created_at > 900
               FROM marks JOIN dbos.workflow_status ON workflow_uuid = workflow GROUP BY created_at"""
    assert ask(url, query) == [(True,)]


async def test_the_urgent_go_first(database, durable, url):
    calls = [Call("work", f"p{p}", {"pause_s": 0.02}, "narrow", priority=p) for p in (9, 5, 0)]
    await _start(database, durable, *calls)
    await ended(durable, ["p0", "p5", "p9"])
    order = ask(url, "SELECT workflow FROM marks WHERE what = 'tried 0' ORDER BY id")
    assert order == [("p0",), ("p5",), ("p9",)]


async def test_a_thousand_calls_of_one_user_do_not_keep_another_waiting(database, durable, url):
    crowd = [Call("work", f"crowd-{n}", {}, "fair", partition="a") for n in range(1000)]
    await _start(database, durable, *crowd)
    await until(url, "SELECT count(*) > 2 FROM marks")
    await _start(database, durable, Call("work", "single", {}, "fair", partition="b"))
    await ended(durable, ["single"])
    started = "SELECT count(*) FROM dbos.workflow_status WHERE status NOT IN ('ENQUEUED')"
    assert ask(url, started)[0][0] < 60
    await durable.cancel([call.id for call in crowd])


async def test_a_cancelled_call_leaves_its_queue_or_stops_at_its_next_step(database, durable, url):
    slow = Call("work", "slow", {"steps": 50, "pause_s": 0.1}, "narrow")
    await _start(database, durable, slow, replace(slow, id="behind", priority=9))
    await until(url, "SELECT count(*) > 0 FROM marks")
    await durable.cancel(["slow", "behind"])
    found = await ended(durable, ["slow", "behind"])
    assert {one.phase for one in found.values()} == {Phase.CANCELLED}
    await _start(database, durable, replace(slow, id="next", input={}))
    await ended(durable, ["next"])
    assert ask(url, "SELECT count(*) FROM marks WHERE workflow = 'behind'") == [(0,)]
    assert ask(url, "SELECT count(*) < 20 FROM marks WHERE workflow = 'slow'") == [(True,)]


async def test_a_message_told_twice_by_one_key_is_one(database, durable, url):
    await _start(database, durable, *(Call("wait", f"w{n}", {}, "waiting") for n in range(2)))
    for _ in range(2):
        await durable.tell("w0", "go", {"take": 1}, "take-1")
    await durable.tell("w1", "go", "other", "take-1")  # a key is one workflow's
    found = await ended(durable, ["w0", "w1"])
    assert (found["w0"].output, found["w1"].output) == ({"take": 1}, "other")
    assert ask(url, "SELECT count(*) FROM dbos.notifications") == [(2,)]


async def test_a_message_to_nobody_is_refused(durable):
    with pytest.raises(MissingError):
        await durable.tell("nobody", "go", 1, "k")


async def test_who_waits_in_vain_gets_nothing(database, durable):
    await _start(database, durable, Call("wait", "w", {"within_s": 0.3}, "waiting"))
    assert (await ended(durable, ["w"]))["w"].output is None


async def test_a_foreseen_error_keeps_its_code_and_its_way_out(database, durable):
    calls = [
        Call("fail", "seen", {}, "plain"),
        Call("fail", "final", {"finally": True}, "plain"),
        Call("fail", "mistake", {"mistake": True}, "plain"),
    ]
    await _start(database, durable, *calls)
    found = await ended(durable, [call.id for call in calls])
    told = ["ConflictError", "conflict", "the set is taken", "ask for another day"]
    assert found["seen"].output == told
    assert found["final"].phase is Phase.FAILED
    assert found["final"].failure == {
        "type": "ConflictError",
        "code": "conflict",
        "kind": "conflict",
        "message": "the set is taken",
        "way_out": "ask for another day",
    }
    assert found["mistake"].failure["code"] == "fault"
    assert found["mistake"].error == "an unexpected KeyError"


async def test_many_changes_of_one_row_wait_for_each_other_and_none_fails(database, durable, url):
    ask(url, "CREATE TABLE hot (n int); INSERT INTO hot VALUES (0); GRANT ALL ON hot TO PUBLIC")
    ids = [f"hot-{n}" for n in range(100)]
    await _start(database, durable, *(Call("hot", one, {}, "plain") for one in ids))
    await ended(durable, ids)
    assert ask(url, "SELECT n FROM hot") == [(100,)]


async def test_one_executor_at_a_time_runs_in_a_process(database, running, url):
    with pytest.raises(ConflictError):
        await DbosExecutor(database, role_url(url, SYSTEM), QUICK).start(Roster())
    assert running[1].may_call()


async def test_an_executor_may_follow_another_in_one_process(database, url):
    for number in range(2):
        async with executor(database, url, roster(database)) as (durable, _):
            await _start(database, durable, Call("work", f"n{number}", {}, "plain"))
            await ended(durable, [f"n{number}"])
    assert ask(url, "SELECT count(*) FROM executors") == [(0,)]


async def test_who_works_on_while_an_executor_leaves_finds_threads(database, url):
    async with executor(database, url, roster(database)) as (durable, one):
        await _start(database, durable, Call("work", "one", {}, "plain"))
        await ended(durable, ["one"])
        async with anyio.create_task_group() as group:
            group.start_soon(one.stop, timedelta())
            while one.may_call():
                assert await asyncio.to_thread(lambda: 1) == 1
            for _ in range(50):
                assert await asyncio.to_thread(lambda: 1) == 1
                await anyio.sleep(0.002)


async def test_what_has_begun_keeps_the_old_body_after_a_patch(database, url):
    async def old(steps, _given):
        return await steps.receive("go", timedelta(hours=1))

    async def new(steps, _given):
        if await steps.patched("says-new"):
            return "new"
        return await old(steps, _given)

    queues = [Queue("plain", poll_s=0.1)]
    async with executor(database, url, Roster([Workflow("body", old)], queues)) as (durable, _):
        await _start(database, durable, Call("body", "before", {}, "plain"))
        await until(url, "SELECT count(*) > 0 FROM dbos.operation_outputs")
    newer = Roster([Workflow("body", new, patches=["says-new"])], queues)
    async with executor(database, url, newer) as (durable, _):
        await _start(database, durable, Call("body", "after", {}, "plain"))
        await durable.tell("before", "go", "old", "k")
        found = await ended(durable, ["before", "after"])
    assert (found["before"].output, found["after"].output) == ("old", "new")


async def test_the_engine_is_upgraded_again_without_harm(database, url):
    upgrade_engine(url)
    async with executor(database, url, roster(database)) as (durable, _):
        await _start(database, durable, Call("work", "one", {}, "plain"))
        assert (await ended(durable, ["one"]))["one"].phase is Phase.DONE


async def test_a_process_without_a_worker_starts_and_tells(database, url):
    async with callers(url) as durable:
        await durable.announce(roster(database))
        async with database.transaction(Activity.DISPATCH) as tx:
            await durable.enqueue(tx, [Call("wait", "w", {}, "waiting")])
        await durable.tell("w", "go", "hello", "k")
        assert (await durable.standing(["w"]))["w"].phase is Phase.WAITING
    async with executor(database, url, roster(database)) as (durable, _):
        assert (await ended(durable, ["w"]))["w"].output == "hello"


async def test_what_ended_long_ago_is_forgotten_and_what_runs_is_not(database, durable, url):
    await _start(
        database, durable, Call("work", "old", {}, "plain"), Call("wait", "waits", {}, "waiting")
    )
    await ended(durable, ["old"])
    settings = QUICK.model_copy(update={"keep_days": 1})
    retention = Retention(database, role_url(url, SYSTEM), settings, SystemClock())
    assert await retention.prune() == 0
    ask(url, "UPDATE dbos.workflow_status SET completed_at = 1, created_at = 1")
    ask(url, "UPDATE step_effects SET created_at = now() - interval '2 days'")
    assert await retention.prune() == 1
    assert list(await durable.standing(["old", "waits"])) == ["waits"]
    assert ask(url, "SELECT count(*) FROM step_effects") == [(0,)]
    await durable.tell("waits", "go", "on", "k")
    assert (await ended(durable, ["waits"]))["waits"].output == "on"


async def test_a_pool_that_is_too_small_makes_work_slow_and_does_not_end_it(database, url):
    settings = QUICK.model_copy(update={"pool_size": 2, "pool_timeout_s": 0.05})
    ids = [f"w{n}" for n in range(60)]
    async with executor(database, url, roster(database), settings) as (durable, _):
        await _start(database, durable, *(Call("work", one, {}, "plain") for one in ids))
        found = await ended(durable, ids, within=60)
    assert {one.phase for one in found.values()} == {Phase.DONE}
    assert ask(url, "SELECT count(*) FROM marks WHERE what = 'done 0'") == [(60,)]
