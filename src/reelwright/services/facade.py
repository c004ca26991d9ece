"""The functions and objects that scripts and plugins use; they act on the house in the slot.

A service locator, and therefore not for the product's own code: that takes what it needs in its
constructors.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast, overload

from reelwright.services import slot
from reelwright.services.container import ServiceContainer
from reelwright.services.discovery import DiscoveredService, discover
from reelwright.services.factory import ServiceFactory
from reelwright.services.health import ServiceHealthMonitor
from reelwright.services.lifecycle import ServiceManager
from reelwright.services.registry import ServiceRegistry

S = TypeVar("S")

service_registry = cast("ServiceRegistry", slot.Current("registry"))
service_factory = cast("ServiceFactory", slot.Current("factory"))
service_manager = cast("ServiceManager", slot.Current("manager"))
service_container = cast("ServiceContainer", slot.Current("container"))
service_health_monitor = cast("ServiceHealthMonitor", slot.Current("monitor"))
auth_service: Any = slot.Named("auth_service")
"""The house's AuthService."""


def register_singleton(
    service: Any,
    name: str | None = None,
    dependencies: Iterable[str] = (),
    *,
    replace: bool = False,
) -> None:
    """Register a class, of which one instance is made when first needed, or an instance."""
    house = slot.current()
    recipe = house.registry.register(service, name, dependencies, replace=replace)
    made = house.container.made().get(recipe.name)
    if replace and made is not None and type(made) is not recipe.service:
        house.container.forget(recipe.name)


@overload
def get_service(key: type[S]) -> S: ...
@overload
def get_service(key: str) -> Any: ...
def get_service(key: str | type) -> Any:
    """The service of a name or class; raises MissingServiceError."""
    return slot.current().container.get(key)


async def startup_all_services() -> list[str]:
    """Start all in the order of their needs; names in that order."""
    return await slot.current().start()


async def shutdown_all_services() -> list[str]:
    """Stop all in reverse; names in that order."""
    return await slot.current().stop()


async def health_check_all_services() -> dict[str, dict[str, Any]]:
    """How each service is, asked now; `status` of each is healthy, unhealthy or not_started."""
    return await slot.current().monitor.check_all()


def get_service_summary() -> dict[str, Any]:
    """Totals, and each service's status and figures."""
    return slot.current().summary()


def get_service_metrics(name: str) -> dict[str, Any]:
    """A service's figures: rates in per cent, times in milliseconds, `methods` of each method."""
    return slot.current().metrics(name)


def discover_services(package: str | None = None) -> list[DiscoveredService]:
    """Services of a package, or of all plugins and loaded modules; nothing is registered."""
    return discover(package)


def register_discovered_services(found: Iterable[DiscoveredService]) -> list[str]:
    """Register what was found; the names that are new. A name that is taken stays as it is."""
    registry = slot.current().registry
    new = [service for service in found if service.name not in registry]
    for service in new:
        registry.register(service.service, service.name)
    return [service.name for service in new]


def register_service_group(name: str, members: Sequence[str]) -> None:
    """Name a group of services; they may be registered later."""
    slot.current().registry.group(name, members)


def get_services_by_group(name: str) -> list[Any]:
    """The services of a group, in its order; raises MissingServiceError."""
    house = slot.current()
    return [house.container.get(member) for member in house.registry.members(name)]
