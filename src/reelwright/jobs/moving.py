"""Moving jobs from state to state, in the caller's transaction.

Each move is one statement that names the states it may come from, so of two that race for a job
exactly one moves it; the other gets nothing. The row's lock holds until the commit, and what
follows from the move (children, history, events) is in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, literal, select, update

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.jobs.states import JobState, before
from reelwright.jobs.tables import JobChangeRow, JobRow

_COLUMNS = JobRow.__table__.columns


async def move(
    tx: Tx,
    who: Principal,
    jobs: Sequence[JobId],
    to: JobState,
    now: datetime,
    *,
    why: str | None = None,
    run: str | None = None,
    only_from: frozenset[JobState] | None = None,
    **values: Any,
) -> list[Job]:
    """Move those of the jobs that may enter a state; answers them as they stand now.

    `run`: only while this workflow is the current attempt's. `values`: further columns to set.
    """
    sources = before(to) if only_from is None else only_from & before(to)
    moving = update(JobRow).where(
        JobRow.workspace_id == who.workspace,
        JobRow.id.in_(jobs),
        JobRow.state.in_(sorted(sources)),
    )
    if run is not None:
        moving = moving.where(JobRow.workflow_id == run)
    moved = (
        moving.values(state=to.value, changed_at=now, **values).returning(*_COLUMNS).cte("moved")
    )
    entry = select(
        moved.c.workspace_id, moved.c.id, moved.c.attempt, moved.c.state, literal(why), literal(now)
    )
    told = insert(JobChangeRow).from_select(
        ["workspace_id", "job_id", "attempt", "state", "why", "created_at"], entry
    )
    statement = select(moved).add_cte(told.cte("told")).order_by(moved.c.id)
    return [Job.of(row) for row in (await tx.execute(statement)).mappings()]


async def find(tx: Tx, who: Principal, job: JobId, *, hold: bool = False) -> Job | None:
    """A job of the workspace; `hold`: nobody else moves it until the transaction ends."""
    statement = select(*_COLUMNS).where(JobRow.workspace_id == who.workspace, JobRow.id == job)
    if hold:
        statement = statement.with_for_update()
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else Job.of(row)
