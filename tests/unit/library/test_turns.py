"""Files are looked at in turn, workspace by workspace."""

import asyncio

import pytest

from reelwright.library.turns import Turns

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Line:
    """Who has had a turn, in order; each goes on until it is let go."""

    def __init__(self, size):
        self.turns, self.begun, self._open, self.tasks = Turns(size), [], {}, []

    async def _one(self, workspace, name):
        await self.turns.take(workspace)
        self.begun.append(name)
        try:
            await self._open[name].wait()
        finally:
            self.turns.leave(workspace)

    async def join(self, *names):
        for name in names:
            self._open[name] = asyncio.Event()
            self.tasks.append(asyncio.create_task(self._one(name[0], name), name=name))
        await settled()

    async def end(self, *names):
        for name in names:
            self._open[name].set()
            await settled()

    async def give_up(self, name):
        next(one for one in self.tasks if one.get_name() == name).cancel()
        await settled()


async def settled():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_workspace_has_one_turn_at_a_time_and_its_pile_keeps_nobody_waiting():
    line = Line(2)
    await line.join("a1", "a2", "a3", "b1")
    assert line.begun == ["a1", "b1"]
    await line.join("c1", "b2")
    await line.end("a1")
    assert line.begun[2:] == ["c1"]
    await line.end("b1", "c1", "a2", "b2")
    assert line.begun[3:] == ["a2", "b2", "a3"]
    await line.end("a3")
    await asyncio.gather(*line.tasks)


async def test_who_goes_away_takes_no_turn_along():
    line = Line(1)
    await line.join("a1", "b1", "c1", "b2")
    await line.give_up("b1")
    await line.give_up("a1")
    assert line.begun == ["a1", "b2"]
    await line.end("b2", "c1")
    assert line.begun == ["a1", "b2", "c1"]
    await line.join("a2")
    assert line.begun[-1] == "a2"
    await line.end("a2")
