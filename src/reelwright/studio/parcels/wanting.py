"""Whether a job that takes long is still wanted: the engine stops a run only at its next step."""

import time

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import may_pass
from reelwright.jobs import reading
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import Work
from reelwright.jobs.states import ACTIVE
from reelwright.studio.edits.making import WorkEndedError

_LOOK_S = 0.5


class Wish:
    """Looks twice a second, when it is asked, whether a job is still to be done by this run of it."""

    def __init__(self, database: Database, work: Work) -> None:
        self._database = database
        self._work = work
        self._looked = 0.0

    async def check(self) -> None:
        """Raise WorkEndedError if the job was called off."""
        if time.monotonic() - self._looked < _LOOK_S:
            return
        work = self._work
        try:
            async with self._database.read(work.who) as tx:
                job = await reading.get(tx, work.who, work.job.id)
        except Exception as error:
            if may_pass(error):
                return
            raise
        self._looked = time.monotonic()
        self._require(job)

    async def hold_in(self, tx: Tx) -> bool:
        """Whether it is wanted, and stays so until this transaction has ended."""
        job = await reading.get(tx, self._work.who, self._work.job.id, hold=True)
        return self._is_on(job)

    def _require(self, job: Job) -> None:
        if not self._is_on(job):
            raise WorkEndedError("the job was called off")

    def _is_on(self, job: Job) -> bool:
        return job.state in ACTIVE and job.workflow_id == self._work.job.workflow_id
