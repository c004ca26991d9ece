"""Finding out what a file is, by opening it."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from PIL import Image

from reelwright.engines.media.brands import AS_ANOTHER, UNDRAWN, type_of_picture
from reelwright.engines.media.developing import aspect_of, square
from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.edits.measures import LARGEST_PICTURE, Measures, UnreadableError
from reelwright.engines.media.opening import OPENING
from reelwright.engines.media.reels import moving_times
from reelwright.engines.media.stills import PICTURES, is_picture, more_than_seen, moves

_CONTAINERS = {"matroska": "webm", "mov": "mp4", "aac": "m4a"}
_SAME = {"gif": "png", "mpo": "jpeg"}
_FASTEST = 60
_SOME = 10
_MUCH_FASTER = Fraction(3, 2)


def measure_file(path: Path) -> Measures:
    """Open a file and look; raises UnreadableError."""
    if type_of_picture(path) in UNDRAWN:
        raise UnreadableError("this is a picture that cannot be drawn here", way_out=AS_ANOTHER)
    if not is_picture(path):
        return _film_or_sound(path)
    try:
        with Image.open(path, formats=PICTURES) as picture:
            if not moves(picture):
                return _picture(picture)
            if picture.format != "GIF":
                return _moving(picture, moving_times(path))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable() from error
    return _film_or_sound(path)


def _picture(picture: Image.Image) -> Measures:
    width, height = picture.size
    _check_size(width, height)
    if more_than_seen(picture):
        raise UnreadableError("it holds more than one picture, or a raw one", way_out=AS_ANOTHER)
    if picture.getexif().get(0x0112, 1) >= 5:  # lies on its side
        width, height = height, width
    name = (picture.format or "").lower()
    return Measures(Medium.PICTURE, _SAME.get(name, name), width, height)


def _moving(picture: Image.Image, times: Sequence[Fraction]) -> Measures:
    _check_size(*picture.size)
    rate = min(1 / min(times), Fraction(_FASTEST))
    name = (picture.format or "").lower()
    return Measures(Medium.VIDEO, name, *picture.size, str(rate), round(float(sum(times)), 6))


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
    width, height = square(frame.width, frame.height, aspect_of(stream))
    _check_size(width, height)
    if frame.rotation % 180:
        width, height = height, width
    audio = file.streams.audio[0] if file.streams.audio else None
    return Measures(
        Medium.VIDEO,
        _format(file),
        width,
        height,
        str(_rate(stream)),
        _seconds(file, stream),
        min(2, audio.channels) if audio else 0,
        audio.rate if audio else 0,
    )


def _rate(stream: av.VideoStream) -> Fraction:
    """Frames a second that lose no movement, up to 60: where they change, those where it is fast.

    On the average a recording of a screen that stands still most of the time would have a few. libav's
    guess is of the beginning: what comes later is seen in the index, where a file has one.
    """
    rate = Fraction(stream.guessed_rate or stream.average_rate or 25)
    times = sorted(one.timestamp for one in stream.index_entries)
    gaps = sorted(later - earlier for earlier, later in pairwise(times) if later > earlier)
    if gaps and stream.time_base:
        fast = 1 / (gaps[min(_SOME, len(gaps) // _SOME)] * stream.time_base)
        rate = fast if fast > rate * _MUCH_FASTER else rate
    return min(rate.limit_denominator(1001), Fraction(_FASTEST))


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
        way_out="bring PNG, JPEG, WebP, AVIF, GIF, MP4, MOV, WebM, AVI, WAV, MP3, FLAC or OGG",
    )
