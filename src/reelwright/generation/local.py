"""Generations as the command makes them: files of this machine go in, and products come out in a folder."""

import asyncio
import hashlib
import mimetypes
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reelwright.generation.provider_service import ProviderService
from reelwright.generation.quotes import Order
from reelwright.generation.requests import read_request, written
from reelwright.generation.routes.route import Route
from reelwright.generation.stories import Storyteller, ToldCall
from reelwright.generation.wording import worded
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError, ToldError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.jobs.states import FINAL, JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, media_of

_LOOK_S = 0.3


def local_order(
    operation: Operation,
    prompt: str,
    settings: Sequence[str],
    files: Sequence[Path],
    route: Route,
    take: int = 0,
) -> Order:
    """An order with files of this machine; nothing is kept yet. Raises InvalidInputError, OSError."""
    media = {AssetId.new(): _media(path) for path in files}
    values = worded(operation, prompt, settings, list(media))
    return Order(read_request(operation, values, media), route, take)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of it: the files in the folder, and the calls that were paid for them."""

    job: Job
    files: Sequence[Path]
    calls: Sequence[ToldCall]


class LocalGenerations:
    """Makes orders with files of this machine, and waits for them. Somewhere a worker must run."""

    def __init__(
        self,
        providers: ProviderService,
        jobs: JobService,
        library: AssetService,
        stories: Storyteller,
        clock: Clock,
    ) -> None:
        self._providers = providers
        self._jobs = jobs
        self._library = library
        self._stories = stories
        self._clock = clock

    async def make(
        self, who: Principal, order: Order, out: Path, tell: Callable[[str], None]
    ) -> Delivery:
        """Have it made and put it into a folder; `tell` hears of each step. Raises what it failed with.

        Cancelled itself, it cancels the job it began; what a vendor has already comes to the library.
        """
        begun = self._clock.now()
        job = await self._begin(who, order)
        try:
            job = await self._ended(who, job, tell)
        except asyncio.CancelledError:
            if job.created_at >= begun:  # else another had asked for it before us, and waits too
                with suppress(ConflictError):
                    await self._jobs.cancel_job(who, job.id)
            raise
        files = await self._deliver(who, job, out)
        return Delivery(job, files, await self._stories.of_job(who, job.id))

    async def _begin(self, who: Principal, order: Order) -> Job:
        assets = {one.digest: await self._kept(who, one) for one in media_of(order.request)}
        values = written(order.request, assets)
        operation = order.request.operation
        route = order.route
        return await self._providers.execute_job(
            who,
            operation,
            {name: value for name, value in values.items() if name != "operation"},
            route={
                "wish": route.wish.value,
                "models": list(route.models),
                "soften": route.soften,
                "reroute": route.reroute,
            },
            take=order.take,
            name=operation.value,
        )

    async def _kept(self, who: Principal, one: Media) -> AssetId:
        origin = Origin(OriginKind.UPLOAD, one.name)
        kept = await self._library.keep(
            who, one.path, name=one.name, media_type=one.media_type, origin=origin
        )
        return kept.id

    async def _ended(self, who: Principal, job: Job, tell: Callable[[str], None]) -> Job:
        """The job at its good end; raises what it failed with."""
        seen: dict[str, str] = {}
        while True:
            now = await self._jobs.get_job(who, job.id)
            await self._tell(who, now, seen, tell)
            if now.state is JobState.UNKNOWN:
                raise OutcomeUnknownError(
                    "nobody knows whether it was made, and its money stays held",
                    way_out=f"look at the vendor's, and at `reelwright jobs show {job.id}`",
                )
            if now.state is JobState.CANCELLED:
                raise ConflictError("it was cancelled", way_out="ask for it again")
            if now.state is JobState.FAILED:
                raise ToldError(now.error or {})
            if now.state in FINAL:
                return now
            await asyncio.sleep(_LOOK_S)

    async def _tell(
        self, who: Principal, job: Job, seen: dict[str, str], tell: Callable[[str], None]
    ) -> None:
        """Say what is new of the calls."""
        calls = await self._providers.get_job_submissions(who, job.id)
        news = {str(one.id): f"{one.state} {one.moved_on}" for one in calls}
        if news == seen:
            return
        for one in await self._stories.of_job(who, job.id):
            if seen.get(str(one.call.id)) != news.get(str(one.call.id)):
                tell(one.words)
        seen.update(news)

    async def _deliver(self, who: Principal, job: Job, out: Path) -> Sequence[Path]:
        result: Mapping[str, Sequence[str]] = job.result or {}
        assets = [await self._library.get(who, AssetId(one)) for one in result["assets"]]
        places: list[Path] = []
        for asset in assets:
            place, there = await asyncio.to_thread(_place, out, asset)
            if not there:
                await self._library.fetch(who, asset, place, own=True)
            places.append(place)
        return places


def _media(path: Path) -> Media:
    if path.is_dir():
        raise InvalidInputError(f"{path} is a folder", way_out="name a file")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Media(path, kind, digest, path.name)


def _place(out: Path, asset: Asset) -> tuple[Path, bool]:
    """Where an asset goes, beside what lies there already; and whether it lies there itself."""
    out.mkdir(parents=True, exist_ok=True)
    name, number = Path(asset.name), 1
    while True:
        place = out / (asset.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        if not place.exists():
            return place, False
        if place.is_file() and _media(place).digest == asset.sha256:
            return place, True
        number += 1
