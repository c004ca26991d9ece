"""Generations as the command makes them: files of this machine go in, and products come out in a folder."""

import asyncio
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reelwright.generation.asking import Asking, Wanted
from reelwright.generation.quotes import Order
from reelwright.generation.requests import read_request
from reelwright.generation.routes.route import Route
from reelwright.generation.stories import ToldCall
from reelwright.generation.wording import worded
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, media_of


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

    def __init__(self, asking: Asking, library: AssetService) -> None:
        self._asking = asking
        self._library = library

    async def make(
        self, who: Principal, order: Order, out: Path, tell: Callable[[str], None]
    ) -> Delivery:
        """Have it made and put it into a folder; `tell` hears of each step. Raises what it failed with.

        Cancelled itself, it cancels the job it began; what a vendor has already comes to the library.
        """
        files = {one.digest: await self._kept(who, one) for one in media_of(order.request)}
        answer = await self._asking.one(who, Wanted(order, files), lambda line, _: tell(line))
        return Delivery(answer.job, await self.deliver(who, answer.assets, out), answer.calls)

    async def deliver(self, who: Principal, assets: Sequence[Asset], out: Path) -> Sequence[Path]:
        """Put assets into a folder, beside what lies there; what is there already stays as it is."""
        places: list[Path] = []
        for asset in assets:
            place, there = await asyncio.to_thread(_place, out, asset)
            if not there:
                await self._library.fetch(who, asset, place, own=True)
            places.append(place)
        return places

    async def take_in(self, who: Principal, path: Path) -> Asset:
        """A file of this machine as an asset. Raises InvalidInputError, OSError."""
        return await self._keep(who, await asyncio.to_thread(_media, path))

    async def _kept(self, who: Principal, one: Media) -> AssetId:
        return (await self._keep(who, one)).id

    async def _keep(self, who: Principal, one: Media) -> Asset:
        origin = Origin(OriginKind.UPLOAD, one.name)
        return await self._library.keep(
            who, one.path, name=one.name, media_type=one.media_type, origin=origin
        )


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
