"""What the built-in artist makes of words: a prompt is read as a scene, and that is drawn, spoken or scored."""

import asyncio
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.film.breakdown.headings import OPEN_AIR, TIME, TIMES
from reelwright.film.breakdown.model import Angle, Breakdown, Move, Setting, Size, TimeOfDay
from reelwright.film.breakdown.mood import read_mood
from reelwright.film.breakdown.places import NOUNS
from reelwright.film.breakdown.script import break_down
from reelwright.film.picture import Framing, Picture
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.voices import VoiceTraits
from reelwright.ground.digests import draw
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, MadeProduct
from reelwright.providers.contract import Request
from reelwright.providers.drawings import ScoreRequest, StillRequest, VoiceRequest
from reelwright.providers.loader import load_provider
from reelwright.studio.direction import Director, read_delivery
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.worker import produce
from reelwright.studio.workshop import LocalRequest, Order, local_order, order

_INSIDE = re.compile(
    r"\b(inside|interior|room|kitchen|office|bar|cafe|hall|church|attic|cellar|library|shop|corridor"
    r"|hospital|prison|theatre|theater|restaurant|laboratory|cabin)\b",
    re.IGNORECASE,
)
_VIEWS: tuple[tuple[Size, Angle, int, int], ...] = (
    (Size.WIDE, Angle.EYE, 28, 1),
    (Size.FULL, Angle.LOW, 35, -1),
    (Size.EXTREME_WIDE, Angle.HIGH, 21, 1),
    (Size.MEDIUM, Angle.EYE, 50, -1),
)
"""Size, angle, lens and side of the first takes; later ones begin again."""


class Sketches:
    """Has the built-in artist make things, one at a time in this process; what was made is found again."""

    name = "sketch"

    def __init__(self, library: AssetService) -> None:
        self._library = library
        self._turn = asyncio.Lock()

    async def still(
        self, who: Principal, prompt: str, size: tuple[int, int], terms: Terms
    ) -> Asset:
        """A picture of what the prompt says; each take looks from elsewhere."""
        picture = await asyncio.to_thread(imagined, prompt, *size, terms.take)
        return await self.made(who, StillRequest(picture), terms)

    async def speech(
        self, who: Principal, text: str, voice: str, directions: str, language: str, terms: Terms
    ) -> Asset:
        """A temporary voice."""
        request = VoiceRequest(
            text, voice, traits_of(voice), language, delivery=read_delivery(directions)
        )
        return await self.made(who, request, terms)

    async def music(self, who: Principal, prompt: str, seconds: float, terms: Terms) -> Asset:
        """A score by the mood of the words; each take is another composition."""
        # It brings the numbers' library along, which a process that only asks never needs.
        from reelwright.providers.sketch.score.moods import MOODS  # noqa: PLC0415

        mood = next((one for one in MOODS if one in prompt.lower()), None)
        mood = mood or read_mood("", [prompt], TimeOfDay.DAY)
        pace = {"slow": 0.2, "calm": 0.2, "fast": 0.9, "driving": 0.8}
        tempo = next((pace[word] for word in pace if word in prompt.lower()), 0.5)
        key = f"{prompt} {terms.take}"
        return await self.made(who, ScoreRequest(mood, round(seconds, 3), tempo, key=key), terms)

    async def made(self, who: Principal, request: Request, terms: Terms) -> Asset:
        """What the artist makes of a request."""
        wanted = order(load_provider(self.name), request, take=terms.take)
        return await self._made(who, wanted, terms)

    async def own_work(
        self, who: Principal, request: LocalRequest, inputs: tuple[str, ...], terms: Terms
    ) -> Asset:
        """Work that no provider is asked for; `inputs` are the digests of the files it reads."""
        return await self._made(who, local_order(request, inputs), terms)

    async def _made(self, who: Principal, wanted: Order, terms: Terms) -> Asset:
        found = (await self._library.find_products(who, {wanted.digest})).get(wanted.digest)
        if found is not None and (used := await self._used(who, found, terms)):
            return used
        async with self._turn:
            with tempfile.TemporaryDirectory(prefix="reelwright-sketch-") as folder:
                with environment(f"cannot make a {wanted.recipe.operation}"):
                    product = await asyncio.to_thread(produce, wanted, Path(folder))
                made = MadeProduct(
                    wanted.digest,
                    wanted.recipe.operation,
                    product.path,
                    product.media_type,
                    product.facts,
                    project_id=terms.project_id,
                    inputs=wanted.recipe.inputs,
                )
                kept = await self._library.keep_products(who, [made])
        one = kept[wanted.digest]  # of two projects that had it made at once, one has kept it
        return await self._used(who, one, terms) or one

    async def _used(self, who: Principal, asset: Asset, terms: Terms) -> Asset | None:
        """It as one of the project it is made for, with which alone it goes; None if it has gone."""
        if asset.project_id == terms.project_id:
            return asset
        return (await self._library.use_in(who, [asset.id], terms.project_id)).get(asset.id)


def sketched(*assets: Asset, told: str) -> Made:
    """What the artist made, with a word on what it is."""
    return Made(assets, (Sketches.name,), warnings=(told,))


def imagined(prompt: str, width: int, height: int, take: int = 0) -> Picture:
    """What the artist understands of a prompt, as a picture seen from the take's place."""
    breakdown = scene_of(prompt)
    scene = breakdown.scenes[0]
    picture = Director(breakdown, width, height).picture(scene, scene.shots[0])
    return from_elsewhere(replace(picture, prompt=prompt), take)


def from_elsewhere(picture: Picture, take: int) -> Picture:
    """The same from another place; beyond the first take, of another such place."""
    size, angle, lens, side = _VIEWS[take % len(_VIEWS)]
    framing = Framing(picture.framing.kind, size, angle, Move.STATIC, lens)
    where = picture.place.location
    place = replace(picture.place, location=f"{where} {take + 1}" if take else where)
    return replace(picture, place=place, framing=framing, side=side)


def scene_of(prompt: str) -> Breakdown:
    """A prompt as a script of one scene: its place, its hour, and what is seen."""
    low = " ".join(prompt.lower().split())
    nouns = [word for word in re.findall(r"\w+", low) if word in NOUNS]
    time = TIME.search(low)
    hour = TIMES[time[1]] if time else TimeOfDay.DAY
    inside = bool(_INSIDE.search(low)) and not OPEN_AIR.search(low)
    setting = Setting.INT if inside else Setting.EXT
    place = " ".join(nouns[:2]) or " ".join(low.split()[:6]) or "somewhere"
    text = f"{setting.value}. {place.upper()} - {hour.value.upper()}\n\n{prompt.strip()}\n"
    return break_down(read_screenplay(text.encode("utf-8", "replace"), "prompt.fountain"))


def traits_of(voice: str) -> VoiceTraits:
    """The traits a voice's name or description speaks of; the rest follows from the name itself."""
    words = set(re.findall(r"\w+", voice.lower()))
    woman = bool(words & {"woman", "female", "girl", "lady", "she"})
    child = bool(words & {"child", "boy", "girl", "kid"})
    old = bool(words & {"old", "elderly", "aged", "senior"})
    pitch = 0.15 if words & {"deep", "low"} else 0.85 if words & {"high", "bright"} else None
    chance = draw("voice", voice)
    return VoiceTraits(
        sex="woman" if woman else "man",
        age="child" if child else "old" if old else "adult",
        pitch=(chance % 100) / 100 if pitch is None else pitch,
        pace=0.5,
        timbre=chance // 100 % 8,
    )
