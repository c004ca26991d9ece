"""One frame to be made, described for any artist: place, light, framing, figures, things."""

from dataclasses import dataclass

from reelwright.film.breakdown.model import (
    Acting,
    Angle,
    Move,
    Setting,
    ShotKind,
    Size,
    TimeOfDay,
    Weather,
)
from reelwright.film.looks import Look


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when. `words` are lower-case words of the action that may name the set or its things."""

    heading: str
    setting: Setting
    location: str
    time_of_day: TimeOfDay
    weather: Weather = Weather.CLEAR
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A character in the frame. `facing` -1 looks screen left, 1 screen right.

    `role` is subject, other, shoulder (foreground, from behind) or back (from behind).
    """

    name: str
    look: Look
    facing: int = 1
    role: str = "subject"
    acting: Acting = Acting()
    speaking: bool = False


@dataclass(frozen=True, slots=True)
class Framing:
    """The camera of a shot: size, angle, move, lens in millimetres (35 mm full frame)."""

    kind: ShotKind = ShotKind.ACTION
    size: Size = Size.WIDE
    angle: Angle = Angle.EYE
    move: Move = Move.STATIC
    lens: int = 35


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything an artist needs for one shot's frame; `prompt` says the same in a sentence.

    `side` is 1 or -1: which side of the scene's 180-degree line the camera is on, so that a
    reverse shot shows the other half of the place. `lines` is the text of a title card.
    """

    width: int
    height: int
    place: Place
    framing: Framing
    figures: tuple[Figure, ...] = ()
    crowd: int = 0
    props: tuple[str, ...] = ()
    mood: str = "neutral"
    side: int = 1
    lines: tuple[str, ...] = ()
    prompt: str = ""
