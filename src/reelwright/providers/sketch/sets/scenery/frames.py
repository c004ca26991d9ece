"""Frames: dark things close to the lens at the borders of the picture, never in its middle."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, mix, paint, polygon
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.ground import tuft
from reelwright.providers.sketch.sets.scenery.trees import BARK, LEAF, blob


def fringe(brush: Brush, base: Color = LEAF, *, tall: float = 150.0, count: int = 90) -> None:
    """Blades of grass along the lower border, low in the middle and high at the sides."""
    blades = skia.Path()
    for _ in range(count):
        x = brush.rng.uniform(brush.stage.left, brush.stage.right)
        rise = 0.32 + 0.68 * min(1.0, abs(x) / brush.stage.width * 2)
        tuft(blades, x, 835, brush.rng.uniform(0.7, 1.2) * tall * rise, brush.rng.uniform(-1, 1))
    brush.fill(blades, _close(brush, base))


def bough(brush: Brush, side: int, base: Color = LEAF, *, reach: float = 240.0) -> None:
    """A branch with leaves in an upper corner; `side` is 1 for the right one."""
    x, rng = side * brush.stage.width / 2, brush.rng
    tone = _close(brush, base)
    stem = skia.Path()
    stem.moveTo(x + side * 200, -150)
    stem.quadTo(x, -40, x - side * reach, 26)
    brush.canvas.drawPath(stem, paint(tone, stroke=11))
    leaves = skia.Path()
    for i in range(30):
        t = rng.random()
        cx, cy = x + side * (200 - (200 + reach) * t), -150 + 176 * t**0.7
        size = rng.uniform(14, 30) * (1.5 - t)
        leaves.addPath(
            blob(
                cx + rng.uniform(-26, 26),
                cy + rng.uniform(-34, 40),
                size * 1.4,
                size,
                brush,
                7,
                0.3,
            )
        )
        if i % 3 == 0:
            leaves.addOval(skia.Rect(cx - 7, cy + 20, cx + 7, cy + 44))
    if brush.snowy:
        _twigs(brush, x, side, reach)
        return
    brush.fill(leaves, tone)


def _twigs(brush: Brush, x: float, side: int, reach: float) -> None:
    twigs = skia.Path()
    for i in range(9):
        t = i / 9
        cx, cy = x + side * (200 - (200 + reach) * t), -150 + 176 * t**0.7
        for turn in (-1, 1):
            twigs.moveTo(cx, cy)
            twigs.lineTo(
                cx - side * brush.rng.uniform(30, 70), cy + turn * brush.rng.uniform(14, 44)
            )
    brush.canvas.drawPath(twigs, paint(_close(brush, BARK), stroke=4))


def post(brush: Brush, side: int, width: float = 70.0) -> None:
    """An upright edge: a wall's corner, a door jamb, a mast."""
    x = side * brush.stage.width / 2
    outer = x + side * 400
    brush.fill(
        polygon([(x - side * width, -200), (outer, -200), (outer, 900), (x - side * width, 900)]),
        brush.light.near,
    )


def rail(brush: Brush, y: float = 690.0, *, gap: float = 46.0) -> None:
    """A railing across the lower border, open in the middle of the picture."""
    bars = skia.Path()
    stage = brush.stage
    x = stage.left
    while x < stage.right:
        if abs(x) > stage.width * 0.24:
            bars.addRect(skia.Rect(x, y, x + 7, 900))
            bars.addPath(polygon([(x - 5, y - 12), (x + 3.5, y - 44), (x + 12, y - 12)]))
        x += gap
    for side in (-1, 1):
        a, b = sorted((side * stage.width * 0.24, side * (stage.right + 60)))
        bars.addRect(skia.Rect(a, y - 14, b, y + 4))
    brush.fill(bars, brush.light.near)


def stones(brush: Brush, base: Color, *, side: int = -1, size: float = 1.0) -> None:
    """A dark boulder in a lower corner."""
    x = side * brush.stage.width / 2
    shape = [
        (x + side * 300, 900),
        (x + side * 300, 600 - 40 * size),
        (x, 640 - 30 * size),
        (x - side * 60 * size, 690),
        (x - side * 150 * size, 900),
    ]
    brush.fill(polygon(shape), _close(brush, base))


def _close(brush: Brush, base: Color) -> Color:
    return mix(brush.light.near, brush.dark(base), 0.3)
