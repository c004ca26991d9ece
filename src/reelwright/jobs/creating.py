"""Asking for jobs: rows, history, dependencies, enqueue and events in the caller's transaction.

One statement writes the rows of all jobs and their first entry of history; one more enqueues and
publishes. Only jobs that depend on others cost two more.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, text

from reelwright.engines.database.database import Tx
from reelwright.engines.durable.contract import Durable
from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Principal
from reelwright.jobs import announcing
from reelwright.jobs.calls import call_of
from reelwright.jobs.charging import NO_QUOTA, JobQuota, charge
from reelwright.jobs.graph import in_order
from reelwright.jobs.job import Job, NewJob, workflow_id
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.states import FINAL, AfterFailure, JobState, judged
from reelwright.jobs.tables import JobRow

_INSERT = text("""
WITH made AS (
    INSERT INTO jobs (id, workspace_id, user_id, project_id, root_job_id, kind, name, params,
        state, priority, after_failure, scheduled_at, time_limit_s, join_key, request_key, workflow_id,
        created_at, changed_at)
    SELECT n.id, :workspace, :user,
        (SELECT p.id FROM projects p WHERE p.id = n.project_id AND p.workspace_id = :workspace),
        n.root_job_id, n.kind, n.name, n.params, n.state, n.priority, n.after_failure,
        n.scheduled_at,
        n.time_limit_s, n.join_key, n.request_key, n.workflow_id, :now, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(id text, project_id text,
        root_job_id text, kind text, name text, params jsonb, state text, priority integer,
        after_failure text, scheduled_at timestamptz, time_limit_s double precision, join_key text,
        request_key text, workflow_id text)
    ON CONFLICT DO NOTHING
    RETURNING id, project_id, state
), told AS (
    INSERT INTO job_history (workspace_id, job_id, attempt, state, created_at)
    SELECT :workspace, id, 1, state, :now FROM made
)
SELECT id, project_id FROM made
""")

_TIE = text("""
INSERT INTO job_dependencies (workspace_id, job_id, parent_id)
SELECT :workspace, t.job_id, t.parent_id
FROM jsonb_to_recordset(CAST(:ties AS jsonb)) AS t(job_id text, parent_id text)
ON CONFLICT DO NOTHING
""")

_ROUNDS = 5
"""A job that is joined may end before it is read; then ours is made after all."""


@dataclass(frozen=True, slots=True)
class JobMaker:
    """Makes jobs in a transaction of a Principal."""

    kinds: JobKinds
    durable: Durable
    largest_batch: int
    quota: JobQuota = NO_QUOTA

    async def make(
        self, tx: Tx, who: Principal, news: Sequence[NewJob], now: datetime
    ) -> list[Job]:
        """The jobs asked for, in the same order: all of them, or an error and none.

        A job that joins one which lives already is answered by that one.
        """
        planned = self._planned(who, news, now)
        if any(new.depends_on for new in news):
            return await self._make_tied(tx, who, news, planned, now)
        found = await self._insert(tx, who, planned, now)
        ours = {new.id for new in news}
        await self._hand_on(tx, who, [job for job in found if job.id in ours], now)
        return found

    def _planned(self, who: Principal, news: Sequence[NewJob], now: datetime) -> list[Job]:
        if not 1 <= len(news) <= self.largest_batch:
            raise InvalidInputError(f"a batch has 1 to {self.largest_batch} jobs, not {len(news)}")
        if len({new.id for new in news}) < len(news):
            raise InvalidInputError("a batch names a job twice")
        return [self._plan(who, new, now) for new in news]

    def _plan(self, who: Principal, new: NewJob, now: datetime) -> Job:
        kind = self.kinds[new.kind]
        params = kind.check(new.params)
        if not 0 <= new.priority <= 10:
            raise InvalidInputError(f"priority is 0 (most urgent) to 10, not {new.priority}")
        if new.on_parent_failure not in set(AfterFailure):
            raise InvalidInputError("on_parent_failure is fail, cancel or run")
        limit = kind.time_limit if new.time_limit is None else new.time_limit
        if limit is not None and limit.total_seconds() <= 0:
            raise InvalidInputError("a time limit is longer than nothing")
        if new.scheduled_at is not None and new.scheduled_at.tzinfo is None:
            raise InvalidInputError("scheduled_at needs a time zone")
        later = new.scheduled_at is not None and new.scheduled_at > now
        values: dict[str, Any] = dict.fromkeys(JobRow.__table__.columns.keys())
        values |= {
            "id": new.id,
            "workspace_id": who.workspace,
            "user_id": who.user,
            "project_id": new.project_id,
            "root_job_id": new.root_job_id,
            "kind": kind.name,
            "name": new.name,
            "params": params,
            "state": JobState.SCHEDULED if later else JobState.QUEUED,
            "priority": new.priority,
            "after_failure": new.on_parent_failure,
            "scheduled_at": new.scheduled_at,
            "attempt": 1,
            "retries": 0,
            "time_limit_s": limit.total_seconds() if limit else None,
            "join_key": kind.key(new, params),
            "request_key": new.request_key,
            "workflow_id": workflow_id(new.id, 1),
            "created_at": now,
            "changed_at": now,
        }
        return Job.of(values)

    async def _make_tied(
        self,
        tx: Tx,
        who: Principal,
        news: Sequence[NewJob],
        planned: Sequence[Job],
        now: datetime,
    ) -> list[Job]:
        """Jobs that depend on each other or on others: parents first, each in its due state."""
        before = await stand_ins(tx, who, [job for job in planned if job.request_key])
        if len(before) == len(planned):
            return [before[job.id] for job in planned]
        by_id = {job.id: job for job in planned}
        parents = {new.id: list(dict.fromkeys(new.depends_on)) for new in news}
        order = in_order(parents)
        outside = {one for theirs in parents.values() for one in theirs if one not in by_id}
        states = await parents_states(tx, who, outside)
        if outside - states.keys():
            raise MissingError("a job this one depends on does not exist")
        for name in order:
            job = by_id[name]
            state = judged(
                [states[one] for one in parents[name]],
                job.after_failure,
                later=job.state is JobState.SCHEDULED,
            )
            if state in FINAL:
                raise ConflictError(
                    "a job this one depends on has failed or was cancelled",
                    way_out="retry that job first, or ask with on_parent_failure=run",
                )
            by_id[name] = replace(job, state=state)
            states[name] = state
        found = await self._insert(tx, who, [by_id[new.id] for new in news], now)
        real = {new.id: job.id for new, job in zip(news, found, strict=True)}
        await _tie(tx, who, parents, real)
        await self._hand_on(tx, who, [job for job in found if job.id in by_id], now)
        return found

    async def _insert(
        self, tx: Tx, who: Principal, jobs: Sequence[Job], now: datetime
    ) -> list[Job]:
        """Write the rows; answers for each the job itself, or the one that stands for it."""
        found: dict[JobId, Job] = {}
        left = list(jobs)
        for _ in range(_ROUNDS):
            made = await _insert_once(tx, who, left, now)
            for job in left:
                if job.id in made:
                    if made[job.id] != job.project_id:
                        raise MissingError("there is no such project")
                    found[job.id] = job
            left = [job for job in left if job.id not in found]
            if left:
                found |= await stand_ins(tx, who, left)
                left = [job for job in left if job.id not in found]
            if not left:
                return [found[job.id] for job in jobs]
            if any(job.join_key is None and job.request_key is None for job in left):
                break
        raise ConflictError("there is such a job already", way_out="try again without an id")

    async def _hand_on(self, tx: Tx, who: Principal, jobs: Sequence[Job], now: datetime) -> None:
        # From here to the commit others wait: for the count of their quota, then to publish.
        await charge(self.quota, tx, who, jobs, self.kinds)
        ready = [job for job in jobs if job.state is not JobState.BLOCKED]
        calls = [call_of(job, self.kinds, now) for job in ready]
        telling = [announcing.event_of(announcing.CREATED, job) for job in jobs]
        await self.durable.enqueue(tx, calls, telling)


async def parents_states(tx: Tx, who: Principal, parents: set[JobId]) -> dict[JobId, JobState]:
    """How jobs stand, held still until the transaction ends: none of them can end meanwhile."""
    if not parents:
        return {}
    statement = (
        select(JobRow.id, JobRow.state)
        .where(JobRow.workspace_id == who.workspace, JobRow.id.in_(sorted(parents)))
        .order_by(JobRow.id)
        .with_for_update(read=True)
    )
    return {JobId(one.id): JobState(one.state) for one in await tx.execute(statement)}


async def _insert_once(
    tx: Tx, who: Principal, jobs: Sequence[Job], now: datetime
) -> dict[JobId, str | None]:
    rows = json.dumps([_row(job) for job in jobs])
    told = {"workspace": who.workspace, "user": who.user, "now": now, "rows": rows}
    made = (await tx.execute(_INSERT, told)).all()
    return {JobId(one.id): one.project_id for one in made}


async def stand_ins(tx: Tx, who: Principal, jobs: Sequence[Job]) -> dict[JobId, Job]:
    """The jobs that stand for equal requests: made by the same request, or living with the same key.

    They are held: none of them ends before who waits for it is in. Raises ConflictError when a
    request's key was used for another request.
    """
    asked = [job.request_key for job in jobs if job.request_key is not None]
    joined = [job.join_key for job in jobs if job.join_key is not None]
    living = and_(JobRow.join_key.in_(joined), JobRow.state.not_in(sorted(FINAL)))
    statement = (
        select(*JobRow.__table__.columns)
        .where(JobRow.workspace_id == who.workspace, or_(JobRow.request_key.in_(asked), living))
        .order_by(JobRow.id)
        .with_for_update(read=True)
    )
    there = [Job.of(row) for row in (await tx.execute(statement)).mappings()]
    by_request: dict[str | None, Job] = {
        job.request_key: job for job in there if job.request_key is not None
    }
    by_join: dict[str | None, Job] = {
        job.join_key: job for job in there if job.state not in FINAL and job.join_key
    }
    found: dict[JobId, Job] = {}
    for job in jobs:
        first = by_request.get(job.request_key) or by_join.get(job.join_key)
        if first is None:
            continue
        again = first.request_key is not None and first.request_key == job.request_key
        if again and (first.kind, first.params) != (job.kind, job.params):
            raise ConflictError(
                "this key was used for another request", way_out="send a new key with a new request"
            )
        found[job.id] = first
    return found


async def _tie(
    tx: Tx, who: Principal, parents: dict[JobId, list[JobId]], real: dict[JobId, JobId]
) -> None:
    """Write down what depends on what; a joined job keeps the dependencies it was made with."""
    ties = [
        {"job_id": job, "parent_id": real.get(parent, parent)}
        for job, theirs in parents.items()
        if real[job] == job
        for parent in theirs
    ]
    if any(tie["job_id"] == tie["parent_id"] for tie in ties):
        raise InvalidInputError("a job would wait for itself")
    if ties:
        await tx.execute(_TIE, {"workspace": who.workspace, "ties": json.dumps(ties)})


def _row(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "project_id": job.project_id,
        "root_job_id": job.root_job_id,
        "kind": job.kind,
        "name": job.name,
        "params": job.params,
        "state": job.state,
        "priority": job.priority,
        "after_failure": job.after_failure,
        "scheduled_at": job.scheduled_at.isoformat() if job.scheduled_at else None,
        "time_limit_s": job.time_limit_s,
        "join_key": job.join_key,
        "request_key": job.request_key,
        "workflow_id": job.workflow_id,
    }
