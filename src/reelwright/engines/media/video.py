"""A shot's file: Skia draws into the encoder's own memory, swscale converts, x264 writes."""

from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from reelwright.engines.media.pencil import skia
from reelwright.film.timeline import Rate

BT709 = 1  # the same number names its matrix, its primaries and its transfer curve
_LIMITED = 1


class Sheet:
    """A picture in memory that Skia draws on and libav reads, without a copy between them."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "bgra")
        stride = self.frame.planes[0].line_size
        self._memory = np.frombuffer(memoryview(self.frame.planes[0]), np.uint8)
        rows = self._memory[: stride * height].reshape(height, stride)[:, : width * 4]
        self.pixels = rows.reshape(height, width, 4) if stride == width * 4 else rows
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self._memory, stride)
        self.canvas = self._surface.getCanvas()
        self._convert = VideoReformatter()

    def converted(self) -> av.VideoFrame:
        """What is drawn now as a new yuv420p frame, BT.709, limited range."""
        return self._convert.reformat(
            self.frame,
            format="yuv420p",
            interpolation=Interpolation.POINT | Interpolation.BITEXACT,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )


def planes(frame: av.VideoFrame) -> list[np.ndarray]:
    """The frame's planes (Y, U, V) as arrays (height, width) on its own memory."""
    rows = (np.frombuffer(memoryview(plane), np.uint8) for plane in frame.planes)
    return [
        row[: plane.line_size * plane.height].reshape(plane.height, plane.line_size)[
            :, : plane.width
        ]
        for row, plane in zip(rows, frame.planes, strict=True)
    ]


def paste(target: av.VideoFrame, patch: av.VideoFrame, x: int, y: int) -> None:
    """Put a small yuv420p frame into a large one at x, y, which must be even."""
    for here, there, step in zip(planes(target), planes(patch), (1, 2, 2), strict=True):
        height, width = there.shape
        here[y // step : y // step + height, x // step : x // step + width] = there


class SegmentWriter:
    """Writes one MP4 with one H.264 stream: constant frame rate, closed groups of at most 2 s.

    `keys` are the file's frame numbers at which a group must begin. Use as a context manager.
    """

    def __init__(
        self, path: Path, width: int, height: int, rate: Rate, keys: Collection[int] = ()
    ) -> None:
        self._keys = frozenset(keys)
        self._tick = Fraction(rate.den, rate.num)
        self._container = av.open(str(path), "w", format="mp4")
        self._stream = _h264(self._container, width, height, rate)
        self.frames = 0

    def write(self, frame: av.VideoFrame) -> None:
        """Encode a yuv420p frame; the same frame may be given again, changed or not."""
        frame.pts = self.frames
        frame.time_base = self._tick
        frame.pict_type = PictureType.I if self.frames in self._keys else PictureType.NONE
        self._container.mux(self._stream.encode(frame))
        self.frames += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()


def _h264(
    container: av.container.OutputContainer, width: int, height: int, rate: Rate
) -> av.VideoStream:
    group = max(1, round(2 * rate.num / rate.den))
    # cpu-independent: without it x264 gives other bytes on another processor, or even on the next run.
    x264 = f"keyint={group}:min-keyint=1:scenecut=0:open-gop=0:cpu-independent=1"
    x264 += ":me=dia"  # a camera over drawings moves slowly: a wider search finds nothing more
    options = {"preset": "veryfast", "crf": "21", "forced-idr": "1", "x264-params": x264}
    stream = container.add_stream("libx264", rate=Fraction(rate.num, rate.den), options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    context = stream.codec_context
    context.thread_count = 1
    context.time_base = Fraction(rate.den, rate.num)
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = _LIMITED
    return stream
