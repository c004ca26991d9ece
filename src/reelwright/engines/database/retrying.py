"""Doing idempotent work again when the database was away or two changes met."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import may_pass
from reelwright.ground.principals import Who

T = TypeVar("T")


async def retrying(
    database: Database,
    who: Who,
    act: Callable[[Tx], Awaitable[T]],
    *,
    attempts: int = 5,
    first_pause_s: float = 0.05,
) -> T:
    """Run `act` in a transaction of its own, again after a collision or a lost connection.

    Only for idempotent work: when the connection is lost during the commit, the work may have been
    kept, and is done once more. At most `attempts` times, with pauses that double and vary;
    then the last error is raised. Errors that would come again are raised at once.
    """
    for attempt in range(1, attempts + 1):
        try:
            async with database.transaction(who) as tx:
                return await act(tx)
        except Exception as error:
            if attempt == attempts or not may_pass(error):
                raise
        # Those who collided once must not meet again at the same moment.
        await asyncio.sleep(first_pause_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))
    raise ValueError("attempts must be at least 1")


query_with_retry = retrying
"""The name under which the mission's data service knows it."""
