"""Jobs on the real engine: turns, cancels, waits and deaths of workers."""

import asyncio
from datetime import timedelta

import pytest
from pydantic import BaseModel

from reelwright.ground.clock import SystemClock
from reelwright.jobs.job import NewJob
from reelwright.jobs.kinds import JobKind, JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import FINAL, JobState
from support.durable_executors import callers, executor
from support.people import new_person

pytestmark = pytest.mark.anyio
SETTINGS = JobSettings(per_worker=2, poll_s=0.05)


class Nothing(BaseModel):
    """No parameters."""


class Stage:
    """What the kinds here did."""

    def __init__(self):
        self.begun: list = []
        self.released: list = []
        self.curtain = asyncio.Event()

    async def quick(self, work):
        self.begun.append(work.who.user)
        return await work.steps.run("say", _say)

    async def long(self, work):
        self.begun.append(work.who.user)
        self.curtain.set()
        for n in range(200):
            await work.steps.run(f"hold {n}", _hold)

    async def waits(self, work):
        return await work.wait("cue", timedelta(seconds=20))

    async def release(self, _tx, job):
        self.released.append(job.id)

    def kinds(self):
        more = {"params": Nothing, "release": self.release}
        return JobKinds(
            [
                JobKind(name="quick", run=self.quick, **more),
                JobKind(name="long", run=self.long, **more),
                JobKind(name="waits", run=self.waits, **more),
            ]
        )


async def _say():
    return "done"


async def _hold():
    await asyncio.sleep(0.1)


@pytest.fixture
async def house(database, database_url):
    """The service of jobs with a worker beside it, and what the worker did."""
    stage, clock = Stage(), SystemClock()
    kinds = stage.kinds()
    async with callers(database_url) as durable:
        tracker = ProgressTracker(clock)
        processor = JobProcessor(database, durable, kinds, clock, tracker, SETTINGS)
        async with executor(database, database_url, processor.roster()):
            yield JobService(database, durable, kinds, clock, SETTINGS), stage, durable


async def _ended(jobs, who, job):
    async with asyncio.timeout(30):
        while True:
            now = await jobs.get_job(who, job.id)
            if now.state in FINAL:
                return now
            await asyncio.sleep(0.05)


async def test_a_job_runs_on_the_engine_and_releases_its_child(database, house):
    jobs, _, _ = house
    who = await new_person(database)
    parent = await jobs.create_job(who, NewJob(kind="quick"))
    child = await jobs.create_job(who, NewJob(kind="quick", depends_on=[parent.id]))
    done = await _ended(jobs, who, child)
    assert (done.state, done.result) == (JobState.COMPLETED, "done")


async def test_on_the_engine_a_thousand_jobs_of_one_do_not_starve_anothers_one(database, house):
    jobs, stage, _ = house
    greedy, modest = await new_person(database), await new_person(database)
    await jobs.create_jobs(greedy, [NewJob(kind="quick", priority=0) for _ in range(1000)])
    one = await jobs.create_job(modest, NewJob(kind="quick", priority=10))
    await _ended(jobs, modest, one)
    assert stage.begun.count(greedy.user) < 100


async def test_a_running_job_is_cancelled_on_the_engine(database, house):
    jobs, stage, durable = house
    who = await new_person(database)
    job = await jobs.create_job(who, NewJob(kind="long"))
    async with asyncio.timeout(20):
        await stage.curtain.wait()
    cancelled = await jobs.cancel_job(who, job.id)
    assert stage.released == [job.id]
    standing = await durable.standing([job.workflow_id])
    assert standing[job.workflow_id].phase == "cancelled"
    await asyncio.sleep(0.3)
    assert (await jobs.get_job(who, job.id)).finished_at == cancelled.finished_at


async def test_a_waiting_job_is_told_on_the_engine(database, house):
    jobs, _, durable = house
    who = await new_person(database)
    job = await jobs.create_job(who, NewJob(kind="waits"))
    async with asyncio.timeout(20):
        while (await jobs.get_job(who, job.id)).state is not JobState.WAITING:  # noqa: ASYNC110  # a row's state
            await asyncio.sleep(0.05)
    await durable.tell(job.workflow_id, "cue", "action", "once")
    assert (await _ended(jobs, who, job)).result == "action"
