"""The moves of a job's life, with all that follows from each in the same transaction.

An end releases what was reserved (unless the job completed), lets children go or takes them along,
and publishes its event. `run` fences: news of an attempt that is no longer the current one is late
and changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from reelwright.engines.database.database import Tx
from reelwright.engines.durable.contract import Durable
from reelwright.engines.events.publishing import publish
from reelwright.ground.errors import ConflictError, Kind
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Principal
from reelwright.jobs import announcing
from reelwright.jobs.calls import call_of
from reelwright.jobs.charging import NO_QUOTA, RETRIED, JobQuota, charge, give_back
from reelwright.jobs.job import Job, workflow_id
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.moving import move
from reelwright.jobs.states import ACTIVE, FINAL, LIVE, JobState, judged
from reelwright.jobs.tables import DependencyRow, JobRow

_PARENT_FAILED = {
    "code": "parent_failed",
    "kind": Kind.CONFLICT.value,
    "message": "a job this one depends on did not complete",
    "way_out": "retry that job, then this one",
}
_OUT_OF_TIME = {
    "code": "time_limit",
    "kind": Kind.EXHAUSTED.value,
    "way_out": "retry it, or ask for it with a longer time limit",
}
_IN_QUEUE = frozenset({JobState.QUEUED, JobState.SCHEDULED})
_RETRIED = frozenset({JobState.FAILED, JobState.CANCELLED})
_NO_RUN = frozenset({JobState.BLOCKED, JobState.PENDING})


@dataclass(frozen=True, slots=True)
class JobLife:
    """Starts, ends and restarts jobs; every method joins the caller's transaction."""

    kinds: JobKinds
    durable: Durable
    quota: JobQuota = NO_QUOTA

    async def start(
        self, tx: Tx, who: Principal, job: JobId, now: datetime, run: str | None = None
    ) -> Job | None:
        """Queued to running; None when the job is not (or no longer) to be run."""
        moved = await move(
            tx,
            who,
            [job],
            JobState.RUNNING,
            now,
            run=run,
            only_from=_IN_QUEUE,
            started_at=now,
            deadline_at=_deadline(now),
            progress=None,
        )
        await announcing.announce(tx, announcing.STARTED, moved)
        return moved[0] if moved else None

    async def complete(
        self,
        tx: Tx,
        who: Principal,
        job: JobId,
        result: Any,
        now: datetime,
        run: str | None = None,
        *,
        from_unknown: bool = False,
    ) -> Job | None:
        """It is done; whoever waits for it goes on. None when it had ended before.

        `from_unknown`: somebody has found out that it was done after all.
        """
        known = ACTIVE | {JobState.UNKNOWN} if from_unknown else ACTIVE
        told = {"run": run, "only_from": known, "result": result, "error": None}
        told["progress"] = _all_the_way(now)
        return await self._end(tx, who, job, JobState.COMPLETED, now, **told)

    async def fail(
        self,
        tx: Tx,
        who: Principal,
        job: JobId,
        error: dict[str, Any],
        now: datetime,
        run: str | None = None,
        *,
        only_from: frozenset[JobState] = LIVE,
    ) -> Job | None:
        """It has failed with a written error. None when it had ended before."""
        told = {"error": error, "why": error.get("code"), "only_from": only_from}
        return await self._end(tx, who, job, JobState.FAILED, now, run=run, **told)

    async def cancel(self, tx: Tx, who: Principal, job: Job, now: datetime) -> Job | None:
        """Somebody does not want it any more. `job` is held by this transaction."""
        stop = job.state not in _NO_RUN
        told = {"run": job.workflow_id, "why": "asked for", "stop": stop}
        return await self._end(tx, who, job.id, JobState.CANCELLED, now, **told)

    async def run_out(
        self, tx: Tx, who: Principal, job: Job, now: datetime, *, stop: bool = True
    ) -> Job | None:
        """Its time limit has passed: it has failed, and its run is to be stopped."""
        told = {"run": job.workflow_id, "only_from": ACTIVE, "stop": stop}
        error = _OUT_OF_TIME | {"message": f"it took longer than {job.time_limit_s:g} s"}
        return await self._end(
            tx, who, job.id, JobState.FAILED, now, error=error, why=error["code"], **told
        )

    async def become_unknown(
        self,
        tx: Tx,
        who: Principal,
        job: JobId,
        error: dict[str, Any],
        now: datetime,
        run: str | None = None,
    ) -> Job | None:
        """Whether it was done cannot be known: nothing is released, nobody goes on."""
        moved = await move(
            tx,
            who,
            [job],
            JobState.UNKNOWN,
            now,
            run=run,
            only_from=ACTIVE,
            error=error,
            why=error.get("code"),
        )
        await announcing.announce(tx, announcing.UNKNOWN, moved)
        return moved[0] if moved else None

    async def again(
        self,
        tx: Tx,
        who: Principal,
        job: Job,
        at: datetime,
        now: datetime,
        *,
        why: str,
        only_from: frozenset[JobState] = ACTIVE,
    ) -> Job | None:
        """Another attempt of a job whose run came to nothing, not before `at`."""
        run = workflow_id(job.id, job.attempt + 1)
        pending = await move(
            tx,
            who,
            [job.id],
            JobState.PENDING,
            now,
            run=job.workflow_id,
            only_from=only_from,
            why=why,
            attempt=job.attempt + 1,
            retries=job.retries + 1,
            workflow_id=run,
            deadline_at=None,
            started_at=None,
            scheduled_at=at,
        )
        if not pending:
            return None
        to = JobState.SCHEDULED if at > now else JobState.QUEUED
        moved = await move(tx, who, [job.id], to, now, run=run)
        await self.durable.enqueue(tx, [call_of(one, self.kinds, now) for one in moved])
        return moved[0]

    async def retry(self, tx: Tx, who: Principal, job: Job, now: datetime) -> Job:
        """A new attempt of a job that has failed or was cancelled; `job` is held."""
        states = (await _states_of_parents(tx, who, [job.id]))[job.id]
        to = judged(states, job.after_failure)
        if to in FINAL:
            raise ConflictError(
                "a job this one depends on did not complete", way_out="retry that job first"
            )
        run = workflow_id(job.id, job.attempt + 1)
        fresh = dict.fromkeys(("error", "result", "progress", "finished_at", "started_at"))
        try:
            moved = await move(
                tx,
                who,
                [job.id],
                to,
                now,
                run=job.workflow_id,
                only_from=_RETRIED,
                why=RETRIED,
                attempt=job.attempt + 1,
                retries=0,
                workflow_id=run,
                scheduled_at=None,
                **fresh,
            )
        except IntegrityError as error:
            raise ConflictError("an equal job is under way already") from error
        if not moved:
            raise ConflictError(f"a job that is {job.state.value} cannot be retried")
        await charge(self.quota, tx, who, moved, self.kinds)
        if to is not JobState.BLOCKED:
            await self.durable.enqueue(tx, [call_of(moved[0], self.kinds, now)])
        return moved[0]

    async def settle(self, tx: Tx, who: Principal, parent: JobId, now: datetime) -> None:
        """Let those go that waited for a job that has ended, and take along whom it takes along.

        Ends may cascade; each round looks at the children of those that ended in the one before.
        Children are locked before their parents' states are read, in a statement of its own: of
        two parents that end at once, the second sees the first.
        """
        await _announce_ends(tx, await self._settle(tx, who, parent, now))

    async def _settle(self, tx: Tx, who: Principal, parent: JobId, now: datetime) -> list[Job]:
        taken: list[Job] = []
        ended = [parent]
        while ended:
            children = await _held_children(tx, who, ended)
            parents = await _states_of_parents(tx, who, [child.id for child in children])
            moved = await self._judge(tx, who, children, parents, now)
            taken += moved
            ended = [job.id for job in moved]
        return taken

    async def _judge(
        self,
        tx: Tx,
        who: Principal,
        children: list[Job],
        parents: dict[JobId, list[JobState]],
        now: datetime,
    ) -> list[Job]:
        due: dict[JobState, list[JobId]] = {}
        for child in children:
            later = child.scheduled_at is not None and child.scheduled_at > now
            state = judged(parents[child.id], child.after_failure, later=later)
            due.setdefault(state, []).append(child.id)
        ready: list[Job] = []
        for state in (JobState.QUEUED, JobState.SCHEDULED):
            if state in due:
                ready += await move(tx, who, due[state], state, now, only_from=_NO_RUN)
        if ready:
            await self.durable.enqueue(tx, [call_of(job, self.kinds, now) for job in ready])
        ended: list[Job] = []
        for state, error in ((JobState.FAILED, _PARENT_FAILED), (JobState.CANCELLED, None)):
            told = {"error": error, "why": "parent", "only_from": _NO_RUN}
            ended += await self._enter_end(tx, who, due.get(state, []), state, now, **told)
        return ended

    async def _end(
        self, tx: Tx, who: Principal, job: JobId, to: JobState, now: datetime, **told: Any
    ) -> Job | None:
        moved = await self._enter_end(tx, who, [job], to, now, **told)
        if not moved:
            return None
        taken = await self._settle(tx, who, job, now)
        if to is not JobState.COMPLETED:
            taken += await self._take_along(tx, who, job, now)
        await _announce_ends(tx, [*moved, *taken])
        return moved[0]

    async def _take_along(self, tx: Tx, who: Principal, root: JobId, now: datetime) -> list[Job]:
        """Jobs asked for for the sake of one that came to nothing are not wanted any more.

        One of unknown outcome stays: its money is held until somebody knows.
        """
        statement = (
            select(JobRow.id)
            .where(
                JobRow.workspace_id == who.workspace,
                JobRow.root_job_id == root,
                JobRow.state.in_(sorted(LIVE - {JobState.UNKNOWN})),
            )
            .order_by(JobRow.id)
            .with_for_update()
        )
        jobs = [JobId(one) for one in await tx.scalars(statement)]
        told: dict[str, Any] = {"why": "root", "stop": True}
        return await self._enter_end(tx, who, jobs, JobState.CANCELLED, now, **told)

    async def _enter_end(
        self,
        tx: Tx,
        who: Principal,
        jobs: list[JobId],
        to: JobState,
        now: datetime,
        *,
        stop: bool = False,
        **told: Any,
    ) -> list[Job]:
        """`stop`: their own runs go on somewhere, and must be stopped after the commit."""
        if not jobs:
            return []
        moved = await move(tx, who, jobs, to, now, finished_at=now, deadline_at=None, **told)
        if to is not JobState.COMPLETED:
            moved = [await self._release(tx, job, stop=stop) for job in moved]
        return moved

    async def _release(self, tx: Tx, job: Job, *, stop: bool) -> Job:
        """Give back what was reserved; what has to be stopped is kept until it is stopped."""
        await give_back(self.quota, tx, job)
        runs = [job.workflow_id] if stop else []
        if job.kind in self.kinds:
            release = self.kinds[job.kind].release
            runs += (await release(tx, job) or ()) if release else ()
        if not runs:
            return job
        stopping = sorted({*(job.stopping or ()), *runs})
        statement = update(JobRow).where(
            JobRow.workspace_id == job.workspace_id, JobRow.id == job.id
        )
        await tx.execute(statement.values(stopping=stopping))
        return replace(job, stopping=stopping)


_TOLD = {
    JobState.COMPLETED: announcing.COMPLETED,
    JobState.FAILED: announcing.FAILED,
    JobState.CANCELLED: announcing.CANCELLED,
}


async def _announce_ends(tx: Tx, jobs: list[Job]) -> None:
    """Published last: from here to the commit everyone's later events wait."""
    await publish(tx, *(announcing.event_of(_TOLD[job.state], job) for job in jobs))


def _all_the_way(now: datetime) -> Any:
    """The progress of a job that is done: what it told last, and that nothing is left to do."""
    begun = {"fraction": 0.0, "message": "", "state": "", "at": "", "data": None}
    ended = {"fraction": 1.0, "message": "Complete", "state": "completed", "at": now.isoformat()}
    return func.coalesce(JobRow.progress, literal(begun, JSONB)).op("||")(literal(ended, JSONB))


def _deadline(now: datetime) -> Any:
    """When the time limit of the row at hand ends; null without a limit."""
    return literal(now) + func.make_interval(0, 0, 0, 0, 0, 0, JobRow.time_limit_s)


async def _held_children(tx: Tx, who: Principal, parents: list[JobId]) -> list[Job]:
    tied = select(DependencyRow.job_id).where(
        DependencyRow.workspace_id == who.workspace, DependencyRow.parent_id.in_(parents)
    )
    statement = (
        select(*JobRow.__table__.columns)
        .where(
            JobRow.workspace_id == who.workspace,
            JobRow.id.in_(tied),
            JobRow.state == JobState.BLOCKED,
        )
        .order_by(JobRow.id)
        .with_for_update()
    )
    return [Job.of(row) for row in (await tx.execute(statement)).mappings()]


async def _states_of_parents(
    tx: Tx, who: Principal, children: list[JobId]
) -> dict[JobId, list[JobState]]:
    found: dict[JobId, list[JobState]] = {child: [] for child in children}
    if not children:
        return found
    statement = (
        select(DependencyRow.job_id, JobRow.state)
        .join(JobRow, JobRow.id == DependencyRow.parent_id)
        .where(DependencyRow.workspace_id == who.workspace, DependencyRow.job_id.in_(children))
    )
    for child, state in await tx.execute(statement):
        found[JobId(child)].append(JobState(state))
    return found
