"""Ground: planes in perspective, grass, paving, roads, puddles."""

import itertools
from collections.abc import Sequence

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
from reelwright.providers.sketch.sets.scenery.brush import HARDNESS, SNOW, Brush, ramp


def plane(
    brush: Brush, top: float, base: Color, *, edge: Sequence[Point] = (), far: float = 0.0
) -> None:
    """Ground from `top` down to the border, lighter and hazier far away.

    `edge` bends the upper border (points from left to right); `far` is the depth of the air at the top.
    """
    stage = brush.stage
    base = snowed(brush, base)
    tone = brush.facing(base)
    # Moonlight lies thinner on the ground than on what stands up to it.
    tone = mix(tone, brush.light.near, 0.28 if brush.light.strength < 0.5 else 0.0)
    if brush.snowy:
        tone = mix(mix(tone, brush.light.lit(base), 0.7), SNOW, 0.3 * brush.light.strength)
    shades = [
        brush.light.far(tone, max(far, brush.depth * 0.6)),
        brush.light.far(tone, (far + brush.depth) / 2 + 0.3),
        mix(brush.air(tone), brush.light.dark(base), 0.35),
        brush.light.dark(base),
    ]
    shader = ramp(top, 800, shades, [0.0, 0.22, 0.7, 1.0])
    path = polygon(
        [
            *(edge or [(stage.left, top), (stage.right, top)]),
            (stage.right, stage.bottom),
            (stage.left, stage.bottom),
        ]
    )
    if brush.snowy:
        shades[2], shades[3] = brush.air(tone), mix(tone, brush.light.dark(base), 0.5)
        shader = ramp(top, 800, shades, [0.0, 0.22, 0.7, 1.0])
    brush.canvas.drawPath(path, paint(shader=shader))
    if brush.wet:
        pale = mix(brush.light.sky[3], ink("8fb4cf"), 0.35)
        sheen = ramp(top, top + 170, [fade(pale, 0.4), fade(pale, 0.0)])
        brush.canvas.drawPath(path, paint(shader=sheen))
    if brush.depth > 0.75 and brush.light.height < 0.3:
        _rake(brush, path, top)
    elif brush.depth > 0.75 and brush.light.strength < 0.5:
        _moonlit(brush, path)


def _moonlit(brush: Brush, path: "skia.Path") -> None:
    """At night the ground is palest where people stand, and falls off to the borders."""
    half = brush.stage.width * 0.42
    tone = mix(brush.light.key, brush.light.sky[3], 0.5)
    canvas = brush.canvas
    canvas.save()
    canvas.clipPath(path, True)
    canvas.translate(10, 630)
    canvas.scale(1.0, 0.24)
    shader = radial((0, 0), half, [fade(tone, 0.3), fade(tone, 0.12), fade(tone, 0.0)])
    canvas.drawOval(rect(-half, -half, half, half), paint(shader=shader))
    canvas.restore()


def _rake(brush: Brush, path: "skia.Path", top: float) -> None:
    """What a low sun does to the ground we stand on: warm on its side, long shadows of what we do not see."""
    stage, side, light = brush.stage, brush.side, brush.light
    hard = HARDNESS[light.weather] * light.strength
    near, far = side * stage.width / 2, -side * stage.width / 2
    brush.canvas.save()
    brush.canvas.clipPath(path, True)
    wash = ramp(
        min(near, far),
        max(near, far),
        [fade(light.key, 0.34 * hard), fade(light.key, 0.0)][::-side],
        across=True,
    )
    brush.canvas.drawRect(rect(stage.left, top, stage.right, stage.bottom), paint(shader=wash))
    stripes = skia.Path()
    y = top + 8
    while y < 800:
        t = (y - top) / (800 - top)
        wide, start = (5 + 30 * t) * brush.rng.uniform(0.5, 1.2), side * stage.right
        end = -side * stage.width * brush.rng.uniform(-0.1, 0.4)
        drop = abs(start - end) * 0.05
        stripes.addPath(
            polygon(
                [
                    (start, y),
                    (start, y + wide),
                    (end, y + drop + wide * 1.3),
                    (end, y + drop + wide * 0.5),
                ]
            )
        )
        stripes.addOval(
            rect(end - wide * 3, y + drop - wide * 0.2, end + wide * 3, y + drop + wide * 1.6)
        )
        y += wide * brush.rng.uniform(2.4, 4.5) + 14
    brush.fill(stripes, fade(mix(light.near, light.shade, 0.4), 0.3 * hard))
    brush.canvas.restore()


def snowed(brush: Brush, base: Color, cover: float = 0.86) -> Color:
    """The colour of a level surface, under snow when it snows and darker when it rains."""
    if brush.snowy:
        return mix(base, SNOW, cover)
    return mix(base, brush.light.near, 0.25) if brush.wet else base


def smooth_box(x0: float, y0: float, x1: float, y1: float, r: float) -> "skia.Path":
    """A box with round corners."""
    path = skia.Path()
    path.addRoundRect(rect(x0, y0, x1, y1), r, r)
    return path


def smooth_path(points: Sequence[Point]) -> "skia.Path":
    """A hill: soft through the points, closed by a straight foot."""
    path = smooth(points, closed=False)
    path.close()
    return path


def rolling(brush: Brush, y: float, swell: float, waves: float = 1.0) -> list[Point]:
    """An upper edge of soft ground, from left to right."""
    stage, rng = brush.stage, brush.rng
    knots = max(4, int(7 * waves))
    step = (stage.right - stage.left) / knots
    rough = [(stage.left + i * step, y + rng.uniform(-swell, swell)) for i in range(knots + 1)]
    points: list[Point] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(rough):
        for i in range(6):
            t = i / 6
            ease = t * t * (3 - 2 * t)
            points.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * ease))
    return [*points, rough[-1]]


def patches(
    brush: Brush, y0: float, y1: float, count: int, color: Color, size: float = 1.0
) -> None:
    """Flat spots of another tone, bigger toward the viewer, in one path."""
    stage, rng, path = brush.stage, brush.rng, skia.Path()
    for _ in range(count):
        t = rng.random() ** 1.4
        y = y0 + (y1 - y0) * t
        w = size * (14 + 150 * t) * rng.uniform(0.5, 1.3)
        x = rng.uniform(stage.left, stage.right)
        path.addOval(rect(x - w, y - w * 0.07, x + w, y + w * 0.07))
    brush.fill(path, color)


def grass(brush: Brush, y0: float, y1: float, count: int, base: Color, size: float = 1.0) -> None:
    """Tufts in three tones, bigger toward the viewer: one path a tone."""
    rng, stage = brush.rng, brush.stage
    base = snowed(brush, base, 0.55)
    tones = (brush.dark(base), brush.flat(base), brush.lit(base))
    for tone in tones:
        path = skia.Path()
        for _ in range(count // 3):
            t = rng.random() ** 1.3
            tuft(
                path,
                rng.uniform(stage.left, stage.right),
                y0 + (y1 - y0) * t,
                size * (4 + 18 * t),
                rng.uniform(-1, 1),
            )
        brush.fill(path, fade(tone, 0.85))


def tuft(path: "skia.Path", x: float, y: float, h: float, lean: float) -> None:
    """Three blades of grass, appended to a path."""
    for k in (-1, 0, 1):
        tip = x + (k * 0.35 + lean * 0.3) * h
        path.moveTo(x + (k - 0.35) * h * 0.12, y)
        path.quadTo(x + k * h * 0.1, y - h * 0.5, tip, y - h * (1.0 - 0.25 * abs(k)))
        path.quadTo(x + k * h * 0.16, y - h * 0.4, x + (k + 0.35) * h * 0.12, y)
        path.close()


def flowers(brush: Brush, y0: float, y1: float, count: int, color: Color) -> None:
    """Dots of colour in the grass, in one path."""
    rng, stage, path = brush.rng, brush.stage, skia.Path()
    for _ in range(count):
        t = rng.random() ** 1.4
        r = 1.0 + 2.8 * t
        path.addCircle(rng.uniform(stage.left, stage.right), y0 + (y1 - y0) * t, r)
    brush.fill(path, brush.lit(color, 0.6))


def pebbles(brush: Brush, y0: float, y1: float, count: int, base: Color) -> None:
    """Small stones with a lit top, two paths."""
    rng, stage = brush.rng, brush.stage
    low, high = skia.Path(), skia.Path()
    for _ in range(count):
        t = rng.random() ** 1.4
        w = (2 + 11 * t) * rng.uniform(0.5, 1.4)
        x, y = rng.uniform(stage.left, stage.right), y0 + (y1 - y0) * t
        low.addOval(rect(x - w, y - w * 0.42, x + w, y + w * 0.42))
        high.addOval(
            rect(
                x - w * 0.8 + brush.side * w * 0.12,
                y - w * 0.42,
                x + w * 0.8 + brush.side * w * 0.12,
                y + w * 0.05,
            )
        )
    brush.fill(low, brush.dark(base))
    brush.fill(high, brush.lit(snowed(brush, base)))


def road(
    brush: Brush,
    top: float,
    x_far: float,
    half_far: float,
    x_near: float,
    half_near: float,
    base: Color,
) -> None:
    """A way that runs from (x_far, top) to the lower border."""
    base = snowed(brush, base, 0.5)
    y = brush.stage.bottom
    points = [
        (x_far - half_far, top),
        (x_far + half_far, top),
        (x_near + half_near, y),
        (x_near - half_near, y),
    ]
    tone = mix(brush.flat(base), brush.light.near, 0.12)
    brush.slope(
        polygon(points), top, 800, brush.light.far(tone, 0.1), mix(tone, brush.light.near, 0.3)
    )


def dashes(
    brush: Brush,
    top: float,
    x_far: float,
    x_near: float,
    width: float,
    color: Color,
    *,
    solid: bool = False,
) -> None:
    """A painted line along a road, in perspective; `width` is its half width at the lower border."""
    y1, path = brush.stage.bottom, skia.Path()
    rows = 1 if solid else 9
    for i in range(rows):
        t0, t1 = (i / rows) ** 2.2, 1.0 if solid else ((i + 0.5) / rows) ** 2.2
        path.addPath(_strip(top, y1, x_far, x_near, width, t0, t1))
    brush.fill(path, fade(brush.flat(color), 0.75 if not brush.snowy else 0.25))


def _strip(
    y0: float, y1: float, x0: float, x1: float, w: float, t0: float, t1: float
) -> "skia.Path":
    a, b = (x0 + (x1 - x0) * t0, y0 + (y1 - y0) * t0), (x0 + (x1 - x0) * t1, y0 + (y1 - y0) * t1)
    return polygon(
        [(a[0] - w * t0, a[1]), (a[0] + w * t0, a[1]), (b[0] + w * t1, b[1]), (b[0] - w * t1, b[1])]
    )


def paving(
    brush: Brush, top: float, color: Color, *, x: float = 0.0, wide: float = 150.0, rows: int = 9
) -> None:
    """The joints of slabs: lines to the vanishing point x on the horizon and rows across, one path."""
    stage, path = brush.stage, skia.Path()
    horizon = stage.horizon
    reach = int(stage.right * 2.6 / wide) + 4
    for i in range(-reach, reach + 1):
        t = (top - horizon) / (stage.bottom - horizon)
        path.moveTo(x + i * wide * 2 * t, top)
        path.lineTo(x + i * wide * 2, stage.bottom)
    for i in range(1, rows + 1):
        y = top + (stage.bottom - top) * (i / rows) ** 2
        path.moveTo(stage.left, y)
        path.lineTo(stage.right, y)
    brush.canvas.drawPath(path, paint(fade(color, 0.35), stroke=1.6))


def puddles(brush: Brush, y0: float, y1: float, count: int = 14) -> None:
    """When it is wet: still water in the hollows, with the sky in it and a bright rim.

    It is always lighter than the ground it lies on, or it would read as a shadow of nothing.
    """
    if not brush.wet:
        return
    rng, stage, light, path = brush.rng, brush.stage, brush.light, skia.Path()
    for _ in range(count):
        t = rng.random() ** 1.2
        w, y = (20 + 130 * t) * rng.uniform(0.6, 1.2), y0 + (y1 - y0) * t
        x = rng.uniform(stage.left, stage.right)
        for shift, size in ((0.0, 1.0), (rng.uniform(-0.7, 0.7), 0.6), (rng.uniform(-1, 1), 0.4)):
            cx, cy, half = x + shift * w, y + shift * w * 0.03, w * size
            path.addOval(rect(cx - half, cy - half * 0.055, cx + half, cy + half * 0.055))
    sheen = mix(light.sky[3], light.lamp if light.lamps else light.key, 0.3)
    shader = ramp(y0, y1, [fade(sheen, 0.6), fade(sheen, 0.3)])
    path.setFillType(skia.PathFillType.kWinding)
    brush.canvas.drawPath(path, paint(shader=shader))


def mirror(
    brush: Brush, streaks: Sequence[tuple[float, float, float, Color]], length: float
) -> None:
    """Upright reflections of lights in wet ground or water: (x, y, half width, colour)."""
    for x, y, half, color in streaks:
        shader = linear((0, y), (0, y + length), [fade(color, 0.55), fade(color, 0.0)])
        path, rng = skia.Path(), brush.rng
        at = y
        while at < y + length:
            t = (at - y) / length
            tall = 2.0 + 7.0 * t
            w = half * rng.uniform(0.35, 1.0) * (1 + 0.8 * t)
            lean = rng.uniform(-0.3, 0.3) * half
            path.addOval(rect(x - w + lean, at, x + w + lean, at + tall))
            at += tall * rng.uniform(0.7, 1.5)
        brush.canvas.drawPath(path, paint(shader=shader))
