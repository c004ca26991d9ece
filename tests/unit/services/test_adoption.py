"""The wired container's services appear in the house, with their needs and figures."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Protocol

import pytest
from dishka import AnyOf, Provider, Scope, make_async_container

from reelwright.services import discovery
from reelwright.services.adoption import adopt
from reelwright.services.discovery import discover
from reelwright.services.house import House
from support import plugin

pytestmark = pytest.mark.anyio


class Film:
    pass


class Lamp:
    def __init__(self, film: Film) -> None:
        self.film = film

    async def start(self) -> None:
        DIARY.append("lamp")


class Wire:
    def __init__(self, lamp: Lamp) -> None:
        self.lamp = lamp


class Projector:
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    async def show(self, reels: int) -> int:
        if reels < 0:
            raise ValueError
        return reels

    def plain(self) -> str:
        return "plain"

    async def start(self) -> None:
        DIARY.append("projector")


DIARY: list[str] = []


async def test_services_of_the_container_are_adopted_in_the_order_of_its_graph():
    DIARY.clear()
    provider = Provider(scope=Scope.APP)
    provider.provide_all(Projector, Wire, Lamp, Film)
    container = make_async_container(provider)
    house = House()
    names = await adopt(container, house, only=lambda kind: kind in {Projector, Lamp})
    assert names == ["lamp", "projector"]
    assert house.registry.find("projector").dependencies == ("lamp",)
    await house.manager.start()
    assert DIARY == ["lamp", "projector"]
    projector = await container.get(Projector)
    assert house.container.get(Projector) is projector
    assert await projector.show(3) == 3
    with pytest.raises(ValueError):
        await projector.show(-1)
    figures = house.metrics("projector")["methods"]
    assert {name: told["calls"] for name, told in figures.items()} == {"show": 2}
    assert "show" not in vars(Projector(projector.wire))
    await house.stop()
    await container.close()


async def test_one_instance_under_two_types_starts_once_and_values_are_no_services(monkeypatch):
    DIARY.clear()

    @dataclass(frozen=True)
    class Speed:
        """A value."""

    class Shines(Protocol):
        async def start(self) -> None: ...

    provider = Provider(scope=Scope.APP)
    provider.provide_all(Film, Speed)
    provider.provide(Lamp, provides=AnyOf[Lamp, Shines])
    container = make_async_container(provider)
    house = House()
    for kind in (Film, Lamp, Speed, Shines):
        monkeypatch.setattr(kind, "__module__", "reelwright.projection")
    names = await adopt(container, house)
    assert len(names) == 2
    assert "film" in names
    await house.start()
    assert DIARY == ["lamp"]
    await house.stop()
    await container.close()


def test_services_of_loaded_modules_are_discovered_but_not_ours_nor_a_functions_own():
    found = {service.name: service.service for service in discover()}
    assert found["projection"].__name__ == plugin.Projection.__name__
    assert not any(name.startswith("common") for name in found)


def test_a_plugin_announces_its_services_and_a_broken_one_is_left_out(monkeypatch, caplog):
    points = [
        EntryPoint("ushering", "support.plugin:Ushers", discovery.GROUP),
        EntryPoint("broken", "support.plugin:Nobody", discovery.GROUP),
    ]
    monkeypatch.setattr(discovery, "entry_points", lambda group: points)
    found = {service.name: service.source for service in discover()}
    assert found["ushering"] == "support.plugin:Ushers"
    assert "broken" not in found
    assert "left out" in caplog.text
