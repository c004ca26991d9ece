"""Makes one service out of its recipe, with what its constructor asks for."""

from collections.abc import Callable
from typing import Any

from reelwright.services.order import constructor_needs
from reelwright.services.registry import ServiceRecipe, ServiceRegistry


class ServiceFactory:
    """Makes services; keeps none (the container does)."""

    def __init__(self, registry: ServiceRegistry, get: Callable[[str], object]) -> None:
        self._registry = registry
        self._get = get

    def create(self, service: str | type, **given: Any) -> Any:
        """A new instance; arguments `given` by name go before what the registry provides."""
        if isinstance(service, type) and not self._registry.providing(service):
            recipe = ServiceRecipe("", service)
        else:
            recipe = self._registry.find(service)
        return self.make(recipe, **given)

    def make(self, recipe: ServiceRecipe, **given: Any) -> Any:
        """A new instance of a recipe; the standing one where the recipe brings it."""
        if recipe.instance is not None:
            return recipe.instance
        needs = constructor_needs(recipe, self._registry, frozenset(given))
        return recipe.service(**{name: self._get(need) for name, need in needs.items()}, **given)
