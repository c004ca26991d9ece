"""The scheduler: looks around every few seconds and puts right what nobody else does.

Almost everything happens in the transaction of its cause: a delay is the engine's, children go
when their parent ends. Left for here are times that pass (due jobs, time limits) and what a crash
between two steps or a lost engine leaves behind. Every repair is fenced as any other move, so it is
harmless when two processes look around at once; the lock only spares the work.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.durable.contract import Durable, Phase
from reelwright.ground.clock import Clock
from reelwright.ground.errors import Kind
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Activity
from reelwright.jobs.charging import NO_QUOTA, JobQuota
from reelwright.jobs.ending import JobLife
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.patience import backoff
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import ACTIVE, FINAL, LIVE, JobState
from reelwright.jobs.stopping import Stopper
from reelwright.jobs.tables import DependencyRow, JobChangeRow, JobRow

_log = logging.getLogger(__name__)

_LOCK = 0x6A6F6273  # "jobs": one process looks around at a time
_COLUMNS = JobRow.__table__.columns
_WITH_RUN = LIVE - {JobState.BLOCKED, JobState.UNKNOWN}
_LOST = {
    "code": "run_lost",
    "kind": Kind.FAULT.value,
    "message": "its run ended again and again without a word",
    "way_out": "look at the workers' logs, then retry it",
}


@dataclass(slots=True)
class Findings:
    """What one look around found to do."""

    late: list[Job]
    stopping: list[Job]
    freed: list[Job]
    still: list[Job]


class JobScheduler:
    """Does the passes; `start` and `stop` run them in the background."""

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
        self._durable = durable
        self._life = JobLife(kinds, durable, quota)
        self._stopper = Stopper(database, durable)
        self._clock = clock
        self._settings = settings
        self._running: asyncio.Task[None] | None = None
        self._seen_up_to = ""

    async def start(self) -> None:
        """Begin to look around."""
        if self._running is None:
            self._running = asyncio.create_task(self._go_on(), name="job scheduler")

    async def stop(self) -> None:
        """Stop looking around; what was begun is taken up by the next pass of any process."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.wait([running])

    async def _go_on(self) -> None:
        while True:
            pause = self._settings.pass_every_s * random.uniform(0.8, 1.2)
            await asyncio.sleep(pause)  # not in step with the other processes
            try:
                await self.look_around()
            except Exception:  # noqa: BLE001  # the next pass sees the same rows again
                _log.warning("a pass of the job scheduler failed", exc_info=True)

    async def look_around(self) -> bool:
        """One pass; False when another process is at it."""
        now = self._clock.now()
        async with self._database.transaction(Activity.DISPATCH) as tx:
            if not await tx.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
                return False
            await _queue_due(tx, now)
            found = await self._find(tx, now)
        for job in found.late:
            await self._each(job, self._run_out)
        await self._stopper.stop(found.stopping)
        for job in found.freed:
            await self._each(job, self._free)
        await self._revive(found.still)
        return True

    async def _find(self, tx: Tx, now: datetime) -> Findings:
        jobs: Any = select(*_COLUMNS).limit(self._settings.pass_size)
        late = jobs.where(JobRow.state.in_(sorted(ACTIVE)), JobRow.deadline_at <= now)
        stopping = jobs.where(JobRow.stopping.is_not(None))
        old = now - timedelta(seconds=self._settings.stale_s)
        still = jobs.where(
            JobRow.state.in_(sorted(_WITH_RUN)),
            JobRow.changed_at <= old,
            JobRow.id > self._seen_up_to,
        ).order_by(JobRow.id)
        found = Findings(
            late=await _jobs(tx, late),
            stopping=await _jobs(tx, stopping),
            freed=await _jobs(tx, jobs.where(_is_freed())),
            still=await _jobs(tx, still),
        )
        whole = len(found.still) == self._settings.pass_size
        self._seen_up_to = found.still[-1].id if whole else ""
        return found

    async def _each(self, job: Job, act: Callable[[Tx, Job], Awaitable[Job | None]]) -> None:
        """Put one job right, on its user's behalf; trouble with one is not the others' trouble."""
        try:
            async with self._database.transaction(job.principal) as tx:
                changed = await act(tx, job)
        except Exception:  # noqa: BLE001  # see above
            _log.warning("job %s could not be put right", job.id, exc_info=True)
            return
        if changed is not None and changed.stopping:
            await self._stopper.stop([changed])

    async def _run_out(self, tx: Tx, job: Job) -> Job | None:
        return await self._life.run_out(tx, job.principal, job, self._clock.now())

    async def _free(self, tx: Tx, job: Job) -> Job | None:
        """Judge a blocked job whose parents have all ended, as their ends should have done."""
        parent = select(DependencyRow.parent_id).where(
            DependencyRow.workspace_id == job.workspace_id, DependencyRow.job_id == job.id
        )
        for one in await tx.scalars(parent.limit(1)):
            await self._life.settle(tx, job.principal, JobId(one), self._clock.now())
        return None

    async def _revive(self, still: list[Job]) -> None:
        """Give a new run to live jobs whose run is gone: lost engine tables, a run that died."""
        if not still:
            return
        standing = await self._durable.standing([job.workflow_id for job in still])
        for job in still:
            known = standing.get(job.workflow_id)
            if known is None or known.phase not in {Phase.WAITING, Phase.RUNNING}:
                await self._each(job, self._again)

    async def _again(self, tx: Tx, job: Job) -> Job | None:
        now, who = self._clock.now(), job.principal
        if job.retries >= self._settings.lost_runs:
            run = job.workflow_id
            return await self._life.fail(tx, who, job.id, _LOST, now, run, only_from=_WITH_RUN)
        at = now + backoff(job.retries, self._settings)
        if job.scheduled_at is not None and job.scheduled_at > at:
            at = job.scheduled_at
        return await self._life.again(
            tx, who, job, at, now, why="its run was lost", only_from=_WITH_RUN
        )


async def _jobs(tx: Tx, statement: Any) -> list[Job]:
    return [Job.of(row) for row in (await tx.execute(statement)).mappings()]


async def _queue_due(tx: Tx, now: datetime) -> None:
    """Show jobs whose time has come as queued; the engine starts them by itself."""
    due = (
        update(JobRow)
        .where(JobRow.state == JobState.SCHEDULED, JobRow.scheduled_at <= now)
        .values(state=JobState.QUEUED.value, changed_at=now)
        .returning(JobRow.workspace_id, JobRow.id, JobRow.attempt)
        .cte("due")
    )
    entry = select(
        due.c.workspace_id, due.c.id, due.c.attempt, literal(JobState.QUEUED.value), literal(now)
    )
    columns = ["workspace_id", "job_id", "attempt", "state", "created_at"]
    await tx.execute(insert(JobChangeRow).from_select(columns, entry))


def _is_freed() -> ColumnElement[bool]:
    parent = aliased(JobRow)
    unfinished = exists().where(
        DependencyRow.workspace_id == JobRow.workspace_id,
        DependencyRow.job_id == JobRow.id,
        parent.id == DependencyRow.parent_id,
        parent.state.not_in(sorted(FINAL)),
    )
    return and_(JobRow.state == JobState.BLOCKED, ~unfinished)
