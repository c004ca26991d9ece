"""Events as they happen: replayed from the table, then live, without holes and in one order."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import UTC, datetime

from reelwright.engines.database.database import Database
from reelwright.engines.database.roles import Urls
from reelwright.engines.events.catalogue import RESET
from reelwright.engines.events.commits import hear_commits
from reelwright.engines.events.event import Event, event_id, parse_event_id
from reelwright.engines.events.fanning import Fan, Subscriber
from reelwright.engines.events.listening import Listener
from reelwright.engines.events.reading import (
    given_out,
    newest_place,
    pruned_upto,
    read_after,
    replay,
)
from reelwright.engines.events.settings import EventSettings
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Activity, Principal

_log = logging.getLogger(__name__)
_LONGEST_S = 5.0
_SOON_S = 0.02


class EventStream:
    """The one reader of a process, for all who follow events there; lives on one event loop.

    One query for each wake-up, whoever listens; one more for each who was away. `lag_s` is how old
    the newest event was when it was handed out, in seconds.
    """

    def __init__(
        self, database: Database, urls: Urls, settings: EventSettings | None = None
    ) -> None:
        self._database = database
        self._settings = settings or EventSettings()
        self._listener = Listener(urls.system, self.wake)
        self._fan = Fan()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._deafen: Callable[[], None] | None = None
        self._cursor = 0
        self.lag_s = 0.0
        self.delivered = 0

    @property
    def subscribers(self) -> int:
        """How many follow events in this process."""
        return len(self._fan)

    @property
    def running(self) -> bool:
        """Whether it was started, and not stopped."""
        return bool(self._tasks)

    @property
    def listening(self) -> bool:
        """Whether others' wake-ups arrive; if not, their events come by polling, up to a second late."""
        return self._listener.connected

    async def start(self) -> None:
        """Begin, from now on; raises DatabaseUnavailableError. Does nothing when started."""
        if self._tasks:
            return
        self._wake = asyncio.Event()
        async with self._database.transaction(Activity.DELIVER) as tx:
            self._cursor = await newest_place(tx)
        self._deafen = hear_commits(self.wake)
        self._tasks = [
            asyncio.create_task(self._run(), name="event-reader"),
            asyncio.create_task(self._listener.run(), name="event-listener"),
        ]

    async def stop(self) -> None:
        """End, and with it all who follow, at once."""
        self._fan.close()
        if self._deafen is not None:
            self._deafen()
            self._deafen = None
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    def wake(self) -> None:
        """There may be something to read."""
        self._wake.set()

    async def newest(self) -> str:
        """The id of the newest event there is: whoever follows after it misses nothing from now on."""
        if not len(self._fan):
            await self._move_up()
        return event_id(self._cursor)

    async def iterate(
        self, who: Principal, after: str | None = None, subject: str | None = None
    ) -> AsyncGenerator[Event]:
        """Events of a workspace after one, or from now on; ends when the stream stops.

        From the first step on nothing is missed. Whose id is older than what is kept, or of no
        event of this database, gets one `stream:reset` and then what happens. Raises
        InvalidInputError for what is no id, DatabaseUnavailableError while reading back.
        """
        if not self._tasks:
            raise ReelwrightError("events are followed before the stream was started")
        seen = -1 if after is None else parse_event_id(after)
        if not len(self._fan):
            await self._move_up()
            if not self._tasks:
                return  # stopped meanwhile
        if after is None:
            seen = self._cursor
        me = Subscriber(who.workspace, subject, seen, self._settings.queue)
        me.live = seen == self._cursor  # nothing has happened since
        self._fan.join(me)
        self.wake()
        try:
            reason = None if me.live else await self._reset_reason(seen)
            if reason:
                me.seen, me.live = self._cursor, True
                yield self._reset(who, reason)
            while not me.closed:
                if (event := me.take()) is not None:
                    me.seen = event.seq
                    yield event
                elif me.live:
                    await me.wait()
                else:
                    async for event in self._catch_up(who, me):
                        yield event
        finally:
            self._fan.leave(me)

    async def _catch_up(self, who: Principal, me: Subscriber) -> AsyncGenerator[Event]:
        """A page from the table. Up to the cursor nothing can come in between any more."""
        upto = self._cursor
        # Not `read`: a replica may be behind the cursor.
        async with self._database.transaction(who) as tx:
            most = self._settings.page
            page = await replay(tx, me.workspace, me.subject, me.seen, upto, most)
        for event in page:
            if me.closed:
                return
            me.seen = event.seq
            yield event
        if len(page) < most:
            me.seen = max(me.seen, upto)
            # Nothing is awaited from here to the next event: none slips through.
            me.live = upto == self._cursor

    async def _reset_reason(self, seen: int) -> str | None:
        async with self._database.transaction(Activity.DELIVER) as tx:
            if seen < await pruned_upto(tx):
                return "what happened since is no longer kept"
            if seen > self._cursor and seen > await given_out(tx):
                return "the id is of no event here"
        return None

    def _reset(self, who: Principal, reason: str) -> Event:
        told = {"reason": reason}
        now = datetime.now(UTC)
        return Event(event_id(self._cursor), RESET, who.workspace, told, now, who.workspace)

    async def _run(self) -> None:
        pause, held = _SOON_S, 0
        while True:
            await self._woken(held)
            try:
                held = held + 1 if await self._read() else 0
                pause = _SOON_S
            except Exception as error:  # noqa: BLE001  (this task must not end by itself)
                if pause == _SOON_S:  # said once an outage
                    _log.warning("events cannot be read (%s)", type(error).__name__)
                pause = min(pause * 2, _LONGEST_S)
                self.wake()
            await asyncio.sleep(max(self._settings.gap_s, pause if pause > _SOON_S else 0))

    async def _woken(self, held: int) -> None:
        """Until there may be something: soon, while an open transaction holds events up."""
        patience = self._settings.poll_s if len(self._fan) else None
        if held:
            patience = min(_SOON_S * 2 ** min(held, 10), self._settings.poll_s)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._wake.wait()
        self._wake.clear()

    async def _read(self) -> bool:
        """Hand out what is new; whether more is on its way."""
        while len(self._fan):  # with no reader, whoever comes first moves the cursor up
            async with self._database.transaction(Activity.DELIVER) as tx:
                events, held = await read_after(tx, self._cursor, self._settings.page)
            if events:
                self._cursor = events[-1].seq
                self._fan.hand_out(events)
                self.delivered += len(events)
                self.lag_s = (datetime.now(UTC) - events[-1].at).total_seconds()
            if len(events) < self._settings.page:
                return held
        return False

    async def _move_up(self) -> None:
        """Begin at what is newest, unless somebody reads already: then the cursor is theirs."""
        async with self._database.transaction(Activity.DELIVER) as tx:
            newest = await newest_place(tx)
        if not len(self._fan):
            self._cursor = max(self._cursor, newest)
