"""Waiting for a database that is away or overloaded: an error in a workflow would be final."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from reelwright.engines.database.failures import (
    DatabaseFullError,
    TookTooLongError,
    may_pass,
    translated,
)

T = TypeVar("T")

_log = logging.getLogger(__name__)
_FIRST_PAUSE_S = 0.05


def is_outage(error: BaseException) -> bool:
    """Whether trying again later is the answer: nothing was wrong with what was asked."""
    known = translated(error) or error
    return may_pass(known) or isinstance(known, DatabaseFullError | TookTooLongError)


async def outlast(act: Callable[[], Awaitable[T]], longest_pause_s: float) -> T:
    """What `act` answers, tried again for as long as the database is away."""
    pause = _FIRST_PAUSE_S
    while True:
        try:
            return await act()
        except Exception as error:
            if not is_outage(error):
                raise
            if pause >= longest_pause_s:
                _log.warning("a step still waits for the database (%s)", type(error).__name__)
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 2, longest_pause_s)
