"""The one who asks vendors how waiting calls stand, for all jobs; jobs themselves only wait.

Every worker runs one, and a row is given to one of them at a time (by a lease in its `look_at`), so
they share the work and none of them is needed.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from reelwright.engines.database.database import Database
from reelwright.generation.submissions import records
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.model import Submission
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Activity
from reelwright.providers.operations import Operation

_log = logging.getLogger(__name__)

_EACH_S = 0.5
_LEASE_S = 30.0
_MOST = 200
_AT_ONCE = 50
_QUICK = frozenset((Operation.TEXT_TO_IMAGE, Operation.IMAGE_TO_IMAGE, Operation.SPEECH))


def pause_before(operation: Operation, looks: int) -> timedelta:
    """How long to wait before the next look: soon at first, later as a vendor's work takes longer."""
    longest = 3.0 if operation in _QUICK else 15.0
    return timedelta(seconds=min(longest, 1.0 if looks < 5 else 1.0 + (looks - 4) * 1.5))


class StatusPoller:
    """Looks at what is due, many at a time, until it is stopped."""

    def __init__(self, database: Database, clock: Clock, looker: Looker) -> None:
        self._database = database
        self._clock = clock
        self._looker = looker
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look."""
        if self._running is None:
            self._running = asyncio.create_task(self._go_on(), name="status-poller")

    async def stop(self) -> None:
        """End; what was begun is looked at again by any worker."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _go_on(self) -> None:
        while True:
            full = False
            try:
                full = await self.look() >= _MOST
            except Exception:  # noqa: BLE001  # this task must not end by itself
                _log.warning("a look at waiting calls failed", exc_info=True)
            if not full:
                await asyncio.sleep(_EACH_S)

    async def look(self) -> int:
        """Look at what is due; answers how many that were."""
        async with self._database.transaction(Activity.POLL) as tx:
            due = await records.due(tx, _MOST, _LEASE_S)
        slots = asyncio.Semaphore(_AT_ONCE)

        async def look_at(one: Submission) -> bool:
            async with slots:
                return await self._looker.look_at(one)

        ended = await asyncio.gather(*(look_at(one) for one in due))
        now = self._clock.now()
        await self._look_again(
            [
                (one, now + pause_before(one.operation, one.looks))
                for one, is_over in zip(due, ended, strict=True)
                if not is_over
            ]
        )
        return len(due)

    async def _look_again(self, looks: Sequence[tuple[Submission, datetime]]) -> None:
        if looks:
            rows = [{"id": one.id, "at": str(at)} for one, at in looks]
            async with self._database.transaction(Activity.POLL) as tx:
                await records.look_again(tx, json.dumps(rows))
