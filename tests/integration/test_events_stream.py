"""Whoever follows events gets them all, in order, whatever happens in between."""

import asyncio
import contextvars
from contextlib import asynccontextmanager, suppress

import pytest
import sqlalchemy as sa

from reelwright.engines.events.announcing import Announcer
from reelwright.engines.events.catalogue import RESET
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.engines.events.settings import EventSettings
from reelwright.engines.events.stream import EventStream
from reelwright.ground.errors import InvalidInputError
from support.tenants import owner, stranger, urls_of

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def following(database, url, announced=True, **settings):
    """A stream, and an announcer, that run."""
    chosen = EventSettings(**settings)
    stream, announcer = EventStream(database, urls_of(url), chosen), Announcer(database, chosen)
    await stream.start()
    if announced:
        await announcer.start()
    try:
        yield stream
    finally:
        await announcer.stop()
        await stream.stop()


async def say(database, who, *subjects):
    async with database.transaction(who) as tx:
        await publish(tx, *(NewEvent("job:created", subject) for subject in subjects))


async def take(found, count):
    async with asyncio.timeout(10):
        return [(await anext(found)).subject for _ in range(count)]


async def apart(coroutine):
    """Await as another request would: outside the transaction that is open here."""
    return await asyncio.create_task(coroutine, context=contextvars.Context())


async def test_what_happens_arrives_in_order(database, database_url):
    who, other = stranger(), stranger()
    async with following(database, database_url, poll_s=60) as stream:
        found = stream.iterate(who)
        first = asyncio.create_task(take(found, 3))
        await asyncio.sleep(0)
        await say(database, other, "not yours")
        await say(database, who, "a", "b")
        await say(database, who, "c")
        assert await first == ["a", "b", "c"]
        await found.aclose()
        assert stream.subscribers == 0


async def test_a_subject_can_be_followed_alone(database, database_url):
    who = stranger()
    async with following(database, database_url) as stream:
        found = stream.iterate(who, None, "b")
        first = asyncio.create_task(take(found, 1))
        await asyncio.sleep(0)
        await say(database, who, "a", "b")
        assert await first == ["b"]
        await found.aclose()


async def test_a_returning_reader_misses_nothing(database, database_url):
    who = stranger()
    async with following(database, database_url, page=3) as stream:
        found = stream.iterate(who)
        step = asyncio.create_task(anext(found))
        await asyncio.sleep(0)
        await say(database, who, "a")
        last = await step
        await found.aclose()
        names = [f"{n:02}" for n in range(20)]
        await say(database, who, *names)
        await say(database, stranger(), "not yours")
        found = stream.iterate(who, last.id)
        assert await take(found, 20) == names
        await say(database, who, "z")
        assert await take(found, 1) == ["z"]
        await found.aclose()


async def test_who_commits_late_is_not_passed_over(database, database_url):
    who = stranger()
    async with following(database, database_url) as stream:
        found = stream.iterate(who)
        both = asyncio.create_task(take(found, 2))
        await asyncio.sleep(0)
        async with database.transaction(who) as tx:
            await publish(tx, NewEvent("job:created", "late"))
            await apart(say(database, who, "early"))
            await asyncio.sleep(0.2)
            assert not both.done()
        assert await both == ["late", "early"]
        await found.aclose()


async def test_a_rollback_does_not_hold_others_up_for_long(database, database_url):
    who = stranger()
    async with following(database, database_url, poll_s=60) as stream:
        found = stream.iterate(who)
        one = asyncio.create_task(take(found, 1))
        await asyncio.sleep(0)
        with suppress(ZeroDivisionError):
            async with database.transaction(who) as tx:
                await publish(tx, NewEvent("job:created", "never"))
                await apart(say(database, who, "b"))
                await asyncio.sleep(0.1)
                raise ZeroDivisionError
        assert await asyncio.wait_for(one, 5) == ["b"]
        await found.aclose()


async def test_what_another_process_never_announced_is_found_by_polling(database, database_url):
    who = stranger()
    async with following(database, database_url, poll_s=0.1) as stream:
        found = stream.iterate(who)
        first = asyncio.create_task(take(found, 1))
        await asyncio.sleep(0.2)
        say_elsewhere(database_url, who, "a")
        assert await first == ["a"]
        await found.aclose()


async def test_what_another_process_announces_is_read_at_once(database, database_url):
    who = stranger()
    async with following(database, database_url, poll_s=60) as stream:
        found = stream.iterate(who)
        first = asyncio.create_task(take(found, 1))
        async with asyncio.timeout(10):
            while not stream.listening:  # noqa: ASYNC110  # a state, not an event
                await asyncio.sleep(0.01)
        say_elsewhere(database_url, who, "a", announced=True)
        assert await first == ["a"]
        await found.aclose()


async def test_what_this_process_commits_is_read_without_any_announcement(database, database_url):
    who = stranger()
    async with following(database, database_url, announced=False, poll_s=60) as stream:
        found = stream.iterate(who)
        first = asyncio.create_task(take(found, 2))
        await asyncio.sleep(0)
        await say(database, who, "a")
        await asyncio.to_thread(asyncio.run, _say_on_another_loop(database, who, "b"))
        assert await first == ["a", "b"]
        await found.aclose()


async def _say_on_another_loop(database, who, subject):
    await say(database, who, subject)
    await database.pools.here().app.dispose()


def say_elsewhere(url, who, subject, announced=False):
    """An event of a process that has nothing of ours but the table."""
    with owner(url) as connection:
        connection.execute(
            sa.text(
                "INSERT INTO events (workspace_id, kind, subject, data)"
                " VALUES (:workspace, 'job:created', :subject, '{}')"
            ),
            {"workspace": who.workspace, "subject": subject},
        )
        if announced:
            connection.execute(sa.text("NOTIFY reelwright_events"))


async def test_a_slow_reader_gets_all_and_holds_up_nobody(database, database_url):
    who = stranger()
    async with following(database, database_url, queue=5, page=7) as stream:
        slow, quick = stream.iterate(who), stream.iterate(who)
        names = [f"{n:03}" for n in range(60)]
        slows, quicks = asyncio.create_task(take(slow, 1)), asyncio.create_task(take(quick, 60))
        await asyncio.sleep(0)
        for start in range(0, 60, 6):
            await say(database, who, *names[start : start + 6])
        assert await quicks == names
        assert await slows + await take(slow, 59) == names
        await slow.aclose()
        await quick.aclose()


async def test_the_server_ends_our_connections_and_nothing_is_lost(database, database_url):
    who = stranger()
    async with following(database, database_url, poll_s=60) as stream:
        found = stream.iterate(who)
        first = asyncio.create_task(take(found, 1))
        await asyncio.sleep(0)
        await say(database, who, "a")
        assert await first == ["a"]
        with owner(database_url) as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        await say(database, who, "b")
        assert await take(found, 1) == ["b"]
        await found.aclose()


async def test_stopping_ends_all_readers_at_once(database, database_url):
    async with following(database, database_url) as stream:
        found = [stream.iterate(stranger()) for _ in range(20)]
        steps = [asyncio.create_task(take(one, 1)) for one in found]
        await asyncio.sleep(0.05)
        await asyncio.wait_for(stream.stop(), 1)
        ended = await asyncio.wait_for(asyncio.gather(*steps, return_exceptions=True), 1)
        assert all(isinstance(one, StopAsyncIteration) for one in ended)


@pytest.mark.parametrize("strange", ["", "x", "ffffffffffffffff", "0" * 17, "1; DROP TABLE events"])
async def test_what_is_no_id_is_refused(database, database_url, strange):
    async with following(database, database_url) as stream:
        with pytest.raises(InvalidInputError):
            await anext(stream.iterate(stranger(), strange))


async def test_an_id_of_another_database_is_told_and_what_happens_is_heard(database, database_url):
    who = stranger()
    async with following(database, database_url) as stream:
        found = stream.iterate(who, "00000000000fffff")
        assert (await anext(found)).kind == RESET
        await say(database, who, "a")
        assert await take(found, 1) == ["a"]
        await found.aclose()
