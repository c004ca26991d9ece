"""The usher: calls jobs up from the line as accounts become free, whoever waits longest first.

Every worker has one, and none of them is needed. A call that is lost with its process is repeated.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Durable
from reelwright.generation.accounts import line
from reelwright.generation.accounts.line import Place, Want
from reelwright.generation.accounts.service import AccountService
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Activity, Principal

_log = logging.getLogger(__name__)

_EACH_S = 0.5
_FIRST_OF_EACH = 50
_LATE = timedelta(seconds=15)
"""Whoever has been called up and has not come by then is called again; until then a slot is theirs."""


class Usher:
    """Looks at the line and at the accounts, and calls up as many jobs as there are free slots."""

    def __init__(
        self, database: Database, durable: Durable, clock: Clock, accounts: AccountService
    ) -> None:
        self._database = database
        self._durable = durable
        self._clock = clock
        self._accounts = accounts
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look."""
        if self._running is None:
            self._running = asyncio.create_task(self._go_on(), name="usher")

    async def stop(self) -> None:
        """End; other workers' ushers go on."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _go_on(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001  # this task must not end by itself
                _log.warning("a look at the line failed", exc_info=True)
            await asyncio.sleep(_EACH_S)

    async def look(self) -> int:
        """Call up whoever's turn it is; answers how many."""
        now = self._clock.now()
        async with self._database.transaction(Activity.DISPATCH) as tx:
            places = await line.first(tx, _FIRST_OF_EACH)
            if any(one.called_at and one.called_at < now - _LATE for one in places):
                await line.clear(tx, now - _LATE)
        if not places:
            return 0
        turns = await self._turns(places, now - _LATE)
        if not turns:
            return 0
        async with self._database.transaction(Activity.DISPATCH) as tx:
            called = await line.call_up(tx, turns, now, now - _LATE)
        await self._tell(called, now)
        return len(called)

    async def _turns(self, places: Sequence[Place], late: datetime) -> list[str]:
        """For whom there is a slot, when those who were called up before have theirs."""
        free: dict[AccountId, int] = {}
        known: dict[tuple[Principal, Want], list[AccountId]] = {}
        turns: list[str] = []

        def on_the_way(place: Place) -> bool:
            return place.called_at is not None and place.called_at > late

        for place in sorted(places, key=lambda one: (not on_the_way(one), one.since)):
            for want in place.wants:
                asked = place.who, want
                if asked not in known:
                    slots = await self._accounts.free_slots(place.who, want)
                    known[asked] = list(slots)
                    for account, count in slots.items():
                        free.setdefault(account, count)
                account = next((one for one in known[asked] if free[one] > 0), None)
                if account is not None:
                    free[account] -= 1
                    if not on_the_way(place):
                        turns.append(place.workflow_id)
                    break
        return turns

    async def _tell(self, called: Sequence[str], now: datetime) -> None:
        gone: list[str] = []
        for workflow in called:
            try:
                await self._durable.tell(workflow, line.TURN, {}, f"{workflow}:{now.isoformat()}")
            except MissingError:
                gone.append(workflow)
        if gone:
            async with self._database.transaction(Activity.DISPATCH) as tx:
                await line.remove(tx, gone)
