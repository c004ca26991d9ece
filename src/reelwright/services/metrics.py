"""Figures of a service and of each of its methods: how often, how well, how fast."""

import math
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

WINDOW = 1000
"""Percentiles are those of a method's last so many calls; counts and averages are of all."""
_ATTRIBUTE = "_service_metrics"


class MethodMetrics:
    """Figures of one method; safe to record from several threads."""

    __slots__ = ("_lock", "_recent", "errors", "longest", "seconds", "successes")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self.successes = 0
        self.errors: dict[str, int] = {}
        self.seconds = 0.0
        self.longest = 0.0

    def record(self, seconds: float, error: str | None = None) -> None:
        """One call ended; `error` is the code of what it failed with."""
        with self._lock:
            if error is None:
                self.successes += 1
            else:
                self.errors[error] = self.errors.get(error, 0) + 1
            self._recent.append(seconds)
            self.seconds += seconds
            self.longest = max(self.longest, seconds)

    def raw(self) -> tuple[int, dict[str, int], float, float, list[float]]:
        """Successes, errors by code, seconds in all, longest, and the recent calls' seconds."""
        with self._lock:
            return self.successes, dict(self.errors), self.seconds, self.longest, [*self._recent]


def percentile(ordered: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the sorted values do not exceed; 0 without values."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


class ServiceMetrics:
    """Figures of one service, by method."""

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._methods: dict[str, MethodMetrics] = {}

    @classmethod
    def of(cls, service: object) -> "ServiceMetrics":
        """The figures a service carries; begun when first asked for."""
        try:
            return service.__dict__[_ATTRIBUTE]
        except KeyError:
            return service.__dict__.setdefault(_ATTRIBUTE, cls())
        except AttributeError:
            return cls(enabled=False)  # a class with slots has no place to carry figures

    def method(self, name: str) -> MethodMetrics:
        """The figures of one method."""
        try:
            return self._methods[name]
        except KeyError:
            return self._methods.setdefault(name, MethodMetrics())

    def record(self, method: str, seconds: float, error: str | None = None) -> None:
        """One call of `method` ended after `seconds`; `error` is the code of what it failed with."""
        if self.enabled:
            self.method(method).record(seconds, error)

    def snapshot(self) -> dict[str, Any]:
        """Figures of all methods together, and under `methods` of each; times in milliseconds."""
        raw = {name: method.raw() for name, method in sorted(self._methods.items())}
        errors: dict[str, int] = {}
        for _, codes, *_rest in raw.values():
            for code, count in codes.items():
                errors[code] = errors.get(code, 0) + count
        whole = _figures(
            sum(r[0] for r in raw.values()),
            errors,
            sum(r[2] for r in raw.values()),
            max((r[3] for r in raw.values()), default=0.0),
            [seconds for r in raw.values() for seconds in r[4]],
        )
        return {**whole, "methods": {name: _figures(*figures) for name, figures in raw.items()}}


def _figures(
    successes: int, errors: Mapping[str, int], seconds: float, longest: float, recent: list[float]
) -> dict[str, Any]:
    failed = sum(errors.values())
    calls = successes + failed
    recent.sort()
    return {
        "calls": calls,
        "successes": successes,
        "failures": failed,
        "errors": dict(errors),
        "success_rate": round(100 * successes / calls, 3) if calls else 100.0,
        "error_rate": round(100 * failed / calls, 3) if calls else 0.0,
        "avg_response_time": round(1000 * seconds / calls, 4) if calls else 0.0,
        "p50": round(1000 * percentile(recent, 0.50), 4),
        "p95": round(1000 * percentile(recent, 0.95), 4),
        "p99": round(1000 * percentile(recent, 0.99), 4),
        "max": round(1000 * longest, 4),
    }
