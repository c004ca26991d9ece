"""Reactions: what is done because something happened, after its commit, at least once.

Each reaction has a cursor in the database and runs in one process at a time. Events of one subject
are handled in order; those of different subjects do not wait for each other: an event that fails is
laid aside with all later ones of its subject, tried again later and later, and given up in the end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

from reelwright.engines.database.database import Database
from reelwright.engines.events.cursors import Cursors
from reelwright.engines.events.event import Event
from reelwright.engines.events.reading import read_after
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Activity

_log = logging.getLogger(__name__)
Handler = Callable[[Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is done about some kinds of events.

    `handle` opens its own transactions and MUST be idempotent: it may see an event again after a
    crash. `name` names its cursor: rename it and it begins anew, with the oldest event kept.
    """

    name: str
    kinds: frozenset[str]
    handle: Handler
    attempts: int = 8
    within_s: float = 30.0


class Reactions:
    """Runs all reactions; any number of processes may have one, each reaction runs in one of them."""

    def __init__(
        self,
        database: Database,
        reactions: Sequence[Reaction],
        *,
        poll_s: float = 1.0,
        lease_s: float = 20.0,
        first_delay_s: float = 1.0,
        abreast: int = 8,
    ) -> None:
        if len({one.name for one in reactions}) != len(reactions):
            raise ReelwrightError("two reactions have one name")
        self._database = database
        self._reactions = tuple(reactions)
        self._me = uuid4().hex
        self._poll_s = poll_s
        self._lease_s = lease_s
        self._first_delay_s = first_delay_s
        self._abreast = abreast
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to react."""
        self._tasks = [
            asyncio.create_task(self._run(one), name=f"reaction {one.name}")
            for one in self._reactions
        ]

    async def stop(self) -> None:
        """End; what was being handled is handled again by whoever goes on."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, one: Reaction) -> None:
        cursors = Cursors(self._database, one.name, self._me, self._lease_s)
        try:
            while True:
                try:
                    busy = await self._turn(one, cursors)
                except Exception as error:  # noqa: BLE001  (this task must not end by itself)
                    _log.warning("reaction %s was interrupted (%s)", one.name, type(error).__name__)
                    busy = False
                if not busy:
                    await asyncio.sleep(self._poll_s)
        finally:
            with suppress(ReelwrightError, TimeoutError):
                async with asyncio.timeout(1):
                    await cursors.release()

    async def _turn(self, one: Reaction, cursors: Cursors) -> bool:
        """What is new, then what is due; whether there was anything."""
        place = await cursors.hold()
        if place is None:
            return False
        keeper = asyncio.create_task(self._keep(cursors))
        try:
            due = await cursors.due()
            await self._each(one, cursors, [[event] for event in due])
            async with self._database.transaction(Activity.DELIVER) as tx:
                events, _ = await read_after(tx, place, 200)
            if not events:
                return bool(due)
            waiting = await cursors.waiting_subjects()
            by_subject: dict[str, list[Event]] = {}
            for event in events:
                if event.kind in one.kinds:
                    by_subject.setdefault(event.subject, []).append(event)
            for subject in waiting & by_subject.keys():
                for event in by_subject.pop(subject):
                    await cursors.lay_aside(event, 0, None)
            await self._each(one, cursors, list(by_subject.values()))
            await cursors.advance(events[-1].seq)
        finally:
            keeper.cancel()
            # Not `await keeper`: whoever stops us in this moment must not be taken for its end.
            await asyncio.wait([keeper])
        return True

    async def _keep(self, cursors: Cursors) -> None:
        while True:
            await asyncio.sleep(self._lease_s / 3)
            with suppress(ReelwrightError):
                await cursors.hold()

    async def _each(self, one: Reaction, cursors: Cursors, subjects: list[list[Event]]) -> None:
        gate = asyncio.Semaphore(self._abreast)

        async def in_order(events: list[Event]) -> None:
            async with gate:
                while events:
                    if not await self._handled(one, cursors, events[0]):
                        for later in events[1:]:
                            await cursors.lay_aside(later, 0, None)
                        return
                    del events[0]

        async with asyncio.TaskGroup() as group:
            for events in subjects:
                group.create_task(in_order(events))

    async def _handled(self, one: Reaction, cursors: Cursors, event: Event) -> bool:
        """Handle an event; False when it is to be tried again, and its subject waits."""
        try:
            async with asyncio.timeout(one.within_s):
                await one.handle(event)
        except Exception as error:  # noqa: BLE001  (whatever a handler raises is its failure)
            attempts = await cursors.attempts(event) + 1
            dead = attempts >= one.attempts
            delay = None if dead else min(self._first_delay_s * 2 ** (attempts - 1), 600)
            await cursors.lay_aside(event, attempts, type(error).__name__, delay)
            _log.log(
                logging.ERROR if dead else logging.WARNING,
                "reaction %s failed on event %s (%s), attempt %d%s",
                one.name,
                event.id,
                type(error).__name__,
                attempts,
                ": given up" if dead else "",
            )
            return dead
        await cursors.settle(event)
        return True
