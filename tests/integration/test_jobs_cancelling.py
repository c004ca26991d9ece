"""A job can be cancelled at every state, once, and gives back what it held."""

import asyncio
from datetime import timedelta

import pytest

from reelwright.engines.durable.contract import Phase
from reelwright.ground.errors import ConflictError
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import NewJob
from reelwright.jobs.states import FINAL, LIVE, JobState
from support.people import new_person
from support.studio_floor import Floor

pytestmark = pytest.mark.anyio


@pytest.fixture
def floor(database):
    return Floor(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def _bring_to(floor, who, state):
    """A job in a state, with whatever runs it still running."""
    reached = asyncio.Event()

    async def act(work):
        reached.set()
        if state is JobState.UNKNOWN:
            raise OutcomeUnknownError("lost")
        if state is JobState.WAITING:
            await work.wait("provider", timedelta(seconds=20))
        await asyncio.sleep(20)

    floor.act = act
    more: dict = {}
    if state is JobState.SCHEDULED:
        more["scheduled_at"] = floor.clock.now() + timedelta(hours=1)
    if state is JobState.BLOCKED:
        parent = await floor.jobs.create_job(
            who, NewJob(kind="cut", scheduled_at=floor.clock.now() + timedelta(hours=2))
        )
        more["depends_on"] = [parent.id]
    job = await floor.jobs.create_job(who, NewJob(kind="shot", **more))
    running = None
    if state in {JobState.RUNNING, JobState.WAITING, JobState.UNKNOWN}:
        running = asyncio.create_task(floor.run_all())
        await reached.wait()
        async with asyncio.timeout(10):
            while await floor.state(who, job) is not state:  # noqa: ASYNC110  # a row's state
                await asyncio.sleep(0.01)
    return job, running


@pytest.mark.parametrize("state", sorted(LIVE - {JobState.PENDING}))
async def test_a_job_is_cancelled_in_every_state(floor, who, state):
    job, running = await _bring_to(floor, who, state)
    assert await floor.state(who, job) is state
    cancelled = await floor.jobs.cancel_job(who, job.id)
    assert cancelled.state is JobState.CANCELLED
    assert (await floor.jobs.cancel_job(who, job.id)).state is JobState.CANCELLED
    assert floor.released == [job.id]
    assert floor.durable.phases.get(job.workflow_id) in {None, Phase.CANCELLED, Phase.DONE}
    assert (await floor.jobs.get_job(who, job.id)).stopping is None
    if running is not None:
        running.cancel()
        await asyncio.wait([running])
    history = [one.state for one in await floor.jobs.get_history(who, job.id)]
    assert history.count(JobState.CANCELLED) == 1


async def test_a_job_that_has_ended_is_not_cancelled(floor, who):
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    await floor.run_all()
    with pytest.raises(ConflictError):
        await floor.jobs.cancel_job(who, job.id)
    assert floor.released == []


async def test_a_cancel_that_races_completion_leaves_one_end(floor, who):
    jobs = await floor.jobs.create_jobs(who, [NewJob(kind="shot") for _ in range(12)])
    results = await asyncio.gather(
        floor.run_all(),
        *(floor.jobs.cancel_job(who, job.id) for job in jobs),
        return_exceptions=True,
    )
    assert all(not isinstance(one, Exception) or isinstance(one, ConflictError) for one in results)
    for job in jobs:
        history = await floor.jobs.get_history(who, job.id)
        ends = [one.state for one in history if one.state in FINAL]
        assert len(ends) == 1
        assert (job.id in floor.released) == (ends == [JobState.CANCELLED])


async def test_two_cancels_at_once_release_once(floor, who):
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    await asyncio.gather(*(floor.jobs.cancel_job(who, job.id) for _ in range(4)))
    assert floor.released == [job.id]


async def test_a_release_that_fails_cancels_nothing(floor, who):
    async def release(_tx, _job):
        raise RuntimeError

    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    floor._release, kept = release, floor.kinds["shot"]
    object.__setattr__(kept, "release", release)
    with pytest.raises(RuntimeError):
        await floor.jobs.cancel_job(who, job.id)
    assert await floor.state(who, job) is JobState.QUEUED


async def test_what_a_kind_started_beside_is_stopped_too_and_after_a_crash_by_the_scheduler(
    floor, who
):
    floor.also_stop = ("batch-1",)
    floor.durable.phases["batch-1"] = Phase.RUNNING
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    life = floor.jobs._life
    async with floor.database.transaction(who) as tx:  # the process dies right after this commit
        await life.cancel(tx, who, job, floor.clock.now())
    assert floor.durable.phases["batch-1"] is Phase.RUNNING
    await floor.scheduler.look_around()
    assert floor.durable.phases["batch-1"] is Phase.CANCELLED
    assert floor.durable.phases[job.workflow_id] is Phase.CANCELLED
    assert (await floor.jobs.get_job(who, job.id)).stopping is None
