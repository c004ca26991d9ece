"""Jobs that depend on others: released, taken along, or let run; and never left behind."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.ground.errors import ConflictError, InvalidInputError
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


async def _fail(floor, who, job):
    await floor.jobs.mark_failed(who, job.id, "no light")


async def test_a_batch_with_a_diamond_runs_in_its_order(floor, who):
    top = shot()
    left, right = shot(depends_on=[top.id]), shot(depends_on=[top.id])
    bottom = shot(depends_on=[left.id, right.id])
    made = await floor.jobs.create_jobs(who, [bottom, left, right, top])
    assert [job.state.value for job in made] == ["blocked", "blocked", "blocked", "queued"]
    assert list(floor.durable.calls) == [made[3].workflow_id]
    await floor.run_all()
    assert floor.done[0] == top.id
    assert floor.done[-1] == bottom.id
    assert len(floor.done) == 4
    assert set(await floor.jobs.get_parents(who, bottom.id)) == {left.id, right.id}


async def test_jobs_that_wait_for_each_other_are_refused(floor, who):
    one = shot()
    two = shot(depends_on=[one.id])
    circle = NewJob(kind="shot", id=one.id, depends_on=[two.id])
    with pytest.raises(InvalidInputError):
        await floor.jobs.create_jobs(who, [circle, two])


@pytest.mark.parametrize(
    ("policy", "state"),
    [("fail", JobState.FAILED), ("cancel", JobState.CANCELLED), ("run", JobState.QUEUED)],
)
async def test_what_becomes_of_a_job_whose_parent_failed_is_its_own_choice(
    floor, who, policy, state
):
    parent = await floor.jobs.create_job(who, shot())
    child = await floor.jobs.create_job(who, shot(depends_on=[parent.id], on_parent_failure=policy))
    grandchild = await floor.jobs.create_job(who, shot(depends_on=[child.id]))
    await _fail(floor, who, parent)
    assert await floor.state(who, child) is state
    expected = JobState.BLOCKED if policy == "run" else JobState.FAILED
    assert await floor.state(who, grandchild) is expected
    ended = {parent.id} if policy == "run" else {parent.id, child.id, grandchild.id}
    assert set(floor.released) == ended


async def test_nobody_begins_to_wait_for_what_has_failed(floor, who):
    parent = await floor.jobs.create_job(who, shot())
    await floor.jobs.cancel_job(who, parent.id)
    with pytest.raises(ConflictError):
        await floor.jobs.create_job(who, shot(depends_on=[parent.id]))
    run = shot(depends_on=[parent.id], on_parent_failure="run")
    assert (await floor.jobs.create_job(who, run)).state is JobState.QUEUED


async def test_a_retried_child_waits_again_for_its_retried_parent(floor, who):
    parent = await floor.jobs.create_job(who, shot())
    child = await floor.jobs.create_job(who, shot(depends_on=[parent.id]))
    await _fail(floor, who, parent)
    with pytest.raises(ConflictError):
        await floor.jobs.retry_job(who, child.id)
    await floor.jobs.retry_job(who, parent.id)
    assert (await floor.jobs.retry_job(who, child.id)).state is JobState.BLOCKED
    await floor.run_all()
    assert await floor.state(who, child) is JobState.COMPLETED


async def test_a_scheduled_child_keeps_its_time(floor, who):
    parent = await floor.jobs.create_job(who, shot())
    later = floor.clock.now() + timedelta(hours=1)
    child = await floor.jobs.create_job(who, shot(depends_on=[parent.id], scheduled_at=later))
    await floor.run_all()
    assert await floor.state(who, child) is JobState.SCHEDULED
    assert floor.durable.calls[child.workflow_id].delay == timedelta(hours=1)


async def test_parents_that_end_at_once_release_their_child_once(floor, who):
    for _ in range(5):
        parents = await floor.jobs.create_jobs(who, [shot() for _ in range(4)])
        ids = [job.id for job in parents]
        child = await floor.jobs.create_job(who, shot(depends_on=ids))
        for one in ids:
            await floor.jobs.mark_started(who, one)
        await asyncio.gather(*(floor.jobs.mark_completed(who, one) for one in ids))
        assert await floor.state(who, child) is JobState.QUEUED
        history = [one.state for one in await floor.jobs.get_history(who, child.id)]
        assert history == [JobState.BLOCKED, JobState.QUEUED]


async def test_a_child_asked_for_while_its_parent_ends_is_never_left_behind(floor, who):
    for _ in range(8):
        parent = await floor.jobs.create_job(who, shot())
        await floor.jobs.mark_started(who, parent.id)
        _, child = await asyncio.gather(
            floor.jobs.mark_completed(who, parent.id),
            floor.jobs.create_job(who, shot(depends_on=[parent.id])),
        )
        assert await floor.state(who, child) is JobState.QUEUED


async def test_a_child_that_joins_a_living_job_waits_no_longer_than_that_one(floor, who):
    living = await floor.jobs.create_job(who, NewJob(kind="still"))
    equal = NewJob(kind="still")
    child = shot(depends_on=[equal.id])
    made = await floor.jobs.create_jobs(who, [equal, child])
    assert made[0].id == living.id
    assert await floor.jobs.get_parents(who, made[1].id) == [living.id]
    await floor.run_all()
    assert await floor.state(who, made[1]) is JobState.COMPLETED


async def test_no_row_ties_jobs_of_two_workspaces(floor, who, database):
    stranger = await new_person(database)
    mine = await floor.jobs.create_job(who, shot())
    theirs = await floor.jobs.create_job(stranger, shot())
    statement = text(
        "INSERT INTO job_dependencies (workspace_id, job_id, parent_id) VALUES (:w, :j, :p)"
    )
    with pytest.raises(Exception, match="fk_job_dependencies_parent"):
        async with database.transaction(who) as tx:
            await tx.execute(statement, {"w": who.workspace, "j": mine.id, "p": theirs.id})
