"""Waiting out what passes by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from reelwright.engines.database.failures import may_pass
from reelwright.jobs.settings import JobSettings

T = TypeVar("T")

_FIRST_S = 0.1
_LONGEST_S = 5.0


async def patiently(act: Callable[[], Awaitable[T]]) -> T:
    """What `act` answers, tried again for as long as the database is away.

    An error that leaves a workflow ends it for good, so an outage must not.
    """
    pause = _FIRST_S
    while True:
        try:
            return await act()
        except Exception as error:
            if not may_pass(error):
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_S)


def backoff(retries: int, settings: JobSettings) -> timedelta:
    """How long to wait before the next attempt: twice as long each time, up to a bound."""
    seconds = settings.backoff_s * 2 ** min(retries, 30)
    return timedelta(seconds=min(seconds, settings.longest_backoff_s))
