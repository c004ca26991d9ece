"""Finds services: those that plugins announce, those in a package, those defined already."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points

from reelwright.services.base import BaseService
from reelwright.services.blueprint import service_name
from reelwright.services.log import ServiceLogger

GROUP = "reelwright.services"
"""The entry-point group under which a plugin's distribution announces its services."""
_OURS = "reelwright.services."


@dataclass(frozen=True, slots=True)
class DiscoveredService:
    """A service that was found: its name, its class, and where it came from."""

    name: str
    service: type
    source: str


def discover(package: str | None = None) -> list[DiscoveredService]:
    """Services in a package and its modules, or else everything plugins announce or modules define.

    A plugin that cannot be imported is logged and left out.
    """
    found = _in_package(package) if package else [*_announced(), *_defined()]
    by_name: dict[str, DiscoveredService] = {}
    for service in found:
        by_name.setdefault(service.name, service)
    return list(by_name.values())


def _announced() -> Iterator[DiscoveredService]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            service = point.load()
        except Exception as error:  # noqa: BLE001 - a stranger's plugin may fail in any way
            ServiceLogger("discovery").warning("left out", plugin=point.value, error=repr(error))
            continue
        if isinstance(service, type):
            yield DiscoveredService(point.name, service, point.value)


def _defined() -> Iterator[DiscoveredService]:
    waiting: list[type] = [BaseService]
    while waiting:
        service = waiting.pop(0)
        waiting.extend(service.__subclasses__())
        if _is_service(service) and "<locals>" not in service.__qualname__:
            yield _told(service)


def _in_package(package: str) -> Iterator[DiscoveredService]:
    root = importlib.import_module(package)
    inner = pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}.")
    for name in [package, *(module.name for module in inner)]:
        for _, service in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            here = service.__module__ == name and issubclass(service, BaseService)
            if here and _is_service(service):
                yield _told(service)


def _is_service(service: type) -> bool:
    return not service.__module__.startswith(_OURS) and not inspect.isabstract(service)


def _told(service: type) -> DiscoveredService:
    return DiscoveredService(service_name(service), service, service.__module__)
