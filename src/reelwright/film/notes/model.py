"""Notes as values. Whatever a note does not say is None and stays as the script has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reelwright.film.breakdown.model import Angle, Move, Size, TimeOfDay, Weather


@dataclass(frozen=True, slots=True)
class FilmNote:
    """On the whole film; `score_mood` is the mood of all its music."""

    title: str | None = None
    author: str | None = None
    score_mood: str | None = None


@dataclass(frozen=True, slots=True)
class CharacterNote:
    """On a character: fields of their `Look` and of their `VoiceTraits`."""

    look: Mapping[str, Any] = field(default_factory=dict)
    voice: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SceneNote:
    """On a scene. `after` names the scene it is to follow, or `start`."""

    mood: str | None = None
    weather: Weather | None = None
    time_of_day: TimeOfDay | None = None
    after: str | None = None
    drop: bool = False


@dataclass(frozen=True, slots=True)
class ShotNote:
    """On a shot.

    `duration_s` is its length; `trim_start_s` is cut from its head (the shot is made anew, shorter,
    and its voices keep their place in what is left). `split` cuts it into so many shots, `split_at`
    before each of the given words; `merge_with_next` makes one shot of two. `after` names the shot
    of the same scene it is to follow, or `start`. `picture` and `clip` are files in place of the
    made picture, `recordings` files in place of the made voices, in the order of the speeches; all
    relative to the notes.
    """

    size: Size | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens: int | None = None
    transition: str | None = None
    duration_s: float | None = None
    trim_start_s: float | None = None
    split: int | None = None
    split_at: tuple[str, ...] | None = None
    merge_with_next: bool = False
    after: str | None = None
    drop: bool = False
    picture: str | None = None
    clip: str | None = None
    recordings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes of one film, by the name or id of what they are about; `name` is their file's."""

    film: FilmNote = FilmNote()
    characters: Mapping[str, CharacterNote] = field(default_factory=dict)
    scenes: Mapping[str, SceneNote] = field(default_factory=dict)
    shots: Mapping[str, ShotNote] = field(default_factory=dict)
    name: str = "notes"


@dataclass(frozen=True, slots=True)
class OwnMedia:
    """A person's own file in place of a made shot: `kind` is `picture` or `clip`."""

    kind: str
    file: str
