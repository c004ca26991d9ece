"""Questions about jobs, in the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import JobId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.jobs.job import Job, JobChange, JobFilter
from reelwright.jobs.moving import find
from reelwright.jobs.states import FINAL, JobState
from reelwright.jobs.tables import DependencyRow, JobChangeRow, JobRow

_COLUMNS = JobRow.__table__.columns


async def get(tx: Tx, who: Principal, job: JobId, *, hold: bool = False) -> Job:
    """A job; MissingError when there is none in this workspace."""
    found = await find(tx, who, job, hold=hold)
    if found is None:
        raise missing()
    return found


async def get_for_run(tx: Tx, job: JobId, activity: Activity) -> Job | None:
    """A job of any workspace, for the system; `activity` is whose transaction it is."""
    assert activity is Activity.DISPATCH  # the only one whom the policies let in
    statement = select(*_COLUMNS).where(JobRow.id == job)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else Job.of(row)


async def page(tx: Tx, who: Principal, wanted: JobFilter, paging: Paging) -> Page[Job]:
    """Jobs, newest first."""
    statement: Any = select(*_COLUMNS).where(JobRow.workspace_id == who.workspace)
    statement = _filtered(statement, wanted)
    after = paging.after()
    if after is not None:
        if len(after) != 1 or not isinstance(after[0], str):
            raise InvalidInputError("this cursor is not one of ours", way_out="leave it away")
        statement = statement.where(JobRow.id < after[0])
    statement = statement.order_by(JobRow.id.desc()).limit(paging.limit + 1)
    rows = [Job.of(row) for row in (await tx.execute(statement)).mappings()]
    return paging.page(rows, lambda job: [str(job.id)])


async def ended(tx: Tx, who: Principal, jobs: Sequence[JobId]) -> Sequence[Job]:
    """Those of the jobs that have ended, and those of which nobody knows how."""
    over = sorted({*FINAL, JobState.UNKNOWN})
    statement = select(*_COLUMNS).where(
        JobRow.workspace_id == who.workspace, JobRow.id.in_(jobs), JobRow.state.in_(over)
    )
    return [Job.of(row) for row in (await tx.execute(statement)).mappings()]


async def tree(tx: Tx, who: Principal, root: JobId) -> Sequence[Job]:
    """The jobs asked for for the sake of another, oldest first."""
    statement = (
        select(*_COLUMNS)
        .where(JobRow.workspace_id == who.workspace, JobRow.root_job_id == root)
        .order_by(JobRow.id)
    )
    return [Job.of(row) for row in (await tx.execute(statement)).mappings()]


async def history(tx: Tx, who: Principal, job: JobId) -> Sequence[JobChange]:
    """Every state a job entered, oldest first."""
    statement = (
        select(JobChangeRow)
        .where(JobChangeRow.workspace_id == who.workspace, JobChangeRow.job_id == job)
        .order_by(JobChangeRow.id)
    )
    return [
        JobChange(row.attempt, JobState(row.state), row.created_at, row.why)
        for row in await tx.scalars(statement)
    ]


async def parents(tx: Tx, who: Principal, job: JobId) -> Sequence[JobId]:
    """What a job depends on."""
    statement = (
        select(DependencyRow.parent_id)
        .where(DependencyRow.workspace_id == who.workspace, DependencyRow.job_id == job)
        .order_by(DependencyRow.parent_id)
    )
    return [JobId(one) for one in await tx.scalars(statement)]


def missing() -> MissingError:
    """There is no such job, or it is another workspace's."""
    return MissingError("there is no such job")


def _filtered(statement: Any, wanted: JobFilter) -> Any:
    if wanted.states:
        statement = statement.where(JobRow.state.in_(sorted(wanted.states)))
    if wanted.kinds:
        statement = statement.where(JobRow.kind.in_(sorted(wanted.kinds)))
    if wanted.project_id is not None:
        statement = statement.where(JobRow.project_id == wanted.project_id)
    if wanted.user_id is not None:
        statement = statement.where(JobRow.user_id == wanted.user_id)
    if wanted.created_from is not None:
        statement = statement.where(JobRow.created_at >= wanted.created_from)
    if wanted.created_before is not None:
        statement = statement.where(JobRow.created_at < wanted.created_before)
    return statement
