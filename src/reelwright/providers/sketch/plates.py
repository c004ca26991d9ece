"""Plates: the composed stage as a few pictures that slide over each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reelwright.engines.media.pencil import skia

Draw = Callable[["skia.Canvas"], None]
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
_BLOOM = 16.0  # how far a lamp's light spreads in the lens: a sigma in frame units


@dataclass(frozen=True, slots=True)
class Piece:
    """Something drawn at a depth, in frame units (x = 0 is the middle, 720 high)."""

    depth: float
    draw: Draw
    blur: float = 0.0
    glow: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of what is near one depth; its top left corner at x, y in pixels of the frame."""

    image: "skia.Image"
    depth: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Raster:
    """The pixels of a frame, and the border around it that a moving camera may show."""

    width: int
    height: int
    border: int = 0

    @property
    def scale(self) -> float:
        """Pixels in a frame unit."""
        return self.height / 720

    def surface(
        self, shrink: int = 1, *, opaque: bool = False
    ) -> tuple["skia.Surface", np.ndarray]:
        """A surface of the frame and its border whose canvas takes frame units, and its pixels."""
        width = -(-(self.width + 2 * self.border) // shrink)
        height = -(-(self.height + 2 * self.border) // shrink)
        kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
        pixels = np.zeros((height, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, kind)
        surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
        canvas = surface.getCanvas()
        canvas.scale(1 / shrink, 1 / shrink)
        canvas.translate(self.width / 2 + self.border, self.border)
        canvas.scale(self.scale, self.scale)
        return surface, pixels


def flatten(pieces: Sequence[Piece], raster: Raster, *, opaque: bool = False) -> Plate | None:
    """Draw pieces over each other into one plate, cropped to what is not empty; None if all is."""
    surface, pixels = raster.surface(opaque=opaque)
    for piece in pieces:
        _draw(surface, piece, raster)
    depth = sum(piece.depth for piece in pieces) / len(pieces)
    if opaque:
        return Plate(surface.makeImageSnapshot(), depth, -raster.border, -raster.border)
    box = _bounds(pixels)
    if box is None:
        return None
    return Plate(
        surface.makeImageSnapshot(box), depth, box.left() - raster.border, box.top() - raster.border
    )


def _bounds(pixels: np.ndarray) -> "skia.IRect | None":
    alpha = pixels[:, :, 3]
    rows = np.flatnonzero(alpha.any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(alpha[rows[0] : rows[-1] + 1].any(axis=0))
    return skia.IRect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _draw(surface: "skia.Surface", piece: Piece, raster: Raster) -> None:
    canvas = surface.getCanvas()
    if piece.glow:
        _soft(surface, piece, raster, piece.blur, skia.BlendMode.kScreen, 1.0)
        _soft(surface, piece, raster, piece.blur + _BLOOM, skia.BlendMode.kPlus, 0.45)
    elif piece.blur * raster.scale < 0.6:
        canvas.save()
        piece.draw(canvas)
        canvas.restore()
    else:
        _soft(surface, piece, raster, piece.blur, skia.BlendMode.kSrcOver, 1.0)


def _soft(
    surface: "skia.Surface",
    piece: Piece,
    raster: Raster,
    blur: float,
    mode: "skia.BlendMode",
    alpha: float,
) -> None:
    """Draw a piece out of focus: on a smaller surface, where a blur costs a fraction and looks the same."""
    sigma = blur * raster.scale
    shrink = 1 if sigma < 1.2 else 2 if sigma < 6 else 4
    small, _ = raster.surface(shrink)
    piece.draw(small.getCanvas())
    paint = skia.Paint(BlendMode=mode, Alphaf=alpha)
    if sigma > 0.3:
        paint.setImageFilter(
            skia.ImageFilters.Blur(sigma / shrink, sigma / shrink, skia.TileMode.kClamp)
        )
    canvas = surface.getCanvas()
    canvas.save()
    canvas.resetMatrix()
    canvas.scale(shrink, shrink)
    canvas.drawImage(small.makeImageSnapshot(), 0, 0, LINEAR, paint)
    canvas.restore()
