"""What one can do with jobs."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.durable.contract import Durable
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, ReelwrightError, written_error
from reelwright.ground.ids import JobId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.jobs import reading
from reelwright.jobs.charging import NO_QUOTA, JobQuota
from reelwright.jobs.creating import JobMaker
from reelwright.jobs.ending import JobLife
from reelwright.jobs.job import Job, JobChange, JobFilter, NewJob
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import JobState
from reelwright.jobs.stopping import Stopper


class JobService:
    """Asks for jobs, shows them, cancels and retries them."""

    def __init__(
        self,
        database: Database,
        durable: Durable,
        kinds: JobKinds,
        clock: Clock,
        settings: JobSettings,
        quota: JobQuota = NO_QUOTA,
    ) -> None:
        self._database = database
        self._clock = clock
        self._life = JobLife(kinds, durable, quota)
        self._maker = JobMaker(kinds, durable, settings.largest_batch, quota)
        self._stopper = Stopper(database, durable)

    async def create_job(self, who: Principal, new: NewJob) -> Job:
        """Ask for a job; answers one that lives already when an equal request joins it."""
        return (await self.create_jobs(who, [new]))[0]

    async def create_jobs(self, who: Principal, news: Sequence[NewJob]) -> list[Job]:
        """Ask for several jobs, all or none; `depends_on` may name others of them by id."""
        async with self._database.transaction(who) as tx:
            return await self.create_jobs_in(tx, who, news)

    async def create_jobs_in(self, tx: Tx, who: Principal, news: Sequence[NewJob]) -> list[Job]:
        """The same, in the caller's transaction."""
        return await self._maker.make(tx, who, news, self._clock.now())

    async def get_job(self, who: Principal, job_id: JobId) -> Job:
        """A job as it stands; MissingError when there is none in this workspace."""
        async with self._database.read(who) as tx:
            return await reading.get(tx, who, job_id)

    async def get_tree(self, who: Principal, root: JobId) -> Sequence[Job]:
        """The jobs asked for for the sake of another, oldest first."""
        async with self._database.read(who) as tx:
            return await reading.tree(tx, who, root)

    async def get_job_for_user(self, job_id: JobId, user: Principal) -> Job:
        """The same, in the order of words in which the mission asks."""
        return await self.get_job(user, job_id)

    async def list_jobs(
        self, who: Principal, filters: JobFilter | None = None, paging: Paging | None = None
    ) -> Page[Job]:
        """The workspace's jobs, newest first, a page at a time."""
        async with self._database.read(who) as tx:
            return await reading.page(tx, who, filters or JobFilter(), paging or Paging())

    async def get_history(self, who: Principal, job_id: JobId) -> Sequence[JobChange]:
        """Every state a job entered, when and why, oldest first."""
        async with self._database.read(who) as tx:
            await reading.get(tx, who, job_id)
            return await reading.history(tx, who, job_id)

    async def get_parents(self, who: Principal, job_id: JobId) -> Sequence[JobId]:
        """What a job depends on."""
        async with self._database.read(who) as tx:
            await reading.get(tx, who, job_id)
            return await reading.parents(tx, who, job_id)

    async def cancel_job(
        self,
        who: Principal,
        job_id: JobId,
        *,
        only_if: Callable[[Tx], Awaitable[bool]] | None = None,
    ) -> Job:
        """End a job in whatever state it is; a cancelled one stays so.

        ConflictError when it has completed or failed. What was reserved is released with it; its
        run is stopped after the commit, and by the scheduler if we die in between. `only_if` is
        asked while the job is held: nobody joins it meanwhile.
        """
        async with self._database.transaction(who) as tx:
            job = await reading.get(tx, who, job_id, hold=True)
            if job.state is JobState.CANCELLED:
                return job
            if only_if is not None and not await only_if(tx):
                return job
            cancelled = await self._life.cancel(tx, who, job, self._clock.now())
        if cancelled is None:
            raise ConflictError(f"this job has {job.state.value} already")
        await self._stopper.stop([cancelled])
        return cancelled

    async def retry_job(self, who: Principal, job_id: JobId) -> Job:
        """Try a failed or cancelled job again; ConflictError in any other state."""
        async with self._database.transaction(who) as tx:
            job = await reading.get(tx, who, job_id, hold=True)
            return await self._life.retry(tx, who, job, self._clock.now())

    async def mark_started(self, who: Principal, job_id: JobId) -> Job:
        """Say that a queued job runs; ConflictError when it may not."""
        async with self._database.transaction(who) as tx:
            job = await reading.get(tx, who, job_id, hold=True)
            return _moved(await self._life.start(tx, who, job.id, self._clock.now()), job)

    async def mark_completed(self, who: Principal, job_id: JobId, result: Any = None) -> Job:
        """Say that a running job, or one of unknown outcome, is done, with its result (JSON)."""
        async with self._database.transaction(who) as tx:
            job = await reading.get(tx, who, job_id, hold=True)
            return _moved(
                await self._life.complete(
                    tx, who, job.id, result, self._clock.now(), from_unknown=True
                ),
                job,
            )

    async def mark_failed(self, who: Principal, job_id: JobId, error: ReelwrightError | str) -> Job:
        """Say that a job has failed; ConflictError when it has ended already."""
        if isinstance(error, str):
            error = ReelwrightError(error)
        async with self._database.transaction(who) as tx:
            job = await reading.get(tx, who, job_id, hold=True)
            failed = await self._life.fail(tx, who, job.id, written_error(error), self._clock.now())
            return _moved(failed, job)


def _moved(job: Job | None, was: Job) -> Job:
    if job is None:
        raise ConflictError(f"this job is {was.state.value}")
    return job
