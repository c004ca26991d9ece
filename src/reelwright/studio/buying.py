"""Having parts of a film made by models: what is commissioned, and what comes of it.

Whatever is not to be had (refused by all, beyond a limit, of unknown outcome) is missing in the
answers, and sketched by whoever asked.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import gcd
from pathlib import Path
from typing import TypeVar

from reelwright.film.picture import Picture
from reelwright.film.timeline import Rate
from reelwright.ground.progress import Progress
from reelwright.providers.drawings import ScoreRequest, VoiceRequest
from reelwright.providers.prompts import (
    ImageRequest,
    Media,
    MusicRequest,
    Prompt,
    SpeechRequest,
    VideoRequest,
)
from reelwright.studio.bought import BoughtScore, BoughtShot, BoughtStill, BoughtVoice, LastFrame
from reelwright.studio.commissions.commission import Bought, Commission
from reelwright.studio.commissions.prompting import (
    action_of,
    directions,
    motion_words,
    score_words,
    still_words,
)
from reelwright.studio.commissions.route import FilmRoute, Part
from reelwright.studio.commissions.takes import Need, Take, plan_takes
from reelwright.studio.workshop import Order, Workshop, local_order

K = TypeVar("K", bound=Hashable)
LONGEST_SCORE_S = 180.0
"""More is asked of no composer; a longer scene hears its music again."""

_STAGES = {
    Part.STILLS: "stills by models",
    Part.MOTION: "shots by models",
    Part.VOICES: "voices by models",
    Part.SCORE: "score by models",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shot that is wanted in motion, with the still it begins at."""

    name: str
    scene: str
    picture: Picture
    frames: int
    still: Order
    first: Media


@dataclass(frozen=True, slots=True)
class Buyer:
    """Commissions what a film's route says models make."""

    route: FilmRoute | None
    workshop: Workshop
    progress: Progress

    def buys(self, part: Part) -> bool:
        """Whether models make this part of the film."""
        return self.route is not None and part in self.route.parts

    def voices(self, wanted: Mapping[K, tuple[str, VoiceRequest]]) -> dict[K, Order]:
        """Speeches, by who asks for them: the orders that bring them into their rooms."""
        asked: dict[K, tuple[str, Prompt]] = {
            key: (name, _speech(one)) for key, (name, one) in wanted.items()
        }
        bought = self._have(Part.VOICES, asked)
        return {
            key: local_order(
                BoughtVoice(one.stored.path, wanted[key][1].channel, wanted[key][1].room),
                (one.stored.digest,),
            )
            for key, one in bought.items()
        }

    def stills(self, wanted: Mapping[K, tuple[str, Picture]]) -> dict[K, tuple[Bought, Order]]:
        """Pictures as they came, and the orders that bring them into the frame."""
        asked: dict[K, tuple[str, Prompt]] = {
            key: (name, ImageRequest(still_words(one), one.width, one.height))
            for key, (name, one) in wanted.items()
        }
        bought = self._have(Part.STILLS, asked)
        return {
            key: (one, local_order(_fitting(one, wanted[key][1]), (one.stored.digest,)))
            for key, one in bought.items()
        }

    def score(self, wanted: Mapping[K, tuple[str, ScoreRequest]]) -> dict[K, Order]:
        """Music of scenes: the orders that bring it to their length."""
        asked: dict[K, tuple[str, Prompt]] = {
            key: (name, MusicRequest(score_words(one), min(LONGEST_SCORE_S, _whole(one.seconds))))
            for key, (name, one) in wanted.items()
        }
        bought = self._have(Part.SCORE, asked)
        return {
            key: local_order(
                BoughtScore(one.stored.path, wanted[key][1].seconds, wanted[key][1].silences),
                (one.stored.digest,),
            )
            for key, one in bought.items()
        }

    def motion(self, shots: Sequence[Wanted], rate: Rate) -> dict[int, "Footing"]:
        """Shots in motion by their place in `shots`; long ones come part by part, all or not at all."""
        assert self.route is not None
        takes: list[Take] = []
        for _, run in groupby(enumerate(shots), key=lambda one: one[1].scene):
            needs = [Need(n, one.still.digest, one.frames) for n, one in run]
            takes += plan_takes(needs, self.route.lengths, rate)
        footing: dict[int, Footing] = {}
        part = 0
        while due := [take for take in takes if take.part == part and _begun(take, footing)]:
            first = self._firsts(due, shots, footing, rate)
            asked: dict[int, tuple[str, Prompt]] = {
                n: _motion(take, shots, first[n], rate) for n, take in enumerate(due)
            }
            bought = self._have(Part.MOTION, asked)
            for n, take in enumerate(due):
                _note(footing, take, bought.get(n))
            part += 1
        return footing

    def _firsts(
        self,
        due: Sequence[Take],
        shots: Sequence[Wanted],
        footing: "Mapping[int, Footing]",
        rate: Rate,
    ) -> list[Media]:
        """What each take begins at: the still, or the last frame of the part before."""
        if due[0].part == 0:
            return [shots[take.shots[0]].first for take in due]
        orders = [footing[take.shots[0]].ending(shots[take.shots[0]].picture, rate) for take in due]
        found = self.workshop.all_of(orders)
        return [media_of_product(one.stored.digest, one.stored.path) for one in found]

    def _have(self, part: Part, asked: Mapping[K, tuple[str, Prompt]]) -> dict[K, Bought]:
        if self.route is None or part not in self.route.parts or not asked:
            return {}
        route = self.route.parts[part]
        commissions = {
            key: Commission(part, request, route, name) for key, (name, request) in asked.items()
        }
        stage = _STAGES[part]
        self.progress.begin(stage, len({one.digest for one in commissions.values()}))
        bought = self.workshop.buy(
            list(commissions.values()), lambda one: self.progress.advance(stage, note=one.name)
        )
        return {key: bought[one.digest] for key, one in commissions.items() if one.digest in bought}


@dataclass(frozen=True, slots=True)
class Footing:
    """A shot's pieces of clips, in order: (clip, first film frame, count)."""

    pieces: tuple[tuple[Bought, int, int], ...] = ()
    broken: bool = False

    def order(
        self, picture: Picture, rate: Rate, frames: int, handles: int, keys: tuple[int, ...]
    ) -> Order:
        """The order that joins them to the shot."""
        files = tuple(one.stored.path for one, _, _ in self.pieces)
        spans = tuple((start, count) for _, start, count in self.pieces)
        request = BoughtShot(
            files, spans, picture.width, picture.height, rate, frames, handles, keys
        )
        return local_order(request, tuple(one.stored.digest for one, _, _ in self.pieces))

    def ending(self, picture: Picture, rate: Rate) -> Order:
        """The order for the last frame, which the next part goes on from."""
        bought, start, count = self.pieces[-1]
        request = LastFrame(
            bought.stored.path, picture.width, picture.height, rate, start + count - 1
        )
        return local_order(request, (bought.stored.digest,))


def _begun(take: Take, footing: Mapping[int, Footing]) -> bool:
    """Whether a later part has something to go on from."""
    return take.part == 0 or not footing[take.shots[0]].broken


def _note(footing: dict[int, Footing], take: Take, bought: Bought | None) -> None:
    for cut in take.cuts:
        before = footing.get(cut.shot, Footing())
        if bought is None:
            footing[cut.shot] = Footing(before.pieces, broken=True)
        else:
            footing[cut.shot] = Footing((*before.pieces, (bought, cut.start, cut.frames)))


def _motion(take: Take, shots: Sequence[Wanted], first: Media, rate: Rate) -> tuple[str, Prompt]:
    whose = [shots[one] for one in take.shots]
    picture = whose[0].picture
    wide = gcd(picture.width, picture.height)
    request = VideoRequest(
        prompt=motion_words(picture, list(dict.fromkeys(action_of(one.picture) for one in whose))),
        seconds=round(rate.seconds(take.frames), 3),
        aspect=f"{picture.width // wide}:{picture.height // wide}",
        resolution=f"{min(picture.width, picture.height)}p",
        first=first,
        nearest=True,
    )
    more = f", part {take.part + 1}" if take.part else ""
    return " and ".join(one.name for one in whose) + more, request


def _speech(request: VoiceRequest) -> SpeechRequest:
    return SpeechRequest(
        request.text,
        language=request.language,
        directions=directions(request),
        traits=request.traits,
    )


def _fitting(bought: Bought, picture: Picture) -> BoughtStill:
    return BoughtStill(bought.stored.path, picture.width, picture.height)


def media_of_product(digest: str, path: Path) -> Media:
    """A finished product as a file to go on from; its digest is the product's."""
    return Media(path, "image/jpeg", digest, path.name)


def _whole(seconds: float) -> float:
    """Whole seconds: a scene that grows by a frame does not pay for its music again."""
    return float(max(1, -(-seconds // 1)))
