"""Plates: the composed stage as a few pictures that slide over each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.stage import FRAME_HEIGHT

Draw = Callable[["skia.Canvas"], None]
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
NEAREST = skia.SamplingOptions(skia.FilterMode.kNearest)
_SHARP = 0.6  # a blur below this many pixels is not seen
_BLOOM = 15.0  # how far a lamp's light spreads in the lens: a sigma in frame units


@dataclass(frozen=True, slots=True)
class Piece:
    """Something drawn at a depth, in frame units (x = 0 is the middle, 720 high)."""

    depth: float
    draw: Draw
    blur: float = 0.0
    glow: bool = False


@dataclass(frozen=True)
class Plate:
    """A picture of what is near one depth; its top left corner at x, y in pixels of the frame."""

    image: "skia.Image"
    x: int
    y: int
    depth: float = 1.0

    @property
    def box(self) -> "skia.IRect":
        """The pixels it covers while the camera rests."""
        return skia.IRect.MakeXYWH(self.x, self.y, self.image.width(), self.image.height())

    @cached_property
    def doubled(self) -> "skia.Image":
        """The same at twice the size.

        Picking its nearest pixels moves a plate in half pixels, which looks like filtering it anew
        for each frame and costs a tenth.
        """
        width, height = 2 * self.image.width(), 2 * self.image.height()
        kind = skia.kOpaque_AlphaType if self.image.isOpaque() else skia.kPremul_AlphaType
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, kind)
        surface = skia.Surface.MakeRaster(info)
        surface.getCanvas().drawImageRect(self.image, skia.Rect(0, 0, width, height), LINEAR)
        return surface.makeImageSnapshot()

    def lay(self, canvas: "skia.Canvas", *, moving: bool) -> None:
        """Draw it where it lies, through the canvas's matrix when something moves."""
        if not moving:
            canvas.drawImage(self.image, self.x, self.y)
            return
        canvas.save()
        canvas.translate(self.x, self.y)
        canvas.scale(0.5, 0.5)
        canvas.drawImage(self.doubled, 0, 0, NEAREST)
        canvas.restore()


@dataclass(frozen=True, slots=True)
class Raster:
    """The pixels of a frame, and the border around it that a moving camera may show."""

    width: int
    height: int
    border: int = 0

    @property
    def scale(self) -> float:
        """Pixels in a frame unit."""
        return self.height / FRAME_HEIGHT

    def pixels(self, box: "skia.Rect") -> "skia.IRect":
        """The whole pixels of the frame that a box in frame units touches, kept inside the border."""
        s, middle = self.scale, self.width / 2
        edges = skia.Rect(
            box.left() * s + middle, box.top() * s, box.right() * s + middle, box.bottom() * s
        )
        room = skia.IRect(
            -self.border, -self.border, self.width + self.border, self.height + self.border
        )
        whole = edges.roundOut()
        return whole if whole.intersect(room) else skia.IRect.MakeEmpty()

    def surface(
        self, box: "skia.IRect | None" = None, shrink: int = 1, *, opaque: bool = False
    ) -> tuple["skia.Surface", np.ndarray]:
        """A surface whose canvas takes frame units, and its memory.

        It holds a box of the frame's pixels, or all of them with the border.
        """
        if box is None:
            side = self.border
            box = skia.IRect(-side, -side, self.width + side, self.height + side)
        width, height = -(-box.width() // shrink), -(-box.height() // shrink)
        kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
        memory = np.zeros((height, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, kind)
        surface = skia.Surface.MakeRasterDirect(info, memory, width * 4)
        canvas = surface.getCanvas()
        canvas.scale(1 / shrink, 1 / shrink)
        canvas.translate(self.width / 2 - box.left(), -box.top())
        canvas.scale(self.scale, self.scale)
        return surface, memory


def flatten(
    pieces: Sequence[Piece],
    raster: Raster,
    *,
    box: "skia.IRect | None" = None,
    opaque: bool = False,
) -> Plate | None:
    """Draw pieces over each other into one plate, cropped to what is not empty; None if all is."""
    surface, memory = raster.surface(box, opaque=opaque)
    left, top = (box.left(), box.top()) if box else (-raster.border, -raster.border)
    for run in _runs(pieces, raster.scale):
        _draw_run(surface.getCanvas(), run, raster, box)
    depth = max(piece.depth for piece in pieces)
    if opaque:
        return Plate(surface.makeImageSnapshot(), left, top, depth)
    full = _bounds(memory)
    if full is None:
        return None
    return Plate(surface.makeImageSnapshot(full), left + full.left(), top + full.top(), depth)


def _runs(pieces: Sequence[Piece], scale: float) -> list[list[Piece]]:
    """Neighbours that are equally soft, so that each run is blurred once."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        first = runs[-1][0] if runs else None
        alike = first is not None and not piece.glow and not first.glow and (
            max(piece.blur, first.blur) * scale < _SHARP
            or (min(piece.blur, first.blur) * scale >= _SHARP and 0.6 < piece.blur / first.blur < 1.6)
        )  # fmt: skip
        if alike:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _draw_run(
    canvas: "skia.Canvas", run: list[Piece], raster: Raster, box: "skia.IRect | None"
) -> None:
    blur = sum(piece.blur for piece in run) / len(run)
    sigma = blur * raster.scale
    if run[0].glow:
        shrink = 2 if sigma < 3 else 4
        light = _small(run, raster, box, shrink)
        _spread(canvas, light, shrink, sigma, skia.BlendMode.kScreen, 1.0)
        _spread(canvas, light, shrink, sigma + _BLOOM * raster.scale, skia.BlendMode.kPlus, 0.4)
    elif sigma < _SHARP:
        for piece in run:
            piece.draw(canvas)
    else:
        shrink = 1 if sigma < 1.2 else 2 if sigma < 3 else 4
        _spread(
            canvas, _small(run, raster, box, shrink), shrink, sigma, skia.BlendMode.kSrcOver, 1.0
        )


def _small(run: list[Piece], raster: Raster, box: "skia.IRect | None", shrink: int) -> "skia.Image":
    """Draw at a fraction of the size, where a blur costs a fraction too and looks the same."""
    surface, _ = raster.surface(box, shrink)
    for piece in run:
        piece.draw(surface.getCanvas())
    return surface.makeImageSnapshot()


def _spread(
    canvas: "skia.Canvas",
    image: "skia.Image",
    shrink: int,
    sigma: float,
    mode: "skia.BlendMode",
    alpha: float,
) -> None:
    canvas.save()
    canvas.resetMatrix()
    canvas.scale(shrink, shrink)
    canvas.drawImage(
        _softened(image, sigma / shrink), 0, 0, LINEAR, skia.Paint(BlendMode=mode, Alphaf=alpha)
    )
    canvas.restore()


def _softened(image: "skia.Image", sigma: float) -> "skia.Image":
    """Blurred at the image's own size: a filter on a scaled canvas would work at the canvas's."""
    if sigma < 0.3:
        return image
    surface = skia.Surface.MakeRaster(image.imageInfo())
    blur = skia.ImageFilters.Blur(sigma, sigma, skia.TileMode.kClamp)
    surface.getCanvas().drawImage(image, 0, 0, NEAREST, skia.Paint(ImageFilter=blur))
    return surface.makeImageSnapshot()


def _bounds(memory: np.ndarray) -> "skia.IRect | None":
    alpha = memory[:, :, 3]
    rows = np.flatnonzero(alpha.any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(alpha[rows[0] : rows[-1] + 1].any(axis=0))
    return skia.IRect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
