"""Chores are done now and then, by one process where that is enough; none harms the house."""

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from reelwright.app.housekeeping import Chore, Housekeeper
from reelwright.ground.clock import SystemClock

pytestmark = pytest.mark.anyio
SOON = timedelta(milliseconds=5)


class Doors:
    """A database in which a chore was begun just now, or never."""

    def __init__(self, *, due=True):
        self._due = due

    @asynccontextmanager
    async def transaction(self, who):
        yield self

    async def scalar(self, statement, told):
        return told["name"] if self._due else None


def keeper(*chores, due=True):
    return Housekeeper(Doors(due=due), SystemClock(), chores, first=SOON)  # pyrefly: ignore[bad-argument-type]  # a fake


async def soon(happened):
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110 - what is waited for is a list's length
            await asyncio.sleep(0.001)


async def test_a_chore_is_done_again_and_again_until_the_stop():
    done = []

    async def do():
        done.append(1)

    house = keeper(Chore("sweeping", SOON, do))
    await house.start()
    await soon(lambda: len(done) > 2)
    await house.stop()
    count = len(done)
    await asyncio.sleep(0.03)
    assert len(done) == count


async def test_a_failure_is_told_once_and_the_other_chores_go_on(caplog):
    tries, done = [], []

    async def fail():
        tries.append(1)
        raise OSError("no broom")

    async def do():
        done.append(1)

    house = keeper(Chore("sweeping", SOON, fail), Chore("dusting", SOON, do))
    with caplog.at_level(logging.WARNING):
        await house.start()
        await soon(lambda: len(tries) > 2 and len(done) > 2)
        await house.stop()
    assert [record.getMessage() for record in caplog.records] == ["sweeping failed (OSError)"]


async def test_what_another_process_has_done_is_not_done_again():
    done = []

    async def do():
        done.append(1)

    shared = Chore("sweeping", SOON, do, shared=True)
    assert not await keeper(shared, due=False).do(shared)
    assert not done
    assert await keeper(shared).do(shared)
    assert done


async def test_a_stop_breaks_off_what_is_long_and_does_what_is_for_the_end():
    ends, begun = [], asyncio.Event()

    async def long():
        begun.set()
        await asyncio.sleep(60)

    async def write():
        ends.append(1)

    day = timedelta(days=1)
    never = Housekeeper(
        Doors(),  # pyrefly: ignore[bad-argument-type]  # a fake
        SystemClock(),
        [Chore("counting", day, write, at_end=True), Chore("sweeping", SOON, long)],
        first=SOON,
    )
    await never.start()
    async with asyncio.timeout(5):
        await begun.wait()
        before = len(ends)
        await never.stop()
    assert len(ends) == before + 1


async def test_a_stop_without_a_start_does_nothing():
    ends = []

    async def write():
        ends.append(1)

    await keeper(Chore("counting", SOON, write, at_end=True)).stop()
    assert not ends
