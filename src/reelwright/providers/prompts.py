"""What is asked of a model, in words and files: one type a family of operations.

The parameters mean the same for every vendor; an adapter maps them to its own. What a model cannot
do is refused by `providers.checking` before anything is sent. None: the model's own choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reelwright.film.voices import VoiceTraits
from reelwright.providers.operations import Operation

Quality = Literal["draft", "standard", "high"]
"""How much care; each model says in its row what it makes of it."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that is handed along; `digest` is its SHA-256 in hexadecimal and stands for it in recipes."""

    path: Path
    media_type: str
    digest: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lora:
    """Trained weights by their address, and how strongly they count."""

    url: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """Pictures from words, or after `references` (what is to be edited comes first).

    `width` and `height` are pixels wished for; what comes is the model's nearest size, and the
    product's facts say which.
    """

    prompt: str
    width: int = 1280
    height: int = 720
    count: int = 1
    quality: Quality = "standard"
    seed: int | None = None
    references: tuple[Media, ...] = ()
    loras: tuple[Lora, ...] = ()

    @property
    def operation(self) -> Operation:
        return Operation.IMAGE_TO_IMAGE if self.references else Operation.TEXT_TO_IMAGE


@dataclass(frozen=True, slots=True)
class VideoRequest:
    """A moving shot: from words, from its `first` frame, between `first` and `last`, or going on from `extends`.

    `seconds` must be one of the model's lengths (see `Limits.fit`); `aspect` is as `16:9`,
    `resolution` as `720p`. With `sound`, the model's own is wished for. With `nearest`, a model
    gives what it has: a length that is not shorter, the shape and resolution least unlike
    (`providers.fitting`).
    """

    prompt: str
    seconds: float
    aspect: str = "16:9"
    resolution: str | None = None
    quality: Quality = "standard"
    seed: int | None = None
    first: Media | None = None
    last: Media | None = None
    extends: Media | None = None
    sound: bool = False
    nearest: bool = False

    @property
    def operation(self) -> Operation:
        if self.extends is not None:
            return Operation.EXTEND_VIDEO
        if self.last is not None:
            return Operation.FIRST_LAST_FRAME
        return Operation.IMAGE_TO_VIDEO if self.first is not None else Operation.TEXT_TO_VIDEO


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One speech. `voice` is the vendor's name of a voice, `directions` how it is to be said.

    Without a voice, `traits` say who speaks: a model casts one of its own (`providers.fitting`).
    """

    text: str
    voice: str | None = None
    language: str | None = None
    directions: str = ""
    quality: Quality = "standard"
    seed: int | None = None
    traits: VoiceTraits | None = None

    @property
    def operation(self) -> Operation:
        return Operation.SPEECH


@dataclass(frozen=True, slots=True)
class MusicRequest:
    """A piece of music; without lyrics it is instrumental. `extends` is a piece it goes on from."""

    prompt: str
    seconds: float
    lyrics: str = ""
    extends: Media | None = None
    quality: Quality = "standard"
    seed: int | None = None

    @property
    def operation(self) -> Operation:
        return Operation.MUSIC


@dataclass(frozen=True, slots=True)
class SoundEffectRequest:
    """A sound from words."""

    prompt: str
    seconds: float | None = None

    @property
    def operation(self) -> Operation:
        return Operation.SOUND_EFFECT


@dataclass(frozen=True, slots=True)
class WorldRequest:
    """A place to look around in: a panorama from words, or from a picture a scene in 3D."""

    prompt: str
    image: Media | None = None

    @property
    def operation(self) -> Operation:
        return Operation.WORLD


@dataclass(frozen=True, slots=True)
class LoraRequest:
    """Training of weights on pictures of one person (or, with `style`, of one manner)."""

    images: tuple[Media, ...]
    trigger: str
    steps: int = 1000
    captions: tuple[str, ...] = ()
    style: bool = False

    @property
    def operation(self) -> Operation:
        return Operation.TRAIN_LORA


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str
    images: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRequest:
    """Text; with `schema` (a JSON Schema of an object) as JSON that fits it. `most` is output tokens.

    No sampling parameters: current models refuse or ignore them.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = None
    most: int = 8192

    @property
    def operation(self) -> Operation:
        return Operation.TEXT


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Pictures that are there already. `safe` leaves out what is not for everybody."""

    query: str
    count: int = 20
    country: str = "us"
    language: str = "en"
    safe: bool = True

    @property
    def operation(self) -> Operation:
        return Operation.SEARCH_IMAGES


Prompt = (
    ImageRequest
    | VideoRequest
    | SpeechRequest
    | MusicRequest
    | SoundEffectRequest
    | WorldRequest
    | LoraRequest
    | TextRequest
    | SearchRequest
)


def media_of(request: Prompt) -> tuple[Media, ...]:
    """All files a request hands along, in the order of its fields."""
    match request:
        case ImageRequest(references=media) | LoraRequest(images=media):
            return media
        case VideoRequest(first=first, last=last, extends=extends):
            return tuple(one for one in (first, last, extends) if one is not None)
        case MusicRequest(extends=one) | WorldRequest(image=one):
            return () if one is None else (one,)
        case TextRequest(messages=messages):
            return tuple(image for message in messages for image in message.images)
        case _:
            return ()
