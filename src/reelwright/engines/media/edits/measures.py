"""What a file is: its medium, size, length, found by opening it."""

from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.opening import OPENING
from reelwright.ground.errors import ExhaustedError, InvalidInputError

LARGEST_PICTURE = 50_000_000
"""Pixels of one picture or frame; more is a mistake or a bomb."""
PICTURES = ("PNG", "JPEG", "WEBP", "GIF")
_CONTAINERS = {"matroska": "webm", "mov": "mp4"}
_FASTEST = 60


class UnreadableError(InvalidInputError):
    """A file that is none we can work on, or a broken one."""

    code = "media_unreadable"


class TooLargeError(ExhaustedError):
    """Work that needs more memory than one piece of work may have."""

    code = "media_too_large"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a file holds. Sizes in pixels as shown (turned upright), times in seconds.

    `format` is the name of the form it would be written in again, where there is one.
    """

    medium: Medium
    format: str = ""
    width: int = 0
    height: int = 0
    rate: str = ""
    seconds: float = 0.0
    channels: int = 0
    sample_rate: int = 0

    @property
    def has_sound(self) -> bool:
        """Whether it can be heard."""
        return self.channels > 0

    @property
    def frame_rate(self) -> Fraction:
        """Frames a second, as a fraction; 25 where the file does not say."""
        return Fraction(self.rate) if self.rate else Fraction(25)

    def written(self) -> dict[str, Any]:
        """As JSON, without what does not apply."""
        told = {name: value for name, value in asdict(self).items() if value}
        return told | {"medium": self.medium.value}


def measure_file(path: Path) -> Measures:
    """Open a file and look; raises UnreadableError."""
    with path.open("rb") as file:
        head = file.read(12)
    if not _is_picture(head):
        return _film_or_sound(path)
    try:
        with Image.open(path, formats=PICTURES) as picture:
            if getattr(picture, "n_frames", 1) > 1 and picture.format == "GIF":
                return _film_or_sound(path)
            width, height = picture.size
            if picture.getexif().get(0x0112, 1) >= 5:  # lies on its side
                width, height = height, width
            name = (picture.format or "").lower()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable() from error
    _check_size(width, height)
    return Measures(Medium.PICTURE, "png" if name == "gif" else name, width, height)


def _is_picture(head: bytes) -> bool:
    marks = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
    return head.startswith(marks) or (head[:4] == b"RIFF" and head[8:] == b"WEBP")


def _film_or_sound(path: Path) -> Measures:
    try:
        with av.open(str(path), options=OPENING) as file:
            if file.streams.video and not _is_cover(file.streams.video[0]):
                return _film(file)
            if file.streams.audio:
                return _sound(file)
    except (av.FFmpegError, ValueError, StopIteration) as error:
        raise _unreadable() from error
    raise _unreadable()


def _is_cover(stream: av.VideoStream) -> bool:
    """A picture that music files carry along."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _film(file: av.container.InputContainer) -> Measures:
    stream = file.streams.video[0]
    _check_size(stream.width, stream.height)
    frame = next(file.decode(stream))
    width, height = frame.width, frame.height
    if frame.rotation % 180:
        width, height = height, width
    rate = stream.average_rate or stream.guessed_rate or Fraction(25)
    rate = min(Fraction(rate).limit_denominator(1001), Fraction(_FASTEST))
    audio = file.streams.audio[0] if file.streams.audio else None
    return Measures(
        Medium.VIDEO,
        _format(file),
        width,
        height,
        str(rate),
        _seconds(file, stream),
        min(2, audio.channels) if audio else 0,
        audio.rate if audio else 0,
    )


def _sound(file: av.container.InputContainer) -> Measures:
    stream = file.streams.audio[0]
    next(file.decode(stream))
    return Measures(
        Medium.SOUND,
        _format(file),
        seconds=_seconds(file, stream),
        channels=min(2, stream.channels),
        sample_rate=stream.rate,
    )


def _format(file: av.container.InputContainer) -> str:
    name = file.format.name.partition(",")[0]
    if name == "mov" and not file.streams.video:
        return "m4a"
    if file.metadata.get("major_brand", "").startswith("qt"):
        return "mov"
    return _CONTAINERS.get(name, name)


def _seconds(file: av.container.InputContainer, stream: av.VideoStream | av.AudioStream) -> float:
    """As the file says; where it does not say, its packets are read through."""
    if file.duration:
        return round(file.duration / av.time_base, 6)
    end = Fraction(0)
    for packet in file.demux(stream):
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
    return round(float(end), 6)


def _check_size(width: int, height: int) -> None:
    if width * height > LARGEST_PICTURE:
        raise UnreadableError(
            f"it has {width}x{height} pixels", way_out="bring one of at most 50 million pixels"
        )


def _unreadable() -> UnreadableError:
    return UnreadableError(
        "this is no picture, video or sound that can be read, or it is broken",
        way_out="bring PNG, JPEG, WebP, GIF, MP4, MOV, WebM, AVI, WAV, MP3, FLAC or OGG",
    )
