"""What every provider implements: a typed request is submitted, polled, and its result fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from reelwright.film.picture import Picture, Place
from reelwright.film.timeline import Rate
from reelwright.film.voices import VoiceTraits


class Operation(StrEnum):
    """What can be asked for."""

    STILL = "still"
    MOTION = "motion"
    VOICE = "voice"
    AMBIENCE = "ambience"
    SCORE = "score"


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


Request = StillRequest | MotionRequest | VoiceRequest | AmbienceRequest | ScoreRequest


@dataclass(frozen=True, slots=True)
class Price:
    """What one `unit` (call, second, image) costs, in millionths of `currency`; None: unknown."""

    micros: int | None
    unit: str = "call"
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Model:
    """One thing a provider can do. `version` changes when equal requests would give another product."""

    id: str
    operation: Operation
    version: str
    title: str
    price: Price
    limits: Mapping[str, Any] = field(default_factory=dict)


class State(StrEnum):
    """Where a submitted request stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a provider gives for a submitted request; `remote_id` finds it again."""

    provider: str
    model: str
    remote_id: str
    operation: Operation


@dataclass(frozen=True, slots=True)
class Status:
    """What a poll answers. `fraction` is None when the provider does not tell."""

    state: State
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A fetched result: a file, its media type, and what is known of it.

    Still: JPEG. Motion: MP4, H.264 only, BT.709, closed groups of pictures; facts: frames.
    Voice: WAV mono 48 kHz; facts: seconds, spoken_s (where the last word ends; the rest is the
    room), mouths [[seconds, shape]], words [[seconds, word]], unspoken (true when no voice can read
    the text and a murmur stands in).
    Ambience and score: WAV stereo 48 kHz of exactly the seconds asked for; facts: seconds, and for
    ambience layers and unknown (sounds it has no word for).
    """

    path: Path
    media_type: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Provider(Protocol):
    """A vendor's adapter, or the built-in artist.

    It MUST raise the types of `providers.errors` and nothing else for foreseen trouble, and MUST
    refuse what a model cannot do in `submit`, before anything is paid.
    """

    name: str

    def models(self) -> Sequence[Model]:
        """What can be asked for, with prices. MUST NOT touch the network."""
        ...

    async def submit(self, model: str, request: Request) -> Ticket:
        """Hand the request over. Called once per submission, never repeated blindly."""
        ...

    async def poll(self, ticket: Ticket) -> Status:
        """Ask where it stands. MAY be called any number of times."""
        ...

    async def fetch(self, ticket: Ticket, folder: Path) -> Product:
        """Write the finished result as a new file in `folder`. MAY be called again after a crash."""
        ...

    async def cancel(self, ticket: Ticket) -> None:
        """Stop it where the vendor can; MUST be harmless when it is finished or unknown."""
        ...
