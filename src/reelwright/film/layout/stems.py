"""Ambience and score, a stem of each for every scene, and how they meet their neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.film.breakdown.model import Scene
from reelwright.film.layout.media import stem_file
from reelwright.film.timeline import Rate, StemClip

CROSSFADE_S = 0.5
SCORE_FADE_S = (0.25, 0.75)


@dataclass(frozen=True, slots=True)
class Span:
    """A scene's place in the film: from its first clip's first frame to its last clip's end."""

    scene: Scene
    start: int
    end: int


def lay_stems(spans: Sequence[Span], film: int, rate: Rate, folder: str) -> tuple[StemClip, ...]:
    """Ambience and score for every scene.

    Air crosses over where the place stays the same or the picture dissolves, and is cut hard
    between worlds. The first scene's sound rises under the title card, the last one's rings out
    under the end card, so that the film is never dead silent.
    """
    stems: list[StemClip] = []
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        after = spans[index + 1] if index + 1 < len(spans) else None
        into, reach_back = _meeting(before, span, rate) if before else (span.start, span.start)
        out, reach_on = _meeting(span, after, rate) if after else (film - span.end, film - span.end)
        start, end = span.start - reach_back, span.end + reach_on
        name = span.scene.id
        air = stem_file(folder, name, "ambience")
        stems.append(StemClip(name, "ambience", start, end - start, air, into, out))
        rise, fall = (rate.frames(seconds) for seconds in SCORE_FADE_S)
        start = span.start if before else 0
        end = min(span.end, after.start) if after else film
        half = max(0, end - start) // 2
        music = stem_file(folder, name, "score")
        fades = (min(max(rise, 0 if before else span.start), half), min(fall, half))
        stems.append(StemClip(name, "score", start, end - start, music, *fades))
    return tuple(stems)


def _meeting(one: Span, other: Span, rate: Rate) -> tuple[int, int]:
    """How long two scenes' ambiences cross, and how far each reaches over its own picture for it."""
    shared = one.end - other.start
    if shared > 0:
        return shared, 0
    places = (one.scene.location, one.scene.setting), (other.scene.location, other.scene.setting)
    if places[0] != places[1]:
        return 1, 0
    shortest = min(one.end - one.start, other.end - other.start)
    reach = min(rate.frames(CROSSFADE_S) // 2, shortest // 4)
    return 2 * reach, reach
