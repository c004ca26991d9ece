"""What a model answered, held against the script: what agrees is taken, the rest is told as faults.

Nothing here trusts the shape of an answer: whatever comes, scenes and dialogue stay the script's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from reelwright.film.appearance import read_looks
from reelwright.film.breakdown.model import Angle, Breakdown, CastMember, Move, Shot, Size
from reelwright.studio.analysis.model import Beat, ShotIdea
from reelwright.studio.analysis.questions import LOOK_WORDS, MOOD_WORDS, UNSAID

Word = TypeVar("Word", bound=StrEnum)
_LONGEST = 600
_MOST_IDEAS = 6


@dataclass(frozen=True, slots=True)
class SceneAnswer:
    """What of an answer about a scene can be used; None where it says nothing of use."""

    synopsis: str | None
    mood: str | None
    ideas: tuple[ShotIdea, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CastAnswer:
    """Traits by name that differ from the look so far, and that the script does not fix."""

    looks: Mapping[str, Mapping[str, str]]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """The whole: beats by scene id."""

    logline: str | None
    themes: tuple[str, ...]
    beats: Mapping[str, Beat]
    faults: tuple[str, ...]


def read_scene(data: Any, shots: Sequence[Shot]) -> SceneAnswer:
    """An answer about these shots of a scene."""
    answer, faults = _fields(data), []
    synopsis, mood = _text(answer.get("synopsis")), _text(answer.get("mood"))
    if synopsis is None:
        faults.append("there is no synopsis")
    if mood not in MOOD_WORDS:
        faults.append(f"{mood!r} is no mood; choose one of {', '.join(MOOD_WORDS)}")
        mood = None
    ideas: dict[str, ShotIdea] = {}
    for one in _rows(answer.get("ideas")):
        read = _idea(one, shots)
        if isinstance(read, str):
            faults.append(read)
        else:
            ideas.setdefault(read.shot_id, read)
    return SceneAnswer(synopsis, mood, tuple(ideas.values())[:_MOST_IDEAS], tuple(faults))


def _idea(one: Mapping[str, Any], shots: Sequence[Shot]) -> ShotIdea | str:
    number = one.get("shot")
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= len(shots):
        return f"there is no shot {number!r}; there are shots 1 to {len(shots)}"
    shot = shots[number - 1]
    size, angle, move = (
        _word(Size, one, "size"),
        _word(Angle, one, "angle"),
        _word(Move, one, "move"),
    )
    seen = _text(one.get("seen"))
    if size is None or angle is None or move is None or seen is None:
        return f"the idea for shot {number} lacks a size, an angle, a move or what is seen"
    during = one.get("during") or ""
    if during and not _stands(during, shot):
        return f"shot {number} does not have the words {during!r}; copy them sign for sign, or leave them out"
    return ShotIdea(shot.id, size, angle, move, seen, during, _text(one.get("why")) or "")


def _stands(words: Any, shot: Shot) -> bool:
    """Whether words are the script's own, to the sign."""
    texts = (shot.action, *(speech.text for speech in shot.dialogue))
    return isinstance(words, str) and any(words in text for text in texts)


def read_cast(data: Any, cast: Sequence[CastMember]) -> CastAnswer:
    """An answer about the looks of these characters."""
    members = {one.name: one for one in cast}
    looks: dict[str, Mapping[str, str]] = {}
    faults = []
    for one in _rows(_fields(data).get("characters")):
        name = one.get("name")
        member = members.get(name) if isinstance(name, str) else None
        if member is None:
            faults.append(f"nobody is called {name!r}; the names are {', '.join(members)}")
            continue
        look, wrong = _look(_fields(one.get("look")), member)
        faults += wrong
        if look:
            looks[member.name] = look
    return CastAnswer(looks, tuple(faults))


def _look(told: Mapping[str, Any], member: CastMember) -> tuple[Mapping[str, str], list[str]]:
    look, faults, now = {}, [], asdict(member.look)
    fixed = read_looks(member.name, member.description)
    for trait, word in told.items():
        if trait not in LOOK_WORDS or not (word == UNSAID or word in LOOK_WORDS[trait]):
            faults.append(f"{member.name}: {trait} cannot be {word!r}")
        elif word not in (UNSAID, now[trait]):
            if trait in fixed:
                faults.append(f"{member.name}: the script says {trait} is {fixed[trait]}")
            else:
                look[trait] = word
    return look, faults


def read_story(data: Any, breakdown: Breakdown) -> StoryAnswer:
    """An answer about the whole."""
    answer, faults = _fields(data), []
    logline = _text(answer.get("logline"))
    if logline is None:
        faults.append("there is no logline")
    beats: dict[str, Beat] = {}
    for one in _rows(answer.get("beats")):
        number, beat = one.get("scene"), _word(Beat, one, "beat")
        known = isinstance(number, int) and not isinstance(number, bool)
        if not known or not 0 < number <= len(breakdown.scenes):
            faults.append(f"there is no scene {number!r}; there are 1 to {len(breakdown.scenes)}")
        elif beat is None:
            faults.append(f"{one.get('beat')!r} is no beat of scene {number}")
        else:
            beats.setdefault(breakdown.scenes[number - 1].id, beat)
    told = answer.get("themes")
    themes = [_text(one) for one in told] if isinstance(told, list) else []
    return StoryAnswer(logline, tuple(one for one in themes if one), beats, tuple(faults))


def _fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _text(value: Any) -> str | None:
    words = " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""
    return words or None


def _word(kind: type[Word], fields: Mapping[str, Any], key: str) -> Word | None:
    value = fields.get(key)
    return kind(value) if isinstance(value, str) and value in set(kind) else None
