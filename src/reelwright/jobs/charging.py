"""What jobs count against: a port, bound to people's quotas where there are people.

Counted is what people ask for; what jobs ask for for their own sake belongs to them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import func, select

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import Kind
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.states import JobState
from reelwright.jobs.tables import JobChangeRow

RETRIED = "retry"
"""Why a job is queued that somebody wants tried again: that counts anew."""
_OUR_FAULT = frozenset({Kind.FAULT.value, Kind.UNAVAILABLE.value})


class JobQuota(Protocol):
    """Says whether somebody may have more jobs."""

    async def charge(self, tx: Tx, who: Principal, jobs: int, *, files: bool) -> None:
        """Count jobs that were just made, or raise an ExhaustedError: then none is.

        `files`: some of them make files that are kept; they are not for who has no room left.
        """
        ...

    async def give_back(self, tx: Tx, owner: UserId, charged_at: datetime) -> None:
        """Take back the count of a job that was charged then."""
        ...


class NoQuota:
    """As many as anybody likes."""

    async def charge(self, tx: Tx, who: Principal, jobs: int, *, files: bool) -> None:
        """Count nothing."""

    async def give_back(self, tx: Tx, owner: UserId, charged_at: datetime) -> None:
        """Nothing was counted."""


NO_QUOTA = NoQuota()


async def charge(
    quota: JobQuota, tx: Tx, who: Principal, made: Sequence[Job], kinds: JobKinds
) -> None:
    """Count those of new jobs that somebody asked for."""
    asked_for = [job for job in made if job.root_job_id is None]
    if asked_for:
        files = any(kinds.makes_files(job) for job in asked_for)
        await quota.charge(tx, who, len(asked_for), files=files)


async def give_back(quota: JobQuota, tx: Tx, job: Job) -> None:
    """Take back the count of a job that never began, or failed through no fault of its owner's."""
    if job.root_job_id is not None or not _came_to_nothing(job):
        return
    charged_at = job.created_at
    if job.attempt > 1:
        charged_at = await _last_asked_for(tx, job) or charged_at
    await quota.give_back(tx, job.user_id, charged_at)


def _came_to_nothing(job: Job) -> bool:
    if job.started_at is None:
        return True
    return job.state is JobState.FAILED and (job.error or {}).get("kind") in _OUR_FAULT


async def _last_asked_for(tx: Tx, job: Job) -> datetime | None:
    statement = select(func.max(JobChangeRow.created_at)).where(
        JobChangeRow.workspace_id == job.workspace_id,
        JobChangeRow.job_id == job.id,
        JobChangeRow.why == RETRIED,
    )
    found: datetime | None = await tx.scalar(statement)
    return found
