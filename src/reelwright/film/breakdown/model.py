"""Scenes, shots, cast and places as values."""

from dataclasses import dataclass
from enum import StrEnum

from reelwright.film.looks import Look
from reelwright.film.voices import VoiceTraits


class Setting(StrEnum):
    """Inside, outside, or both at once (through a car window, a doorway)."""

    INT = "INT"
    EXT = "EXT"
    INT_EXT = "INT/EXT"


class TimeOfDay(StrEnum):
    """The six lights a scene can have."""

    DAWN = "dawn"
    MORNING = "morning"
    DAY = "day"
    GOLDEN = "golden"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """What falls from the sky, or hangs in the air."""

    CLEAR = "clear"
    CLOUD = "cloud"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    STORM = "storm"


class Size(StrEnum):
    """How much of the subject the frame holds, widest first."""

    EXTREME_WIDE = "extreme_wide"
    WIDE = "wide"
    FULL = "full"
    MEDIUM = "medium"
    MEDIUM_CLOSE = "medium_close"
    CLOSE = "close"
    EXTREME_CLOSE = "extreme_close"
    INSERT = "insert"


class Angle(StrEnum):
    """Where the camera looks from."""

    EYE = "eye"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    OVER_SHOULDER = "over_shoulder"
    POV = "pov"
    DUTCH = "dutch"


class Move(StrEnum):
    """What the camera does during the shot."""

    STATIC = "static"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    TRACK_LEFT = "track_left"
    TRACK_RIGHT = "track_right"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
    HANDHELD = "handheld"


class ShotKind(StrEnum):
    """Why the shot is there."""

    ESTABLISH = "establish"
    ACTION = "action"
    DIALOGUE = "dialogue"
    REACTION = "reaction"
    INSERT = "insert"
    POV = "pov"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Speech:
    """What one character says in one go. `text` is byte for byte what the script has.

    A long speech may go on in a later shot: there `continues` is true, and the texts joined as they
    are give the whole.
    """

    character: str
    text: str
    line: int
    extension: str | None = None
    parenthetical: str | None = None
    dual: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Acting:
    """What a figure does in a shot, read from verbs and parentheticals.

    `pose`: stand, walk, run, sit, lie, kneel, embrace, fight, dance, crouch, lean.
    `gesture`: none, point, wave, phone, cup, crossed, pocket, hips, reach, hold, gun, write, read,
    hands_up, shrug, face_palm.
    `expression`: neutral, joy, laughter, sadness, tears, anger, fear, surprise, disgust, doubt,
    tenderness, tiredness; `strength` 0.0 to 1.0.
    """

    pose: str = "stand"
    gesture: str = "none"
    expression: str = "neutral"
    strength: float = 0.5


@dataclass(frozen=True, slots=True)
class InFrame:
    """A character in a shot. `facing` is -1 (looks screen left) or 1 (screen right).

    `role`: subject, other (shares the frame), shoulder (foreground of an over-the-shoulder shot,
    seen from behind), back (seen from behind).
    """

    name: str
    facing: int = 1
    role: str = "subject"
    acting: Acting = Acting()


@dataclass(frozen=True, slots=True)
class Transition:
    """How a shot begins: cut, dissolve, fade_in, fade_out (of the one before), wipe. `text` as written."""

    kind: str = "cut"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """One set-up of the camera. Its id survives every revision that leaves its own text alone.

    `silent` says that its words ask for silence: the score rests. `place` is the id of the scene
    whose place is shown, where that is another than its own: in an intercut.
    """

    id: str
    scene_id: str
    number: str
    kind: ShotKind
    size: Size
    angle: Angle
    move: Move
    lens: int
    duration_s: float
    in_frame: tuple[InFrame, ...] = ()
    crowd: int = 0
    action: str = ""
    dialogue: tuple[Speech, ...] = ()
    props: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    line: int = 0
    transition: Transition = Transition()
    silent: bool = False
    place: str = ""

    @property
    def characters(self) -> tuple[str, ...]:
        """Who is in frame, subject first."""
        return tuple(one.name for one in self.in_frame)


@dataclass(frozen=True, slots=True)
class Scene:
    """A run of shots in one place and time. `sounds`, `props`, `weather` and `mood` are read from words.

    `place_words` say what kind of place it is where the heading does not.
    """

    id: str
    number: str
    heading: str
    setting: Setting
    location: str
    time_of_day: TimeOfDay
    weather: Weather
    mood: str
    page_eighths: int
    duration_s: float
    characters: tuple[str, ...]
    speaking: tuple[str, ...]
    props: tuple[str, ...]
    sounds: tuple[str, ...]
    shots: tuple[Shot, ...]
    synopsis: str | None = None
    line: int = 0
    place_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CastMember:
    """A character of the film: how much they say, where they are, how they look and speak."""

    name: str
    aliases: tuple[str, ...]
    lines: int
    words: int
    scenes: tuple[str, ...]
    look: Look
    voice: VoiceTraits
    description: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place, merged across headings."""

    name: str
    setting: Setting
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The whole script, broken down. Equal scripts give equal breakdowns, everywhere."""

    title: str | None
    author: str | None
    logline: str | None
    pages: float
    duration_s: float
    scenes: tuple[Scene, ...]
    characters: tuple[CastMember, ...]
    locations: tuple[Location, ...]
    language: str = "en"
    warnings: tuple[str, ...] = ()
