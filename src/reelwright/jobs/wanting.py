"""Work that goes on only while its job is wanted.

The engine stops a cancelled run at its next step; an hour's work is one step.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from reelwright.engines.database.database import Database
from reelwright.engines.database.failures import may_pass
from reelwright.ground.errors import ConflictError
from reelwright.jobs import reading
from reelwright.jobs.kinds import Work
from reelwright.jobs.states import ACTIVE

T = TypeVar("T")
_LOOK_S = 0.5
"""How often a running job looks whether it is still wanted."""


class WorkEndedError(ConflictError):
    """The job ended while its work went on: what was begun is thrown away."""

    code = "work_ended"


async def while_wanted(database: Database, work: Work, making: Coroutine[Any, Any, T]) -> T:
    """What is being made, unless the job is called off meanwhile: then it is ended at once."""
    doing = asyncio.ensure_future(making)
    try:
        while not (await asyncio.wait([doing], timeout=_LOOK_S))[0]:
            if not await _is_wanted(database, work):
                raise WorkEndedError("the job was called off")
        return doing.result()
    finally:
        doing.cancel()
        await asyncio.wait([doing])


async def _is_wanted(database: Database, work: Work) -> bool:
    try:
        async with database.read(work.who) as tx:
            job = await reading.get(tx, work.who, work.job.id)
    except Exception as error:
        if may_pass(error):
            return True
        raise
    return job.state in ACTIVE and job.workflow_id == work.job.workflow_id
