"""Running jobs: the one durable workflow behind all kinds.

Its input holds the job's id only. What it changes in the job's row is fenced by the run's own id:
a run that was overtaken by a retry, a cancel or another process changes nothing.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import may_pass
from reelwright.engines.durable.contract import Durable, Json, Queue, Roster, Steps, Workflow
from reelwright.ground.clock import Clock
from reelwright.ground.errors import Kind, ReelwrightError, written_error
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Activity
from reelwright.jobs import reading
from reelwright.jobs.calls import WORKFLOW
from reelwright.jobs.charging import NO_QUOTA, JobQuota
from reelwright.jobs.creating import JobMaker
from reelwright.jobs.ending import JobLife
from reelwright.jobs.errands import OwnErrands
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKinds, Work
from reelwright.jobs.moving import move
from reelwright.jobs.patience import backoff, patiently
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import ACTIVE, JobState
from reelwright.jobs.telling import ProgressWriter

_log = logging.getLogger(__name__)


Ended = Callable[[str, str, float], None]
"""Hears of a job that a run of ours has ended: its kind, its state, the seconds that run took."""


class JobProcessor:
    """What a worker needs to run jobs."""

    def __init__(
        self,
        database: Database,
        durable: Durable,
        kinds: JobKinds,
        clock: Clock,
        tracker: ProgressTracker,
        settings: JobSettings,
        *,
        ended: Ended = lambda _kind, _state, _seconds: None,
        quota: JobQuota = NO_QUOTA,
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._clock = clock
        self._tracker = tracker
        self._settings = settings
        self._ended = ended
        self._life = JobLife(kinds, durable, quota)
        self._maker = JobMaker(kinds, durable, settings.largest_batch, quota)
        self._writer = ProgressWriter(database, tracker, settings)

    def roster(self) -> Roster:
        """The workflow and the queues; users take turns in each queue."""
        settings = self._settings
        queues = [
            Queue(
                name,
                self._kinds.at_once(name, settings.per_worker),
                fair=True,
                poll_s=settings.poll_s,
            )
            for name in sorted(self._kinds.queues())
        ]
        return Roster([Workflow(WORKFLOW, self.run)], queues)

    async def run(self, steps: Steps, told: Json) -> Json:
        """The workflow: start, let the kind do it, end. Answers the state it left the job in."""
        job = await patiently(lambda: self._read(JobId(told["job"])))
        if job is None:
            return None
        job = await self._start(steps, job)
        if job is None:
            return None
        begun = time.monotonic()
        state = await self._do(steps, job)
        if state not in {None, JobState.SCHEDULED.value}:
            self._ended(job.kind, state, time.monotonic() - begun)
        return state

    async def _do(self, steps: Steps, job: Job) -> Json:
        limit = _limit(job, self._clock)
        try:
            async with limit:
                result = await self._work(steps, job)
        except OutcomeUnknownError as error:
            return await self._end_unknown(steps, job, error)
        except Exception as error:  # noqa: BLE001  # whatever a kind raises is the job's outcome
            if limit.expired():
                return await self._end_late(job)
            return await self._end_badly(steps, job, error)
        return await self._end_well(steps, job, result)

    async def _read(self, job: JobId) -> Job | None:
        async with self._database.transaction(Activity.DISPATCH) as tx:
            return await reading.get_for_run(tx, job, Activity.DISPATCH)

    async def _start(self, steps: Steps, job: Job) -> Job | None:
        """The job, if this run is to do it; also when it is taken up again after a crash."""
        who, run = job.principal, steps.workflow_id

        async def start(tx: Tx) -> bool:
            return await self._life.start(tx, who, job.id, self._clock.now(), run) is not None

        await steps.transact(who, "start", start)
        now = await patiently(lambda: self._read(job.id))
        mine = now is not None and now.workflow_id == run and now.state in ACTIVE
        return now if mine else None

    async def _work(self, steps: Steps, job: Job) -> Json:
        kind = self._kinds[job.kind]
        work = Work(
            job=job,
            params=kind.params.model_validate(job.params),
            who=job.principal,
            steps=steps,
            progress=self._tracker.bound(job.id),
            wait=_waiting(self._clock, steps, job),
            errands=OwnErrands(self._database, self._clock, self._maker, job),
        )
        async with self._writer.following(job):
            return await kind.run(work)

    async def _end_well(self, steps: Steps, job: Job, result: Json) -> Json:
        who = job.principal

        async def complete(tx: Tx) -> bool:
            now, run = self._clock.now(), steps.workflow_id
            return await self._life.complete(tx, who, job.id, result, now, run) is not None

        done = await steps.transact(who, "complete", complete)
        self._tracker.complete(job.id)
        return JobState.COMPLETED.value if done else None

    async def _end_late(self, job: Job) -> Json:
        """Out of time. Not a step: another run of this workflow may be elsewhere in its steps."""

        async def run_out() -> None:
            async with self._database.transaction(job.principal) as tx:
                await self._life.run_out(tx, job.principal, job, self._clock.now(), stop=False)

        await patiently(run_out)
        self._tracker.error(job.id, "out of time")
        return JobState.FAILED.value

    async def _end_unknown(self, steps: Steps, job: Job, error: ReelwrightError) -> Json:
        who, written = job.principal, written_error(error)

        async def leave(tx: Tx) -> None:
            now, run = self._clock.now(), steps.workflow_id
            await self._life.become_unknown(tx, who, job.id, written, now, run)

        await steps.transact(who, "unknown", leave)
        self._tracker.error(job.id, error)
        return JobState.UNKNOWN.value

    async def _end_badly(self, steps: Steps, job: Job, error: Exception) -> Json:
        if not isinstance(error, ReelwrightError):
            _log.exception("job %s of kind %s met a fault", job.id, job.kind, exc_info=error)
        if self._is_worth_another(job, error):
            return await self._try_again(steps, job, error)
        who, written = job.principal, written_error(error)

        async def fail(tx: Tx) -> None:
            now, run = self._clock.now(), steps.workflow_id
            await self._life.fail(tx, who, job.id, written, now, run, only_from=ACTIVE)

        await steps.transact(who, "fail", fail)
        self._tracker.error(job.id, error)
        return JobState.FAILED.value

    def _is_worth_another(self, job: Job, error: Exception) -> bool:
        """A database that was away is no failure of the job; for the rest the kind decides."""
        if may_pass(error) or isinstance(error, ConnectionError):
            return True
        unavailable = isinstance(error, ReelwrightError) and error.kind is Kind.UNAVAILABLE
        return unavailable and job.retries < self._kinds[job.kind].retries

    async def _try_again(self, steps: Steps, job: Job, error: Exception) -> Json:
        who, why = job.principal, written_error(error)["code"]
        pause = backoff(job.retries, self._settings)

        async def again(tx: Tx) -> None:
            now = self._clock.now()
            await self._life.again(tx, who, job, now + pause, now, why=f"again after {why}")

        await steps.transact(who, "again", again)
        return JobState.SCHEDULED.value


def _limit(job: Job, clock: Clock) -> asyncio.Timeout:
    """What ends the work in this process when the attempt's time is over."""
    if job.deadline_at is None:
        return asyncio.timeout(None)
    return asyncio.timeout(max(0.0, (job.deadline_at - clock.now()).total_seconds()))


def _waiting(
    clock: Clock, steps: Steps, job: Job
) -> Callable[[str, timedelta], Awaitable[Json | None]]:
    """Receiving a message, with the job shown as waiting meanwhile."""
    who, run = job.principal, steps.workflow_id

    async def enter(to: JobState, only_from: JobState, why: str | None) -> None:
        async def act(tx: Tx) -> None:
            allowed = frozenset({only_from})
            await move(tx, who, [job.id], to, clock.now(), run=run, only_from=allowed, why=why)

        await steps.transact(who, to.value, act)

    async def wait(topic: str, within: timedelta) -> Json | None:
        await enter(JobState.WAITING, JobState.RUNNING, topic)
        message = await steps.receive(topic, within)
        await enter(JobState.RUNNING, JobState.WAITING, None)
        return message

    return wait
