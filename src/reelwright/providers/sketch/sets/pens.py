"""The pen a room is drawn with: boxes in perspective, and flat sheets that face the camera."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    fade,
    linear,
    mix,
    paint,
    polygon,
    radial,
    rect,
    smooth,
)
from reelwright.providers.sketch.sets.spaces import Space

Vector = tuple[float, float, float]
WASH = 8.0  # how much smaller than the frame soft tones are drawn
FRONT: Vector = (0.0, 0.0, -1.0)
UP: Vector = (0.0, 1.0, 0.0)
DOWN: Vector = (0.0, -1.0, 0.0)
RIGHT: Vector = (1.0, 0.0, 0.0)
LEFT: Vector = (-1.0, 0.0, 0.0)


class Pen:
    """Draws one layer of a room. Lengths are metres, colours are given before light falls on them."""

    def __init__(self, canvas: "skia.Canvas", room: Space, rng: random.Random) -> None:
        self.canvas = canvas
        self.room = room
        self.rng = rng
        self.origin: Vector = (0.0, 0.0, 5.0)
        palette = room.stage.palette
        self.wall = room.wall
        self.main = palette.secondary
        self.accent = palette.accent
        self.wood = room.stuff("8a5d3b")
        self.metal = room.stuff("87919a")
        self.pale = room.stuff("e6e0d2", 0.16)
        self.dark = room.stuff("2b2c33", 0.12)
        self.lamplit = room.lamplit

    # -- in perspective

    def tone(self, base: Color, x: float, y: float, z: float, normal: Vector = FRONT) -> Color:
        """The base colour as the light makes it at a point of the room."""
        return self.room.tone(base, (x, y, z), normal)

    def face(self, corners: Sequence[Vector], color: Color) -> None:
        """A flat face of the room in a colour already lit."""
        self.canvas.drawPath(polygon([self.room.at(*c) for c in corners]), paint(color))

    def lines(self, pairs: Sequence[tuple[Vector, Vector]], color: Color, width: float) -> None:
        """Many straight lines as one path; width in units of the frame."""
        path = skia.Path()
        for a, b in pairs:
            path.moveTo(*self.room.at(*a))
            path.lineTo(*self.room.at(*b))
        self.canvas.drawPath(path, paint(color, stroke=width))

    def box(
        self, x0: float, y0: float, z0: float, x1: float, y1: float, z1: float, base: Color
    ) -> None:
        """A block from its near lower left to its far upper right corner, lit face by face."""
        at, eye = self.room.at, self.room.eye
        cx, cy, cz = (x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2
        if x0 > 0:
            side = [(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)]
            self.face(side, self.tone(base, x0, cy, cz, LEFT))
        elif x1 < 0:
            side = [(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)]
            self.face(side, self.tone(base, x1, cy, cz, RIGHT))
        if y1 < eye:
            top = [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]
            self.face(top, self.tone(base, cx, y1, cz, UP))
        elif y0 > eye:
            below = [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)]
            self.face(below, self.tone(base, cx, y0, cz, DOWN))
        a, b = at(x0, y1, z0), at(x1, y0, z0)
        shade = linear(
            a, (b[0], a[1]), [self.tone(base, x0, cy, z0), self.tone(base, x1, cy, z0)]
        )  # fmt: skip
        self.canvas.drawRect(rect(a[0], a[1], b[0], b[1]), paint(shader=shade))

    def shadow(self, x: float, z: float, width: float, depth: float, much: float = 0.5) -> None:
        """The soft contact shadow of a thing, drawn out away from the key."""
        ray, _ = self.room.toward(x, 0.5, z)
        k = self.room.scale(z)
        px, py = self.room.at(x - 0.16 * ray[0], 0.0, z)
        flat = max(0.12, depth * self.room.eye / z * 0.9 / width)
        self.canvas.save()
        self.canvas.translate(px, py)
        self.canvas.scale(1.0, flat)
        r = width * k * 0.72
        near = mix(self.room.light.near, 0xFF000000, 0.4)
        glow = radial(
            (0, 0), r, [fade(near, much), fade(near, much * 0.8), fade(near, 0)], [0, 0.6, 1]
        )
        self.canvas.drawCircle(0, 0, r, paint(shader=glow))
        self.canvas.restore()

    def wash(self, area: "skia.Path", tint: Callable[[], None]) -> None:
        """Fill a large area with soft tones: `tint` draws them on a small canvas that is blown up.

        A gradient over the whole frame costs 20 ms, an enlarged picture of it 6.
        """
        stage, big = self.room.stage, self.canvas
        whole = stage.everything
        small = skia.Surface(int(whole.width() / WASH), int(whole.height() / WASH))
        self.canvas = small.getCanvas()
        self.canvas.scale(small.width() / whole.width(), small.height() / whole.height())
        self.canvas.translate(-whole.left(), -whole.top())
        tint()
        self.canvas = big
        big.save()
        big.clipPath(area, True)
        linearly = skia.SamplingOptions(skia.FilterMode.kLinear)
        big.drawImageRect(small.makeImageSnapshot(), whole, linearly)
        big.restore()

    # -- on a sheet that faces the camera

    @contextmanager
    def sheet(self, x: float, z: float, y: float = 0.0, turn: float = 1.0) -> Iterator[None]:
        """Draw in metres on an upright sheet at (x, z): x to the right, y UP from `y`.

        `turn` -1 draws it left for right.
        """
        px, py = self.room.at(x, y, z)
        k = self.room.scale(z)
        before, self.origin = self.origin, (x, y, z)
        self.canvas.save()
        self.canvas.translate(px, py)
        self.canvas.scale(k * turn, -k)
        yield
        self.canvas.restore()
        self.origin = before

    def fill(self, path: "skia.Path", base: Color, roundness: float = 0.7) -> None:
        """A body on the sheet, from its lit side to its shadow side; roundness 0 is flat."""
        box = path.getBounds()
        ox, oy, oz = self.origin
        at = (ox + box.centerX(), oy + box.centerY(), oz)
        ray, _ = self.room.toward(*at)
        room, key = self.room, 1.0 if ray[0] >= 0 else -1.0
        if roundness <= 0:
            self.canvas.drawPath(path, paint(room.tone(base, at, (0.0, 0.25, -0.97))))
            return
        lit = room.tone(base, at, (0.85 * key * roundness, 0.35, -0.4))
        mid = room.tone(base, at, (0.1 * key, 0.1, -0.98))
        shade = room.tone(base, at, (-0.9 * key * roundness, -0.3, -0.3))
        ends = [(box.right(), 0.0), (box.left(), 0.0)]
        start, end = ends if key > 0 else ends[::-1]
        self.canvas.drawPath(
            path, paint(shader=linear(start, end, [lit, mid, shade], [0.0, 0.4, 1.0]))
        )

    def bar(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        base: Color,
        r: float = 0.0,
        lit: float = 0.7,
    ) -> None:
        """A rectangle on the sheet with corners of radius r."""
        path = skia.Path()
        path.addRoundRect(rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), r, r)
        self.fill(path, base, lit)

    def poly(self, points: Sequence[Point], base: Color, lit: float = 0.7) -> None:
        """A body with straight edges on the sheet."""
        self.fill(polygon(points), base, lit)

    def blob(self, points: Sequence[Point], base: Color, lit: float = 0.8) -> None:
        """A body with soft edges on the sheet."""
        self.fill(smooth(points), base, lit)

    def disc(self, x: float, y: float, r: float, base: Color, flat: float = 1.0) -> None:
        """A disc on the sheet; flat < 1 squashes it."""
        path = skia.Path()
        path.addOval(rect(x - r, y - r * flat, x + r, y + r * flat))
        self.fill(path, base)

    def line(self, points: Sequence[Point], base: Color, width: float) -> None:
        """A line on the sheet, width in metres."""
        ox, oy, oz = self.origin
        color = self.tone(base, ox + points[0][0], oy + points[0][1], oz)
        self.canvas.drawPath(polygon(points, closed=False), paint(color, stroke=width))

    def bare(
        self, x0: float, y0: float, x1: float, y1: float, color: Color, r: float = 0.0
    ) -> None:
        """A rectangle on the sheet in a colour that no light changes: screens, tubes, panes."""
        box = rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        self.canvas.drawRoundRect(box, r, r, paint(color))

    def shine(self, x: float, y: float, r: float, color: Color, much: float = 0.6) -> None:
        """A small local halo around a source of light, on the sheet."""
        glow = radial(
            (x, y), r, [fade(color, much), fade(color, much * 0.35), fade(color, 0)], [0, 0.3, 1]
        )
        self.canvas.drawCircle(x, y, r, paint(shader=glow))
