"""Moodboards made: pictures drawn by models or by the built-in artist, found where there is a key, on one sheet."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reelwright.film.breakdown.model import Breakdown
from reelwright.generation.asking import Tell
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.providers.drawings import StillRequest
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import ImageRequest
from reelwright.studio.hands.artists import Artists, silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.places import Places
from reelwright.studio.hands.sketching import Sketches, scene_of
from reelwright.studio.moodboards.board import Moodboard
from reelwright.studio.moodboards.gathering import Gathered, View, gather

SKETCHED = "There is no key of a model that draws, so the built-in artist drew the pictures."
_FOUND, _TRIED = 2, 8
_FRAME = 1280, 720


@dataclass(frozen=True, slots=True)
class BoardOrder:
    """What a board is made of: a breakdown, of which `scene` names one scene, or all of it.

    `search` adds pictures found in the web where there is a key. `form` is png or pdf.
    """

    breakdown: Breakdown
    scene: str | None = None
    style: str = ""
    search: bool = True
    form: str = "png"


def board_of_words(words: str) -> Breakdown:
    """What a board of a few words is made of: they are read as a scene."""
    return replace(scene_of(words), title=" ".join(words.split())[:80])


class Moodboards:
    """Makes moodboards; each is an asset, with its palette among its facts."""

    def __init__(
        self, artists: Artists, sketches: Sketches, places: Places, library: AssetService
    ) -> None:
        self._artists = artists
        self._sketches = sketches
        self._places = places
        self._library = library

    async def build(
        self, who: Principal, wanted: BoardOrder, terms: Terms, tell: Tell = silent
    ) -> Made:
        """The board first, then the pictures on it. Raises what a model that was asked failed with."""
        gathered = gather(wanted.breakdown, wanted.scene)
        drawn = await self._pictures(who, gathered.views, wanted, terms, tell)
        found = await self._found(who, gathered, wanted, terms, tell)
        pictures = [*drawn.assets, *(found.assets if found else ())]
        captions = [one.caption for one in gathered.views]
        captions += [f"found: {one.facts.get('source', '')}" for one in pictures[len(captions) :]]
        board = await self._board(who, gathered, captions, pictures, wanted.form, terms)
        tell("the board is made", 1.0)
        micros = dict(drawn.micros)
        for currency, cost in (found.micros if found else {}).items():
            micros[currency] = micros.get(currency, 0) + cost
        return replace(
            drawn,
            assets=(board, *pictures),
            by=(*drawn.by, *(found.by if found else ())),
            micros=micros,
            unpriced=drawn.unpriced + (found.unpriced if found else 0),
            jobs=(*drawn.jobs, *(found.jobs if found else ())),
            warnings=(*drawn.warnings, *(found.warnings if found else ())),
        )

    async def _pictures(
        self, who: Principal, views: Sequence[View], wanted: BoardOrder, terms: Terms, tell: Tell
    ) -> Made:
        if await self._artists.hired(who, Operation.TEXT_TO_IMAGE, terms):
            style = f" Style: {wanted.style}." if wanted.style else ""
            requests = [ImageRequest(one.prompt + style, *_FRAME) for one in views]
            return await self._artists.make(who, requests, terms, tell=tell)
        drawn: list[Asset] = []
        for view in views:
            drawn.append(await self._sketches.made(who, StillRequest(view.picture), terms))
            tell(f"drawn: {view.caption}", len(drawn) / (len(views) + 1))
        return Made(tuple(drawn), (Sketches.name,), warnings=(SKETCHED,))

    async def _found(
        self, who: Principal, gathered: Gathered, wanted: BoardOrder, terms: Terms, tell: Tell
    ) -> Made | None:
        """Pictures of the web; a board does without them when they cannot be had."""
        if not wanted.search or not await self._artists.keyed(who, Operation.SEARCH_IMAGES):
            return None
        asked = replace(terms, route=None)
        try:
            made = await self._places.search(who, gathered.query, asked, count=_TRIED, tell=tell)
        except ReelwrightError as error:
            return Made((), (), warnings=(f"no pictures were searched: {error.message}",))
        hits = await self._places.hits(who, made)
        return replace(made, assets=tuple(await self._places.bring(who, hits, _FOUND)))

    async def _board(
        self,
        who: Principal,
        gathered: Gathered,
        captions: Sequence[str],
        pictures: Sequence[Asset],
        form: str,
        terms: Terms,
    ) -> Asset:
        with tempfile.TemporaryDirectory(prefix="reelwright-board-") as folder:
            files = []
            for n, one in enumerate(pictures):
                path = Path(folder) / f"{n}{Path(one.name).suffix}"
                await self._library.fetch(who, one, path)
                files.append(path)
            board = Moodboard(gathered.words, tuple(captions), tuple(files), form)
            inputs = tuple(one.sha256 for one in pictures)
            return await self._sketches.own_work(who, board, inputs, terms)
