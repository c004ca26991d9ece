"""A clock that stands still until it is told otherwise."""

from datetime import UTC, datetime, timedelta


class HandClock:
    """Shows the time it was set to."""

    def __init__(self, now=datetime(2026, 11, 20, 12, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_time(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
