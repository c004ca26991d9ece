"""Telling the other processes that there is something to read: seldom, and off the writers' path.

A NOTIFY takes a lock of the whole database at its commit; in every writer's transaction it would
cost nearly half of what can be written. So a commit only sets a flag here, and one NOTIFY follows
for all commits of a moment. If this process dies in between, the readers' own polling finds the
events. Readers in this process hear of its commits without it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.events.commits import hear_commits
from reelwright.engines.events.listening import CHANNEL, HERE
from reelwright.engines.events.settings import EventSettings
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Activity

_log = logging.getLogger(__name__)
_NOTIFY = text(f"NOTIFY {CHANNEL}, '{HERE}'")


class Announcer:
    """Runs in every process that publishes; hears of commits on any thread and loop of it."""

    def __init__(self, database: Database, settings: EventSettings | None = None) -> None:
        self._database = database
        self._every_s = (settings or EventSettings()).announce_every_s
        self._dirty = asyncio.Event()
        self._deafen: Callable[[], None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to hear of commits."""
        self._dirty = asyncio.Event()
        self._deafen = hear_commits(self._dirty.set)
        self._task = asyncio.create_task(self._run(), name="event-announcer")

    async def stop(self) -> None:
        """Announce what is left, and end."""
        if self._task is None or self._deafen is None:
            return
        self._deafen()
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._task = self._deafen = None
        if self._dirty.is_set():
            with suppress(ReelwrightError, TimeoutError):
                async with asyncio.timeout(1):
                    await self._announce()

    async def _run(self) -> None:
        pause = self._every_s
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            try:
                await self._announce()
                pause = self._every_s
            except ReelwrightError as error:
                _log.debug("events could not be announced: %s", error.code)
                self._dirty.set()
                pause = min(pause * 2, 5)
            await asyncio.sleep(pause)

    async def _announce(self) -> None:
        async with self._database.transaction(Activity.DELIVER) as tx:
            await tx.execute(_NOTIFY)
