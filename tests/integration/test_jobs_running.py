"""Jobs run, fail, wait, are tried again, and survive the death of whoever runs them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.engines.database.failures import DatabaseUnavailableError
from reelwright.engines.durable.contract import Phase
from reelwright.ground.errors import ConflictError, EnvironmentFailedError, InvalidInputError
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import NewJob
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import JobState
from support.fake_durable import ProcessDiedError
from support.people import new_person
from support.studio_floor import Floor

pytestmark = pytest.mark.anyio
SHOT = NewJob(kind="shot", params={"frames": 3})


@pytest.fixture
def floor(database):
    return Floor(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


def shot(**more):
    return NewJob(kind="shot", **more)


async def test_a_job_runs_and_keeps_its_result_and_its_history(floor, who):
    job = await floor.jobs.create_job(who, shot(params={"frames": 3}))
    assert await floor.run_all() == 1
    done = await floor.jobs.get_job(who, job.id)
    assert (done.state, done.result) == (JobState.COMPLETED, {"frames": 3})
    assert done.progress is not None
    assert (done.progress["fraction"], done.progress["state"]) == (1.0, "completed")
    assert done.started_at is not None
    assert done.finished_at is not None
    history = await floor.jobs.get_history(who, job.id)
    assert [one.state.value for one in history] == ["queued", "running", "completed"]


@pytest.mark.parametrize("died_after", range(2))
async def test_a_run_whose_process_died_is_taken_up_and_ends_once(floor, who, died_after):
    async def act(work):
        return await work.steps.run("draw", draw)

    async def draw():
        drawn.append(1)
        return len(drawn)

    drawn: list = []
    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    call = floor.durable.calls[job.workflow_id]
    for die_after in (died_after, died_after + 1, None):
        try:
            await floor.durable.run(floor.processor, call, die_after=die_after)
        except ProcessDiedError:
            continue
    done = await floor.jobs.get_job(who, job.id)
    assert (done.state, done.result, drawn) == (JobState.COMPLETED, 1, [1])
    states = [one.state for one in await floor.jobs.get_history(who, job.id)]
    assert states.count(JobState.RUNNING) == states.count(JobState.COMPLETED) == 1


async def test_an_error_of_ours_fails_the_job_with_its_way_out(floor, who):
    async def act(_work):
        raise InvalidInputError("too dark", way_out="open a window")

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    await floor.run_all()
    failed = await floor.jobs.get_job(who, job.id)
    assert failed.state is JobState.FAILED
    assert failed.error == {
        "code": "invalid_input",
        "kind": "invalid",
        "message": "too dark",
        "way_out": "open a window",
    }
    assert floor.released == [job.id]


async def test_a_fault_of_a_kind_fails_its_job_only(floor, who):
    async def act(_work):
        raise ZeroDivisionError

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    await floor.run_all()
    assert (await floor.jobs.get_job(who, job.id)).error["code"] == "fault"


async def test_what_is_unavailable_is_tried_again_as_often_as_the_kind_says(floor, who):
    async def act(_work):
        raise EnvironmentFailedError("disk full")

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    for attempt in (1, 2, 3):
        now = await floor.jobs.get_job(who, job.id)
        assert now.attempt == attempt
        await floor.durable.run(floor.processor, floor.durable.calls[now.workflow_id])
    assert (await floor.jobs.get_job(who, job.id)).state is JobState.FAILED
    assert floor.released == [job.id]
    other = await floor.jobs.create_job(who, NewJob(kind="cut"))
    await floor.run_all()
    assert (await floor.jobs.get_job(who, other.id)).attempt == 1


async def test_a_database_that_was_away_is_never_the_jobs_failure(floor, who):
    async def act(work):
        if work.job.attempt < 6:
            raise DatabaseUnavailableError("away")
        return "done"

    floor.act = act
    job = await floor.jobs.create_job(who, NewJob(kind="cut"))
    for _ in range(6):
        now = await floor.jobs.get_job(who, job.id)
        assert now.state is not JobState.FAILED
        await floor.durable.run(floor.processor, floor.durable.calls[now.workflow_id])
    assert (await floor.jobs.get_job(who, job.id)).result == "done"


async def test_an_outcome_nobody_knows_is_unknown_until_somebody_finds_out(floor, who):
    async def act(_work):
        raise OutcomeUnknownError("the answer was lost")

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    child = await floor.jobs.create_job(who, shot(depends_on=[job.id]))
    await floor.run_all()
    assert await floor.state(who, job) is JobState.UNKNOWN
    assert await floor.state(who, child) is JobState.BLOCKED
    assert floor.released == []
    with pytest.raises(ConflictError):
        await floor.jobs.retry_job(who, job.id)
    await floor.jobs.mark_completed(who, job.id, {"asset": "a"})
    assert await floor.state(who, child) is JobState.QUEUED


async def test_a_job_that_waits_is_shown_as_waiting(floor, who):
    async def act(work):
        return await work.wait("provider", timedelta(seconds=20))

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    running = asyncio.create_task(floor.run_all())
    async with asyncio.timeout(10):
        while await floor.state(who, job) is not JobState.WAITING:  # noqa: ASYNC110  # a row's state
            await asyncio.sleep(0.01)
    await floor.durable.tell(job.workflow_id, "provider", {"picture": 1}, "k")
    await running
    done = await floor.jobs.get_job(who, job.id)
    assert (done.state, done.result) == (JobState.COMPLETED, {"picture": 1})


async def test_a_retry_is_a_new_attempt_and_news_of_the_old_one_is_late(floor, who):
    async def act(work):
        if work.job.attempt == 1:
            raise InvalidInputError("no")
        return work.job.attempt

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    await floor.run_all()
    again = await floor.jobs.retry_job(who, job.id)
    assert (again.state, again.attempt, again.error) == (JobState.QUEUED, 2, None)
    floor.durable.phases[job.workflow_id] = Phase.WAITING
    await floor.durable.run(floor.processor, floor.durable.calls[job.workflow_id])
    assert await floor.state(who, job) is JobState.QUEUED
    await floor.run_all()
    assert (await floor.jobs.get_job(who, job.id)).result == 2
    with pytest.raises(ConflictError):
        await floor.jobs.retry_job(who, job.id)


async def test_a_retry_does_not_double_an_equal_job_that_lives(floor, who):
    first = await floor.jobs.create_job(who, NewJob(kind="still"))
    await floor.jobs.cancel_job(who, first.id)
    await floor.jobs.create_job(who, NewJob(kind="still"))
    with pytest.raises(ConflictError):
        await floor.jobs.retry_job(who, first.id)


async def test_a_job_that_takes_too_long_is_ended_where_it_runs(floor, who):
    async def act(_work):
        await asyncio.sleep(30)

    floor.act = act
    job = await floor.jobs.create_job(who, shot(time_limit=timedelta(seconds=0.05)))
    await floor.run_all()
    failed = await floor.jobs.get_job(who, job.id)
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "time_limit")
    assert floor.released == [job.id]


async def test_the_progress_of_a_job_is_written_down_for_other_processes(database, who):
    floor = Floor(database, settings=JobSettings(progress_s=0.05))
    seen: list = []

    async def act(work):
        for n in range(100):
            work.progress.update(n / 100, f"frame {n}")
        async with asyncio.timeout(10):
            while not seen or seen[-1] is None:
                await asyncio.sleep(0.02)
                seen.append((await floor.jobs.get_job(who, work.job.id)).progress)

    floor.act = act
    job = await floor.jobs.create_job(who, shot())
    await floor.run_all()
    assert seen[-1]["message"] == "frame 99"
    last = floor.tracker.get_progress(job.id)
    assert last is not None
    assert last.fraction == 1


async def test_each_turn_of_a_jobs_life_is_an_event_of_its_workspace(floor, who, database):
    job = await floor.jobs.create_job(who, shot(params={"frames": 5}, name="Opening"))
    child = await floor.jobs.create_job(who, shot(depends_on=[job.id]))
    await floor.run_all()
    statement = text("SELECT kind, subject, data FROM events ORDER BY seq")
    async with database.read(who) as tx:
        rows = (await tx.execute(statement)).all()
    mine = [(row.kind, row.data) for row in rows if row.subject == job.id]
    assert [kind for kind, _ in mine] == ["job:created", "job:started", "job:completed"]
    assert mine[0][1]["name"] == "Opening"
    assert mine[-1][1]["result"] == {"frames": 5}
    theirs = [row.kind for row in rows if row.subject == child.id]
    assert theirs == ["job:created", "job:started", "job:completed"]


async def test_one_users_thousand_jobs_do_not_starve_anothers_one(floor, who, database):
    other = await new_person(database)
    many = [shot(priority=0) for _ in range(1000)]
    await floor.jobs.create_jobs(who, many)
    one = await floor.jobs.create_job(other, shot(priority=10))
    for _ in range(2):
        await floor.durable.run(floor.processor, floor.durable.next())
    assert await floor.state(other, one) is JobState.COMPLETED
