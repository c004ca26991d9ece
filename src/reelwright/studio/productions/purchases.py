"""Purchases of a production: what it commissions of models, as jobs under its own.

What comes of a commission is named by the commission's digest beside its own recipe's: the next
production of the workspace finds it and pays nothing. What this production could not get it
remembers, so that whoever plans it again plans the same film.
"""

import asyncio
from collections.abc import Mapping, Sequence

from reelwright.engines.database.database import Database
from reelwright.engines.storage.store import Stored
from reelwright.generation.making import GENERATE, RouteParams
from reelwright.generation.requests import written
from reelwright.ground.ids import AssetId, JobId
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import Errands
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.providers.prompts import media_of
from reelwright.studio.commissions.commission import Commission
from reelwright.studio.productions.bridge import ProductionEndedError
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.records import is_live, note_unmade, unmade_of
from reelwright.studio.productions.shelves import Shelf

_AT_ONCE = 200  # rows in one commit
_LOOK_S, _LOOK_AGAIN_S = 0.2, 2.0


class Purchases:
    """Has commissions made, and waits for them."""

    def __init__(self, database: Database, library: AssetService) -> None:
        self._database = database
        self._library = library

    async def found(
        self, production: Production, shelf: Shelf, digests: Sequence[str]
    ) -> dict[str, Stored]:
        """What was bought before, without what this production is made without."""
        async with self._database.read(production.who) as tx:
            unmade = await unmade_of(tx, production.id)
        return await shelf.find([one for one in digests if one not in unmade])

    async def unmade(self, production: Production) -> set[str]:
        """What this production is made without."""
        async with self._database.read(production.who) as tx:
            return await unmade_of(tx, production.id)

    async def begin(
        self,
        production: Production,
        shelf: Shelf,
        errands: Errands,
        commissions: Sequence[Commission],
    ) -> dict[JobId, list[str]]:
        """Ask for them; the jobs that make them, each with the digests it serves."""
        stems = {one.path.stem for each in commissions for one in media_of(each.request)}
        files = {digest: one.id for digest, one in (await shelf.assets(stems)).items()}
        begun: dict[JobId, list[str]] = {}
        for at in range(0, len(commissions), _AT_ONCE):
            some = commissions[at : at + _AT_ONCE]
            news = [_job(production, one, files) for one in some]
            jobs = await errands.ask(news)
            for job, one in zip(jobs, some, strict=True):
                begun.setdefault(job.id, []).append(one.digest)
        return begun

    async def ended(
        self, production: Production, errands: Errands, waiting: Sequence[JobId]
    ) -> Sequence[Job]:
        """Wait until some of the jobs have ended, or nobody knows how; raises ProductionEndedError."""
        pause = _LOOK_S
        while True:
            async with self._database.read(production.who) as tx:
                if not await is_live(tx, production.id):
                    raise ProductionEndedError("the film was cancelled")
            ended = await errands.ended(waiting)
            if ended:
                return ended
            await asyncio.sleep(pause)
            pause = min(_LOOK_AGAIN_S, pause * 1.3)

    async def take_in(
        self, production: Production, shelf: Shelf, job: Job, digests: Sequence[str]
    ) -> Mapping[str, Stored]:
        """What has come of a job that has ended: nothing where it failed, which is remembered."""
        if job.state is JobState.COMPLETED:
            asset = AssetId(job.result["assets"][0])
            operation = job.params["operation"]
            await self._library.name_product(production.who, asset, digests, operation)
            found = await shelf.find(digests)
            if found:
                return found
        async with self._database.transaction(production.who) as tx:
            await note_unmade(tx, production.id, digests)
        return {}


def why_unmade(job: Job) -> str:
    """Why a job brought nothing, in words."""
    if job.state is JobState.UNKNOWN:
        return "its answer was lost, and its money stays held until somebody decides"
    if job.state is JobState.COMPLETED:
        return "what came of it is gone from the library"
    return str((job.error or {}).get("message", f"it was {job.state.value}"))


def _job(production: Production, one: Commission, files: Mapping[str, AssetId]) -> NewJob:
    route = one.route
    told = RouteParams(
        wish=route.wish, models=route.models, soften=route.soften, reroute=route.reroute
    )
    request = written(one.request, files)
    operation = request.pop("operation")
    return NewJob(
        kind=GENERATE,
        params={
            "operation": operation,
            "request": request,
            "route": told.model_dump(mode="json"),
            "take": one.take,
        },
        name=one.name[:200],
        project_id=production.project_id,
    )
