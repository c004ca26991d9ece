"""What may be written in notes: every key with the values it takes, each in one place."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from reelwright.film.breakdown.model import Angle, Move, Size, TimeOfDay, Weather
from reelwright.film.breakdown.mood import MOODS
from reelwright.film.looks import CHOICES, COLOURS

Read = Callable[[Any], Any]
"""Turns a TOML value into ours, or raises ValueError with what would have been right."""


def one_of(words: Iterable[str]) -> Read:
    """One word of a list."""
    known = tuple(words)

    def read(value: Any) -> str:
        if value not in known:
            raise ValueError("one of " + ", ".join(known))
        return value

    return read


def member(kind: type[StrEnum]) -> Read:
    """One word of an enumeration of the film."""
    word = one_of(one.value for one in kind)
    return lambda value: kind(word(value))


def number(low: float, high: float, *, whole: bool = False) -> Read:
    """A number from `low` to `high`."""

    def read(value: Any) -> float:
        kinds = (int,) if whole else (int, float)
        # TOML has inf and nan; a comparison refuses both.
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            raise ValueError(f"a {'whole ' if whole else ''}number from {low:g} to {high:g}")
        return value

    return read


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - a value of a file, not of a call
    return value


def text(value: Any) -> str:
    """Some words."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError('words in quotes, as in "like this"')
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A list of words; a single one may stand without brackets."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise ValueError('a list, as in ["one", "two"]')
    return tuple(value)


MOOD = one_of((*MOODS, "neutral"))
LOOK: Mapping[str, Read] = {
    **{key: one_of(words) for key, words in CHOICES.items()},
    "colour": one_of(COLOURS),
    "second": one_of(COLOURS),
}
VOICE: Mapping[str, Read] = {
    "sex": one_of(CHOICES["sex"]),
    "age": one_of(CHOICES["age"]),
    "pitch": number(0, 1),
    "pace": number(0, 1),
    "timbre": number(0, 7, whole=True),
}
FILM: Mapping[str, Read] = {"title": text, "author": text, "score_mood": MOOD}
CHARACTER: Mapping[str, Mapping[str, Read]] = {"look": LOOK, "voice": VOICE}
SCENE: Mapping[str, Read] = {
    "mood": MOOD,
    "weather": member(Weather),
    "time_of_day": member(TimeOfDay),
    "after": text,
    "drop": flag,
}
SHOT: Mapping[str, Read] = {
    "size": member(Size),
    "angle": member(Angle),
    "move": member(Move),
    "lens": number(8, 400, whole=True),
    "transition": one_of(("cut", "dissolve", "fade_in", "fade_out", "wipe")),
    "duration_s": number(0.04, 600),
    "trim_start_s": number(-600, 600),
    "split": number(2, 20, whole=True),
    "split_at": texts,
    "merge_with_next": flag,
    "after": text,
    "drop": flag,
    "picture": text,
    "clip": text,
    "recording": text,
    "recordings": texts,
}
EITHER = (("picture", "clip"), ("split", "split_at"), ("recording", "recordings"))
"""Keys of a shot of which only one makes sense."""
