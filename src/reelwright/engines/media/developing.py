"""Frames of strangers' films, developed: upright, of square pixels, in the colours and light of a screen."""

from fractions import Fraction
from functools import lru_cache
from threading import Lock
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
)

HIGH_LINES, HIGH_WIDTH = 720, 1280
_NOT_SAID, _RESERVED = 2, 3
_HIGH_DYNAMIC_RANGE = {ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67}
_WIDE = {ColorPrimaries.BT2020, ColorPrimaries.SMPTE431, ColorPrimaries.SMPTE432}
_WIDEST = Fraction(4)
_ONE_AT_A_TIME = Lock()


def developed(frame: av.VideoFrame, aspect: Fraction = Fraction(1)) -> av.VideoFrame:
    """The frame as it is to be seen on a screen (BT.709); `aspect` is its pixels' width by their height."""
    turns = frame.rotation // 90 % 4
    light = frame.color_trc in _HIGH_DYNAMIC_RANGE
    if light and frame.color_primaries == ColorPrimaries.UNSPECIFIED:
        frame.color_primaries = ColorPrimaries.BT2020
    wide = frame.color_primaries in _WIDE
    name_colours(frame, Colorspace.BT2020 if light else None)
    if light or wide:
        frame = _toned(frame)
    size = square(frame.width, frame.height, aspect)
    if size != (frame.width, frame.height):
        frame = frame.reformat(*size, interpolation=Interpolation.BICUBIC)
    return from_pixels(np.rot90(frame.to_ndarray(format="rgb24"), turns)) if turns else frame


def name_colours(frame: av.VideoFrame, known: Colorspace | None = None) -> None:
    """Say of a frame that does not say it by which matrix its colours are to be read.

    Where it is not `known`, it is what players take: BT.709 for high definition, BT.601 for less.
    libav takes BT.601 for all.
    """
    if frame.format.is_rgb or frame.colorspace not in {_NOT_SAID, _RESERVED}:
        return
    high = frame.height >= HIGH_LINES or frame.width >= HIGH_WIDTH
    frame.colorspace = known or (Colorspace.ITU709 if high else Colorspace.ITU601)


def square(width: int, height: int, aspect: Fraction) -> tuple[int, int]:
    """A size in square pixels: the lines stay, the width is what it is to be."""
    wide = round(width * aspect)
    return (width, height) if wide == width else (max(2, round(wide / 2) * 2), height)


def aspect_of(stream: av.VideoStream) -> Fraction:
    """The shape of a film's pixels; square where the file does not say, or says what no film has."""
    told = Fraction(stream.sample_aspect_ratio or 1)
    return told if 1 / _WIDEST <= told <= _WIDEST else Fraction(1)


def from_pixels(pixels: npt.NDArray[Any]) -> av.VideoFrame:
    """A frame of pixels shaped (height, width, 3)."""
    whole = np.ascontiguousarray(pixels, np.uint8)
    return av.VideoFrame.from_ndarray(whole, format="rgb24")


def _toned(frame: av.VideoFrame) -> av.VideoFrame:
    """High dynamic range or wide colours brought into those of BT.709, softly: no light is cut off."""
    full = frame.color_range == ColorRange.JPEG
    shape = frame.width, frame.height, frame.format.name, int(frame.colorspace)
    graph = _toning(*shape, full=full)
    with _ONE_AT_A_TIME:
        graph.vpush(frame)
        made = graph.vpull()
    made.pts, made.time_base = frame.pts, frame.time_base
    return made


@lru_cache(2)
def _toning(width: int, height: int, form: str, matrix: int, *, full: bool) -> Graph:
    """Kept, for the table of its colours takes seconds to be made."""
    graph = Graph()
    nodes = [
        graph.add("buffer", video_size=f"{width}x{height}", pix_fmt=form, time_base="1/1000",
                  colorspace=str(matrix), range="pc" if full else "tv"),
        graph.add("scale", intent="perceptual", out_transfer="bt709", out_primaries="bt709",
                  out_color_matrix="bt709", out_range="tv"),
        graph.add("format", pix_fmts="yuv420p"),
        graph.add("buffersink"),
    ]  # fmt: skip
    graph.link_nodes(*nodes)
    graph.configure()
    return graph
