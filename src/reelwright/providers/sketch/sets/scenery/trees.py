"""Trees of several kinds; each stands at (x, y) and is `h` units high."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, Point, ink, mix, paint, polygon, rect, smooth
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush

LEAF, PINE, OLIVE, BARK, BIRCH = (
    ink("5f8f4a"),
    ink("3f6f58"),
    ink("7a8a4e"),
    ink("6a5140"),
    ink("d9d6cc"),
)


_TIERS = 6  # of a fir
_NIGHT = 0.36  # how far leaves go dark at night
# masses of a crown (across, up, radius) in heights of the tree; the outer ones break the outline
_CROWN = (
    (0.0, -0.62, 0.21),
    (-0.19, -0.52, 0.14),
    (0.2, -0.53, 0.14),
    (-0.25, -0.65, 0.12),
    (0.26, -0.67, 0.12),
    (-0.13, -0.78, 0.14),
    (0.12, -0.8, 0.14),
    (0.0, -0.88, 0.11),
    (0.05, -0.6, 0.13),
    (-0.08, -0.5, 0.12),
    (0.15, -0.68, 0.12),
)


def blob(
    x: float, y: float, rx: float, ry: float, brush: Brush, bumps: int = 9, rough: float = 0.16
) -> "skia.Path":
    """A leafy mass: a soft uneven round."""
    points: list[Point] = []
    turn = brush.rng.random() * 6.28
    for i in range(bumps):
        a = turn + i * math.tau / bumps
        r = 1 + brush.rng.uniform(-rough, rough)
        points.append((x + math.cos(a) * rx * r, y + math.sin(a) * ry * r))
    return smooth(points, tension=0.55)


def trunk(brush: Brush, x: float, y: float, h: float, w: float, base: Color = BARK) -> None:
    """A trunk with roots, lit on the key's side."""
    path = skia.Path()
    path.moveTo(x - w * 0.95, y + w * 0.1)
    path.quadTo(x - w * 0.42, y - h * 0.12, x - w * 0.36, y - h)
    path.lineTo(x + w * 0.36, y - h)
    path.quadTo(x + w * 0.42, y - h * 0.12, x + w * 0.95, y + w * 0.1)
    path.close()
    brush.body(path, base, w * 0.34)


def broadleaf(
    brush: Brush, x: float, y: float, h: float, leaf: Color = LEAF, *, shadow: bool = True
) -> None:
    """A lime, an oak, a maple: a trunk and a crown of masses in three tones."""
    if brush.snowy:
        bare(brush, x, y, h)
        return
    rng, side = brush.rng, brush.side
    if shadow:
        brush.cast(x, y, h * 0.07, h, h * 0.62)
    trunk(brush, x, y, h * 0.5, h * 0.075)
    leaf = brush.unlit(mix(leaf, OLIVE, rng.random() * 0.35), _NIGHT)
    low, middle, high = skia.Path(), skia.Path(), skia.Path()
    for dx, dy, r in _CROWN:
        cx, cy = x + (dx + rng.uniform(-0.03, 0.03)) * h, y + (dy + rng.uniform(-0.03, 0.03)) * h
        rx, ry = r * h * 1.12, r * h
        low.addPath(blob(cx, cy, rx, ry, brush))
        toward = dx * side * 1.6 - (dy + 0.66) * 1.9  # how far this mass looks to the key
        shift = side * rx * 0.2, -ry * 0.22
        if toward > -0.16:
            middle.addPath(blob(cx + shift[0], cy + shift[1], rx * 0.84, ry * 0.78, brush))
        if toward > 0.1:
            high.addPath(
                blob(cx + shift[0] * 1.7, cy + shift[1] * 1.6, rx * 0.56, ry * 0.48, brush, 8, 0.26)
            )
    brush.fill(low, brush.dark(leaf))
    brush.fill(middle, mix(brush.dark(leaf), brush.flat(leaf), 0.75))
    brush.fill(high, mix(brush.flat(leaf), brush.lit(leaf), 0.8))
    if h > 160:
        _flecks(brush, x, y, h, leaf)


def _flecks(brush: Brush, x: float, y: float, h: float, leaf: Color) -> None:
    """Single leaves that break the edges of a big crown."""
    rng = brush.rng
    for tone, lean in ((brush.lit(leaf), 0.1 * brush.side), (brush.dark(leaf), -0.12 * brush.side)):
        path = skia.Path()
        for _ in range(20):
            a, r = rng.uniform(0, math.tau), rng.uniform(0.72, 0.98)
            cx, cy = (
                x + (math.cos(a) * 0.33 * r + lean) * h,
                y - (0.66 - math.sin(a) * 0.27 * r) * h,
            )
            size = h * rng.uniform(0.006, 0.012)
            path.addOval(rect(cx - size * 1.5, cy - size * 0.8, cx + size * 1.5, cy + size * 0.8))
        brush.fill(path, tone)


def pine(
    brush: Brush, x: float, y: float, h: float, leaf: Color = PINE, *, shadow: bool = True
) -> None:
    """A fir: tiers of boughs, one side lit, snow on them when it snows."""
    rng, side, leaf = brush.rng, brush.side, brush.unlit(leaf, _NIGHT)
    if shadow:
        brush.cast(x, y, h * 0.05, h, h * 0.3)
    brush.box(x - h * 0.018, y - h * 0.16, x + h * 0.018, y, brush.dark(BARK))
    dark, lit, caps = skia.Path(), skia.Path(), skia.Path()
    for i in range(_TIERS):
        t = i / _TIERS
        top, low = y - h * (1.0 - 0.7 * t), y - h * (0.08 + 0.72 * (1 - (i + 1) / _TIERS))
        half = h * (0.06 + 0.17 * (t + 0.16)) * rng.uniform(0.92, 1.08)
        for path, hem in (
            (dark, ((1, 0), (0.4, -0.012), (0, 0.02), (-0.4, -0.012), (-1, 0))),
            (lit, ((side, 0), (side * 0.55, -0.025), (side * 0.2, -0.06))),
            (caps, ((0.8, -0.02), (0.3, -0.05), (-0.25, -0.035), (-0.8, -0.02))),
        ):
            path.addPath(polygon([(x, top), *((x + u * half, low + v * h) for u, v in hem)]))
    brush.fill(dark, brush.dark(leaf))
    brush.fill(lit, brush.lit(leaf, 0.8))
    if brush.snowy:
        brush.fill(caps, brush.flat(SNOW))


def poplar(
    brush: Brush, x: float, y: float, h: float, leaf: Color = LEAF, *, shadow: bool = True
) -> None:
    """A slim tall crown: poplar or cypress."""
    leaf = brush.unlit(leaf, _NIGHT)
    if shadow:
        brush.cast(x, y, h * 0.08, h, h * 0.16)
    brush.box(x - h * 0.015, y - h * 0.2, x + h * 0.015, y, brush.dark(BARK))
    crown = smooth(
        [
            (x, y - h),
            (x + h * 0.09, y - h * 0.6),
            (x + h * 0.105, y - h * 0.25),
            (x, y - h * 0.06),
            (x - h * 0.105, y - h * 0.25),
            (x - h * 0.09, y - h * 0.6),
        ],
        tension=0.6,
    )
    brush.body(crown, leaf, h * 0.06)


def bare(brush: Brush, x: float, y: float, h: float, bark: Color = BARK) -> None:
    """A leafless tree: two strokes' widths, branches by halves."""
    rng = brush.rng
    brush.cast(x, y, h * 0.05, h * 0.9)
    trunk(brush, x, y, h * 0.38, h * 0.06, bark)
    strong, fine, caps = skia.Path(), skia.Path(), skia.Path()

    def grow(x0: float, y0: float, angle: float, length: float, level: int) -> None:
        x1, y1 = x0 + math.cos(angle) * length, y0 - math.sin(angle) * length
        path = strong if level > 2 else fine
        path.moveTo(x0, y0)
        path.quadTo(x0 + (x1 - x0) * 0.5 + rng.uniform(-0.1, 0.1) * length, (y0 + y1) / 2, x1, y1)
        caps.moveTo(x0, y0 - h * 0.008)
        caps.lineTo(x1, y1 - h * 0.008)
        if level:
            for turn in (-0.5, 0.42):
                grow(
                    x1,
                    y1,
                    angle + turn * rng.uniform(0.6, 1.3),
                    length * rng.uniform(0.66, 0.82),
                    level - 1,
                )

    for lean in (-0.5, 0.05, 0.55):
        grow(x + lean * h * 0.03, y - h * 0.34, math.pi / 2 - lean, h * 0.2, 4)
    tone = brush.dark(bark)
    brush.canvas.drawPath(strong, paint(tone, stroke=h * 0.014))
    brush.canvas.drawPath(fine, paint(tone, stroke=max(1.0, h * 0.006)))
    if brush.snowy:
        brush.canvas.drawPath(caps, paint(brush.flat(SNOW), stroke=max(0.8, h * 0.005)))


def birch(brush: Brush, x: float, y: float, h: float, leaf: Color = OLIVE) -> None:
    """A white trunk with black marks and a light crown."""
    rng, w = brush.rng, h * 0.045
    brush.cast(x, y, w, h, h * 0.34)
    brush.pillar(
        x,
        y,
        w * 0.6,
        w * 0.35,
        h * 0.86,
        BIRCH,
        w * 0.4,
    )
    marks = skia.Path()
    for i in range(9):
        at = y - h * (0.06 + 0.085 * i)
        marks.addRect(
            rect(x - w * 0.5, at, x - w * 0.5 + w * rng.uniform(0.2, 0.8), at + h * 0.008)
        )
    brush.fill(marks, brush.dark(ink("3a3634")))
    if brush.snowy:
        return
    for tone, shift in ((brush.dark(leaf), 0.0), (brush.lit(leaf), 1.0)):
        path = skia.Path()
        for i in range(7):
            cx, cy = x + rng.uniform(-0.15, 0.15) * h, y - h * (0.5 + 0.08 * i)
            r = h * (0.085 - 0.03 * shift)
            path.addPath(
                blob(
                    cx + shift * brush.side * h * 0.03, cy - shift * h * 0.02, r * 1.2, r, brush, 7
                )
            )
        brush.fill(path, tone)


def palm(brush: Brush, x: float, y: float, h: float, leaf: Color = LEAF) -> None:
    """A leaning trunk with a star of feathered fronds."""
    rng = brush.rng
    lean = rng.uniform(-0.16, 0.16) * h
    brush.cast(x, y, h * 0.04, h, h * 0.34)
    stem = skia.Path()
    stem.moveTo(x, y)
    stem.quadTo(x + lean * 0.1, y - h * 0.5, x + lean, y - h * 0.84)
    brush.canvas.drawPath(stem, paint(brush.dark(BARK), stroke=h * 0.036))
    brush.canvas.drawPath(stem, paint(brush.lit(BARK), stroke=h * 0.012))
    cx, cy = x + lean, y - h * 0.85
    for i in range(9):
        a = math.pi * (i / 8) * 1.25 - 0.4
        reach, side = h * rng.uniform(0.27, 0.34), math.cos(a)
        tip = (cx + side * reach, cy - math.sin(a) * reach * 0.6 + reach * 0.42 * abs(side))
        knee = (cx + side * reach * 0.55, cy - math.sin(a) * reach * 0.75 - reach * 0.12)
        path = skia.Path()
        path.moveTo(cx, cy)
        path.quadTo(knee[0], knee[1] - h * 0.035, *tip)
        path.quadTo(knee[0], knee[1] + h * 0.045, cx, cy)
        brush.fill(path, brush.lit(leaf) if side * brush.side > 0.1 else brush.dark(leaf))


def bush(brush: Brush, x: float, y: float, w: float, leaf: Color = LEAF) -> None:
    """A low round shrub, w units wide."""
    h, leaf = w * 0.62, brush.unlit(leaf, _NIGHT)
    brush.contact(x, y, w * 0.9)
    low, high = skia.Path(), skia.Path()
    for dx, s in ((-0.28, 0.7), (0.26, 0.75), (0.0, 1.0)):
        cx, cy = x + dx * w, y - h * 0.46 * s
        low.addPath(blob(cx, cy, w * 0.3 * s, h * 0.5 * s, brush))
        high.addPath(
            blob(cx + brush.side * w * 0.08, cy - h * 0.15, w * 0.2 * s, h * 0.3 * s, brush, 7)
        )
    brush.fill(low, brush.dark(leaf))
    brush.fill(high, brush.flat(SNOW) if brush.snowy else brush.lit(leaf))


def hedge(brush: Brush, x0: float, x1: float, y: float, h: float, leaf: Color = LEAF) -> None:
    """A cut hedge: a lit top and a dark front."""
    brush.box(x0, y - h, x1, y, brush.dark(leaf))
    brush.box(x0, y - h, x1, y - h * 0.72, brush.flat(SNOW) if brush.snowy else brush.lit(leaf))
    path, step = skia.Path(), h * 0.34
    for i in range(int((x1 - x0) / step)):
        path.addOval(
            rect(
                x0 + i * step,
                y - h * brush.rng.uniform(0.6, 0.85),
                x0 + (i + 0.9) * step,
                y - h * 0.4,
            )
        )
    brush.fill(path, mix(brush.dark(leaf), brush.flat(leaf), 0.45))


def treeline(brush: Brush, y: float, h: float, leaf: Color = LEAF, *, pines: bool = False) -> None:
    """A far wood as one silhouette with lit tops, from border to border."""
    rng, stage = brush.rng, brush.stage
    low, high = skia.Path(), skia.Path()
    x = stage.left
    while x < stage.right:
        size = h * rng.uniform(0.55, 1.0)
        if pines:
            low.addPath(
                polygon([(x - size * 0.24, y + 4), (x, y - size), (x + size * 0.24, y + 4)])
            )
            high.addPath(
                polygon(
                    [
                        (x, y - size),
                        (x + brush.side * size * 0.22, y),
                        (x + brush.side * size * 0.06, y),
                    ]
                )
            )
            x += size * rng.uniform(0.2, 0.34)
        else:
            low.addOval(rect(x - size * 0.55, y - size, x + size * 0.55, y + size * 0.3))
            high.addOval(
                rect(
                    x - size * 0.3 + brush.side * size * 0.16,
                    y - size * 0.94,
                    x + size * 0.3 + brush.side * size * 0.16,
                    y - size * 0.42,
                )
            )
            x += size * rng.uniform(0.45, 0.8)
    low.addRect(rect(stage.left, y - h * 0.3, stage.right, y + h * 0.3))
    brush.fill(low, brush.dark(leaf))
    brush.fill(high, brush.flat(SNOW) if brush.snowy else brush.flat(leaf))
