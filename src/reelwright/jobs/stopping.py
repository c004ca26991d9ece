"""Stopping the runs of jobs that have ended: after the commit, and again until it is known done."""

from collections.abc import Sequence

from sqlalchemy import update

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Durable
from reelwright.jobs.job import Job
from reelwright.jobs.tables import JobRow


class Stopper:
    """Stops what the rows of ended jobs say is still to be stopped, and strikes it off."""

    def __init__(self, database: Database, durable: Durable) -> None:
        self._database = database
        self._durable = durable

    async def stop(self, jobs: Sequence[Job]) -> None:
        """Stop the runs of some jobs; doing it twice is harmless."""
        runs = [run for job in jobs for run in job.stopping or ()]
        if not runs:
            return
        await self._durable.cancel(runs)
        for job in jobs:
            if job.stopping:
                async with self._database.transaction(job.principal) as tx:
                    await tx.execute(
                        update(JobRow)
                        .where(
                            JobRow.workspace_id == job.workspace_id,
                            JobRow.id == job.id,
                            JobRow.stopping == list(job.stopping),  # nobody has added to it
                        )
                        .values(stopping=None)
                    )
