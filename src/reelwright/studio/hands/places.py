"""Worlds to look around in, and pictures that are there already."""

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reelwright.engines.http.client import Http
from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import ImageRequest, Media, SearchRequest, WorldRequest
from reelwright.providers.wire import download, suffix_of
from reelwright.studio.hands.artists import Artists, media_from, silent
from reelwright.studio.hands.made import Made, Terms

_WIDE = (1344, 768)
_SOME_PICTURE = Media(Path(), "image/png", "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A picture of the web: what it is, and where it is from."""

    title: str
    page: str
    source: str
    thumbnail: str
    image: str


class Places:
    """Builds worlds and finds pictures. Both need a key: nothing built in can do them."""

    def __init__(self, artists: Artists, library: AssetService, http: Http) -> None:
        self._artists = artists
        self._library = library
        self._http = http

    async def build_world(
        self,
        who: Principal,
        prompt: str,
        terms: Terms,
        *,
        image: Asset | None = None,
        tell: Tell = silent,
    ) -> Made:
        """A panorama, or what else a world is to the models of the route. Raises KeyNeededError.

        Models begin with a picture; of words alone one is drawn first, on the same terms.
        """
        if not prompt.strip() and image is None:
            raise InvalidInputError("a world begins with words or a picture")
        await self._artists.need(who, Operation.WORLD, "a world")
        if image is not None:
            return await self._world(who, prompt, image, terms, tell)
        drawn = await self._drawn(who, prompt, terms, tell)
        world = await self._world(who, prompt, drawn.assets[0], terms, tell)
        return replace(
            world,
            by=(*drawn.by, *world.by),
            micros=Counter(drawn.micros) + Counter(world.micros),
            unpriced=drawn.unpriced + world.unpriced,
            jobs=(*drawn.jobs, *world.jobs),
        )

    async def _world(
        self, who: Principal, prompt: str, image: Asset, terms: Terms, tell: Tell
    ) -> Made:
        request = WorldRequest(prompt, media_from(image))
        return await self._artists.make(who, [request], terms, files=[image], tell=tell)

    async def _drawn(self, who: Principal, prompt: str, terms: Terms, tell: Tell) -> Made:
        """The picture a world begins with, for what the world leaves of the money."""
        await self._artists.need(who, Operation.TEXT_TO_IMAGE, "a world of words alone")
        most = terms.most
        if most is not None:
            world = WorldRequest(prompt, _SOME_PICTURE)
            (call,) = await self._artists.quoted(who, [world], terms)
            most = max(0, most - (call.choice.most or 0))
        request = ImageRequest(prompt, *_WIDE)
        return await self._artists.make(
            who, [request], replace(terms, route=None, most=most), tell=tell
        )

    async def search(
        self, who: Principal, query: str, terms: Terms, *, count: int = 20, tell: Tell = silent
    ) -> Made:
        """A list of pictures of the web as JSON: what each is, its page, its source, its thumbnail.

        Raises KeyNeededError.
        """
        await self._artists.need(who, Operation.SEARCH_IMAGES, "a search for pictures")
        return await self._artists.make(who, [SearchRequest(query, count)], terms, tell=tell)

    async def hits(self, who: Principal, found: Made) -> Sequence[Hit]:
        """What a search has found, in order."""
        told = json.loads(await self._library.read(who, found.assets[0].id))
        return [
            Hit(one["title"], one["page"], one["source"], one["thumbnail"], one["image"])
            for one in told
        ]

    async def bring(self, who: Principal, hits: Sequence[Hit], most: int) -> Sequence[Asset]:
        """The thumbnails of the first hits that can be had, as assets; rights stay with their pages."""
        kept: list[Asset] = []
        with tempfile.TemporaryDirectory(prefix="reelwright-found-") as folder:
            for n, hit in enumerate(hits):
                if len(kept) == most:
                    break
                with suppress(ReelwrightError):
                    path, kind = await download(self._http, hit.thumbnail, Path(folder), f"{n}.img")
                    if await asyncio.to_thread(_is_picture, path):
                        kept.append(await self._keep(who, hit, path, kind))
        return kept

    async def _keep(self, who: Principal, hit: Hit, path: Path, kind: str) -> Asset:
        return await self._library.keep(
            who,
            path,
            name=f"found{suffix_of(kind)}",
            media_type=kind,
            origin=Origin(OriginKind.UPLOAD, hit.page),
            facts={"title": hit.title, "page": hit.page, "source": hit.source},
        )


def _is_picture(path: Path) -> bool:
    """Strangers sent it: only what opens as a picture is one."""
    from PIL import Image  # noqa: PLC0415 - only where places are looked up

    try:
        with Image.open(path) as opened:
            opened.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
