"""Telling a database that is away or overloaded from a mistake, and waiting for it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeoutError

T = TypeVar("T")

_FIRST_PAUSE_S = 0.05
_CONFLICTS = ("40001", "40P01")  # serialization failure, deadlock
_AWAY = ("08", "53", "57P", "25P03")  # connection, resources, shutdown, idle session ended


def is_outage(error: BaseException) -> bool:
    """Whether trying again later is the answer: nothing was wrong with what was asked."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        error = error.orig or error
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate
    if state is None:  # the driver's own: the connection could not be made, or broke
        return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
    return state in _CONFLICTS or state.startswith(_AWAY)


async def outlast(act: Callable[[], Awaitable[T]], longest_pause_s: float) -> T:
    """What `act` answers, tried again for as long as the database is away."""
    pause = _FIRST_PAUSE_S
    while True:
        try:
            return await act()
        except Exception as error:
            if not is_outage(error):
                raise
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  (spreads load, hides nothing)
        pause = min(pause * 2, longest_pause_s)
