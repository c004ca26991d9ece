"""Idempotent work is done again, a bounded number of times, for the right reasons only."""

from contextlib import asynccontextmanager
from typing import Any

import pytest

from reelwright.engines.database.failures import CollisionError, TookTooLongError
from reelwright.engines.database.retrying import query_with_retry, retrying
from reelwright.ground.principals import Activity

pytestmark = pytest.mark.anyio


class Failing:
    """Doors whose first transactions fail."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.opened = 0

    @asynccontextmanager
    async def transaction(self, who):
        self.opened += 1
        yield self.opened
        if self.failures:
            raise self.failures.pop(0)


async def act(tx):
    return tx


async def test_collisions_pass():
    doors: Any = Failing(CollisionError("x"), CollisionError("x"))
    assert await retrying(doors, Activity.REAP, act, first_pause_s=0) == 3


async def test_it_ends():
    doors: Any = Failing(*(CollisionError(str(number)) for number in range(9)))
    with pytest.raises(CollisionError):
        await query_with_retry(doors, Activity.REAP, act, attempts=3, first_pause_s=0)
    assert doors.opened == 3


@pytest.mark.parametrize("error", [TookTooLongError("x"), ValueError("x")])
async def test_what_would_come_again_is_not_tried_again(error):
    doors: Any = Failing(error)
    with pytest.raises(type(error)):
        await retrying(doors, Activity.REAP, act, first_pause_s=0)
    assert doors.opened == 1
