"""Ready bases for the usual sorts of services: on the database, on an outside API, in the background."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from reelwright.ground.principals import Activity
from reelwright.ground.transactions import forbid_in_transaction
from reelwright.services.base import BaseService
from reelwright.services.blueprint import ServiceConfig
from reelwright.services.capabilities import (
    AsyncOperationMixin,
    ConfigurationMixin,
    DatabaseOperationMixin,
    Doors,
    MetricsMixin,
    ServiceInitializationMixin,
)
from reelwright.services.errors import CentralizedErrorHandler
from reelwright.services.house import House
from reelwright.services.validation import ValidationMixin


class DatabaseService(BaseService, DatabaseOperationMixin):
    """A service on the database; well when a transaction can be opened."""

    def __init__(self, database: Any = None, config: ServiceConfig | None = None) -> None:
        super().__init__(config)
        self.database: Doors | None = database

    async def _service_health_check(self) -> dict[str, Any]:
        async with self.doors.read(Activity.DISPATCH):
            return {"status": "healthy"}


class ExternalService(BaseService):
    """A service that calls somebody else through an injected `http_client`."""

    def __init__(self, http_client: Any = None, config: ServiceConfig | None = None) -> None:
        super().__init__(config)
        self.http_client = http_client

    async def call(self, method: str, *args: Any, seconds: float = 30, **kwargs: Any) -> Any:
        """Call a method of the client within a time, counted as `call_<method>`; never in a transaction."""
        forbid_in_transaction(f"a call of {self.name}")
        begun = asyncio.get_running_loop().time()
        error: str | None = "cancelled"
        try:
            async with asyncio.timeout(seconds):
                outcome = await getattr(self.http_client, method)(*args, **kwargs)
            error = None
        except Exception as raised:
            error = getattr(raised, "code", None) or type(raised).__name__
            raise
        finally:
            took = asyncio.get_running_loop().time() - begun
            self.metrics.record(f"call_{method}", took, error)
        return outcome


class AsyncService(BaseService, AsyncOperationMixin):
    """A service with work in the background, which ends with the service."""

    def __init__(self, config: ServiceConfig | None = None) -> None:
        super().__init__(config)
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin work in the background; its failure goes to the error handler."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancel what is under way, and wait for it to end."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            house = House.of(self)
            (house.errors if house else CentralizedErrorHandler()).handle(error)


class CommonServiceBase(
    BaseService,
    ServiceInitializationMixin,
    ValidationMixin,
    AsyncOperationMixin,
    ConfigurationMixin,
    MetricsMixin,
):
    """A service with everything that needs nothing injected; initialised when it starts."""

    async def start(self) -> None:
        """Initialise."""
        await self.initialize()
