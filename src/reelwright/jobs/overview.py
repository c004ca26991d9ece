"""The jobs of all workspaces, as operators see them: how many there are, and which do not get on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.identity.operators import require_operator
from reelwright.jobs.job import Job
from reelwright.jobs.states import JobState

_BEGINNING = Paging()
_QUEUED = timedelta(hours=1)
_AT_WORK = timedelta(days=1)
_COUNTS = text("SELECT * FROM operated_job_counts()")
_STUCK = text("""
SELECT * FROM operated_stuck_jobs(:queued, :at_work, CAST(:after AS text), CAST(:most AS integer))""")


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a kind are in a state."""

    kind: str
    state: JobState
    jobs: int


class JobOverview:
    """Shows operators the jobs of all; raises DeniedError for others."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def counts(self, who: Principal) -> Sequence[JobCount]:
        """How many there are, by kind and state."""
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            rows = (await tx.execute(_COUNTS)).all()
        return [JobCount(row.kind, JobState(row.state), row.jobs) for row in rows]

    async def stuck(self, who: Principal, paging: Paging = _BEGINNING) -> Page[Job]:
        """Jobs of unknown outcome, queued for an hour, or at work for a day; the oldest first."""
        now, after = self._clock.now(), paging.after()
        told = {"queued": now - _QUEUED, "at_work": now - _AT_WORK, "most": paging.limit + 1}
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            rows = await tx.execute(_STUCK, told | {"after": str(after[0]) if after else None})
            found = [Job.of(row) for row in rows.mappings()]
        return paging.page(found, lambda job: [job.id])
