"""Asking for jobs: alone, in batches, joined, refused; and seeing only one's own."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import JobId, ProjectId
from reelwright.ground.paging import Paging
from reelwright.jobs.job import JobFilter, NewJob
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


async def test_a_job_is_made_together_with_its_call(floor, who):
    job = await floor.jobs.create_job(who, NewJob(kind="shot", params={"frames": 24}, priority=0))
    assert (job.state, job.priority, job.attempt) == (JobState.QUEUED, 0, 1)
    call = floor.durable.calls[job.workflow_id]
    assert (call.input, call.queue, call.partition) == ({"job": job.id}, "jobs", who.user)
    assert await floor.jobs.get_job_for_user(job.id, who) == job


async def test_a_rolled_back_job_never_was(floor, who):
    with pytest.raises(RuntimeError):
        async with floor.database.transaction(who) as tx:
            await floor.jobs.create_jobs_in(tx, who, [NewJob(kind="shot")])
            raise RuntimeError
    assert floor.durable.calls == {}
    assert (await floor.jobs.list_jobs(who)).rows == []


@pytest.mark.parametrize(
    "new",
    [
        NewJob(kind="dance"),
        NewJob(kind="shot", params={"frames": 0}),
        NewJob(kind="shot", params={"frames": "many"}),
        NewJob(kind="shot", priority=11),
        NewJob(kind="shot", priority=-1),
        NewJob(kind="shot", on_parent_failure="explode"),
        NewJob(kind="shot", time_limit=timedelta(0)),
    ],
)
async def test_what_makes_no_sense_is_refused(floor, who, new):
    with pytest.raises(InvalidInputError):
        await floor.jobs.create_job(who, new)


async def test_a_batch_is_made_whole_or_not_at_all(floor, who):
    good = [NewJob(kind="shot", params={"frames": n}) for n in range(1, 4)]
    made = await floor.jobs.create_jobs(who, good)
    assert [job.params["frames"] for job in made] == [1, 2, 3]
    for bad in (NewJob(kind="shot", depends_on=[JobId.new()]), NewJob(kind="shot", id=made[0].id)):
        with pytest.raises((MissingError, ConflictError)):
            await floor.jobs.create_jobs(who, [NewJob(kind="shot"), bad])
    assert len((await floor.jobs.list_jobs(who)).rows) == 3
    assert len(floor.durable.calls) == 3


async def test_racing_duplicates_are_one_job(floor, who):
    new = [NewJob(kind="still", params={"frames": 7}) for _ in range(6)]
    made = await asyncio.gather(*(floor.jobs.create_job(who, one) for one in new))
    assert len({job.id for job in made}) == 1
    assert len(floor.durable.calls) == 1
    await floor.run_all()
    again = await floor.jobs.create_job(who, NewJob(kind="still", params={"frames": 7}))
    assert again.id != made[0].id


async def test_duplicates_in_one_batch_are_one_job_and_other_requests_are_not(floor, who):
    new = [NewJob(kind="still", params={"frames": n}) for n in (1, 1, 2)]
    made = await floor.jobs.create_jobs(who, new)
    assert made[0].id == made[1].id != made[2].id


async def test_a_request_that_is_sent_again_is_the_job_it_made_also_after_its_end(floor, who):
    def ask(frames=1):
        return floor.jobs.create_job(
            who, NewJob(kind="shot", params={"frames": frames}, request_key="r-1")
        )

    made = await asyncio.gather(*(ask() for _ in range(4)))
    assert len({job.id for job in made}) == 1
    await floor.run_all()
    again = await ask()
    assert (again.id, again.state) == (made[0].id, JobState.COMPLETED)
    with pytest.raises(ConflictError):
        await ask(frames=2)
    parent = await floor.jobs.create_job(who, NewJob(kind="shot"))
    child = NewJob(kind="shot", depends_on=[parent.id], request_key="r-2")
    first = await floor.jobs.create_job(who, child)
    await floor.jobs.cancel_job(who, parent.id)
    assert (await floor.jobs.create_job(who, replace(child, id=JobId.new()))).id == first.id


async def test_a_key_joins_only_within_a_workspace(floor, who, database):
    stranger = await new_person(database)
    mine = await floor.jobs.create_job(who, NewJob(kind="shot", join_key="k"))
    assert (await floor.jobs.create_job(who, NewJob(kind="cut", join_key="k"))).id == mine.id
    theirs = await floor.jobs.create_job(stranger, NewJob(kind="shot", join_key="k"))
    assert theirs.id != mine.id


async def test_anothers_job_is_missing(floor, who, database):
    stranger = await new_person(database)
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    for attempt in (
        floor.jobs.get_job(stranger, job.id),
        floor.jobs.cancel_job(stranger, job.id),
        floor.jobs.retry_job(stranger, job.id),
        floor.jobs.get_history(stranger, job.id),
        floor.jobs.mark_completed(stranger, job.id),
        floor.jobs.create_job(stranger, NewJob(kind="shot", depends_on=[job.id])),
    ):
        with pytest.raises(MissingError):
            await attempt
    async with database.read(stranger) as tx:
        for count in (
            await tx.scalar(text("SELECT count(*) FROM jobs")),
            await tx.scalar(text("SELECT count(*) FROM job_history")),
        ):
            assert count == 0


async def test_a_project_that_is_not_there_is_missing(floor, who):
    with pytest.raises(MissingError):
        await floor.jobs.create_job(who, NewJob(kind="shot", project_id=ProjectId.new()))
    assert floor.durable.calls == {}


async def test_jobs_are_listed_newest_first_in_pages_by_filter(floor, who):
    kinds = ["shot", "cut", "shot", "cut", "shot"]
    made = []
    for kind in kinds:
        made.append(await floor.jobs.create_job(who, NewJob(kind=kind)))
        floor.clock.pass_time(10)
        await asyncio.sleep(0.002)  # ids sort by the millisecond
    ids = [job.id for job in reversed(made)]
    first = await floor.jobs.list_jobs(who, paging=Paging(limit=2))
    second = await floor.jobs.list_jobs(who, paging=Paging(limit=2, cursor=first.next))
    third = await floor.jobs.list_jobs(who, paging=Paging(limit=2, cursor=second.next))
    assert [j.id for j in (*first.rows, *second.rows, *third.rows)] == ids
    assert third.next is None
    cuts = await floor.jobs.list_jobs(who, JobFilter(kinds=["cut"]))
    assert [j.id for j in cuts.rows] == [made[3].id, made[1].id]
    middle = JobFilter(created_from=made[1].created_at, created_before=made[3].created_at)
    assert [j.id for j in (await floor.jobs.list_jobs(who, middle)).rows] == ids[2:4]
    await floor.jobs.cancel_job(who, made[0].id)
    ended = JobFilter(states=[JobState.CANCELLED], user_id=who.user)
    assert [j.id for j in (await floor.jobs.list_jobs(who, ended)).rows] == [made[0].id]
