"""The parts of the Services System, put together once."""

from collections.abc import Mapping
from typing import Any

from reelwright.services.container import ServiceContainer
from reelwright.services.errors import CentralizedErrorHandler
from reelwright.services.health import HEALTHY, NOT_STARTED, ServiceHealthMonitor
from reelwright.services.lifecycle import ServiceManager
from reelwright.services.metrics import ServiceMetrics
from reelwright.services.registry import ServiceRegistry

_ATTRIBUTE = "_service_house"


class House:
    """Registry, container, lifecycle, health and error handling of one set of services."""

    def __init__(self, errors: CentralizedErrorHandler | None = None) -> None:
        self.registry = ServiceRegistry()
        self.container = ServiceContainer(self.registry, self._welcome)
        self.factory = self.container.factory
        self.manager = ServiceManager(self.container)
        self.monitor = ServiceHealthMonitor(self.registry, self.container)
        self.errors = errors or CentralizedErrorHandler()

    @staticmethod
    def of(service: object) -> "House | None":
        """The house a service was made in; None when it was made by hand."""
        return getattr(service, "__dict__", {}).get(_ATTRIBUTE)

    def _welcome(self, service: object) -> None:
        if hasattr(service, "__dict__"):
            service.__dict__[_ATTRIBUTE] = self

    async def start(self) -> list[str]:
        """Start all services, ask each how it is, and keep asking."""
        started = await self.manager.start()
        try:
            await self.monitor.check_all()
        except BaseException:
            await self.manager.stop()
            raise
        self.monitor.start()
        return started

    async def stop(self) -> list[str]:
        """Stop asking, then stop all services in reverse."""
        await self.monitor.stop()
        return await self.manager.stop()

    def metrics(self, name: str) -> dict[str, Any]:
        """A service's figures; of zero calls while it was not made."""
        made = self.container.made().get(self.registry.find(name).name)
        return (ServiceMetrics() if made is None else ServiceMetrics.of(made)).snapshot()

    def summary(self) -> dict[str, Any]:
        """How many services there are and how they were when last asked; figures of each."""
        names = sorted(recipe.name for recipe in self.registry)
        reports: Mapping[str, Mapping[str, Any]] = self.monitor.reports
        status = {name: reports.get(name, {}).get("status", NOT_STARTED) for name in names}
        healthy = sum(word == HEALTHY for word in status.values())
        unknown = sum(word == NOT_STARTED for word in status.values())
        return {
            "total_services": len(names),
            "healthy_services": healthy,
            "unhealthy_services": len(names) - healthy - unknown,
            "running_services": len(self.manager.running),
            "services": status,
            "groups": {name: list(members) for name, members in self.registry.groups.items()},
            "errors": sum(self.errors.counts().values()),
            "metrics": {name: self.metrics(name) for name in names},
        }
