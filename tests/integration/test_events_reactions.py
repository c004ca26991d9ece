"""Reactions see every event once or more, one subject's in order, and no failure stops the rest."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from reelwright.engines.events.pruning import EventPruner
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.engines.events.reactions import Reaction, Reactions
from reelwright.ground.clock import SystemClock
from reelwright.ground.principals import Activity
from support.tenants import stranger

pytestmark = pytest.mark.anyio


async def say(database, *subjects, kind="job:completed"):
    async with database.transaction(stranger()) as tx:
        for n, subject in enumerate(subjects):
            await publish(tx, NewEvent(kind, subject, {"n": n}))


class Seen(list):
    """What a reaction has handled; fails on what it was told to, as often as it was told."""

    def __init__(self, **failures):
        super().__init__()
        self.failures = failures

    async def handle(self, event):
        key = f"{event.subject}{event.data['n']}"
        if self.failures.get(key, 0) > 0:
            self.failures[key] -= 1
            raise ZeroDivisionError
        self.append(key)

    async def has(self, count):
        async with asyncio.timeout(10):
            while len(self) < count:  # noqa: ASYNC110  # seen from outside, as a reader of a log would
                await asyncio.sleep(0.01)


def runner(database, seen, attempts=8):
    one = Reaction("test", frozenset({"job:completed"}), seen.handle, attempts)
    return Reactions(database, [one], poll_s=0.05, first_delay_s=0.05)


async def test_a_reaction_goes_on_where_the_last_process_stopped(database):
    for _ in range(2):
        seen = Seen()
        await say(database, "a", "b")
        await say(database, "x", kind="job:created")
        running = runner(database, seen)
        await running.start()
        await seen.has(2)
        await asyncio.sleep(0.1)
        await running.stop()
        assert sorted(seen) == ["a0", "b1"]


async def test_a_failure_holds_up_its_own_subject_only_and_keeps_its_order(database):
    seen = Seen(a0=2)
    await say(database, "a", "a", "b", "a")
    running = runner(database, seen)
    await running.start()
    await seen.has(1)
    assert seen == ["b2"]
    await say(database, "a", "a", "a", "a", "a", "c")
    await seen.has(10)
    await running.stop()
    assert [one for one in seen if one[0] == "a"] == [
        "a0",
        "a1",
        "a3",
        "a0",
        "a1",
        "a2",
        "a3",
        "a4",
    ]


async def test_what_never_works_is_given_up_and_said(database, caplog):
    seen = Seen(a0=99)
    await say(database, "a", "a")
    running = runner(database, seen, attempts=3)
    await running.start()
    await seen.has(1)
    await running.stop()
    assert seen == ["a1"]
    assert "given up" in caplog.text


async def test_two_processes_do_not_react_at_once(database):
    one, two = Seen(), Seen()
    first, second = runner(database, one), runner(database, two)
    await first.start()
    await asyncio.sleep(0.3)
    await second.start()
    await say(database, "a", "b")
    await one.has(2)
    assert not two
    await first.stop()
    await say(database, "c")
    await two.has(1)
    await second.stop()


class Later(SystemClock):
    def now(self):
        return super().now() + timedelta(days=3)


async def test_old_events_are_forgotten_progress_first(database):
    await say(database, "a")
    await say(database, "b", "c", kind="job:progress")
    assert await EventPruner(database).prune() == 0
    assert await EventPruner(database, clock=Later()).prune() == 2
    later = Later()
    later.now = lambda: SystemClock().now() + timedelta(days=30)
    assert await EventPruner(database, clock=later).prune() == 1
    async with database.read(Activity.DELIVER) as tx:
        assert await tx.scalar(sa.text("SELECT seq FROM event_marks")) == 1
