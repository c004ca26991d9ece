"""Who needs whom, by declared names and by the constructors' types; and the order that follows."""

import inspect
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_type_hints

from reelwright.ground.errors import ReelwrightError
from reelwright.services.registry import MissingServiceError, ServiceRecipe, ServiceRegistry


class DependencyCycleError(ReelwrightError):
    """Services need each other in a circle."""

    code = "dependency_cycle"


def constructor_needs(
    recipe: ServiceRecipe, registry: ServiceRegistry, given: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Which service goes into which constructor argument not `given`: by type, then by its name.

    An argument with a default is left alone when nobody provides it. Raises MissingServiceError for
    one that is required.
    """
    if recipe.instance is not None:
        return {}
    needs: dict[str, str] = {}
    hints = _hints(recipe.service)
    for name, parameter in inspect.signature(recipe.service).parameters.items():
        if name in given or parameter.kind in {
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        }:
            continue
        found = [r for r in registry.providing(hints.get(name)) if r.name != recipe.name]
        if len(found) == 1:
            needs[name] = found[0].name
        elif name in registry and name != recipe.name:
            needs[name] = name
        elif parameter.default is parameter.empty:
            kind = getattr(hints.get(name), "__qualname__", None) or "no type"
            several = f"several do: {', '.join(r.name for r in found)}" if found else "nobody does"
            raise MissingServiceError(
                f"{recipe.name} needs {name!r} ({kind}) and {several}",
                way_out="register the service it needs, or give the argument a default",
            )
    return needs


def _hints(service: type) -> dict[str, Any]:
    try:
        return get_type_hints(service.__init__)
    except (NameError, TypeError, AttributeError):
        return {}  # annotations that cannot be read here: arguments are found by their names


def dependencies(
    registry: ServiceRegistry, declared: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, set[str]]:
    """What each service needs; `declared` adds names that services told after they were made."""
    graph: dict[str, set[str]] = {}
    for recipe in registry:
        named = {*recipe.dependencies, *(declared or {}).get(recipe.name, ())}
        for name in sorted(named):
            if name not in registry:
                raise MissingServiceError(
                    f"{recipe.name} depends on {name!r}, which is not registered",
                    way_out=f"register {name!r}, or take it out of the dependencies",
                )
        graph[recipe.name] = named | set(constructor_needs(recipe, registry).values())
    return graph


def in_order(graph: Mapping[str, set[str]]) -> list[str]:
    """All names, each after what it needs; equal every time. Raises DependencyCycleError."""
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise DependencyCycleError(
            f"services need each other in a circle: {circle}",
            way_out="let one of them take what it needs when it is called",
        ) from error
