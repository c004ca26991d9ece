"""Frames for paper: stills, and the first frames of people's own shots."""

from pathlib import Path

import av

from reelwright.engines.media.pencil import skia


def load_picture(path: Path) -> "skia.Image":
    """A still as an image; of a segment, its middle frame."""
    if path.suffix == ".mp4":
        return _frame(path)
    return skia.Image.MakeFromEncoded(skia.Data.MakeFromFileName(str(path)))


def _frame(path: Path) -> "skia.Image":
    with av.open(str(path)) as segment:
        wanted = segment.streams.video[0].frames // 2
        for number, frame in enumerate(segment.decode(video=0)):
            if number == wanted:
                return skia.Image.fromarray(
                    frame.to_ndarray(format="rgba"), colorType=skia.kRGBA_8888_ColorType
                ).makeRasterImage()
    raise AssertionError("a segment holds as many frames as it says")
