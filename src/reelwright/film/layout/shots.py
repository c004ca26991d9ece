"""Shots put one after the other: how long each is seen, how it comes in, when its people speak."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import Shot, ShotKind
from reelwright.film.dialogue import Line, Voices, line_up, shift, squeeze
from reelwright.film.layout.cards import END_ID, TITLE_ID
from reelwright.film.layout.media import shot_file
from reelwright.film.timeline import OVERLAPPING, Clip, Rate, Timing
from reelwright.ground.digests import draw

SHORTEST_S = 1.2
PAD_S = 8 / 24
TRANSITION_S = 1.0
CARD_FADE_S = 0.5
CARDS = (TITLE_ID, END_ID)


@dataclass(frozen=True, slots=True)
class Placed:
    """A shot in the film: what is seen, and what is said in it (film frames)."""

    shot: Shot
    clip: Clip
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """What placing a shot depends on besides the shot."""

    voices: Voices
    timings: Mapping[str, Timing]
    rate: Rate
    handles: int
    folder: str


def place(shots: Iterable[Shot], how: Placing) -> list[Placed]:
    """Lay the shots end to end. A shot's own length never depends on its neighbours.

    The one exception: where a person made a shot shorter than its speech, the speech runs on, and
    the next one waits for it.
    """
    film: list[Placed] = []
    spoken_until = 0
    for shot in shots:
        if film:
            film[-1] = _leaving(film[-1], shot, how)
        before = film[-1] if film else None
        length, lines = _measure(shot, before, how)
        overlap = _overlap(shot, before.clip if before else None, length, how.rate)
        start = before.clip.end if before else 0
        if shot.transition.kind in OVERLAPPING:
            start -= overlap
        lines = shift(lines, start)
        if lines and lines[0].start < spoken_until:
            late = spoken_until - lines[0].start
            lines = shift(lines, late)
            length += 0 if _fixed(shot, how) else late
        spoken_until = max([spoken_until, *(line.end for line in lines)])
        film.append(Placed(shot, _clip(shot, start, length, overlap, how), lines))
    return film


def _leaving(before: Placed, shot: Shot, how: Placing) -> Placed:
    """How a shot gives way to the next: it fades to black where that is asked, and before the end card.

    A fade begins after the last word: the shot is held for it, unless a person has timed the shot.
    """
    clip = before.clip
    if shot.transition.kind in OVERLAPPING:
        return replace(before, clip=replace(clip, fade_out=0))
    if shot.id in CARDS or shot.transition.kind == "fade_out":
        fade = _limited(how.rate.frames(TRANSITION_S), clip.frames)
        said = max((line.end for line in before.lines), default=0)
        covered = 0 if _fixed(before.shot, how) else max(0, said - (clip.end - fade))
        held = replace(clip, frames=clip.frames + covered, fade_out=fade)
        return replace(before, clip=held)
    return before


def _measure(shot: Shot, before: Placed | None, how: Placing) -> tuple[int, tuple[Line, ...]]:
    """The shot's length in frames, and its lines counted from its first frame."""
    rate, timing = how.rate, how.timings.get(shot.id, Timing())
    length = shortest = rate.frames(SHORTEST_S)
    pad = rate.frames(PAD_S)
    room = rate.frames(TRANSITION_S) if shot.transition.kind in OVERLAPPING else pad
    lines = line_up(shot, how.voices, rate)
    voiced = any(line.spoken for line in lines)
    if voiced:
        lines = shift(lines, room if _fixed(shot, how) else _lead(shot, before, rate, room))
        length = max(shortest, *(line.end + pad for line in lines))
    if not voiced or shot.kind is not ShotKind.DIALOGUE:
        length = max(length, rate.frames(shot.duration_s))
    trim = _trim(timing, rate)
    length = max(1, rate.frames(timing.duration_s) if timing.duration_s else length - trim)
    if voiced:
        return length, shift(lines, -trim)
    room = min(room, length // 4)
    return length, shift(squeeze(lines, length - 2 * room), room)


def _trim(timing: Timing, rate: Rate) -> int:
    return round(timing.trim_start_s * rate.num / rate.den)


def _lead(shot: Shot, before: Placed | None, rate: Rate, room: int) -> int:
    """How many frames after the cut the first word comes; below 0, sound leads the cut.

    About one shot in five does, by 4 to 6 of 24 frames: less than the pause that ends a speech, so
    nobody is interrupted. The choice is the shot's own and outlives revisions of its neighbours.
    """
    within = before is not None and before.shot.scene_id == shot.scene_id
    if not within or shot.transition.kind != "cut" or shot.kind is not ShotKind.DIALOGUE:
        return room
    chance = draw("sound leads the cut", shot.id)
    return -rate.frames((4 + chance // 5 % 3) / 24) if chance % 5 == 0 else room


def _fixed(shot: Shot, how: Placing) -> bool:
    return shot.id in how.timings


def _overlap(shot: Shot, before: Clip | None, length: int, rate: Rate) -> int:
    """The frames its transition takes; 0 where there is nothing to come from or no room."""
    kind = shot.transition.kind
    wanted = rate.frames(CARD_FADE_S if shot.id in CARDS else TRANSITION_S)
    if kind == "fade_in":
        return _limited(wanted, length)
    if kind in OVERLAPPING and before:
        return min(_limited(wanted, length), _limited(wanted, before.frames))
    return 0


def _limited(frames: int, length: int) -> int:
    """At most a third of a clip, so that a transition at each end still leaves a picture."""
    return min(frames, length // 3)


def _clip(shot: Shot, start: int, length: int, overlap: int, how: Placing) -> Clip:
    card = shot.id in CARDS
    size = shot.size.value.replace("_", " ")
    return Clip(
        shot_id=shot.id,
        scene_id=shot.scene_id,
        name=shot.id.removeprefix("sh_") if card else f"{shot.number} {size}",
        start=start,
        frames=length,
        media=shot_file(how.folder, shot.id),
        handles=how.handles,
        transition=shot.transition.kind if overlap else "cut",
        overlap=overlap,
        fade_out=_limited(how.rate.frames(CARD_FADE_S), length) if card else 0,
        trim=_trim(how.timings.get(shot.id, Timing()), how.rate),
    )
