"""Marks: measured, retried, injected, required, bound, handled."""

import asyncio
import inspect

import pytest

from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.transactions import transaction_mark
from reelwright.services import slot
from reelwright.services.base import BaseService
from reelwright.services.blueprint import ServiceConfig
from reelwright.services.context import ErrorContext, current_context, service_context
from reelwright.services.house import House
from reelwright.services.marks import (
    ServiceNotReadyError,
    handle_errors,
    inject_service,
    require_service,
    service_method,
)
from reelwright.services.metrics import ServiceMetrics
from reelwright.services.retrying import retry_on_failure

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def house():
    house = House()
    slot.fill(house)
    yield house
    slot.empty()


class Cutter:
    @service_method
    async def join(self, a, b):
        """Joins."""
        return a + b

    @service_method(name="part")
    def split(self, text):
        return text.split()

    @service_method
    async def fail(self):
        raise InvalidInputError("no")


async def test_a_marked_method_is_counted_by_outcome_and_stays_what_it_was():
    cutter = Cutter()
    assert await cutter.join(1, b=2) == 3
    assert cutter.split("a b") == ["a", "b"]
    with pytest.raises(InvalidInputError):
        await cutter.fail()
    figures = ServiceMetrics.of(cutter).snapshot()
    assert (figures["calls"], figures["failures"]) == (3, 1)
    assert figures["errors"] == {"invalid_input": 1}
    assert figures["methods"]["part"]["success_rate"] == 100
    assert figures["methods"]["fail"]["error_rate"] == 100
    assert inspect.iscoroutinefunction(Cutter.join)
    assert Cutter.join.__doc__ == "Joins."
    assert ServiceMetrics.of(Cutter()).snapshot()["calls"] == 0


async def test_figures_can_be_switched_off():
    class Quiet(BaseService):
        def __init__(self):
            super().__init__(ServiceConfig("quiet", metrics_enabled=False))

        @service_method
        async def act(self):
            return 1

    quiet = Quiet()
    await quiet.act()
    assert quiet.metrics.snapshot()["calls"] == 0


def test_a_class_with_slots_is_served_without_figures():
    class Slim:
        __slots__ = ()

        @service_method
        def act(self):
            return 1

    assert Slim().act() == 1


def _failing(times, error=ConnectionError):
    calls = []

    async def act():
        calls.append(1)
        if len(calls) <= times:
            raise error("gone")
        return "done"

    return act, calls


async def test_what_fails_is_tried_again_as_often_as_it_may():
    act, calls = _failing(2)
    assert await retry_on_failure(max_retries=2, delay=0.001)(act)() == "done"
    assert len(calls) == 3
    act, calls = _failing(9)
    with pytest.raises(ConnectionError):
        await retry_on_failure(max_retries=2, delay=0.001)(act)()
    assert len(calls) == 3


def test_a_plain_function_is_tried_again_too():
    calls = []

    @retry_on_failure(max_retries=3, delay=0.001)
    def act():
        calls.append(1)
        if len(calls) < 3:
            raise OSError
        return "done"

    assert act() == "done"


@pytest.mark.parametrize("error", [InvalidInputError, MissingError, KeyError])
async def test_what_cannot_go_better_is_not_tried_again(error):
    act, calls = _failing(9, error)
    with pytest.raises(error):
        await retry_on_failure(delay=0.001, on=(ConnectionError, InvalidInputError, MissingError))(
            act
        )()
    assert len(calls) == 1


async def test_nothing_is_tried_again_inside_a_transaction():
    act, calls = _failing(9)
    with transaction_mark(), pytest.raises(ConnectionError):
        await retry_on_failure(delay=0.001)(act)()
    assert len(calls) == 1


async def test_cancellation_ends_the_trying():
    act, calls = _failing(9)
    task = asyncio.create_task(retry_on_failure(delay=60, max_delay=60)(act)())
    while not calls:  # noqa: ASYNC110 - the test only looks on
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(calls) == 1


async def test_waits_grow_and_an_answer_that_says_how_long_is_heard(monkeypatch):
    waits = []

    async def note(seconds):
        waits.append(seconds)

    class AskedToWaitError(ConnectionError):
        retry_after = 7.0

    monkeypatch.setattr(asyncio, "sleep", note)
    act, _ = _failing(3)
    await retry_on_failure(delay=1, backoff=3)(act)()
    assert all(0.75 <= wait / usual <= 1 for wait, usual in zip(waits, (1, 3, 9), strict=True))
    act, _ = _failing(1, AskedToWaitError)
    await retry_on_failure(delay=0.1)(act)()
    assert waits[-1] == 7


class Store:
    async def find(self, key):
        return f"found {key}"


class Reader:
    @inject_service("store")
    async def read(self, key, store):
        return await store.find(key)

    @inject_service(Store, to="shelf")
    def shelf(self, shelf=None):
        return shelf

    @require_service("store")
    async def needs_it(self):
        return "read"


async def test_a_service_is_injected_at_the_call_and_a_given_one_goes_first(house):
    house.registry.register(Store)
    reader = Reader()
    assert await reader.read("x") == "found x"
    assert reader.shelf() is house.container.get(Store)
    assert reader.shelf("mine") == "mine"


async def test_a_service_made_in_a_house_is_served_from_that_house():
    other = House()
    other.registry.register(Store)
    other.registry.register(Reader)
    assert other.container.get(Reader).shelf() is other.container.get(Store)


async def test_a_method_is_refused_while_what_it_requires_is_missing_or_unwell(house):
    reader = Reader()
    with pytest.raises(MissingError):
        await reader.needs_it()

    class Ill:
        well = False

        def ping(self):
            return self.well

    ill = Ill()
    house.registry.register(ill, "store")
    house.container.make_all()
    assert await reader.needs_it() == "read"
    await house.monitor.check_all()
    with pytest.raises(ServiceNotReadyError):
        await reader.needs_it()
    ill.well = True
    await house.monitor.check_all()
    assert await reader.needs_it() == "read"


async def test_context_is_bound_for_a_call_or_a_block_and_not_beyond():
    class Bound(BaseService):
        @service_context(area="cut")
        async def act(self):
            return ErrorContext.here()

        @service_context
        def plain(self):
            return current_context()

    bound = Bound(ServiceConfig("bound"))
    with service_context(user_id="usr_1", film="keeper"):
        told = await bound.act()
    assert (told.service, told.method, told.user_id) == ("bound", "act", "usr_1")
    assert told.extra == {"area": "cut", "film": "keeper"}
    assert bound.plain() == {"service": "bound", "method": "plain"}
    assert current_context() == {}


async def test_errors_of_a_marked_method_are_handled_once_and_go_on(house, caplog):
    class Risky:
        @handle_errors
        async def outer(self):
            return await self.inner()

        @handle_errors
        async def inner(self):
            raise RuntimeError("with token=abc123456")

        @handle_errors(area="sound")
        def plain(self):
            raise KeyError("k")

    risky = Risky()
    with caplog.at_level("INFO"), pytest.raises(RuntimeError):
        await risky.outer()
    with pytest.raises(KeyError):
        risky.plain()
    assert house.errors.counts() == {
        ("risky", "inner", "RuntimeError"): 1,
        ("risky", "plain", "KeyError"): 1,
    }
    assert sum("with token" in record.message for record in caplog.records) == 1
    assert "abc123456" not in caplog.text
