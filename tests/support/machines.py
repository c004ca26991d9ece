"""Machines that share a database and a library, each with a disk and a crew of its own."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.identity.audit import AuditLog
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.projects.service import ProjectService
from reelwright.studio.productions.batches import WORKFLOW, Batches
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.making import BatchMaking, FilmMaking
from reelwright.studio.productions.order_books import OrderBooks
from reelwright.studio.productions.planning import Planner
from reelwright.studio.productions.purchases import Purchases
from reelwright.studio.productions.scripts import Scripts
from reelwright.studio.productions.service import ProductionService
from reelwright.studio.productions.shelves import Shelves
from support.fake_durable import FakeDurable
from support.rights import rights_of


class House:
    """What all machines share: database, library, and the queues."""

    def __init__(self, database, root: Path) -> None:
        self.database = database
        self.root = root
        self.durable = FakeDurable(database)
        clock = SystemClock()
        self.objects = DiskObjects(root / "objects", SignedUrls(b"k" * 32, clock))
        self.library = AssetService(database, self.objects, clock)
        self.projects = ProjectService(database, clock)
        self.rights = rights_of(database, self.library)
        self.first = Machine(self, "first")
        kinds = JobKinds([self.first.films.kind])
        self.jobs = JobService(database, self.durable, kinds, clock, JobSettings())
        nobody: Any = None  # these films go along no route
        limits = SpendingLimits(database, clock, AuditLog(database, clock))
        self.productions = ProductionService(
            database, self.jobs, self.projects, nobody, limits, self.rights
        )

    async def project(self, who, script: str, **files: str):
        """A project from a script's text."""
        kept = {}
        for name, text in {"small.fountain": script, **files}.items():
            path = self.root / f"given-{len(kept)}.txt"
            path.write_text(text)
            asset = await self.library.keep(
                who,
                path,
                name=name,
                media_type="text/plain",
                origin=Origin(OriginKind.UPLOAD, name),
            )
            kept[name] = asset.id
        return await self.projects.create(who, "Small", kept, "small.fountain")

    async def direct(self, *machines: "Machine", director: "Machine | None" = None) -> None:
        """Run the film job on the director, and its batches on the machines in turn, to the end."""
        director = director or machines[0]
        call = next(c for c in map(self._next, range(99)) if c is None or c.workflow == "job")
        directing = asyncio.ensure_future(self.durable.run(director.processor, call))
        turn = 0
        while not directing.done():
            batch = self.durable.next()
            if batch is None:
                await asyncio.sleep(0.02)
                continue
            assert batch.workflow == WORKFLOW
            await self.durable.run(machines[turn % len(machines)].batch_making, batch)
            turn += 1
        await directing

    def _next(self, _):
        return self.durable.next()


@dataclass
class Machine:
    """One machine: its store, its crew, and what it remembers of productions."""

    house: House
    name: str

    def __post_init__(self) -> None:
        house, disk = self.house, self.house.root / self.name
        self.made: list[str] = []
        self.shelves = Shelves(lambda workspace: disk / workspace, house.library, 10**9)
        self.bench = _CountingBench(self.made)
        self.batches = Batches(house.database, house.durable)
        scripts = Scripts(disk / "scripts", house.library, house.rights)
        purchases = Purchases(house.database, house.library)
        planner = Planner(house.projects, scripts, OrderBooks(), purchases)
        self.films = FilmMaking(
            house.database,
            house.durable,
            house.library,
            planner,
            self.shelves,
            self.bench,
            self.batches,
            purchases,
        )
        self.batch_making = BatchMaking(
            house.database, planner, self.shelves, self.bench, self.batches
        )
        clock = SystemClock()
        self.processor = JobProcessor(
            house.database,
            house.durable,
            JobKinds([self.films.kind]),
            clock,
            ProgressTracker(clock),
            JobSettings(),
        )

    def close(self) -> None:
        self.bench.close()
        self.shelves.close()


class _CountingBench(Bench):
    def __init__(self, made: list[str]) -> None:
        super().__init__(1)
        self._made = made

    async def make(self, shelf, orders, fresh):
        made = await super().make(shelf, orders, fresh)
        self._made += [one.recipe.operation for one, new in zip(orders, made, strict=True) if new]
        return made
