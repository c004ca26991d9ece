"""What a service says about itself: name, version, dependencies, how often it wants to be looked at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reelwright.ground.errors import InvalidInputError

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def service_name(service: type) -> str:
    """The name a class goes by unless it is given one: `ExternalAPIService`: external_api_service."""
    words = _WORD.findall(service.__name__)
    return "_".join(word.lower() for word in words)


@dataclass(frozen=True, slots=True)
class ServiceConfig:
    """A service's own description; times in seconds."""

    name: str
    version: str = "1.0.0"
    description: str = ""
    dependencies: Iterable[str] = ()
    health_check_interval: float = 30
    health_check_timeout: float = 5
    start_timeout: float = 60
    stop_timeout: float = 10
    metrics_enabled: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidInputError("a service needs a name")
        for what in (
            "health_check_interval",
            "health_check_timeout",
            "start_timeout",
            "stop_timeout",
        ):
            if getattr(self, what) <= 0:
                raise InvalidInputError(f"{what} of {self.name} must be more than 0 seconds")
        if isinstance(self.dependencies, str):
            raise InvalidInputError(f"dependencies of {self.name} are a list of names")
        object.__setattr__(self, "dependencies", tuple(self.dependencies))


def blueprint_of(service: object, name: str) -> ServiceConfig:
    """A service's description; the usual one for a class that brings none."""
    found = getattr(service, "config", None)
    return found if isinstance(found, ServiceConfig) else ServiceConfig(name)
