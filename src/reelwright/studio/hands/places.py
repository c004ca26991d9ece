"""Worlds to look around in, and pictures that are there already."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from reelwright.engines.http.client import Http
from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SearchRequest, WorldRequest
from reelwright.providers.wire import download, suffix_of
from reelwright.studio.hands.artists import Artists, media_from, silent
from reelwright.studio.hands.made import Made, Terms


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
        """A panorama of words, or of a picture a scene in 3D. Raises KeyNeededError."""
        if not prompt.strip() and image is None:
            raise InvalidInputError("a world begins with words or a picture")
        await self._artists.need(who, Operation.WORLD, "a world")
        request = WorldRequest(prompt, media_from(image) if image else None)
        files = [image] if image else []
        return await self._artists.make(who, [request], terms, files=files, tell=tell)

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
    try:
        with Image.open(path) as opened:
            opened.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
