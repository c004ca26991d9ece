"""What remembers: cashews, in memory or on Redis; an own instance each, never its global one."""

import warnings
from datetime import timedelta
from typing import Any, Protocol

from reelwright.engines.cache.settings import CacheSettings
from reelwright.ground.errors import EnvironmentFailedError


class Driver(Protocol):
    """Texts by key, each for a time. Raises whatever it likes: the cache copes."""

    shared: bool
    """Whether other processes see it as well."""

    async def read(self, keys: list[str]) -> list[str | None]: ...
    async def write(self, key: str, text: str, ttl: timedelta) -> None: ...
    async def write_first(self, key: str, text: str, ttl: timedelta) -> None: ...
    async def lock(self, key: str, owner: str, ttl: timedelta) -> bool: ...
    async def unlock(self, key: str, owner: str) -> None: ...
    async def close(self) -> None: ...


class Cashews:
    """A driver over cashews. What is stored is text, never a pickle: reading one runs code."""

    def __init__(self, url: str, *, shared: bool, **options: Any) -> None:
        self.shared = shared
        self._url = url
        self._options = options
        self._made: Any = None

    @property
    def _cashews(self) -> Any:
        if self._made is None:
            # A second of importing, for those who need it only.
            from cashews import Cache  # noqa: PLC0415

            self._made = Cache()
            self._made.setup(self._url, pickle_type="null", **self._options)
        return self._made

    async def read(self, keys: list[str]) -> list[str | None]:
        """The texts; None for what is not there."""
        found = await self._cashews.get_many(*keys)
        return [one.decode() if isinstance(one, bytes) else one for one in found]

    async def write(self, key: str, text: str, ttl: timedelta) -> None:
        """Remember a text."""
        await self._cashews.set(key, text.encode(), expire=ttl.total_seconds())

    async def write_first(self, key: str, text: str, ttl: timedelta) -> None:
        """Remember a text, unless there is one."""
        await self._cashews.set(key, text.encode(), expire=ttl.total_seconds(), exist=False)

    async def lock(self, key: str, owner: str, ttl: timedelta) -> bool:
        """Whether the lock is ours now."""
        return bool(await self._cashews.set_lock(key, owner, expire=ttl.total_seconds()))

    async def unlock(self, key: str, owner: str) -> None:
        """Give the lock back, if it is still ours."""
        await self._cashews.unlock(key, owner)

    async def close(self) -> None:
        """Close connections."""
        if self._made is not None:
            with warnings.catch_warnings():  # cashews closes redis by a name it calls old
                warnings.simplefilter("ignore", DeprecationWarning)
                await self._made.close()
            self._made = None


def choose_driver(settings: CacheSettings) -> Driver:
    """The driver the settings name; raises EnvironmentFailedError when its library is missing."""
    if settings.url is None:
        return Cashews("mem://", shared=False, size=settings.size)
    try:
        import redis  # noqa: F401, PLC0415  # only to say plainly that it is missing
    except ImportError as error:
        raise EnvironmentFailedError(
            "a Redis cache is set, but its library is not installed",
            way_out="pip install 'reelwright[redis]'",
        ) from error
    url = settings.url.get_secret_value()
    within = settings.within_s
    return Cashews(
        url, shared=True, suppress=False, socket_timeout=within, socket_connect_timeout=within
    )
