"""Glow: the light that lamps leave in the air and on the ground, near the lamp only."""

from reelwright.providers.sketch.ink import Color, Point, fade, linear, paint, polygon, radial, rect
from reelwright.providers.sketch.sets.scenery.brush import Brush


def halo(
    brush: Brush, x: float, y: float, r: float, alpha: float = 0.5, color: Color | None = None
) -> None:
    """A round light in the air."""
    tone = brush.light.lamp if color is None else color
    shades = [fade(tone, alpha), fade(tone, alpha * 0.28), fade(tone, 0.0)]
    brush.canvas.drawCircle(x, y, r, paint(shader=radial((x, y), r, shades, [0.0, 0.3, 1.0])))


def cone(brush: Brush, top: Point, foot: Point, half: float, alpha: float = 0.22) -> None:
    """The beam under a lamp."""
    tone = brush.light.lamp
    (x0, y0), (x1, y1) = top, foot
    shader = linear(top, foot, [fade(tone, alpha / 2), fade(tone, 0.0)])
    for share in (1.0, 0.72, 0.44):  # three, one in the other: a soft edge without a blur
        wide = half * share
        path = polygon([(x0 - 5, y0), (x0 + 5, y0), (x1 + wide, y1), (x1 - wide, y1)])
        brush.canvas.drawPath(path, paint(shader=shader))


def pool(
    brush: Brush, x: float, y: float, half: float, alpha: float = 0.35, color: Color | None = None
) -> None:
    """The round of light a lamp throws on the ground."""
    tone = brush.light.lamp if color is None else color
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(1.0, 0.22)
    shader = radial(
        (0, 0),
        half,
        [fade(tone, alpha), fade(tone, alpha * 0.4), fade(tone, 0.0)],
        [0.0, 0.45, 1.0],
    )
    canvas.drawOval(rect(-half, -half, half, half), paint(shader=shader))
    canvas.restore()


def spill(brush: Brush, x0: float, x1: float, y: float, length: float, alpha: float = 0.3) -> None:
    """Light falling out of a door or a shop window on the ground before it."""
    tone = brush.light.lamp
    shader = linear((0, y), (0, y + length), [fade(tone, alpha), fade(tone, 0.0)])
    out = length * 0.5
    path = polygon([(x0, y), (x1, y), (x1 + out, y + length), (x0 - out, y + length)])
    brush.canvas.drawPath(path, paint(shader=shader))
