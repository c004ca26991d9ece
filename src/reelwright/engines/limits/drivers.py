"""What counts: this process's memory, or a Redis that several share."""

import time
from typing import Any, Protocol

from reelwright.engines.cache.settings import CacheSettings
from reelwright.ground.errors import EnvironmentFailedError


class Driver(Protocol):
    """Counters by key. Raises whatever it likes: the limiter copes."""

    async def count(self, key: str, kept_s: int) -> int:
        """Count one more, and say how many there are; forgotten after `kept_s` seconds."""
        ...

    async def look(self, key: str) -> int:
        """How many there are, without counting."""
        ...

    async def close(self) -> None: ...


class Memory:
    """At most `size` counters; the oldest goes for a new one.

    Not the library's: that walks through all its counters at every request (2 ms at 10,000 callers)
    and has no bound.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._counts: dict[str, tuple[int, float]] = {}

    def __len__(self) -> int:
        return len(self._counts)

    async def count(self, key: str, kept_s: int) -> int:
        """Count one more."""
        now = time.monotonic()
        count, until = self._counts.get(key, (0, 0.0))
        if until <= now:
            self._counts.pop(key, None)
            self._make_room(now)
            count, until = 0, now + kept_s
        self._counts[key] = (count + 1, until)
        return count + 1

    async def look(self, key: str) -> int:
        """How many there are."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > time.monotonic() else 0

    def _make_room(self, now: float) -> None:
        """Two go for one that comes, so that what is over does not stay."""
        for _ in range(2):
            oldest = next(iter(self._counts), None)
            if oldest is None:
                return
            if self._counts[oldest][1] <= now or len(self._counts) >= self._size:
                del self._counts[oldest]

    async def close(self) -> None:
        """Forget all."""
        self._counts.clear()


class Redis:
    """Counters of the library `limits` in the cache's Redis: one word with it for each count."""

    def __init__(self, settings: CacheSettings) -> None:
        assert settings.url is not None
        # Imported here: most processes count in memory.
        from limits.aio.storage import RedisStorage  # noqa: PLC0415

        self._storage: Any = RedisStorage(
            f"async+{settings.url.get_secret_value()}",
            implementation="redispy",
            key_prefix=f"{settings.prefix}:limit",
            socket_timeout=settings.within_s,
            socket_connect_timeout=settings.within_s,
        )

    async def count(self, key: str, kept_s: int) -> int:
        """Count one more."""
        return await self._storage.incr(key, kept_s)

    async def look(self, key: str) -> int:
        """How many there are."""
        return await self._storage.get(key)

    async def close(self) -> None:
        """Close connections."""
        await self._storage.bridge.get_connection().aclose()


def choose_driver(settings: CacheSettings, size: int) -> Driver:
    """The driver the settings name; raises EnvironmentFailedError when its library is missing."""
    if settings.url is None:
        return Memory(size)
    try:
        import redis  # noqa: F401, PLC0415  # only to say plainly that it is missing
    except ImportError as error:
        raise EnvironmentFailedError(
            "limits are to be counted in Redis, but its library is not installed",
            way_out="pip install 'reelwright[redis]'",
        ) from error
    return Redis(settings)
