"""The two durable parts of a production: directing the film, and making a batch of its products."""

import asyncio
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.failures import may_pass
from reelwright.engines.durable.contract import Durable, Json, Steps, Workflow
from reelwright.film.timecode import name_rate
from reelwright.ground.digests import digest
from reelwright.ground.errors import InvalidInputError, ReelwrightError, written_error
from reelwright.ground.ids import AssetId, ProductionId
from reelwright.ground.principals import Activity
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.moving import find
from reelwright.jobs.states import ACTIVE
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct
from reelwright.studio.cut.delivery import Reel
from reelwright.studio.production import Figures
from reelwright.studio.productions.batches import WORKFLOW, Batches
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.bridge import Bridge, ProductionEndedError
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.planning import Planner
from reelwright.studio.productions.purchases import Purchases
from reelwright.studio.productions.records import (
    batch_of,
    end_batch,
    end_production,
    finish_production,
    production_of_job,
    take_up_production,
)
from reelwright.studio.productions.reporting import JobProgress
from reelwright.studio.productions.service import FILM
from reelwright.studio.productions.sharing import SharedWorkshop
from reelwright.studio.productions.shelves import Shelf, Shelves

_log = logging.getLogger(__name__)


class FilmParams(BaseModel):
    """What a job of the kind `film` is about: of which project, made how.

    Which production it is stands in the production's row.
    """

    project: str
    options: dict[str, Any] = {}


def _along_a_route(params: Mapping[str, Any]) -> bool:
    return bool(params.get("options", {}).get("route"))


class FilmMaking:
    """Directs a production: the work of a job of the kind `film`."""

    def __init__(
        self,
        database: Database,
        durable: Durable,
        library: AssetService,
        planner: Planner,
        shelves: Shelves,
        bench: Bench,
        batches: Batches,
        purchases: Purchases,
    ) -> None:
        self._database = database
        self._purchases = purchases
        self._durable = durable
        self._library = library
        self._planner = planner
        self._shelves = shelves
        self._bench = bench
        self._batches = batches

    @property
    def kind(self) -> JobKind:
        """As jobs know it."""
        return JobKind(
            name=FILM,
            params=FilmParams,
            run=self.run,
            release=self.release,
            spends=_along_a_route,
            makes_files=lambda _: True,
        )

    async def run(self, work: Work) -> Mapping[str, Any]:
        """Make the film; called again after a crash, it finds what is made and goes on."""

        async def direct() -> dict[str, Any]:
            return await self._direct(work)

        made = await work.steps.run("direct", direct)
        production_id = ProductionId(made["production"])
        outputs = {name: AssetId(one) for name, one in made["outputs"].items()}

        async def finish(tx: Tx) -> None:
            await finish_production(tx, production_id, made["figures"], outputs)

        await work.steps.transact(work.who, "finish", finish)
        return {"production": production_id, "figures": made["figures"]}

    async def release(self, tx: Tx, job: Job) -> list[str]:
        """Part of the job's bad end: no batch of it is begun any more."""
        production = await production_of_job(tx, job.id)
        return await end_production(tx, production.id) if production else []

    async def _take_up(self, work: Work) -> Production:
        async with self._database.transaction(work.who) as tx:
            # Held, so that nobody cancels it between our look and our commit.
            job = await find(tx, work.who, work.job.id, hold=True)
            if job is None or job.state not in ACTIVE:
                raise ProductionEndedError("the film was cancelled")
            production = await take_up_production(tx, job.id)
        if production is None:
            raise InvalidInputError(
                "this job has no production", way_out="ask for the film of a project"
            )
        return production

    async def _direct(self, work: Work) -> dict[str, Any]:
        production = await self._take_up(work)
        bridge = Bridge(asyncio.get_running_loop())
        shelf = self._shelves.of(work.who, production.project_id)

        def workshop() -> SharedWorkshop:
            return SharedWorkshop(
                production,
                shelf,
                self._bench,
                self._batches,
                self._planner.book(production),
                self._purchases,
                work.errands,
                bridge,
                fresh=bool(production.options.get("fresh")),
            )

        progress = JobProgress(
            work.progress.update, asyncio.get_running_loop().call_soon_threadsafe
        )
        try:
            figures, reel = await self._planner.direct(production, workshop, progress)
        finally:
            # Cancelled, we leave a thread behind: it must not go on directing beside the next one.
            bridge.close()
            self._batches.forget(production.id)
        outputs = await self._deliver(production, reel)
        made = {"figures": written_figures(figures), "outputs": outputs}
        return made | {"production": production.id}

    async def _deliver(self, production: Production, reel: Reel) -> dict[str, AssetId]:
        """Every path of the delivered folder with its asset."""
        shelf = self._shelves.of(production.who, production.project_id)
        assets = await shelf.assets({path.stem for path in reel.products.values()})
        outputs = {name: assets[path.stem].id for name, path in reel.products.items()}
        return outputs | await self._keep_texts(production, shelf, reel.texts)

    async def _keep_texts(
        self, production: Production, shelf: Shelf, texts: Mapping[str, str]
    ) -> dict[str, AssetId]:
        """The text exports as assets: equal texts are one."""
        digests = {name: digest(["export", name, text]) for name, text in texts.items()}
        with tempfile.TemporaryDirectory() as folder:
            made = [
                MadeProduct(
                    recipe_digest=digests[name],
                    operation="export",
                    path=_write(Path(folder) / name, text),
                    media_type=_TEXT_TYPES.get(Path(name).suffix, "text/plain"),
                    project_id=production.project_id,
                )
                for name, text in texts.items()
            ]
            kept = await shelf.keep_products(made)
        return {name: kept[digests[name]].id for name in texts}


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


_TEXT_TYPES = {
    ".otio": "application/json",
    ".fcpxml": "application/xml",
    ".xml": "application/xml",
    ".edl": "text/plain",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".csv": "text/csv",
}


def written_figures(figures: Figures) -> dict[str, Any]:
    """What was made, as JSON."""
    plain = {**asdict(figures), "rate": name_rate(figures.rate)}
    return plain | {"warnings": list(figures.warnings)}


class BatchMaking:
    """Makes a batch: the durable function behind the queue `making`."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        shelves: Shelves,
        bench: Bench,
        batches: Batches,
    ) -> None:
        self._database = database
        self._planner = planner
        self._shelves = shelves
        self._bench = bench
        self._batches = batches

    @property
    def workflow(self) -> Workflow:
        """As the durable engine runs it."""
        return Workflow(WORKFLOW, self.run)

    async def run(self, steps: Steps, call: Json) -> Json:
        """Make the batch, and write down how it ended."""

        async def make() -> None:
            await self._make(call["batch"])

        await steps.run("make", make)

    async def _make(self, batch_id: str) -> None:
        async with self._database.read(Activity.DISPATCH) as tx:
            found = await batch_of(tx, batch_id)
        if found is None or found[0].state != "queued" or not found[1].live:
            return
        row, production = found
        made, error = await self._try(production, row.digests)
        async with self._database.transaction(production.who) as tx:
            await end_batch(tx, batch_id, made, error)
        self._batches.ring(production.id)

    async def _try(
        self, production: Production, digests: list[str]
    ) -> tuple[list[bool], dict[str, Any] | None]:
        shelf = self._shelves.of(production.who, production.project_id)
        fresh = [bool(production.options.get("fresh"))] * len(digests)
        try:
            orders = await self._planner.orders(production, shelf, digests)
            return await self._bench.make(shelf, orders, fresh), None
        except Exception as error:  # whatever it is, the film must hear of it
            if may_pass(error):
                raise
            if not isinstance(error, ReelwrightError):
                _log.exception("a batch of production %s met a fault", production.id)
            return [], written_error(error)
