"""Takes the services of the wired container into the house: names, needs, figures, health."""

from collections.abc import Callable, Collection, Iterator
from enum import Enum
from typing import Any

from dishka import AsyncContainer, DependencyKey, Scope

from reelwright.services.blueprint import service_name
from reelwright.services.house import House
from reelwright.services.marks import MEASURED, service_method


def _ours(service: type) -> bool:
    """Our own classes that do something; settings, values and collections are looked through."""
    value = hasattr(service, "model_fields") or issubclass(service, (str, int, Enum, Collection))
    frozen = getattr(getattr(service, "__dataclass_params__", None), "frozen", False)
    return service.__module__.startswith("reelwright.") and not value and not frozen


async def adopt(
    container: AsyncContainer,
    house: House,
    only: Callable[[type], bool] = _ours,
    *,
    measured: bool = True,
) -> list[str]:
    """Register every APP-scoped service of the container under its name; all of them are made.

    Needs come from the container's own graph, also through what is no service itself. What is
    provided as several types is one service, under the first one's name. With `measured`, public
    async methods are counted and timed on these instances; classes stay as they are. Returns the
    names.
    """
    factories = container.registry.factories if container.scope is Scope.APP else {}
    kinds = [key for key in factories if isinstance(key.type_hint, type) and only(key.type_hint)]
    made: dict[DependencyKey, Any] = {}
    names: dict[DependencyKey, str] = {}
    for key in kinds:
        made[key] = await container.get(key.type_hint, key.component)
        same = next((k for k in names if made[k] is made[key]), None)
        names[key] = names[same] if same else _free_name(key.type_hint, {*names.values()})
    for name in dict.fromkeys(names.values()):
        keys = [key for key in names if names[key] == name]
        needs = {names[need] for key in keys for need in _reached(key, factories, names)} - {name}
        if measured:
            measure(made[keys[0]])
        house.registry.register(made[keys[0]], name, sorted(needs))
    return sorted(set(names.values()))


def _free_name(kind: type, taken: set[str]) -> str:
    name = service_name(kind)
    if name in taken:  # two classes of one name: the package tells them apart
        name = f"{kind.__module__.removeprefix('reelwright.').replace('.', '_')}_{name}"
    return name


def _reached(key: DependencyKey, factories: Any, services: Any) -> Iterator[DependencyKey]:
    """The services a factory needs, looking through everything that is none."""
    seen: set[DependencyKey] = set()
    waiting = [key]
    while waiting:
        factory = factories.get(waiting.pop())
        if factory is None:
            continue
        for need in (*factory.dependencies, *factory.kw_dependencies.values()):
            if need in seen:
                continue
            seen.add(need)
            if need in services:
                yield need
            else:
                waiting.append(need)


def measure(service: object) -> None:
    """Count and time the public async methods of one instance."""
    if not hasattr(service, "__dict__"):
        return
    for name in dir(type(service)):
        method = getattr(type(service), name, None)
        plain = name.startswith("_") or name in {"start", "stop", "health_check", "ping"}
        if plain or hasattr(method, MEASURED) or not _is_async(method):
            continue
        service.__dict__[name] = service_method(method).__get__(service)


def _is_async(method: Any) -> bool:
    return bool(getattr(getattr(method, "__code__", None), "co_flags", 0) & 0x80)
