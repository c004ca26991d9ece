"""A frame set in motion: from a picture and words, between two pictures, or going on from a clip."""

from dataclasses import dataclass

from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.library.rights import Rights
from reelwright.providers.fitting import fitted
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Quality, VideoRequest
from reelwright.studio.hands.artists import Artists, media_from, silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.panning import Panning
from reelwright.studio.hands.sketching import Sketches, sketched

SKETCHED = (
    "There is no key of a model that animates, so the camera moves over the picture as the words"
    " say; nothing in it moves."
)
_LONGEST_S = 600.0


@dataclass(frozen=True, slots=True)
class MotionOrder:
    """What is to move. `first` and `last` are pictures, `extends` is a clip that is gone on from.

    `seconds` is fitted to what a model makes: the shortest of its lengths that is not shorter.
    """

    prompt: str
    first: Asset | None = None
    last: Asset | None = None
    extends: Asset | None = None
    seconds: float = 5.0
    aspect: str = "16:9"
    resolution: str | None = None
    quality: Quality = "standard"
    seed: int | None = None
    sound: bool = False

    def __post_init__(self) -> None:
        """Refuse what no shot can be."""
        if not 0 < self.seconds <= _LONGEST_S:
            raise InvalidInputError("a shot has 0 to 600 seconds")
        if (self.first is None) == (self.extends is None):
            raise InvalidInputError(
                "a shot begins with a picture, or goes on from a clip", way_out="give one of them"
            )
        if self.extends is not None and self.last is not None:
            raise InvalidInputError("a clip that is gone on from has no last frame")

    @property
    def files(self) -> tuple[Asset, ...]:
        """All files that go along."""
        return tuple(one for one in (self.first, self.last, self.extends) if one is not None)

    def request(self) -> VideoRequest:
        """As models are asked: each makes the nearest of what it has."""
        return VideoRequest(
            self.prompt,
            self.seconds,
            self.aspect,
            self.resolution,
            self.quality,
            self.seed,
            media_from(self.first) if self.first else None,
            media_from(self.last) if self.last else None,
            media_from(self.extends) if self.extends else None,
            self.sound,
            nearest=True,
        )


class Motions:
    """Animates frames, by models or by a move of the camera."""

    def __init__(
        self, artists: Artists, sketches: Sketches, library: AssetService, rights: Rights
    ) -> None:
        self._artists = artists
        self._rights = rights
        self._panning = Panning(sketches, library)

    async def make(
        self, who: Principal, wanted: MotionOrder, terms: Terms, tell: Tell = silent
    ) -> Made:
        """One shot. Without a key, KeyNeededError for a way to a last frame, and for what follows a clip."""
        await self._rights.require(who, [one.id for one in wanted.files])
        operation = wanted.request().operation
        if not await self._artists.hired(who, operation, terms):
            if operation is not Operation.IMAGE_TO_VIDEO:
                await self._artists.need(who, operation, "this shot")
            return await self._panned(who, wanted, terms)
        request = wanted.request()
        (call,) = await self._artists.quoted(who, [request], terms)
        made = fitted(call.choice.model, request)
        return await self._artists.make(
            who,
            [request],
            terms,
            files=wanted.files,
            tell=tell,
            warnings=_told(wanted.seconds, made.seconds),
        )

    async def _panned(self, who: Principal, wanted: MotionOrder, terms: Terms) -> Made:
        assert wanted.first is not None
        form = wanted.aspect, wanted.resolution
        made = await self._panning.make(
            who, wanted.first, wanted.prompt, wanted.seconds, form, terms
        )
        return sketched(made, told=SKETCHED)


def _told(asked: float, made: float) -> tuple[str, ...]:
    if made == asked:
        return ()
    return (f"made {made:g} s, the shortest length for {asked:g} s: trim it in the cut",)
