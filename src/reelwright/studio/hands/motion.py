"""A frame set in motion: from a picture and words, between two pictures, or going on from a clip."""

from dataclasses import dataclass, replace

from reelwright.generation.asking import Tell
from reelwright.generation.quotes import QuotedCall
from reelwright.generation.routes.route import Route, Wish
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.providers.catalogue import Model
from reelwright.providers.errors import UnsupportedError
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

    def request(self, seconds: float) -> VideoRequest:
        """As a model is asked."""
        return VideoRequest(
            self.prompt,
            seconds,
            self.aspect,
            self.resolution,
            self.quality,
            self.seed,
            media_from(self.first) if self.first else None,
            media_from(self.last) if self.last else None,
            media_from(self.extends) if self.extends else None,
            self.sound,
        )


class Motions:
    """Animates frames, by models or by a move of the camera."""

    def __init__(self, artists: Artists, sketches: Sketches, library: AssetService) -> None:
        self._artists = artists
        self._panning = Panning(sketches, library)

    async def make(
        self, who: Principal, wanted: MotionOrder, terms: Terms, tell: Tell = silent
    ) -> Made:
        """One shot. Raises KeyNeededError for a way to a last frame, and for what follows a clip."""
        operation = wanted.request(wanted.seconds).operation
        if not await self._artists.hired(who, operation, terms):
            if operation is not Operation.IMAGE_TO_VIDEO:
                await self._artists.need(who, operation, "this shot")
            return await self._panned(who, wanted, terms)
        call, warnings = await self._fitted(who, wanted, terms, operation)
        assert isinstance(call.order.request, VideoRequest)
        terms = replace(terms, route=_kept(terms.route, call))
        request = call.order.request
        return await self._artists.make(
            who, [request], terms, files=wanted.files, tell=tell, warnings=warnings
        )

    async def _fitted(
        self, who: Principal, wanted: MotionOrder, terms: Terms, operation: Operation
    ) -> tuple[QuotedCall, tuple[str, ...]]:
        """The length that is made, of those the models make, and a word where it is another."""
        models = self._artists.named(terms.route) or await self._artists.keyed(who, operation)
        if not models:
            await self._artists.need(who, operation, "this shot")
        lengths = {one.id: _length(one, wanted.seconds) for one in models}
        long_enough = [one for one in lengths.values() if one >= wanted.seconds]
        named = bool(terms.route and terms.route.models)
        tried = [lengths[models[0].id]] if named else sorted({*(long_enough or lengths.values())})
        calls: list[QuotedCall] = []
        refused: UnsupportedError | None = None
        for seconds in tried:
            ids = [one.id for one in models if lengths[one.id] == seconds]
            route = replace(terms.route or Route(), models=tuple(ids))
            try:
                asked = replace(terms, route=route)
                calls += await self._artists.quoted(who, [wanted.request(seconds)], asked)
            except UnsupportedError as error:
                refused = error
        if not calls:
            raise refused or UnsupportedError("no model can make this shot")
        best = min(calls, key=lambda one: _rank(one, terms.route or Route()))
        made = best.order.request
        assert isinstance(made, VideoRequest)
        return best, _told(wanted.seconds, made.seconds)

    async def _panned(self, who: Principal, wanted: MotionOrder, terms: Terms) -> Made:
        assert wanted.first is not None
        form = wanted.aspect, wanted.resolution
        made = await self._panning.make(
            who, wanted.first, wanted.prompt, wanted.seconds, form, terms
        )
        return sketched(made, told=SKETCHED)


def _length(model: Model, seconds: float) -> float:
    fitted = model.limits.fit(seconds)
    return model.limits.seconds[-1] if fitted is None else fitted


def _kept(route: Route | None, call: QuotedCall) -> Route:
    """The route by the models that make this length; those of a wish in the order of the quote."""
    if route is not None and route.models:
        return call.order.route
    models = call.choice.model.id, *(one.model.id for one in call.others)
    return replace(route or Route(), models=models)


def _rank(call: QuotedCall, route: Route) -> tuple[int, ...]:
    model, most = call.choice.model, call.most if call.most is not None else 2**62
    match route.wish:
        case Wish.BEST:
            return (-model.quality, -model.speed, most)
        case Wish.FASTEST:
            return (-model.speed, -model.quality, most)
        case _:
            return (most, -model.quality)


def _told(asked: float, made: float) -> tuple[str, ...]:
    if made > asked:
        return (f"made {made:g} s, the shortest length for {asked:g} s: trim it in the cut",)
    if made < asked:
        return (f"made {made:g} s of {asked:g} s, the longest there is: extend it",)
    return ()
