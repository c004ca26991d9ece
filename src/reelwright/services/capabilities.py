"""What the promised mixins give: each a thin door to a part that also stands alone."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from reelwright.config import get_config_value
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError
from reelwright.ground.principals import Who
from reelwright.services.metrics import ServiceMetrics

T = TypeVar("T")


class Doors(Protocol):
    """Whatever opens transactions; the house's Database does."""

    def transaction(self, who: Who) -> AbstractAsyncContextManager[Any]:
        """A transaction that commits when its block ends well."""
        ...

    def read(self, who: Who) -> AbstractAsyncContextManager[Any]:
        """A read-only transaction."""
        ...


class ServiceInitializationMixin:
    """Initialises once, however many ask at once: override `_initialize`, await `initialize`."""

    _initializing: "asyncio.Lock | None" = None
    initialized: bool = False

    async def initialize(self) -> None:
        """Initialise unless that was done; after a failure the next call tries again."""
        if self._initializing is None:
            self._initializing = asyncio.Lock()
        async with self._initializing:
            if not self.initialized:
                await self._initialize()
                self.initialized = True

    async def _initialize(self) -> None:
        """What has to be done once."""


class DatabaseOperationMixin:
    """Runs work in transactions of the injected `database`."""

    database: "Doors | None" = None

    @property
    def doors(self) -> Doors:
        """The database; raises EnvironmentFailedError when none was injected."""
        if self.database is None:
            raise EnvironmentFailedError(
                f"{type(self).__name__} has no database", way_out="hand one to its constructor"
            )
        return self.database

    async def in_transaction(self, who: Who, work: Callable[[Any], Awaitable[T]]) -> T:
        """The outcome of `work(tx)`, committed."""
        async with self.doors.transaction(who) as tx:
            return await work(tx)

    async def in_read(self, who: Who, work: Callable[[Any], Awaitable[T]]) -> T:
        """The outcome of `work(tx)` in a read-only transaction."""
        async with self.doors.read(who) as tx:
            return await work(tx)


class AsyncOperationMixin:
    """Work side by side: within a time, a few at once, or off the event loop."""

    async def run_with_timeout(self, work: Awaitable[T], seconds: float) -> T:
        """The outcome of the work; raises TimeoutError, after cancelling it, when it takes longer."""
        async with asyncio.timeout(seconds):
            return await work

    async def run_together(
        self, work: Iterable[Callable[[], Coroutine[Any, Any, T]]], at_once: int = 8
    ) -> list[T]:
        """Outcomes in order, at most `at_once` under way; the first failure cancels the others."""
        if at_once < 1:
            raise InvalidInputError("at least one must be under way")
        gate = asyncio.Semaphore(at_once)

        async def one(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
            async with gate:
                return await make()

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(make)) for make in work]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from failures
        return [task.result() for task in tasks]

    async def run_blocking(self, function: Callable[..., T], *args: Any) -> T:
        """The outcome of a function that blocks, run in a thread."""
        return await asyncio.to_thread(function, *args)


class ConfigurationMixin:
    """Reads the effective settings."""

    def get_config(self, path: str, default: Any = None) -> Any:
        """The value at a dotted path; see `reelwright.config.get_config_value`."""
        return get_config_value(path, default)


class MetricsMixin:
    """Records figures by hand, where `@service_method` does not fit."""

    metrics_enabled: bool = True

    def record_metric(self, operation: str, outcome: str, seconds: float) -> None:
        """One operation ended after `seconds`; any outcome but "success" counts as an error of that name."""
        if self.metrics_enabled:
            error = None if outcome == "success" else outcome
            ServiceMetrics.of(self).record(operation, seconds, error)

    def get_metrics(self) -> dict[str, Any]:
        """The figures so far."""
        return ServiceMetrics.of(self).snapshot()
