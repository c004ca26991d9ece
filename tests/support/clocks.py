"""A clock that stands still until it is told otherwise."""

import asyncio
import selectors
from datetime import UTC, datetime, timedelta


class HandClock:
    """Shows the time it was set to."""

    def __init__(self, now=datetime(2026, 11, 20, 12, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_time(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class TravellingLoop(asyncio.SelectorEventLoop):
    """An event loop that does not wait: when nothing is ready, its time jumps to what comes next."""

    def __init__(self) -> None:
        self._ahead = 0.0
        super().__init__(_Impatient(self))

    def time(self):
        return self._ahead

    def jump(self, seconds):
        self._ahead += seconds


class _Impatient(selectors.SelectSelector):
    def __init__(self, loop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout:
            self._loop.jump(timeout)
        return ready
