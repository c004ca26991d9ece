"""A convenience for services: a name, a log, figures and a health check, ready made."""

import asyncio
import time
from typing import Any

from reelwright.services.blueprint import ServiceConfig, service_name
from reelwright.services.calling import call
from reelwright.services.log import ServiceLogger
from reelwright.services.metrics import ServiceMetrics
from reelwright.services.redaction import redact


class BaseService:
    """A service with the usual parts. A plain class with a typed constructor is as good a service.

    Override `start`, `stop` and `_service_health_check` as needed.
    """

    config: ServiceConfig

    def __init__(self, config: ServiceConfig | None = None) -> None:
        self.config = config or ServiceConfig(service_name(type(self)))
        self.logger = ServiceLogger(self.config.name)
        ServiceMetrics.of(self).enabled = self.config.metrics_enabled

    @property
    def name(self) -> str:
        """The name it goes by."""
        return self.config.name

    @property
    def metrics(self) -> ServiceMetrics:
        """Its figures, by method."""
        return ServiceMetrics.of(self)

    async def start(self) -> None:
        """Open what it needs; called once its dependencies have started."""

    async def stop(self) -> None:
        """Close what it opened; called before its dependencies stop."""

    async def health_check(self) -> dict[str, Any]:
        """How it is: `status`, and whatever its own check tells. Raises nothing but cancellation."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self.config.health_check_timeout):
                report = {"status": "healthy", **(await call(self._service_health_check) or {})}
        except TimeoutError:
            report = {"status": "unhealthy", "error": "its check took too long"}
        except Exception as error:  # noqa: BLE001 - whatever a check raises says that it is not well
            report = {"status": "unhealthy", "error": redact(f"{type(error).__name__}: {error}")}
        return {
            **report,
            "service": self.name,
            "version": self.config.version,
            "latency_ms": round(1000 * (time.perf_counter() - started), 3),
        }

    async def _service_health_check(self) -> dict[str, Any]:
        return {"status": "healthy"}
