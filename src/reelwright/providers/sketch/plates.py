"""Plates: the composed stage as a few pictures that slide over each other."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.stage import FRAME_HEIGHT

Draw = Callable[["skia.Canvas"], None]
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
NEAREST = skia.SamplingOptions(skia.FilterMode.kNearest)
_SHARP = 0.6  # a blur below this many pixels is not seen
_SMEARED = 0.85  # up to here a blur is made by moving parts of pixels
_SOFT = 2.5  # a blur from this many pixels on hides half a pixel more or less
_GAP = 40  # pixels of nothing that are worth a cut
_WIDE = 4  # the fraction of the size at which a bloom is made: it is too wide to need more
_BLOOM = 15.0  # how far a lamp's light spreads in the lens: a sigma in frame units


@dataclass(frozen=True, slots=True)
class Piece:
    """Something drawn at a depth, in frame units (x = 0 is the middle, 720 high)."""

    depth: float
    draw: Draw
    blur: float = 0.0
    glow: bool = False


class Patch:
    """A part of a plate that is not empty; its top left corner at x, y in pixels of the frame."""

    def __init__(self, image: "skia.Image", x: int, y: int) -> None:
        self.image, self.x, self.y = image, x, y
        self._quarters: dict[tuple[int, int], skia.Image] = {}

    @cached_property
    def doubled(self) -> "skia.Image":
        """The same at twice the size.

        Picking its nearest pixels moves a plate in half pixels, which looks like filtering it anew
        for each frame and costs a tenth.
        """
        width, height = 2 * self.image.width(), 2 * self.image.height()
        surface = skia.Surface.MakeRaster(self.image.imageInfo().makeWH(width, height))
        surface.getCanvas().drawImageRect(self.image, skia.Rect(0, 0, width, height), LINEAR)
        return surface.makeImageSnapshot()

    def slide(self, canvas: "skia.Canvas", x: float, y: float) -> None:
        """Lay it with its corner at x, y of the canvas's own pixels, to half a pixel.

        Shows what the nearest pixels of the double would, of which a shift takes every second one.
        These lie together here, and reading memory is most of what laying costs.
        """
        column, row = math.ceil(-2 * x), math.ceil(-2 * y)
        canvas.drawImage(self._quarter(column % 2, row % 2), -(column // 2), -(row // 2), NEAREST)

    def _quarter(self, right: int, down: int) -> "skia.Image":
        """Every second pixel of the double, from its first or its second column and row on."""
        if (right, down) not in self._quarters:
            surface = skia.Surface.MakeRaster(self.image.imageInfo())
            x, y = 0.25 - 0.5 * right, 0.25 - 0.5 * down
            surface.getCanvas().drawImage(self.image, x, y, LINEAR)
            self._quarters[right, down] = surface.makeImageSnapshot()
        return self._quarters[right, down]


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of what is near one depth, in patches. `soft`: nothing in it is sharp."""

    patches: tuple[Patch, ...]
    depth: float = 1.0
    soft: bool = False

    @property
    def box(self) -> "skia.IRect":
        """The pixels it covers while the camera rests."""
        box = skia.IRect.MakeEmpty()
        for one in self.patches:
            box.join(skia.IRect.MakeXYWH(one.x, one.y, one.image.width(), one.image.height()))
        return box

    def lay(self, canvas: "skia.Canvas", *, moving: bool) -> None:
        """Draw it where it lies, through the canvas's matrix when something moves."""
        matrix = canvas.getTotalMatrix()
        for one in self.patches:
            if not moving or self.soft:
                canvas.drawImage(one.image, one.x, one.y, NEAREST)
                continue
            canvas.save()
            if matrix.isTranslate():
                canvas.resetMatrix()
                one.slide(canvas, one.x + matrix.getTranslateX(), one.y + matrix.getTranslateY())
            else:
                canvas.translate(one.x, one.y)
                canvas.scale(0.5, 0.5)
                canvas.drawImage(one.doubled, 0, 0, NEAREST)
            canvas.restore()

    def lean(self, canvas: "skia.Canvas", sway: int, foot: float, span: float) -> None:
        """Draw it pushed aside: not at its foot, and by `sway` half pixels at `span` above that.

        In bands, each moved by whole half pixels: what leans through the canvas's matrix is sampled
        the same way, at ten times the cost.
        """
        if not sway:
            self.lay(canvas, moving=True)
            return
        box = skia.Rect.Make(self.box.makeOutset(abs(sway), 0))
        ends = [round(sway * (foot - y) / span) for y in (box.top(), box.bottom())]
        for step in range(min(ends), max(ends) + 1):
            rows = sorted(foot - (step + half) * span / sway for half in (-0.5, 0.5))
            canvas.save()
            canvas.clipRect(skia.Rect(box.left(), rows[0], box.right(), rows[1]))
            canvas.translate(0.5 * step, 0)
            self.lay(canvas, moving=True)
            canvas.restore()

    def fresh(self) -> "Plate":
        """The same plate without its doubles: what is kept for the next shot stays small."""
        return replace(self, patches=tuple(Patch(p.image, p.x, p.y) for p in self.patches))


class Leaf:
    """Pixels that Skia draws and numpy reads; Skia does not own them, so the two stay together."""

    def __init__(self, width: int, height: int, kind: "skia.AlphaType") -> None:
        self.memory = np.zeros((height, width, 4), np.uint8)
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, kind)
        self._surface = skia.Surface.MakeRasterDirect(info, self.memory, width * 4)
        self.canvas = self._surface.getCanvas()

    def snapshot(self, box: "skia.IRect | None" = None) -> "skia.Image":
        """A copy of the pixels in a box, or of all."""
        return self._surface.makeImageSnapshot(box) if box else self._surface.makeImageSnapshot()


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

    def leaf(
        self, box: "skia.IRect | None" = None, shrink: int = 1, *, opaque: bool = False
    ) -> "Leaf":
        """A leaf whose canvas takes frame units: a box of the frame's pixels, or all with the border."""
        if box is None:
            side = self.border
            box = skia.IRect(-side, -side, self.width + side, self.height + side)
        width, height = -(-box.width() // shrink), -(-box.height() // shrink)
        kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
        leaf = Leaf(width, height, kind)
        leaf.canvas.scale(1 / shrink, 1 / shrink)
        leaf.canvas.translate(self.width / 2 - box.left(), -box.top())
        leaf.canvas.scale(self.scale, self.scale)
        return leaf


def flatten(
    pieces: Sequence[Piece],
    raster: Raster,
    *,
    box: "skia.IRect | None" = None,
    opaque: bool = False,
) -> Plate | None:
    """Draw pieces over each other into one plate, cropped to what is not empty; None if all is."""
    if box is not None and box.isEmpty():
        return None
    leaf = raster.leaf(box, opaque=opaque)
    memory = leaf.memory
    left, top = (box.left(), box.top()) if box else (-raster.border, -raster.border)
    for run in _runs(pieces, raster.scale):
        _draw_run(leaf.canvas, run, raster, box)
    depth = max(piece.depth for piece in pieces)
    soft = all(piece.blur * raster.scale >= _SOFT for piece in pieces)
    boxes = [skia.IRect(0, 0, memory.shape[1], memory.shape[0])] if opaque else _full_boxes(memory)
    if not boxes:
        return None
    snapshots = ((leaf.snapshot(one), one) for one in boxes)
    patches = tuple(Patch(image, left + one.left(), top + one.top()) for image, one in snapshots)
    return Plate(patches, depth, soft)


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
    sigma = sum(piece.blur for piece in run) / len(run) * raster.scale
    if run[0].glow:
        _shine(canvas, run, raster, box, sigma)
    elif sigma < _SHARP:
        for piece in run:
            piece.draw(canvas)
    else:
        shrink = 1 if sigma < 0.9 else 2 if sigma < 6 else 4
        image, corner = _small(run, raster, box, shrink, margin=3 * sigma)
        if image is not None:
            # Drawing small and stretching again blurs by half the factor already.
            left = max(0.0, sigma**2 - (shrink / 2) ** 2) ** 0.5 if shrink > 1 else sigma
            _spread(canvas, _softened(image, left / shrink), corner, shrink)


def _shine(
    canvas: "skia.Canvas", run: list[Piece], raster: Raster, box: "skia.IRect | None", sigma: float
) -> None:
    """Add light, and what a lens makes of it: a wide faint bloom around the lamp alone."""
    shrink = 2 if sigma < 3 else 4
    bloom = _BLOOM * raster.scale
    light, corner = _small(run, raster, box, shrink, margin=3 * bloom)
    if light is None:
        return
    surface = skia.Surface.MakeRaster(light.imageInfo())
    surface.getCanvas().drawImage(_softened(light, sigma / shrink), 0, 0)
    halo = skia.Paint(BlendMode=skia.BlendMode.kPlus, Alphaf=0.4)
    wide = _softened(_scaled(light, shrink / _WIDE), bloom / _WIDE)
    surface.getCanvas().drawImage(_scaled(wide, _WIDE / shrink), 0, 0, NEAREST, halo)
    _spread(canvas, surface.makeImageSnapshot(), corner, shrink, skia.BlendMode.kScreen)


def _scaled(image: "skia.Image", by: float) -> "skia.Image":
    """The same picture at another size; nothing is blended here, which makes it fast."""
    if by == 1:
        return image
    width, height = math.ceil(image.width() * by), math.ceil(image.height() * by)
    surface = skia.Surface.MakeRaster(image.imageInfo().makeWH(width, height))
    canvas = surface.getCanvas()
    canvas.scale(by, by)
    canvas.drawImage(image, 0, 0, LINEAR)
    return surface.makeImageSnapshot()


def _small(
    run: list[Piece], raster: Raster, box: "skia.IRect | None", shrink: int, margin: float
) -> tuple["skia.Image | None", tuple[int, int]]:
    """Draw at a fraction of the size, where a blur costs a fraction too and looks the same.

    Gives what is not empty with room for a blur around it, and where its corner lies.
    """
    leaf = raster.leaf(box, shrink)
    for piece in run:
        piece.draw(leaf.canvas)
    full = _bounds(leaf.memory)
    if full is None:
        return None, (0, 0)
    room = int(margin / shrink) + 1
    full = full.makeOutset(room, room)
    full.intersect(skia.IRect(0, 0, leaf.memory.shape[1], leaf.memory.shape[0]))
    return leaf.snapshot(full), (full.left(), full.top())


def _spread(
    canvas: "skia.Canvas",
    image: "skia.Image",
    corner: tuple[int, int],
    shrink: int,
    mode: "skia.BlendMode" = skia.BlendMode.kSrcOver,
) -> None:
    canvas.save()
    canvas.resetMatrix()
    left, top = corner
    canvas.translate(left * shrink, top * shrink)
    canvas.drawImage(_scaled(image, shrink), 0, 0, NEAREST, skia.Paint(BlendMode=mode))
    canvas.restore()


def _softened(image: "skia.Image", sigma: float) -> "skia.Image":
    """Blurred at the image's own size: a filter on a scaled canvas would work at the canvas's."""
    if sigma < 0.3:
        return image
    if sigma < _SMEARED:
        return _smeared(image, sigma)
    surface = skia.Surface.MakeRaster(image.imageInfo())
    blur = skia.ImageFilters.Blur(sigma, sigma, skia.TileMode.kClamp)
    surface.getCanvas().drawImage(image, 0, 0, NEAREST, skia.Paint(ImageFilter=blur))
    return surface.makeImageSnapshot()


def _smeared(image: "skia.Image", sigma: float) -> "skia.Image":
    """A small blur at a quarter of a filter's cost: pushed part of a pixel aside, and back again.

    Between pixels a share of each neighbour is taken; two pushes by d spread by 2 d (1 - d).
    """
    push = (1 - max(0.0, 1 - 2 * sigma**2) ** 0.5) / 2
    clamp = skia.TileMode.kClamp
    for way in (push, -push):
        surface = skia.Surface.MakeRaster(image.imageInfo())
        pushed = image.makeShader(clamp, clamp, LINEAR, skia.Matrix.Translate(way, way))
        surface.getCanvas().drawPaint(skia.Paint(Shader=pushed))
        image = surface.makeImageSnapshot()
    return image


def _bounds(memory: np.ndarray) -> "skia.IRect | None":
    """The box of all that is not empty."""
    alpha = memory[:, :, 3]
    rows = np.flatnonzero(alpha.any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(alpha[rows[0] : rows[-1] + 1].any(axis=0))
    return skia.IRect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _full_boxes(memory: np.ndarray) -> "list[skia.IRect]":
    """Boxes of what is not empty, apart where a wide gap lies between: two jambs are two patches."""
    filled = np.flatnonzero(memory[:, :, 3].any(axis=0))
    if not filled.size:
        return []
    cuts = np.flatnonzero(np.diff(filled) > _GAP) + 1
    boxes = []
    for columns in np.split(filled, cuts):
        left, right = int(columns[0]), int(columns[-1]) + 1
        inside = _bounds(memory[:, left:right])
        assert inside is not None
        boxes.append(skia.IRect(left, inside.top(), right, inside.bottom()))
    return boxes
