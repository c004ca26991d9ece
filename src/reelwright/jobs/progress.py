"""Progress of work, for whoever wants to watch in this process.

The state stands beside the fraction, so a failed operation keeps how far it came.
"""

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from reelwright.ground.clock import Clock

KEPT = timedelta(seconds=60)
LONGEST_HISTORY = 200


class ProgressState(StrEnum):
    """Whether an operation still goes on."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ProgressUpdate:
    """How far an operation has come: `fraction` is 0 to 1."""

    operation_id: str
    fraction: float
    message: str
    state: ProgressState
    at: datetime
    data: Any = None

    def as_json(self) -> dict[str, Any]:
        """As it is written down and sent."""
        return {
            "fraction": round(self.fraction, 4),
            "message": self.message,
            "state": self.state.value,
            "at": self.at.isoformat(),
            "data": self.data,
        }


Listener = Callable[[ProgressUpdate], None]


@dataclass(slots=True)
class _Operation:
    history: deque[ProgressUpdate] = field(default_factory=lambda: deque(maxlen=LONGEST_HISTORY))
    listeners: list[Listener] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    pins: int = 0  # held by who is about to add to it: not to be forgotten in between


class ProgressTracker:
    """Keeps the latest updates of each operation and tells its listeners; safe for threads.

    An operation that has ended is forgotten 60 s later, or when 10,000 others are known.
    """

    def __init__(self, clock: Clock, *, at_most: int = 10_000) -> None:
        self._clock = clock
        self._at_most = at_most
        self._lock = threading.Lock()
        self._operations: dict[str, _Operation] = {}
        self._swept = clock.now()

    def update(
        self, operation_id: str, fraction: float, message: str = "", data: Any = None
    ) -> None:
        """Tell how far an operation has come; an update after its end begins it anew."""
        self._tell(operation_id, fraction, message, data, ProgressState.RUNNING)

    def complete(self, operation_id: str, message: str = "Complete", data: Any = None) -> None:
        """The operation has ended well."""
        self._tell(operation_id, 1.0, message, data, ProgressState.COMPLETED)

    def error(self, operation_id: str, error: Exception | str) -> None:
        """The operation has failed; it keeps how far it came."""
        last = self.get_progress(operation_id)
        fraction = last.fraction if last else 0.0
        self._tell(operation_id, fraction, str(error), None, ProgressState.FAILED)

    def get_progress(self, operation_id: str) -> ProgressUpdate | None:
        """The latest update; None when nothing is known, or no longer."""
        self._sweep()
        operation = self._operations.get(operation_id)
        if operation is None:
            return None
        with operation.lock:
            return operation.history[-1] if operation.history else None

    def subscribe(self, operation_id: str, listener: Listener) -> Callable[[], None]:
        """Hear all kept updates at once and each new one as it comes; call the answer to stop.

        Each listener hears every update once and in order, called in the thread that tells it; it
        must be quick. A listener that raises is not called again.
        """
        with self._held(operation_id) as operation, operation.lock:
            for update in operation.history:
                listener(update)
            operation.listeners.append(listener)

        def unsubscribe() -> None:
            with operation.lock:
                if listener in operation.listeners:
                    operation.listeners.remove(listener)
            self._sweep()

        return unsubscribe

    def bound(self, operation_id: str) -> "BoundProgress":
        """A tracker of this one operation."""
        return BoundProgress(self, operation_id)

    def _tell(
        self, operation_id: str, fraction: float, message: str, data: Any, state: ProgressState
    ) -> None:
        fraction = min(max(fraction, 0.0), 1.0) if math.isfinite(fraction) else 0.0
        update = ProgressUpdate(operation_id, fraction, message, state, self._clock.now(), data)
        with self._held(operation_id) as operation, operation.lock:
            operation.history.append(update)
            for listener in tuple(operation.listeners):
                try:
                    listener(update)
                except Exception:  # noqa: BLE001  # whoever watches must not stop what is watched
                    operation.listeners.remove(listener)
        self._sweep()

    @contextmanager
    def _held(self, operation_id: str) -> Iterator[_Operation]:
        with self._lock:
            operation = self._operations.setdefault(operation_id, _Operation())
            operation.pins += 1
        try:
            yield operation
        finally:
            with self._lock:
                operation.pins -= 1

    def _sweep(self) -> None:
        """Forget what ended a minute ago; looks at most once a second unless there is too much."""
        now = self._clock.now()
        with self._lock:
            crowded = len(self._operations) > self._at_most
            if now - self._swept < timedelta(seconds=1) and not crowded:
                return
            self._swept = now
            for key, operation in list(self._operations.items()):
                if operation.listeners or operation.pins:
                    continue
                last = operation.history[-1] if operation.history else None
                ended = last is None or last.state is not ProgressState.RUNNING
                aged = last is None or now - last.at >= KEPT
                if (ended and aged) or (crowded and len(self._operations) > self._at_most):
                    del self._operations[key]


@dataclass(frozen=True, slots=True)
class BoundProgress:
    """The progress of one operation."""

    tracker: ProgressTracker
    operation_id: str

    def update(self, fraction: float, message: str = "", data: Any = None) -> None:
        """Tell how far it has come."""
        self.tracker.update(self.operation_id, fraction, message, data)
