"""Frames and sound out of files of any make, on one time line that begins with the file."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from reelwright.engines.media.blocks import limited
from reelwright.engines.media.edits.measures import UnreadableError
from reelwright.engines.media.opening import OPENING
from reelwright.engines.media.reels import shown_in
from reelwright.engines.media.sound import Signal, gain
from reelwright.engines.media.stills import PICTURES, as_seen

_HALF = Fraction(1, 2)
_HOLE_S = 0.05
"""Sound that is missing for longer is silence; less is a file's rounding."""
_CEILING_DB, _SIDES = -0.1, 2


def read_picture(path: Path) -> Image.Image:
    """A picture, upright, as RGB or RGBA, in sRGB."""
    with Image.open(path, formats=PICTURES) as opened:
        return as_seen(opened)


def frames_of(
    path: Path, rate: Fraction, start: float = 0.0, end: float | None = None
) -> Iterator[av.VideoFrame]:
    """The frames from `start` to `end` (seconds), as they are to be seen, so many a second.

    Each shows what the file shows at its middle. Before the first the first is held, and up to
    `end` the last.
    """
    beat, begin = 1 / rate, Fraction(start).limit_denominator(1_000_000)
    count = None if end is None else round((Fraction(end) - begin) * rate)
    wanted, shown, until = 0, None, Fraction(0)
    for one in shown_in(path, start):
        while shown is not None and begin + (wanted + _HALF) * beat < one.time:
            if wanted == count:
                return
            yield shown
            wanted += 1
        shown, until = one.frame, one.time + max(one.lasts, beat / 2)
    if shown is None:
        raise UnreadableError("it holds no frame", way_out="bring another file")
    while wanted < count if count is not None else begin + (wanted + _HALF) * beat < until:
        yield shown
        wanted += 1


def sound_of(path: Path, rate: int, channels: int) -> Iterator[Signal]:
    """The sound of a file in blocks shaped (channels, frames), from its beginning to its end.

    More channels than two become two as broadcasters do it (ITU-R BS.775: what is in the middle or
    behind 3 dB quieter); where that is more than full scale it is held under it.
    """
    with av.open(str(path), options=OPENING) as file:
        heard = _heard(file, rate, channels)
        many = file.streams.audio[0].channels > _SIDES
        yield from limited(heard, gain(_CEILING_DB)) if many else heard


def _heard(file: av.container.InputContainer, rate: int, channels: int) -> Iterator[Signal]:
    at = 0
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
