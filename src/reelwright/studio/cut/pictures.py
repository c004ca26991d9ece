"""Frames for paper: stills, and the first frames of people's own shots."""

import math
from pathlib import Path

import av
from PIL import Image

from reelwright.engines.media.pencil import skia


def load_picture(path: Path) -> "skia.Image":
    """A still as an image; of a segment, its middle frame."""
    if path.suffix == ".mp4":
        return _frame(path)
    return skia.Image.MakeFromEncoded(skia.Data.MakeFromFileName(str(path)))


def load_small(path: Path, width: float, height: float) -> "skia.Image":
    """The same for a small place: of a still, no more is unpacked than that needs."""
    if path.suffix == ".mp4":
        return _frame(path)
    with Image.open(path) as still:
        still.draft("RGB", (math.ceil(width), math.ceil(height)))
        pixels = still.convert("RGBA")
    return skia.Image.frombytes(pixels.tobytes(), pixels.size, skia.kRGBA_8888_ColorType)


def _frame(path: Path) -> "skia.Image":
    with av.open(str(path)) as segment:
        wanted = segment.streams.video[0].frames // 2
        for number, frame in enumerate(segment.decode(video=0)):
            if number == wanted:
                return skia.Image.fromarray(
                    frame.to_ndarray(format="rgba"), colorType=skia.kRGBA_8888_ColorType
                ).makeRasterImage()
    raise AssertionError("a segment holds as many frames as it says")
