"""Recipes, needs, order, and the one instance of each."""

import threading
from typing import Protocol, runtime_checkable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import ConflictError
from reelwright.services.blueprint import ServiceConfig, service_name
from reelwright.services.house import House
from reelwright.services.order import DependencyCycleError, dependencies, in_order
from reelwright.services.registry import MissingServiceError


class Lenses:
    pass


class Camera:
    def __init__(self, lenses: Lenses) -> None:
        self.lenses = lenses


class Set:
    def __init__(self, camera: Camera, colour: str = "grey", spare: Lenses | None = None) -> None:
        self.camera = camera
        self.colour = colour
        self.spare = spare


class ExternalAPIService:
    pass


def test_a_class_goes_by_its_words_in_lower_case():
    assert service_name(ExternalAPIService) == "external_api_service"
    assert service_name(Lenses) == "lenses"


def test_services_are_made_from_their_constructors_types_whatever_the_order_of_registration():
    house = House()
    for kind in (Set, Camera, Lenses):
        house.registry.register(kind)
    stage = house.container.get(Set)
    assert stage.camera.lenses is house.container.get("lenses")
    assert stage.spare is stage.camera.lenses
    assert stage.colour == "grey"
    assert house.container.get(Set) is stage


def test_an_argument_without_a_type_is_found_by_its_name():
    class Old:
        def __init__(self, lenses):
            self.lenses = lenses

    house = House()
    house.registry.register(Old)
    house.registry.register(Lenses)
    assert house.container.get(Old).lenses is house.container.get(Lenses)


def test_a_protocol_is_served_by_the_one_class_that_keeps_it():
    @runtime_checkable
    class Grinds(Protocol):
        def grind(self) -> str: ...

    class Mill:
        def grind(self) -> str:
            return "flour"

    class Bakery:
        def __init__(self, mill: Grinds) -> None:
            self.mill = mill

    house = House()
    house.registry.register(Bakery)
    house.registry.register(Mill)
    assert house.container.get(Bakery).mill.grind() == "flour"


def test_a_need_that_nobody_serves_is_named():
    house = House()
    house.registry.register(Camera)
    with pytest.raises(MissingServiceError, match=r"camera needs 'lenses' \(Lenses\) and nobody"):
        house.container.get(Camera)


def test_a_declared_dependency_that_is_missing_is_named():
    house = House()
    house.registry.register(Lenses, "lenses", ["glass"])
    with pytest.raises(MissingServiceError, match="'glass'"):
        house.container.get("lenses")
    with pytest.raises(MissingServiceError, match="depends on 'glass'"):
        dependencies(house.registry)


def test_a_circle_is_named_when_ordering_and_when_making():
    house = House()
    house.registry.register(Lenses, "a", ["b"])
    house.registry.register(Camera, "b", ["a"])
    with pytest.raises(DependencyCycleError, match="a -> b -> a"):
        house.container.get("a")
    with pytest.raises(DependencyCycleError):
        house.container.make_all()


def test_a_name_belongs_to_one_class_until_it_is_replaced():
    house = House()
    house.registry.register(Lenses, "glass")
    house.registry.register(Lenses, "glass")
    with pytest.raises(ConflictError):
        house.registry.register(Camera, "glass")
    house.registry.register(ExternalAPIService, "glass", replace=True)
    assert isinstance(house.container.get("glass"), ExternalAPIService)


def test_of_two_services_of_one_class_one_is_asked_for_by_name():
    house = House()
    house.registry.register(Lenses, "near")
    house.registry.register(Lenses, "far")
    with pytest.raises(ConflictError, match="near, far"):
        house.container.get(Lenses)
    assert house.container.get("near") is not house.container.get("far")


def test_an_instance_may_be_registered_as_it_stands():
    house, glass = House(), Lenses()
    house.registry.register(glass)
    assert house.container.get("lenses") is glass


def test_the_factory_makes_new_ones_and_takes_what_it_is_given():
    house = House()
    house.registry.register(Lenses)
    own = Lenses()
    assert house.factory.create(Camera).lenses is house.container.get(Lenses)
    assert house.factory.create(Camera, lenses=own).lenses is own
    assert house.factory.create(Lenses) is not house.container.get(Lenses)


def test_many_threads_get_the_same_instance():
    house = House()
    house.registry.register(Camera)
    house.registry.register(Lenses)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(house.container.get(Camera))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_everything_comes_after_what_it_needs(edges):
    graph = {str(n): set() for n in range(10)}
    for a, b in edges:
        if a > b:
            graph[str(a)].add(str(b))
    order = in_order(graph)
    assert sorted(order) == sorted(graph)
    for name, needs in graph.items():
        assert all(order.index(need) < order.index(name) for need in needs)


def test_a_group_may_name_what_is_registered_later():
    house = House()
    house.registry.group("glass", ["lenses", "lenses"])
    assert house.registry.members("glass") == ("lenses",)
    with pytest.raises(MissingServiceError, match="there is no group 'sound'"):
        house.registry.members("sound")


def test_a_description_that_makes_no_sense_is_refused():
    for wrong in (
        {"name": " "},
        {"name": "a", "dependencies": "b"},
        {"name": "a", "stop_timeout": 0},
    ):
        with pytest.raises(Exception, match=r"name|seconds"):
            ServiceConfig(**wrong)  # pyrefly: ignore[bad-argument-type] - that is the test
