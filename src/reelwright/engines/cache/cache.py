"""Remembered answers: made once, for all who ask at the same time, and never another tenant's."""

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from reelwright.engines.cache.drivers import Driver, choose_driver
from reelwright.engines.cache.settings import CacheSettings
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import WorkspaceId

T = TypeVar("T")
P = ParamSpec("P")
_log = logging.getLogger(__name__)
_TAGS_LAST = timedelta(days=30)
_MAKING = timedelta(seconds=10)


class Cache:
    """Answers as JSON, by key, for a time. Without its Redis it makes every answer anew.

    A tag is a random sign that is part of the keys: forgetting a tag changes the sign, so an answer
    that was being made meanwhile is never found either.
    """

    def __init__(self, settings: CacheSettings | None = None, driver: Driver | None = None) -> None:
        self._settings = settings or CacheSettings()
        self._driver = driver or choose_driver(self._settings)
        self._making: dict[str, tuple[asyncio.Lock, list[None]]] = {}
        self._owed: set[str] = set()
        self._away_until = 0.0
        self.hits = self.misses = 0

    async def get_or_make(
        self,
        key: str,
        ttl: timedelta,
        make: Callable[[], Awaitable[T]],
        tags: Sequence[str] = (),
        *,
        workspace: WorkspaceId | None = None,
    ) -> T:
        """The remembered answer, or the one `make` gives (JSON), kept for `ttl`.

        Many who ask at once wait for one `make`; what it raises is raised and not remembered.
        Without `workspace` the answer is the same for all tenants.
        """
        if ttl <= timedelta():
            raise InvalidInputError("an answer must be kept for some time")
        name = await self._name(key, tags, workspace)
        if name is None:
            return await make()
        if (found := await self._read(name)) is not None:
            return json.loads(found)
        async with self._alone(name):
            if (found := await self._read(name)) is not None:
                return json.loads(found)
            async with self._alone_among_processes(name) as late:
                if late is not None:
                    return json.loads(late)
                self.misses += 1
                made = await make()
                await self._try(self._driver.write(name, json.dumps(made), ttl))
                return made

    async def forget(self, *tags: str, workspace: WorkspaceId | None = None) -> None:
        """Forget all answers with one of these tags.

        While Redis is away this process remembers to do so before it reads them again; others may
        see them until their time is over.
        """
        for tag in tags:
            await self._new_sign(self._tag(tag, workspace))

    async def close(self) -> None:
        """Close connections."""
        await self._driver.close()

    async def _name(
        self, key: str, tags: Sequence[str], workspace: WorkspaceId | None
    ) -> str | None:
        """The key as it is stored; None while the store is away."""
        names = [self._tag(tag, workspace) for tag in sorted(set(tags))]
        signs: list[str | None] = []
        if names:
            found = await self._try(self._driver.read(names))
            if found is None:
                return None
            signs = list(found)
        for place, name in enumerate(names):
            if name in self._owed:
                signs[place] = await self._new_sign(name)
            elif signs[place] is None:
                # Many may find none at once: all take the one that was written first.
                await self._try(self._driver.write_first(name, uuid4().hex, _TAGS_LAST))
                signs[place] = await self._read_text(name)
        if None in signs:
            return None
        return self._hashed("answer", workspace, key, signs)

    async def _new_sign(self, name: str) -> str | None:
        sign = uuid4().hex
        self._owed.add(name)
        if await self._try(self._driver.write(name, sign, _TAGS_LAST), done=True) is None:
            return None
        self._owed.discard(name)
        return sign

    async def _read(self, name: str) -> str | None:
        text = await self._read_text(name)
        self.hits += text is not None
        return text

    async def _read_text(self, name: str) -> str | None:
        found = await self._try(self._driver.read([name]))
        return found[0] if found else None

    async def _try(self, word: Awaitable[Any], done: Any = None) -> Any:
        """A word with the driver: its answer (or `done`); None when it fails or is left alone."""
        if time.monotonic() < self._away_until:
            if asyncio.iscoroutine(word):
                word.close()
            return None
        try:
            async with asyncio.timeout(self._settings.within_s * 2):
                answer = await word
        except Exception as error:  # noqa: BLE001  # a cache that fails is no cache, nothing worse
            self._away_until = time.monotonic() + self._settings.pause_s
            _log.warning("the cache is left alone for a while (%s)", type(error).__name__)
            return None
        return answer if done is None else done

    @asynccontextmanager
    async def _alone(self, name: str) -> AsyncIterator[None]:
        """One at a time in this process."""
        lock, waiting = self._making.setdefault(name, (asyncio.Lock(), []))
        waiting.append(None)
        try:
            async with lock:
                yield
        finally:
            waiting.pop()
            if not waiting:
                self._making.pop(name, None)

    @asynccontextmanager
    async def _alone_among_processes(self, name: str) -> AsyncIterator[str | None]:
        """Yields what another process made while we waited for it, or None: it is ours to make."""
        if not self._driver.shared:
            yield None
            return
        owner, lock = uuid4().hex, f"{name}:making"
        until = time.monotonic() + _MAKING.total_seconds()
        late = None
        while await self._try(self._driver.lock(lock, owner, _MAKING)) is False:
            await asyncio.sleep(0.02)
            if (late := await self._read(name)) is not None or time.monotonic() > until:
                break
        async with AsyncExitStack() as stack:
            if late is None:
                stack.push_async_callback(self._unlock, lock, owner)
            yield late

    async def _unlock(self, lock: str, owner: str) -> None:
        await self._try(self._driver.unlock(lock, owner))

    def _tag(self, tag: str, workspace: WorkspaceId | None) -> str:
        return self._hashed("tag", workspace, tag)

    def _hashed(self, *parts: Any) -> str:
        written = json.dumps(parts, ensure_ascii=True).encode()
        return f"{self._settings.prefix}:{hashlib.sha256(written).hexdigest()[:40]}"


class RedisCache(Cache):
    """A cache in the Redis at a URL. Its name is the mission's."""

    def __init__(self, settings: CacheSettings) -> None:
        if settings.url is None:
            raise InvalidInputError(
                "a Redis cache needs a URL", way_out="set REELWRIGHT_CACHE__URL"
            )
        super().__init__(settings)


class CacheService:
    """What is remembered, seen as a service: figures, health, forgetting. The mission's name."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def figures(self) -> dict[str, float]:
        """Hits, misses, and the share of hits (0 to 1)."""
        hits, misses = self.cache.hits, self.cache.misses
        return {"hits": hits, "misses": misses, "hit_rate": hits / max(1, hits + misses)}

    async def is_healthy(self) -> bool:
        """Whether something can be remembered right now."""
        token = uuid4().hex
        kept = timedelta(seconds=5)
        await self.cache.get_or_make(token, kept, _answering(token))
        return await self.cache.get_or_make(token, kept, _answering("")) == token

    async def forget(self, *tags: str, workspace: WorkspaceId | None = None) -> None:
        """Forget all answers with one of these tags."""
        await self.cache.forget(*tags, workspace=workspace)


class CacheIntegration:
    """Remembers what functions answer, by their arguments. Its name is the mission's."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def cached(
        self, name: str, ttl: timedelta, tags: Sequence[str] = ()
    ) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
        """Mark a function whose answer depends on its plain arguments alone.

        An argument named `workspace` says whose answer it is.
        """

        def mark(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
            @wraps(function)
            async def remembering(*args: P.args, **kwargs: P.kwargs) -> T:
                key = json.dumps([name, args, dict(sorted(kwargs.items()))])
                whose: Any = kwargs.get("workspace")
                return await self._cache.get_or_make(
                    key, ttl, lambda: function(*args, **kwargs), tags, workspace=whose
                )

            return remembering

        return mark


def _answering(text: str) -> Callable[[], Awaitable[str]]:
    async def answer() -> str:  # stands in for what asks elsewhere
        return text

    return answer
