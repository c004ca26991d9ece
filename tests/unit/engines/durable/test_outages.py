"""An outage is waited for; a mistake is not."""

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from reelwright.engines.database.failures import DatabaseBusyError, TookTooLongError
from reelwright.engines.durable.outages import is_outage, outlast
from reelwright.ground.errors import ConflictError

pytestmark = pytest.mark.anyio

OUTAGES = [
    PoolTimeoutError("all in use"),
    DatabaseBusyError("all in use"),
    TookTooLongError("locked"),
    DBAPIError("BEGIN", {}, psycopg.errors.AdminShutdown("")),
    DBAPIError("UPDATE", {}, psycopg.errors.SerializationFailure("")),
    psycopg.OperationalError("connection refused"),
]
MISTAKES = [
    ConflictError("no"),
    ValueError("no"),
    IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation("")),
]


@pytest.mark.parametrize("error", OUTAGES, ids=lambda error: type(error).__name__)
async def test_an_outage_is_outlasted(error):
    left = [error, error]

    async def act():
        if left:
            raise left.pop()
        return "done"

    assert await outlast(act, longest_pause_s=0.001) == "done"


@pytest.mark.parametrize("error", MISTAKES, ids=lambda error: type(error).__name__)
async def test_a_mistake_is_told_at_once(error):
    assert not is_outage(error)

    async def act():
        raise error

    with pytest.raises(type(error)):
        await outlast(act, longest_pause_s=60)
