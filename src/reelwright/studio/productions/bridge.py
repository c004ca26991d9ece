"""The bridge from a thread that directs a film to the event loop its database work runs on."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from reelwright.ground.errors import ConflictError

T = TypeVar("T")


class ProductionEndedError(ConflictError):
    """The production was cancelled, or handed to another process, while it was worked on."""

    code = "production_ended"


class Bridge:
    """Lets one thread wait for work on a loop, until the loop closes the bridge behind it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._closed = False
        self._now: Future[Any] | None = None

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Have it done on the loop; raises ProductionEndedError once the bridge is closed."""
        with self._lock:
            if self._closed:
                work.close()
                raise ProductionEndedError("the film is made elsewhere now")
            self._now = waiting = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return waiting.result()
        except CancelledError:
            raise ProductionEndedError("the film is made elsewhere now") from None

    def close(self) -> None:
        """End what the thread waits for; it gets no further."""
        with self._lock:
            self._closed = True
            if self._now is not None:
                self._now.cancel()
