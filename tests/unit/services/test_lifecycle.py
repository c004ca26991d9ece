"""Started in the order of needs, stopped in reverse, also half-way."""

import asyncio

import pytest

from reelwright.ground.errors import EnvironmentFailedError
from reelwright.services.base import BaseService
from reelwright.services.blueprint import ServiceConfig
from reelwright.services.house import House
from reelwright.services.lifecycle import ServiceStartError, ServiceStopError

pytestmark = pytest.mark.anyio


def _house(diary, *, failing=(), error=RuntimeError, stuck=()):
    """Three services, c needing b needing a, who write what happens to them into the diary."""
    house = House()
    needs = {"c": ["b"], "a": [], "b": ["a"]}
    for name, needed in needs.items():

        class Noted:
            def __init__(self, name=name):
                self.called = name

            async def start(self):
                if self.called in failing:
                    raise error(f"{self.called} has password=hunter2")
                if self.called in stuck:
                    await asyncio.sleep(60)
                diary.append(f"+{self.called}")

            def stop(self):
                diary.append(f"-{self.called}")
                if f"stop {self.called}" in failing:
                    raise RuntimeError("stuck")

        house.registry.register(Noted, name, needed)
    return house


async def test_services_start_in_order_and_stop_in_reverse():
    diary = []
    house = _house(diary)
    assert await house.manager.start() == ["a", "b", "c"]
    assert await house.manager.start() == []
    assert await house.manager.stop() == ["c", "b", "a"]
    assert await house.manager.stop() == []
    assert diary == ["+a", "+b", "+c", "-c", "-b", "-a"]


async def test_when_one_fails_to_start_those_before_it_are_stopped():
    diary = []
    house = _house(diary, failing={"c"})
    with pytest.raises(ServiceStartError, match="'c' did not start") as failed:
        await house.manager.start()
    assert "hunter2" not in str(failed.value)
    assert diary == ["+a", "+b", "-b", "-a"]
    assert house.manager.running == []


async def test_an_error_of_ours_keeps_its_code_when_it_stops_the_start():
    house = _house([], failing={"a"}, error=EnvironmentFailedError)
    with pytest.raises(EnvironmentFailedError):
        await house.manager.start()


async def test_a_start_that_is_cancelled_leaves_nothing_running():
    diary = []
    house = _house(diary, stuck={"b"})
    task = asyncio.create_task(house.manager.start())
    while "+a" not in diary:  # noqa: ASYNC110 - the test only looks on
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert diary == ["+a", "-a"]


async def test_two_starts_at_once_start_each_service_once():
    diary = []
    house = _house(diary)
    await asyncio.gather(house.manager.start(), house.manager.start())
    assert diary == ["+a", "+b", "+c"]


async def test_one_that_does_not_stop_does_not_keep_the_others():
    diary = []
    house = _house(diary, failing={"stop b"})
    await house.manager.start()
    with pytest.raises(ServiceStopError, match="b"):
        await house.manager.stop()
    assert diary[3:] == ["-c", "-b", "-a"]


async def test_a_start_takes_no_longer_than_it_may():
    class Slow(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig("slow", start_timeout=0.02))

        async def start(self):
            await asyncio.sleep(60)

    house = House()
    house.registry.register(Slow)
    with pytest.raises(ServiceStartError, match="longer than"):
        await house.manager.start()


async def test_dependencies_told_by_the_service_itself_count_for_the_order():
    class Late(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig("a_late", dependencies=["zeta"]))

    class Zeta:
        pass

    house = House()
    house.registry.register(Late, "a_late")
    house.registry.register(Zeta)
    assert await house.manager.start() == ["zeta", "a_late"]


async def test_a_class_whose_start_asks_for_something_is_not_started():
    class Clapper:
        def start(self, take):
            raise AssertionError(take)

    house = House()
    house.registry.register(Clapper)
    assert await house.manager.start() == ["clapper"]
