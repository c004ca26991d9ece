"""Work that goes on to its end though whoever asked for it has gone away."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, Generic, TypeVar

_log = logging.getLogger(__name__)
W = TypeVar("W")

_GRACE_S = 5.0

Hear = Callable[[str], None]
"""Takes a piece of a text as it comes."""


class Hearing(Generic[W]):
    """Runs such work: what is paid for is kept and settled, whether or not its reader waits."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[W]] = set()

    async def whole(self, work: Coroutine[Any, Any, W]) -> W:
        """What the work answers."""
        return await asyncio.shield(self._begin(work))

    async def pieces(
        self, work: Callable[[Hear], Coroutine[Any, Any, W]]
    ) -> AsyncGenerator[str | W]:
        """The pieces it tells of as they come, and at last what it answers."""
        told: asyncio.Queue[str | None] = asyncio.Queue()
        task = self._begin(work(told.put_nowait))
        task.add_done_callback(lambda _: told.put_nowait(None))
        while (piece := await told.get()) is not None:
            yield piece
        yield await task

    async def settle(self) -> None:
        """Wait a moment for what still runs; what does not end by then is broken off."""
        if self._running:
            await asyncio.wait(list(self._running), timeout=_GRACE_S)
        for task in list(self._running):
            task.cancel()

    def _begin(self, work: Coroutine[Any, Any, W]) -> asyncio.Task[W]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._end)
        return task

    def _end(self, task: asyncio.Task[W]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.debug("nothing was written: %s", type(error).__name__)
