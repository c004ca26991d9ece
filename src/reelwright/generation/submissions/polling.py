"""The one who asks vendors how waiting calls stand, for all jobs; jobs themselves only wait.

Every worker runs one, and a row is given to one of them at a time (by a lease in its `look_at`), so
they share the work and none of them is needed.
"""

import asyncio
import json
import logging
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta

from reelwright.engines.database.database import Database
from reelwright.generation.submissions import records
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.model import Submission
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Activity
from reelwright.providers.operations import Operation

_log = logging.getLogger(__name__)

_EACH_S, _CROWDED_EACH_S = 0.5, 0.15
_LEASE_S = 30.0
_AT_ONCE, _BEGUN_TOGETHER = 160, 60
"""Of an account of which more are under way than are begun together none are begun: so it never has
more than twice as many. Who does not answer keeps neither others' looks waiting nor paid calls."""
_COUNT_EACH_S = 10.0
_QUICK = frozenset((Operation.TEXT_TO_IMAGE, Operation.IMAGE_TO_IMAGE, Operation.SPEECH))
_LOOKS_PER_S = 365
_LONGEST_S = 27.4


def pause_before(operation: Operation, looks: int, waiting: int = 0) -> timedelta:
    """How long to wait before the next look: soon at first, later as a vendor's work takes longer.

    While thousands are `waiting` the pauses grow with them, up to half a minute.
    """
    longest = 3.0 if operation in _QUICK else 15.0
    crowded = min(_LONGEST_S, waiting / _LOOKS_PER_S)
    return timedelta(
        seconds=max(crowded, min(longest, 1.0 if looks < 5 else 1.0 + (looks - 4) * 1.5))
    )


class StatusPoller:
    """Looks at what is due, many at a time, until it is stopped; none waits for the slowest."""

    def __init__(self, database: Database, clock: Clock, looker: Looker) -> None:
        self._database = database
        self._clock = clock
        self._looker = looker
        self._running: asyncio.Task[None] | None = None
        self._looking: dict[asyncio.Task[None], str | None] = {}
        self._again: list[Submission] = []
        self._waiting = 0
        self._counted_at = 0.0

    async def start(self) -> None:
        """Begin to look."""
        if self._running is None:
            self._running = asyncio.create_task(self._go_on(), name="status-poller")

    async def stop(self) -> None:
        """End; what was begun is looked at again by any worker."""
        running, self._running = self._running, None
        for task in (running, *self._looking):
            if task is not None:
                task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*filter(None, (running, *self._looking)), return_exceptions=True)

    async def _go_on(self) -> None:
        while True:
            begun = asyncio.get_running_loop().time()
            more = False
            try:
                more = await self._begin_looks()
                await self._look_again()
            except Exception:  # noqa: BLE001  # this task must not end by itself
                _log.warning("a look at waiting calls failed", exc_info=True)
            pause = _CROWDED_EACH_S if more else _EACH_S
            await asyncio.sleep(max(0.01, begun + pause - asyncio.get_running_loop().time()))

    async def _begin_looks(self) -> bool:
        """Begin to look at what is due, as long as there is room; whether more may be due."""
        room = min(_AT_ONCE - len(self._looking), _BEGUN_TOGETHER)
        if room <= 0:
            return True
        busy = Counter(self._looking.values())
        full = [one for one, count in busy.items() if one and count > _BEGUN_TOGETHER]
        async with self._database.transaction(Activity.POLL) as tx:
            if time.monotonic() >= self._counted_at + _COUNT_EACH_S:
                self._waiting = await records.count_to_look_at(tx)
                self._counted_at = time.monotonic()
            due = await records.due(tx, room, _LEASE_S, full)
        for one in due:
            task = asyncio.create_task(self._look_at(one))
            self._looking[task] = one.account_id
            task.add_done_callback(self._looking.pop)
        return len(due) == room

    async def _look_at(self, one: Submission) -> None:
        if not await self._looker.look_at(one):
            self._again.append(one)

    async def _look_again(self) -> None:
        """Write down, for many at once, when to look at those next that have not ended."""
        if not self._again:
            return
        looked, self._again = self._again, []
        now = self._clock.now()
        rows = [
            {"id": one.id, "at": str(now + pause_before(one.operation, one.looks, self._waiting))}
            for one in looked
        ]
        async with self._database.transaction(Activity.POLL) as tx:
            await records.look_again(tx, json.dumps(rows))
