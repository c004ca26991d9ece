"""What services there are: recipes and groups, as data; nothing is made here."""

import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.services.blueprint import service_name


class MissingServiceError(MissingError):
    """Nobody registered such a service."""

    code = "missing_service"


@dataclass(frozen=True, slots=True)
class ServiceRecipe:
    """How a service is made: its class, or the instance that stands already; and what it needs."""

    name: str
    service: type
    dependencies: tuple[str, ...] = ()
    instance: object | None = None


class ServiceRegistry:
    """Recipes by name, and named groups of them. Registration order does not matter."""

    def __init__(self) -> None:
        self._recipes: dict[str, ServiceRecipe] = {}
        self._groups: dict[str, tuple[str, ...]] = {}

    def register(
        self,
        service: object,
        name: str | None = None,
        dependencies: Iterable[str] = (),
        *,
        replace: bool = False,
    ) -> ServiceRecipe:
        """Note a class (made when first needed) or an instance; registering it again changes nothing.

        Raises ConflictError when the name belongs to another class and `replace` is not set.
        """
        if isinstance(dependencies, str):
            raise InvalidInputError("dependencies are a list of names")
        made = None if isinstance(service, type) else service
        kind = service if isinstance(service, type) else type(service)
        own = getattr(made, "name", None)
        name = name or (own if isinstance(own, str) and own else service_name(kind))
        recipe = ServiceRecipe(name, kind, tuple(dependencies), made)
        there = self._recipes.get(name)
        if there is not None and not replace:
            if there.service is not kind or (made is not None and there.instance is not made):
                raise ConflictError(
                    f"the name {name!r} belongs to {there.service.__qualname__}",
                    way_out="choose another name, or register with replace=True",
                )
            if set(recipe.dependencies) <= set(there.dependencies):
                return there
        self._recipes[name] = recipe
        return recipe

    def forget(self, name: str) -> None:
        """Take a recipe out."""
        self._recipes.pop(name, None)

    def find(self, key: str | type) -> ServiceRecipe:
        """The recipe of a name or a class (or of the one class below it)."""
        if isinstance(key, str):
            found = [self._recipes[key]] if key in self._recipes else []
        else:
            found = self.providing(key)
        asked = key if isinstance(key, str) else key.__qualname__
        if not found:
            raise MissingServiceError(
                f"there is no service {asked!r}",
                way_out=f"register it; registered are: {', '.join(self._recipes) or 'none'}",
            )
        if len(found) > 1:
            raise ConflictError(
                f"{asked} is what several services are: {', '.join(r.name for r in found)}",
                way_out="ask by name",
            )
        return found[0]

    def providing(self, kind: Any) -> list[ServiceRecipe]:
        """The recipes whose service is a `kind`; those of exactly that class before all others."""
        exact = [r for r in self if r.service is kind]
        if exact:
            return exact
        for part in typing.get_args(kind):
            if (
                isinstance(part, type)
                and part is not type(None)
                and (found := self.providing(part))
            ):
                return found
        if not isinstance(kind, type) or kind is object:
            return []
        try:
            return [r for r in self if issubclass(r.service, kind)]
        except TypeError:
            return []  # a protocol that cannot be checked at run time

    def group(self, name: str, members: Iterable[str]) -> None:
        """Name a group; members may be registered later."""
        if isinstance(members, str):
            raise InvalidInputError("a group is a list of names")
        self._groups[name] = tuple(dict.fromkeys(members))

    def members(self, group: str) -> tuple[str, ...]:
        """The names in a group; raises MissingServiceError when there is no such group."""
        if group not in self._groups:
            raise MissingServiceError(
                f"there is no group {group!r}",
                way_out=f"groups: {', '.join(self._groups) or 'none'}",
            )
        return self._groups[group]

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """All groups."""
        return dict(self._groups)

    def __contains__(self, name: object) -> bool:
        return name in self._recipes

    def __iter__(self) -> Iterator[ServiceRecipe]:
        return iter(tuple(self._recipes.values()))

    def __len__(self) -> int:
        return len(self._recipes)
