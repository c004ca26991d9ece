"""Frames and sound out of files of any make, on one time line that begins with the file."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from reelwright.engines.media.edits.measures import PICTURES, UnreadableError
from reelwright.engines.media.opening import OPENING
from reelwright.engines.media.sound import Signal

_HALF = Fraction(1, 2)
_HOLE_S = 0.05
"""Sound that is missing for longer is silence; less is a file's rounding."""


def read_picture(path: Path) -> Image.Image:
    """A picture, upright, as RGB or RGBA."""
    with Image.open(path, formats=PICTURES) as opened:
        picture = ImageOps.exif_transpose(opened)
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def frames_of(
    path: Path, rate: Fraction, start: float = 0.0, end: float | None = None
) -> Iterator[av.VideoFrame]:
    """The frames from `start` to `end` (seconds), upright, so many a second.

    Each shows what the file shows at its middle. Before the first the first is held, and up to
    `end` the last.
    """
    beat, begin = 1 / rate, Fraction(start).limit_denominator(1_000_000)
    count = None if end is None else round((Fraction(end) - begin) * rate)
    wanted, shown, until = 0, None, Fraction(0)
    with av.open(str(path), options=OPENING) as file:
        origin = Fraction(file.start_time or 0, av.time_base)
        stream = file.streams.video[0]
        stream.thread_type = "AUTO"
        if start > 1:
            file.seek(int((start + float(origin)) * av.time_base), backward=True)
        for frame in file.decode(stream):
            if frame.pts is None or frame.time_base is None:
                continue
            time = frame.pts * frame.time_base - origin
            while shown is not None and begin + (wanted + _HALF) * beat < time:
                if wanted == count:
                    return
                yield shown
                wanted += 1
            shown = _upright(frame)
            until = time + max(frame.duration * frame.time_base, beat / 2)
    if shown is None:
        raise UnreadableError("it holds no frame", way_out="bring another file")
    while wanted < count if count is not None else begin + (wanted + _HALF) * beat < until:
        yield shown
        wanted += 1


def _upright(frame: av.VideoFrame) -> av.VideoFrame:
    turns = frame.rotation // 90 % 4
    if not turns:
        return frame
    return from_pixels(np.rot90(frame.to_ndarray(format="rgb24"), turns))


def from_pixels(pixels: npt.NDArray[Any]) -> av.VideoFrame:
    """A frame of pixels shaped (height, width, 3)."""
    whole = np.ascontiguousarray(pixels, np.uint8)
    return av.VideoFrame.from_ndarray(whole, format="rgb24")


def sound_of(path: Path, rate: int, channels: int) -> Iterator[Signal]:
    """The sound of a file in blocks shaped (channels, frames), from its beginning to its end."""
    at = 0
    with av.open(str(path), options=OPENING) as file:
        origin = Fraction(file.start_time or 0, av.time_base)
        stream = file.streams.audio[0]
        # One channel becomes two, and two one, by us: libav would change how loud they are.
        layout = "mono" if stream.channels == 1 else "stereo"
        resampler = av.AudioResampler("fltp", layout, rate)
        for frame in file.decode(stream):
            if frame.pts is not None and frame.time_base is not None:
                hole = round(float(frame.pts * frame.time_base - origin) * rate) - at
                if hole > (_HOLE_S * rate if at else 0):
                    yield np.zeros((channels, hole), np.float32)
                    at += hole
            for part in resampler.resample(frame):
                at += part.samples
                yield numbers(part, channels)
        for part in resampler.resample(None):
            yield numbers(part, channels)


def numbers(frame: av.AudioFrame, channels: int) -> Signal:
    """The samples of a planar frame of floats; one channel fills two, two are one's mean."""
    block = frame.to_ndarray().astype(np.float32, copy=False)
    if channels < block.shape[0]:
        block = block.mean(axis=0, keepdims=True)
    return np.broadcast_to(block, (channels, block.shape[1]))


def between(blocks: Iterable[Signal], first: int, count: int) -> Iterator[Signal]:
    """Exactly `count` frames of a sound from frame `first` on; what is missing is silence."""
    at, left, channels = 0, count, 2
    for block in blocks:
        channels = block.shape[0]
        part = block[:, max(0, first - at) :][:, :left]
        at += block.shape[1]
        if part.shape[1]:
            yield part
            left -= part.shape[1]
        if not left:
            return
    while left:
        silence = np.zeros((channels, min(left, 1 << 16)), np.float32)
        yield silence
        left -= silence.shape[1]


def in_blocks(blocks: Iterable[Signal], size: int) -> Iterator[Signal]:
    """The same sound in blocks of `size` frames; the last may be shorter."""
    kept: list[Signal] = []
    held = 0
    for block in blocks:
        kept.append(block)
        held += block.shape[1]
        if held < size:
            continue
        whole = np.concatenate(kept, axis=1)
        cut = held // size * size
        for at in range(0, cut, size):
            yield whole[:, at : at + size]
        kept, held = [whole[:, cut:]], held - cut
    if held:
        yield np.concatenate(kept, axis=1)
