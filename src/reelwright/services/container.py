"""Keeps the one instance of each service, and makes what it needs before it."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, overload

from reelwright.services.factory import ServiceFactory
from reelwright.services.order import DependencyCycleError, dependencies, in_order
from reelwright.services.registry import ServiceRegistry

S = TypeVar("S")


class ServiceContainer:
    """Instances by name, each made when first asked for; safe to ask from several threads."""

    def __init__(
        self, registry: ServiceRegistry, welcome: Callable[[object], None] = lambda _: None
    ) -> None:
        self._registry = registry
        self._welcome = welcome
        self._made: dict[str, object] = {}
        self._making: list[str] = []
        self._lock = threading.RLock()
        self.factory = ServiceFactory(registry, self.get)

    @overload
    def get(self, key: type[S]) -> S: ...
    @overload
    def get(self, key: str) -> Any: ...
    def get(self, key: str | type) -> Any:
        """The service of a name or class; raises MissingServiceError, DependencyCycleError."""
        recipe = self._registry.find(key)
        name = recipe.name
        if name in self._made:
            return self._made[name]
        with self._lock:
            if name in self._made:
                return self._made[name]
            if name in self._making:
                circle = " -> ".join([*self._making[self._making.index(name) :], name])
                raise DependencyCycleError(f"services need each other in a circle: {circle}")
            self._making.append(name)
            try:
                for needed in recipe.dependencies:
                    self.get(needed)
                made = self.factory.make(recipe)
            finally:
                self._making.pop()
            self._welcome(made)
            self._made[name] = made
            return made

    def made(self) -> dict[str, object]:
        """The instances there are already, by name."""
        return dict(self._made)

    def make_all(self) -> list[str]:
        """Make every registered service; their names, each after what it needs."""
        for name in in_order(dependencies(self._registry)):
            self.get(name)
        told = {
            name: tuple(getattr(getattr(made, "config", None), "dependencies", ()))
            for name, made in self._made.items()
        }
        return in_order(dependencies(self._registry, told))

    def forget(self, name: str) -> None:
        """Let an instance go; the next who asks gets a new one."""
        with self._lock:
            self._made.pop(name, None)
