"""Pictures from words, and from pictures: asked for as jobs, waited for here."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reelwright.generation.provider_service import ProviderService
from reelwright.generation.routes.route import Route
from reelwright.ground.errors import ConflictError, ToldError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.providers.operations import Operation

_CHEAPEST = Route()
_LOOK_S = 0.2


class LLMImageService:
    """Has pictures made by the image models of the catalogue, and waits for them.

    Somewhere a worker must run. Whoever stops waiting stops nothing: the job goes on.
    """

    def __init__(self, providers: ProviderService, jobs: JobService, library: AssetService) -> None:
        self._providers = providers
        self._jobs = jobs
        self._library = library

    async def generate(
        self,
        who: Principal,
        prompt: str,
        *,
        route: Route = _CHEAPEST,
        project_id: ProjectId | None = None,
        take: int = 0,
        **more: Any,
    ) -> Sequence[Asset]:
        """Pictures from words; `more` are parameters of `ImageRequest` (width, height, count, seed)."""
        values = {"prompt": prompt, **more}
        return await self._made(who, Operation.TEXT_TO_IMAGE, values, route, project_id, take)

    async def edit(
        self,
        who: Principal,
        prompt: str,
        images: Sequence[AssetId],
        *,
        route: Route = _CHEAPEST,
        project_id: ProjectId | None = None,
        take: int = 0,
        **more: Any,
    ) -> Sequence[Asset]:
        """Pictures after others; what is to be edited comes first."""
        values = {"prompt": prompt, "references": [{"asset": one} for one in images], **more}
        return await self._made(who, Operation.IMAGE_TO_IMAGE, values, route, project_id, take)

    async def _made(
        self,
        who: Principal,
        operation: Operation,
        values: Mapping[str, Any],
        route: Route,
        project_id: ProjectId | None,
        take: int,
    ) -> Sequence[Asset]:
        asked = asdict(route) | {"wish": route.wish.value}
        job = await self._providers.execute_job(
            who, operation, values, route=asked, project_id=project_id, take=take
        )
        job = await self._ended(who, job)
        found = await self._library.get_many(who, [AssetId(one) for one in job.result["assets"]])
        return [found[AssetId(one)] for one in job.result["assets"]]

    async def _ended(self, who: Principal, job: Job) -> Job:
        """The job at its good end; raises what it failed with."""
        while True:
            now = await self._jobs.get_job(who, job.id)
            match now.state:
                case JobState.COMPLETED:
                    return now
                case JobState.UNKNOWN:
                    raise OutcomeUnknownError("nobody knows whether it was made")
                case JobState.CANCELLED:
                    raise ConflictError("it was cancelled", way_out="ask for it again")
                case JobState.FAILED:
                    raise ToldError(now.error or {})
            await asyncio.sleep(_LOOK_S)
