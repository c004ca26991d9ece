"""Finding out what a file is, by opening it."""

from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.edits.measures import (
    LARGEST_PICTURE,
    PICTURES,
    Measures,
    UnreadableError,
)
from reelwright.engines.media.opening import OPENING

_CONTAINERS = {"matroska": "webm", "mov": "mp4"}
_FASTEST = 60


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
