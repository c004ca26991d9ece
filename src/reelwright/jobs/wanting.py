"""Work that goes on only while its job is wanted.

The engine stops a cancelled run at its next step; an hour's work is one step.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import may_pass
from reelwright.ground.errors import ConflictError
from reelwright.jobs import reading
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import Work
from reelwright.jobs.states import ACTIVE

T = TypeVar("T")
_LOOK_S = 0.5
"""How often a running job looks whether it is still wanted."""


class WorkEndedError(ConflictError):
    """The job ended while its work went on: what was begun is thrown away."""

    code = "work_ended"


class Wish:
    """Knows whether a job is still to be done by this run of it; looks twice a second at most."""

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
        if not self._is_on(job):
            raise WorkEndedError("the job was called off")

    async def hold_in(self, tx: Tx) -> bool:
        """Whether it is wanted, and stays so until this transaction has ended."""
        job = await reading.get(tx, self._work.who, self._work.job.id, hold=True)
        return self._is_on(job)

    def _is_on(self, job: Job) -> bool:
        return job.state in ACTIVE and job.workflow_id == self._work.job.workflow_id


async def while_wanted(database: Database, work: Work, making: Coroutine[Any, Any, T]) -> T:
    """What is being made, unless the job is called off meanwhile: then it is ended at once."""
    doing, wish = asyncio.ensure_future(making), Wish(database, work)
    try:
        while not (await asyncio.wait([doing], timeout=_LOOK_S))[0]:
            await wish.check()
        return doing.result()
    finally:
        doing.cancel()
        await asyncio.wait([doing])
