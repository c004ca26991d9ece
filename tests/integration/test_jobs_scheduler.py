"""The scheduler puts right what time and crashes leave behind."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.engines.durable.contract import Phase
from reelwright.ground.principals import Activity
from reelwright.jobs.job import NewJob
from reelwright.jobs.states import JobState
from support.people import new_person
from support.studio_floor import Floor

pytestmark = pytest.mark.anyio


@pytest.fixture
def floor(database):
    return Floor(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


def shot(**more):
    return NewJob(kind="shot", **more)


async def test_a_scheduled_job_is_queued_when_its_time_has_come(floor, who):
    later = floor.clock.now() + timedelta(minutes=5)
    job = await floor.jobs.create_job(who, shot(scheduled_at=later))
    assert floor.durable.calls[job.workflow_id].delay == timedelta(minutes=5)
    await floor.scheduler.look_around()
    assert await floor.state(who, job) is JobState.SCHEDULED
    floor.clock.pass_time(301)
    await floor.scheduler.look_around()
    assert await floor.state(who, job) is JobState.QUEUED
    await floor.durable.run(floor.processor, floor.durable.calls[job.workflow_id])
    assert await floor.state(who, job) is JobState.COMPLETED


async def test_a_job_past_its_time_limit_fails_and_its_run_is_stopped(floor, who):
    job = await floor.jobs.create_job(who, shot(time_limit=timedelta(minutes=1)))
    floor.durable.phases[job.workflow_id] = Phase.RUNNING
    await floor.jobs.mark_started(who, job.id)
    await floor.scheduler.look_around()
    assert await floor.state(who, job) is JobState.RUNNING
    floor.clock.pass_time(61)
    await floor.scheduler.look_around()
    failed = await floor.jobs.get_job(who, job.id)
    assert failed.error is not None
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "time_limit")
    assert floor.durable.phases[job.workflow_id] is Phase.CANCELLED
    assert floor.released == [job.id]


@pytest.mark.parametrize("lost", [None, Phase.DONE, Phase.FAILED, Phase.CANCELLED])
async def test_a_job_whose_run_is_gone_gets_a_new_one(floor, who, lost):
    job = await floor.jobs.create_job(who, shot())
    if lost is None:
        del floor.durable.phases[job.workflow_id]
        floor.durable.turns.clear()
    else:
        floor.durable.phases[job.workflow_id] = lost
    await floor.scheduler.look_around()
    assert (await floor.jobs.get_job(who, job.id)).attempt == 1
    floor.clock.pass_time(61)
    await floor.scheduler.look_around()
    again = await floor.jobs.get_job(who, job.id)
    assert (again.attempt, again.state) == (2, JobState.SCHEDULED)
    await floor.durable.run(floor.processor, floor.durable.calls[again.workflow_id])
    assert await floor.state(who, job) is JobState.COMPLETED


async def test_a_job_whose_runs_are_lost_again_and_again_fails(floor, who):
    job = await floor.jobs.create_job(who, shot())
    for _ in range(floor.settings.lost_runs + 1):
        now = await floor.jobs.get_job(who, job.id)
        floor.durable.phases[now.workflow_id] = Phase.FAILED
        for _ in range(2):  # the first may only show it as due
            floor.clock.pass_time(1000)
            await floor.scheduler.look_around()
    failed = await floor.jobs.get_job(who, job.id)
    assert failed.error is not None
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "run_lost")


async def test_a_job_that_only_takes_long_is_left_alone(floor, who):
    job = await floor.jobs.create_job(who, shot())
    floor.durable.phases[job.workflow_id] = Phase.RUNNING
    await floor.jobs.mark_started(who, job.id)
    floor.clock.pass_time(10_000)
    await floor.scheduler.look_around()
    assert (await floor.jobs.get_job(who, job.id)).attempt == 1


async def test_a_child_that_was_left_behind_is_let_go(floor, who, database):
    parent = await floor.jobs.create_job(who, shot())
    child = await floor.jobs.create_job(who, shot(depends_on=[parent.id]))
    async with database.transaction(Activity.DISPATCH) as tx:  # an end nobody's code made
        await tx.execute(
            text("UPDATE jobs SET state = 'completed' WHERE id = :p"), {"p": parent.id}
        )
    await floor.scheduler.look_around()
    assert await floor.state(who, child) is JobState.QUEUED


async def test_processes_that_look_around_at_once_take_turns(floor, who):
    job = await floor.jobs.create_job(who, shot(time_limit=timedelta(seconds=1)))
    await floor.jobs.mark_started(who, job.id)
    floor.clock.pass_time(2)
    await asyncio.gather(*(floor.scheduler.look_around() for _ in range(4)))
    assert floor.released == [job.id]


async def test_the_scheduler_starts_and_stops(floor):
    await floor.scheduler.start()
    await floor.scheduler.start()
    await floor.scheduler.stop()
    await floor.scheduler.stop()
