"""Answers that must not tell by their time what was known: they go out at even moments alone."""

import asyncio
import time
from collections.abc import Awaitable, Callable


class Evenly:
    """Since when something is done, and the next even moment: one, two ... times `every_s` later.

    What is done must take less than that as a rule. Where it takes longer, as on a machine that is too
    busy, the difference is still lost in the wait for the next moment.
    """

    def __init__(
        self,
        every_s: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._every_s = every_s
        self._now = now
        self._sleep = sleep
        self._begun = now()

    async def wait(self) -> None:
        """Wait for the next even moment."""
        await self._sleep(-(self._now() - self._begun) % self._every_s)
