"""Frames out of finished segments, as yuv420p, and blends between them."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from reelwright.engines.media.video import SegmentWriter, planes
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

BLACK = (16, 128, 128)  # Y, U, V in limited range


def read_frames(path: Path, first: int, count: int) -> Iterator[av.VideoFrame]:
    """Frames `first` to `first + count - 1` of a segment, decoded from the nearest key before them."""
    with av.open(str(path)) as segment:
        stream = segment.streams.video[0]
        assert stream.time_base is not None
        assert stream.average_rate is not None
        tick = 1 / (stream.average_rate * stream.time_base)
        segment.seek(round(first * tick), stream=stream)
        left = count
        for frame in segment.decode(stream):
            if frame.pts is not None and round(frame.pts / tick) >= first:
                yield frame
                left -= 1
                if left == 0:
                    return
    raise InvalidInputError(f"{path.name}: has no {count} frames from frame {first} on")


def blended(a: av.VideoFrame | None, b: av.VideoFrame | None, t: float) -> av.VideoFrame:
    """A frame `t` of the way from a to b; None stands for black."""
    model = a or b
    assert model is not None
    out = av.VideoFrame(model.width, model.height, "yuv420p")
    weight = int(t * 256 + 0.5)
    sources = zip(planes(a) if a else BLACK, planes(b) if b else BLACK, planes(out), strict=True)
    for one, other, target in sources:
        mixed = np.multiply(one, 256 - weight, dtype=np.uint16, casting="unsafe")
        mixed = mixed + np.multiply(other, weight, dtype=np.uint16, casting="unsafe") + 128
        target[:] = (mixed >> 8).astype(np.uint8)
    return out


def wiped(a: av.VideoFrame, b: av.VideoFrame, t: float) -> av.VideoFrame:
    """A frame in which b has come in from the left over `t` of the width."""
    out = av.VideoFrame(a.width, a.height, "yuv420p")
    for one, other, target in zip(planes(a), planes(b), planes(out), strict=True):
        edge = int(t * target.shape[1])
        target[:, :edge], target[:, edge:] = other[:, :edge], one[:, edge:]
    return out


def write_segment(frames: Iterator[av.VideoFrame], target: Path, rate: Rate) -> int:
    """Encode frames as a segment that joins with the others; returns how many there were."""
    first = next(frames)
    with SegmentWriter(target, first.width, first.height, rate) as segment:
        segment.write(first)
        for frame in frames:
            segment.write(frame)
    return segment.frames
