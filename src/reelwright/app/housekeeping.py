"""Housekeeping: forgetting what nobody needs, in every process that works or serves.

Also in a `reelwright film`: on a laptop there may never be another process. It costs a short film
nothing, since the first look comes after half a minute or so, and a stop does not wait for it.
Chores of the whole house are done by one process each time: whoever finds one due writes that down
first. If it dies over it, the next one does it an interval later; every chore can be repeated.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.database.timings import StatementTimings
from reelwright.engines.durable.retention import Retention
from reelwright.engines.events.pruning import EventPruner
from reelwright.engines.storage.objects import Objects
from reelwright.generation.accounts.healing import AccountHealer
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Activity
from reelwright.identity.answers import KeptAnswers
from reelwright.identity.leaving import Erasure
from reelwright.library.labels import AssetLabels
from reelwright.library.moving import Mover
from reelwright.library.notices import Notices
from reelwright.library.sweeping import LibrarySweeper
from reelwright.library.upload_service import UploadService
from reelwright.projects.life import ProjectLife
from reelwright.projects.states import ProjectStates
from reelwright.studio.productions.scripts import Scripts
from reelwright.studio.productions.store_sweeping import StoreSweeper

_log = logging.getLogger(__name__)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_FIRST = timedelta(seconds=30)
_AT_END_S = 1.0
_JITTER = 0.2

_CLAIM = text("""
INSERT INTO chores AS known (name, begun_at) VALUES (:name, :now)
ON CONFLICT (name) DO UPDATE SET begun_at = excluded.begun_at WHERE known.begun_at <= :before
RETURNING name
""")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every now and then; it MUST bear to be repeated and to be broken off.

    `shared`: once for all processes together. `at_end`: once more when the process stops, for at
    most a second.
    """

    name: str
    every: timedelta
    do: Callable[[], Awaitable[object]]
    shared: bool = False
    at_end: bool = False


class Housekeeper:
    """Does the chores until it is stopped. One that fails is logged once, and tried again next time."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        chores: Sequence[Chore],
        *,
        first: timedelta = _FIRST,
    ) -> None:
        self._database = database
        self._clock = clock
        self.chores = tuple(chores)
        self._first = first
        self._failing: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin; nothing is done before `first` has passed."""
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._keep(one), name=f"chore: {one.name}")
                for one in self.chores
            ]

    async def stop(self) -> None:
        """Break off what is being done, and do what wants to be done at the end."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)
            last = [self._last(one) for one in self.chores if one.at_end]
            await asyncio.gather(*last)

    async def do(self, chore: Chore) -> bool:
        """Do a chore if it is due; False when another process has done it, or it failed."""
        try:
            if chore.shared and not await self._claim(chore):
                return False
            await chore.do()
        except Exception as error:  # noqa: BLE001 - the house stands also while it is not tidy
            if chore.name not in self._failing:
                _log.warning("%s failed (%s)", chore.name, type(error).__name__, exc_info=error)
            self._failing.add(chore.name)
            return False
        self._failing.discard(chore.name)
        return True

    async def _keep(self, chore: Chore) -> None:
        pause = min(self._first, chore.every)
        while True:
            # Not in step with the other processes, nor with our other chores.
            await asyncio.sleep(pause.total_seconds() * random.uniform(1 - _JITTER, 1 + _JITTER))
            await self.do(chore)
            pause = chore.every

    async def _last(self, chore: Chore) -> None:
        try:
            async with asyncio.timeout(_AT_END_S):
                await self.do(chore)
        except TimeoutError:
            _log.info("%s was left undone at the end", chore.name)

    async def _claim(self, chore: Chore) -> bool:
        """Whether it is due, and ours: of several who ask at once, one is told yes."""
        now = self._clock.now()
        # Who comes a little early must not find that the others have all just been there.
        told = {"name": chore.name, "now": now, "before": now - chore.every * (1 - _JITTER)}
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            return await tx.scalar(_CLAIM, told) is not None


def chores(
    database: Database,
    events: EventPruner,
    work: Retention,
    library: LibrarySweeper,
    uploads: UploadService,
    objects: Objects,
    scripts: Scripts,
    timings: StatementTimings,
    accounts: AccountHealer,
    answers: KeptAnswers,
    labels: AssetLabels,
    erasure: Erasure,
    stores: StoreSweeper,
) -> list[Chore]:
    """All there is to do. Files of this machine are not shared: each process looks after them."""
    return [
        Chore("erasing people", _MINUTE, erasure.erase, shared=True),
        Chore("forgetting old events", _HOUR, events.prune, shared=True),
        Chore("forgetting finished workflows", _HOUR, work.prune, shared=True),
        Chore("forgetting old answers", _HOUR, answers.prune, shared=True),
        Chore("sweeping the library", _HOUR, library.sweep, shared=True),
        Chore("finishing uploads", _MINUTE, uploads.finish_left, shared=True),
        Chore("deleting files from the trash", _HOUR, labels.empty_trash, shared=True),
        Chore("deleting small pictures of nothing", _HOUR, labels.sweep_companions, shared=True),
        Chore("sweeping drafts", _HOUR, lambda: objects.sweep_drafts(_DAY)),
        Chore("sweeping stores", _HOUR, stores.sweep),
        Chore("sweeping scripts", _HOUR, lambda: scripts.sweep(_DAY)),
        # Each process: only it knows the keys of its environment. Of the others, one tries each.
        Chore("healing accounts", _MINUTE, accounts.heal),
        Chore("sealing keys anew", _HOUR, accounts.rewrap, shared=True),
        Chore("counting statements", _MINUTE, lambda: timings.flush(database), at_end=True),
    ]


def project_chores(projects: ProjectLife, states: ProjectStates) -> list[Chore]:
    """What is tidied up about projects."""
    return [
        Chore("deleting projects from the trash", _HOUR, projects.empty_trash, shared=True),
        Chore("thinning out states", _HOUR, states.thin, shared=True),
    ]


def rights_chores(notices: Notices, mover: Mover) -> list[Chore]:
    """What is done about rights in files without anybody asking."""
    return [
        Chore("moving what is held back", _MINUTE, mover.move, shared=True),
        Chore("forgetting old notices", _DAY, notices.forget, shared=True),
    ]
