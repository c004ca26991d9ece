"""A shot on the table: cut in two, stuck to the next, retimed, with what a person brought for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reelwright.film.breakdown.model import Shot, Speech, Transition
from reelwright.film.notes.model import OwnMedia, ShotNote
from reelwright.film.timeline import Timing

SHORTEST_S = 1.2
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Working:
    """A shot and what notes add to it; `recordings` go with its speeches, None where none is given."""

    shot: Shot
    recordings: tuple[str | None, ...]
    own: OwnMedia | None = None
    timing: Timing | None = None


def begin(shot: Shot) -> Working:
    """A shot as the script has it."""
    return Working(shot, (None,) * len(shot.dialogue))


def edit(work: Working, note: ShotNote) -> Working:
    """Size, angle, move, lens, transition, timing and brought files, as the note says."""
    shot = work.shot
    said = {key: getattr(note, key) for key in ("size", "angle", "move", "lens", "duration_s")}
    changes = {key: value for key, value in said.items() if value is not None}
    if note.transition:
        changes["transition"] = Transition(note.transition)
    timing = work.timing
    if note.duration_s is not None or note.trim_start_s is not None:
        timing = Timing(note.duration_s, note.trim_start_s or 0.0)
    own = work.own
    if note.picture or note.clip:
        own = OwnMedia("picture" if note.picture else "clip", note.picture or note.clip or "")
    given = [one or None for one in note.recordings or ()][: len(shot.dialogue)]
    recordings = (*given, *work.recordings[len(given) :])
    return Working(replace(shot, **changes), recordings, own, timing)


def merge(one: Working, other: Working) -> Working:
    """Two shots as one: the first one's camera and id, both their words and people."""
    first, second = one.shot, other.shot
    names = set(first.characters)
    shot = replace(
        first,
        duration_s=first.duration_s + second.duration_s,
        in_frame=first.in_frame + tuple(who for who in second.in_frame if who.name not in names),
        crowd=max(first.crowd, second.crowd),
        action="\n".join(filter(None, (first.action, second.action))),
        dialogue=first.dialogue + second.dialogue,
        props=tuple(dict.fromkeys(first.props + second.props)),
        sounds=first.sounds + second.sounds,
    )
    return Working(shot, one.recordings + other.recordings, one.own or other.own, one.timing)


def cuts_between(shot: Shot, count: int) -> list[int]:
    """Where to cut a shot's words into `count` parts: sentence ends near equal shares, else words."""
    text = "\n".join(_passages(shot))
    ends = _inside(text, SENTENCE)
    if len(ends) < count - 1:
        ends = _inside(text, SPACE)
    cuts: list[int] = []
    for part in range(1, count):
        share = len(text) * part / count
        left = [end for end in ends if end > (cuts[-1] if cuts else 0)]
        left = left[: len(left) - (count - 1 - part)] or left
        if left:
            cuts.append(min(left, key=lambda end: (abs(end - share), end)))
    return cuts


def cut_before(shot: Shot, words: str) -> int | None:
    """Where in a shot's words these begin; None where it does not have them, or begins with them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    text = "\n".join(_passages(shot))
    found = re.search(pattern, text, re.IGNORECASE)
    return found.start() if found and text[: found.start()].strip() else None


def split(work: Working, cuts: Sequence[int], count: int = 0) -> list[Working]:
    """Cut a shot's words at these places; its parts are `ID.1`, `ID.2` ... and share its length.

    A shot without enough words is cut into `count` equal lengths, all of them showing the same.
    """
    passages = _passages(work.shot)
    length = len("\n".join(passages))
    bounds = [0, *cuts, length]
    parts = len(bounds) - 1
    shares = [(end - start) / length for start, end in pairwise(bounds)] if length else [1.0]
    if parts < count:
        parts, shares = count, [1 / count] * count
        pieces = [work] + [replace(work, recordings=(), own=work.own)] * (count - 1)
        pieces[1:] = [replace(one, shot=replace(one.shot, dialogue=())) for one in pieces[1:]]
    else:
        pieces = [_piece(work, start, end) for start, end in pairwise(bounds)]
    return [
        _numbered(piece, work.shot, index, share)
        for index, (piece, share) in enumerate(zip(pieces, shares, strict=True))
    ]


def _numbered(piece: Working, parent: Shot, index: int, share: float) -> Working:
    shot = replace(
        piece.shot,
        id=f"{parent.id}.{index + 1}",
        number=f"{parent.number}.{index + 1}",
        duration_s=max(SHORTEST_S, parent.duration_s * share),
        sounds=parent.sounds if not index else (),
        transition=parent.transition if not index else Transition(),
    )
    return replace(piece, shot=shot, timing=None)


def _inside(text: str, ending: re.Pattern[str]) -> list[int]:
    """Where something ends with words before and after it."""
    ends = (found.end() for found in ending.finditer(text))
    return [end for end in ends if text[:end].strip() and text[end:].strip()]


def _passages(shot: Shot) -> list[str]:
    """A shot's words in order: what happens, then what is said."""
    return [shot.action, *(speech.text for speech in shot.dialogue)]


def _piece(work: Working, start: int, end: int) -> Working:
    """The words from `start` to `end`; a speech cut in two keeps its recording in neither part."""
    at, texts = 0, []
    for passage in _passages(work.shot):
        low, high = max(start - at, 0), min(max(end - at, 0), len(passage))
        texts.append((passage[low:high], low == 0 and high == len(passage)))
        at += len(passage) + 1
    speeches: list[Speech] = []
    recordings: list[str | None] = []
    rows = zip(work.shot.dialogue, work.recordings, texts[1:], strict=True)
    for speech, recording, (text, whole) in rows:
        if text.strip():
            speeches.append(speech if whole else replace(speech, text=text.strip()))
            recordings.append(recording if whole else None)
    shot = replace(work.shot, action=texts[0][0].strip(), dialogue=tuple(speeches))
    return replace(work, shot=shot, recordings=tuple(recordings))
