"""What a file of any make shows, one frame after the other with its times: films, and pictures that move."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

from reelwright.engines.media.brands import AS_ANOTHER, type_of_picture
from reelwright.engines.media.developing import aspect_of, developed
from reelwright.engines.media.opening import OPENING
from reelwright.engines.media.stills import PICTURES, as_seen, is_picture, moves
from reelwright.ground.errors import InvalidInputError

_SHORTEST_MS, _USUAL_MS = 20, 100
"""Browsers show what is to be shown for less than the first for as long as the second."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame, from `time` on for `lasts` seconds (0: the file does not say)."""

    frame: av.VideoFrame
    time: Fraction
    lasts: Fraction


def shown_in(path: Path, start: float = 0.0) -> Iterator[Shown]:
    """All frames, developed, from a little before `start` on; times begin with the file.

    Raises InvalidInputError for a file without any; av.FFmpegError, OSError, ValueError for a broken one.
    """
    if times := moving_times(path):
        yield from _in_picture(path, times)
        return
    if type_of_picture(path):
        raise InvalidInputError("is a picture and no clip", way_out=AS_ANOTHER)
    with av.open(str(path), options=OPENING) as file:
        if not file.streams.video:
            raise InvalidInputError("has no picture", way_out="bring a video file")
        origin = Fraction(file.start_time or 0, av.time_base)
        stream = file.streams.video[0]
        stream.thread_type = "AUTO"
        aspect = aspect_of(stream)
        if start > 1:
            file.seek(int((start + float(origin)) * av.time_base), backward=True)
        for frame in file.decode(stream):
            if frame.pts is None or frame.time_base is None:
                continue
            time, lasts = frame.pts * frame.time_base - origin, frame.duration * frame.time_base
            yield Shown(developed(frame, aspect), time, lasts)


def moving_times(path: Path) -> list[Fraction]:
    """How long each frame of a picture that moves is shown, in seconds; none for all else.

    GIFs are none of these: libav reads them as films.
    """
    if not is_picture(path):
        return []
    with Image.open(path, formats=PICTURES) as picture:
        if picture.format == "GIF" or not moves(picture):
            return []
        return [_lasts(picture, number) for number in _numbers(picture)]


def _in_picture(path: Path, times: list[Fraction]) -> Iterator[Shown]:
    at = Fraction(0)
    with Image.open(path, formats=PICTURES) as picture:
        for number, lasts in zip(_numbers(picture), times, strict=True):
            picture.seek(number)
            seen = as_seen(picture)
            if seen.mode == "RGBA":
                white = Image.new("RGBA", seen.size, "white")
                seen = Image.alpha_composite(white, seen).convert("RGB")
            yield Shown(av.VideoFrame.from_image(seen), at, lasts)
            at += lasts


def _numbers(picture: Image.Image) -> range:
    """Its frames but for one that stands for those who see no movement."""
    first = 1 if picture.info.get("default_image") else 0
    return range(first, getattr(picture, "n_frames", 1))


def _lasts(picture: Image.Image, number: int) -> Fraction:
    picture.seek(number)
    picture.load()
    told = round(picture.info.get("duration", 0))
    return Fraction(told if told >= _SHORTEST_MS else _USUAL_MS, 1000)
