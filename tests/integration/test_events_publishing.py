"""Events are written with what happened, and read in order, without holes."""

import asyncio
import contextvars

import pytest
from sqlalchemy import text

from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Activity
from support.tenants import stranger

pytestmark = pytest.mark.anyio


def event(subject="job_1", **data):
    return NewEvent("job:created", subject, data)


async def readable(database, after=0):
    """The numbers a reader gets, None for 'more is on its way'."""
    async with database.read(Activity.DELIVER) as tx:
        rows = await tx.execute(text("SELECT seq FROM read_events(:after, 100)"), {"after": after})
        return [seq for (seq,) in rows]


async def test_an_event_is_there_with_its_transaction_and_gone_with_it(database):
    who = stranger()
    async with database.transaction(who) as tx:
        await publish(tx, event(text="nul \0 and \ud800 half"), event("job_2"))
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(who) as tx:
            await publish(tx, event("job_3"))
            raise ZeroDivisionError
    async with database.read(who) as tx:
        rows = (await tx.execute(text("SELECT subject, user_id, workspace_id FROM events"))).all()
    assert [tuple(row) for row in rows] == [
        ("job_1", who.user, who.workspace),
        ("job_2", who.user, who.workspace),
    ]


async def test_strangers_do_not_see_events(database):
    async with database.transaction(stranger()) as tx:
        await publish(tx, event())
    async with database.read(stranger()) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM events")) == 0


async def test_a_reader_stops_below_whoever_has_not_committed_yet(database):
    async with database.transaction(stranger()) as first:
        await publish(first, event())  # number 1, open
        await _elsewhere(database)  # number 2, committed
        assert await _elsewhere_readable(database) == [None]
    assert await readable(database) == [1, 2]


async def test_only_publishers_hold_readers_up(database):
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("SELECT pg_current_xact_id()"))  # a writer, of something else
        await _elsewhere(database)
        assert await _elsewhere_readable(database) == [1]


async def test_a_savepoint_rolled_back_takes_its_place_back(database):
    async with database.transaction(stranger()) as tx:
        nested = await tx.begin_nested()
        await publish(tx, event())
        await nested.rollback()
        await publish(tx, event())
        await _elsewhere(database)
        assert await _elsewhere_readable(database) == [None]
    assert await readable(database) == [2, 3]


async def test_many_publishes_of_one_transaction_hold_one_lock(database):
    async with database.transaction(stranger()) as tx:
        for _ in range(20):
            await publish(tx, event())
        held = await tx.scalar(
            text("SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND pid=pg_backend_pid()")
        )
    assert held == 1


async def test_the_system_names_the_workspace(database):
    who = stranger()
    async with database.transaction(Activity.REAP) as tx:
        await publish(tx, NewEvent("job:failed", JobId.new(), {}, who.workspace))
    async with database.read(who) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM events")) == 1


@pytest.mark.parametrize(
    "wrong", [NewEvent("anything", "x"), NewEvent("job:created", "x", {"a": "b" * 70000})]
)
async def test_what_nobody_could_read_is_refused(database, wrong):
    async with database.transaction(stranger()) as tx:
        with pytest.raises(InvalidInputError):
            await publish(tx, wrong)


async def _elsewhere(database):
    """Publish from a task of its own, as another request would."""

    async def other():
        async with database.transaction(stranger()) as tx:
            await publish(tx, event())

    await asyncio.create_task(other(), context=_fresh())


async def _elsewhere_readable(database):

    return await asyncio.create_task(readable(database), context=_fresh())


def _fresh():

    return contextvars.Context()
