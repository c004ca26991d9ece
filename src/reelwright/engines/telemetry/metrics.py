"""Figures for Prometheus, in a registry of our own: two containers in one process do not collide."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_JOB_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600)


class Metrics:
    """The figures the house counts. Labels are names of ours, never ids, users or paths as sent."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.jobs = Counter(
            "reelwright_jobs",
            "Jobs that ended, by kind and state.",
            ["kind", "state"],
            registry=self.registry,
        )
        self.job_seconds = Histogram(
            "reelwright_job_seconds",
            "How long jobs ran.",
            ["kind"],
            buckets=_JOB_SECONDS,
            registry=self.registry,
        )
        self.requests = Histogram(
            "reelwright_http_request_seconds",
            "How long requests took, by route.",
            ["method", "route", "status"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.outgoing = Counter(
            "reelwright_outgoing_requests",
            "Requests sent to others, by outcome.",
            ["host", "outcome"],
            registry=self.registry,
        )
        self.events_delivered = Counter(
            "reelwright_events_delivered",
            "Events handed to this process's readers.",
            registry=self.registry,
        )

        self._reads: list[Callable[[], Awaitable[None]]] = []

    def before(self, read: Callable[[], Awaitable[None]]) -> None:
        """Have something awaited each time before the page is made: for figures that must be asked for."""
        self._reads.append(read)

    async def refresh(self, within_s: float = 2) -> None:
        """Await all that; what fails or takes long leaves its figures out, or as they were."""
        for read in self._reads:
            with suppress(Exception):
                async with asyncio.timeout(within_s):
                    await read()

    def gauge(self, name: str, about: str, read: Callable[[], float]) -> None:
        """A figure that is read when the page is asked for: a queue's depth, an event's lag.

        `read` must answer at once; names begin with `reelwright_`.
        """
        Gauge(name, about, registry=self.registry).set_function(read)

    def job_ended(self, kind: str, state: str, seconds: float | None = None) -> None:
        """Count a job."""
        self.jobs.labels(kind, state).inc()
        if seconds is not None:
            self.job_seconds.labels(kind).observe(seconds)

    @contextmanager
    def timed(self, histogram: Histogram, *labels: str) -> Iterator[None]:
        """Time a block."""
        began = perf_counter()
        try:
            yield
        finally:
            histogram.labels(*labels).observe(perf_counter() - began)

    def render(self) -> bytes:
        """The page for Prometheus."""
        return generate_latest(self.registry)
