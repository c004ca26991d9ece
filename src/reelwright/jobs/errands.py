"""Errands: jobs that a running job asks for for its own sake, and waits for.

They spend from its limits, and when it comes to nothing they are not wanted any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.ids import JobId
from reelwright.jobs import reading
from reelwright.jobs.creating import JobMaker
from reelwright.jobs.job import Job, NewJob


@dataclass(frozen=True, slots=True)
class OwnErrands:
    """The errands of one job. Asked for again after a crash, equal ones that live are joined."""

    database: Database
    clock: Clock
    maker: JobMaker
    job: Job

    async def ask(self, news: Sequence[NewJob]) -> list[Job]:
        """Ask for jobs, all or none; an equal one that lives already is answered instead."""
        ours = [replace(one, root_job_id=self.job.root) for one in news]
        async with self.database.transaction(self.job.principal) as tx:
            return await self.maker.make(tx, self.job.principal, ours, self.clock.now())

    async def ended(self, jobs: Sequence[JobId]) -> Sequence[Job]:
        """Those of the jobs that have ended, and those of which nobody knows how."""
        async with self.database.read(self.job.principal) as tx:
            return await reading.ended(tx, self.job.principal, jobs)
