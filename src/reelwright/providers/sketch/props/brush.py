"""The brush a prop is painted with: a box of 100 x 100, x from -50 to 50, y UP from 0 to 100."""

import random
from collections.abc import Callable, Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    fade,
    ink,
    linear,
    mix,
    paint,
    polygon,
    radial,
    rect,
    smooth,
)
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.stage import Palette

Paint = Callable[["Brush"], None]
Draw = Callable[["skia.Canvas", Light, Palette, random.Random], None]


class Brush:
    """Paints one prop: colours are given before light, bodies get a lit and a shadow side."""

    def __init__(
        self,
        canvas: "skia.Canvas",
        light: Light,
        palette: Palette,
        rng: random.Random,
        *,
        lies: bool = False,
    ) -> None:
        self.canvas = canvas
        self.light = light
        self.lies = lies
        self.rng = rng
        self.main = palette.secondary
        self.accent = palette.accent
        self.wood = self.stuff("8a5a36", palette)
        self.metal = self.stuff("a4adb5", palette)
        self.brass = self.stuff("c9a04e", palette)
        self.dark = self.stuff("2a2b33", palette)
        self.pale = self.stuff("ece6d8", palette)
        self.glass = mix(mix(ink("dcebee"), palette.dominant, 0.25), light.sky[2], 0.2)

    @staticmethod
    def stuff(hexadecimal: str, palette: Palette, share: float = 0.1) -> Color:
        """A material's own colour, drawn a little into the scene's palette."""
        return mix(ink(hexadecimal), palette.dominant, share)

    def own(self, hexadecimal: str) -> Color:
        """A material's own colour."""
        return ink(hexadecimal)

    def fill(self, path: "skia.Path", base: Color, roundness: float = 0.8) -> None:
        """A body, from its lit side to its shadow side; roundness 0 is flat."""
        light = self.light
        flat = light.flat(base)
        if roundness <= 0:
            self.canvas.drawPath(path, paint(mix(flat, light.lit(base), 0.5)))
            return
        box = path.getBounds()
        lit, shade = mix(flat, light.lit(base), roundness), mix(flat, light.dark(base), roundness)
        a, b = (box.right(), box.bottom()), (box.left(), box.centerY())
        if light.side < 0:
            a, b = (box.left(), box.bottom()), (box.right(), box.centerY())
        shader = linear(a, b, [lit, mix(lit, flat, 0.7), shade], [0, 0.45, 1])
        self.canvas.drawPath(path, paint(shader=shader))

    def bar(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        base: Color,
        r: float = 0.0,
        lit: float = 0.8,
    ) -> None:
        """A rectangle with corners of radius r."""
        path = skia.Path()
        path.addRoundRect(rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), r, r)
        self.fill(path, base, lit)

    def poly(self, points: Sequence[Point], base: Color, lit: float = 0.8) -> None:
        """A body with straight edges."""
        self.fill(polygon(points), base, lit)

    def blob(self, points: Sequence[Point], base: Color, lit: float = 0.9) -> None:
        """A body with soft edges."""
        self.fill(smooth(points), base, lit)

    def disc(
        self, x: float, y: float, r: float, base: Color, flat: float = 1.0, lit: float = 0.9
    ) -> None:
        """A disc; flat < 1 squashes it."""
        path = skia.Path()
        path.addOval(rect(x - r, y - r * flat, x + r, y + r * flat))
        self.fill(path, base, lit)

    def line(
        self, points: Sequence[Point], base: Color, width: float, *, soft: bool = False
    ) -> None:
        """A line through points; soft makes it a curve."""
        path = smooth(points, closed=False) if soft else polygon(points, closed=False)
        self.canvas.drawPath(path, paint(self.light.flat(base), stroke=width))

    def ring(
        self, x: float, y: float, r: float, base: Color, width: float, flat: float = 1.0
    ) -> None:
        """A ring of a given width around a point."""
        path = skia.Path()
        path.addOval(rect(x - r, y - r * flat, x + r, y + r * flat))
        edge = linear((x + r * self.light.side, y + r), (x - r * self.light.side, y - r), [self.light.lit(base), self.light.dark(base)])  # fmt: skip
        self.canvas.drawPath(path, paint(shader=edge, stroke=width))

    def gleam(self, points: Sequence[Point], width: float, much: float = 0.7) -> None:
        """A highlight."""
        path = smooth(points, closed=False)
        self.canvas.drawPath(
            path, paint(fade(0xFFFFFFFF, much * (0.4 + 0.6 * self.light.strength)), stroke=width)
        )

    def bare(self, path: "skia.Path", color: Color) -> None:
        """A shape in a colour that no light changes: flames, screens."""
        self.canvas.drawPath(path, paint(color))

    def shine(self, x: float, y: float, r: float, color: Color, much: float = 0.6) -> None:
        """A halo around a source of light."""
        glow = radial(
            (x, y), r, [fade(color, much), fade(color, much * 0.35), fade(color, 0)], [0, 0.3, 1]
        )
        self.canvas.drawCircle(x, y, r, paint(shader=glow))

    def scribble(
        self, x0: float, x1: float, ys: Sequence[float], base: Color, width: float = 0.7
    ) -> None:
        """Lines that read as writing."""
        path = skia.Path()
        for y in ys:
            x = x0
            end = x1 - self.rng.random() * (x1 - x0) * 0.3
            while x < end:
                step = self.rng.uniform(1.5, 6)
                path.moveTo(x, y)
                path.lineTo(min(end, x + step), y)
                x += step + width * 2.2
        self.canvas.drawPath(path, paint(fade(self.light.flat(base), 0.85), stroke=width))

    def rest(self, width: float, much: float = 0.45) -> None:
        """The soft shadow of the thing on what it stands on; none of what lies flat."""
        if self.lies:
            return
        self.canvas.save()
        self.canvas.scale(1, 0.14)
        near = mix(self.light.near, 0xFF000000, 0.5)
        stops = [fade(near, much), fade(near, much * 0.7), fade(near, 0)]
        glow = radial((0, 0), width, stops, [0, 0.55, 1])
        self.canvas.drawCircle(0, 0, width, paint(shader=glow))
        self.canvas.restore()


def painted(work: Paint, *, lies: bool = False) -> Draw:
    """Make a prop's draw function of a painter's work; `lies`: it has no foot to stand on."""

    def draw(canvas: "skia.Canvas", light: Light, palette: Palette, rng: random.Random) -> None:
        canvas.save()
        canvas.scale(1, -1)
        work(Brush(canvas, light, palette, rng, lies=lies))
        canvas.restore()

    return draw
