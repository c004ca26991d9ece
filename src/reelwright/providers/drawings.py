"""What a film asks of an artist: its own data, not words about it."""

from dataclasses import dataclass
from pathlib import Path

from reelwright.film.picture import Picture, Place
from reelwright.film.timeline import Rate
from reelwright.film.voices import VoiceTraits
from reelwright.providers.operations import Operation


@dataclass(frozen=True, slots=True)
class StillRequest:
    """One picture, as it stands at the middle of the shot."""

    picture: Picture

    @property
    def operation(self) -> Operation:
        return Operation.STILL


@dataclass(frozen=True, slots=True)
class Lips:
    """A figure's mouth over time: (seconds from the shot's first shown frame, shape of `MOUTHS`)."""

    name: str
    cues: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """Text burnt into the picture from frame `start` up to `end` (shown frames, 0 is the first)."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MotionRequest:
    """A still set in motion: `handles + frames + handles` frames at `rate`.

    `still` is the picture it starts from (a file; None where the artist draws its own). `keys` are
    shown-frame numbers (0 is the first shown frame) at which a closed group of pictures must begin
    besides frame 0 of the file, so that the cut can be made there without encoding again.
    """

    picture: Picture
    frames: int
    rate: Rate = Rate()
    handles: int = 0
    keys: tuple[int, ...] = ()
    lips: tuple[Lips, ...] = ()
    captions: tuple[Caption, ...] = ()
    still: Path | None = None

    @property
    def operation(self) -> Operation:
        return Operation.MOTION


@dataclass(frozen=True, slots=True)
class VoiceRequest:
    """One speech. `room` is dry, room, hall or open; see `film.voices` for delivery and channel."""

    text: str
    character: str
    traits: VoiceTraits
    language: str = "en"
    delivery: str = "normal"
    channel: str = "direct"
    room: str = "room"

    @property
    def operation(self) -> Operation:
        return Operation.VOICE


@dataclass(frozen=True, slots=True)
class SoundCue:
    """A named sound (`knock`, `gunshot`, `phone`) at a moment of the scene, in seconds."""

    name: str
    at_s: float


@dataclass(frozen=True, slots=True)
class AmbienceRequest:
    """The air of a place for so many seconds, with the sounds the script names."""

    place: Place
    seconds: float
    cues: tuple[SoundCue, ...] = ()
    crowd: int = 0

    @property
    def operation(self) -> Operation:
        return Operation.AMBIENCE


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Music for a scene. `themes` are the leads present; `silences` are (from, to) in seconds."""

    mood: str
    seconds: float
    pace: float = 0.5
    themes: tuple[str, ...] = ()
    silences: tuple[tuple[float, float], ...] = ()
    key: str = ""

    @property
    def operation(self) -> Operation:
        return Operation.SCORE
