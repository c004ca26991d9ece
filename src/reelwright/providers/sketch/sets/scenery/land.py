"""Land and water: ridges, peaks, rocks, waves, boats' water."""

import itertools

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Weather
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    fade,
    ink,
    mix,
    paint,
    polygon,
    rect,
    smooth,
)
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush, ramp
from reelwright.providers.sketch.sky import sun_of

ROCK, SAND, EARTH, SEA = ink("8a8178"), ink("d9bf8c"), ink("86694c"), ink("3f7f96")

_STEPS = 9  # corners of a peak's edge


def fractal(
    brush: Brush, y: float, rise: float, rough: float = 0.55, levels: int = 6
) -> list[Point]:
    """A broken line from border to border by halving; `rise` is how far it leaves y."""
    rng, stage = brush.rng, brush.stage
    heights = [rng.uniform(-0.4, 0.4) * rise for _ in range(4)]
    swing = rise
    for _ in range(levels):
        finer: list[float] = []
        for a, b in itertools.pairwise(heights):
            finer += [a, (a + b) / 2 + rng.uniform(-0.5, 0.5) * swing * 0.5]
        heights, swing = [*finer, heights[-1]], swing * rough
    step = (stage.right - stage.left) / (len(heights) - 1)
    return [(stage.left + i * step, y - h) for i, h in enumerate(heights)]


def ridge(
    brush: Brush, y: float, rise: float, base: Color, *, rough: float = 0.5, fall: float = 160.0
) -> None:
    """Hills: a silhouette that dissolves downward into the air."""
    stage = brush.stage
    line = fractal(brush, y, rise, rough, 5)
    path = polygon([*line, (stage.right, stage.bottom), (stage.left, stage.bottom)])
    base = mix(base, SNOW, 0.6) if brush.snowy else base
    brush.slope(
        path,
        y - rise * 0.6,
        y + fall,
        brush.flat(base),
        brush.light.far(brush.flat(base), brush.depth * 0.5),
    )


def peaks(
    brush: Brush,
    y: float,
    tops: list[tuple[float, float, float]],
    base: Color,
    *,
    snow: float = 0.3,
) -> None:
    """Mountains (x, height, half width): a lit and a shaded face with a broken edge, snow on the top."""
    for x, h, half in tops:
        rng, side = brush.rng, brush.side
        left, right = _flank(brush, x, y, h, -half), _flank(brush, x, y, h, half)
        top = (x, y - h)
        spine = [
            (x - side * rng.uniform(-0.06, 0.14) * half, y - h * (1 - (i + 1) / _STEPS))
            for i in range(_STEPS)
        ]
        tail = [*spine[:-1], (x - side * half * 0.25, y)]
        edges = (left, right) if side > 0 else (right, left)  # the dark one first
        foot = brush.depth * 0.4
        for edge, tone, low in zip(
            edges,
            (brush.dark(base), brush.lit(base)),
            (brush.dark(base), brush.flat(base)),
            strict=True,
        ):
            face = polygon([*edge, top, *tail])
            brush.slope(face, y - h, y, tone, brush.light.far(low, foot))
        cover = 0.75 if brush.snowy else snow
        if cover:
            _cap(brush, edges, top, spine, cover)


def _flank(brush: Brush, x: float, y: float, h: float, half: float) -> list[Point]:
    """The broken edge of a peak from its foot up, on the side where `half` points."""
    rng = brush.rng
    return [
        (
            x + half * (1 - i / _STEPS + rng.uniform(-0.02, 0.02)),
            y - h * ((i / _STEPS) ** 1.15 + rng.uniform(0, 0.035)),
        )
        for i in range(_STEPS)
    ]


def _cap(
    brush: Brush,
    edges: tuple[list[Point], list[Point]],
    top: Point,
    spine: list[Point],
    cover: float,
) -> None:
    count = max(2, round(len(spine) * cover))
    for edge, tone in zip(edges, (brush.dark(SNOW, 0.55), brush.lit(SNOW, 0.6)), strict=True):
        rim = edge[-count:]
        inner = spine[: count - 1] or [top]
        (fx, fy), (lx, ly) = inner[-1], rim[0]
        teeth: list[Point] = []
        for i in range(1, 6):
            t = i / 6
            jag = (14 if i % 2 else -22) * cover
            teeth.append((fx + (lx - fx) * t, fy + (ly - fy) * t + jag))
        brush.shape([*rim, top, *inner, *teeth], tone)


def rock(brush: Brush, x: float, y: float, w: float, h: float, base: Color = ROCK) -> None:
    """A boulder of three planes: top, lit face, shaded face."""
    rng, side = brush.rng, brush.side
    brush.cast(x, y, w * 0.9, h)
    a, b = x - w / 2, x + w / 2
    top0, top1 = (
        (x - w * rng.uniform(0.2, 0.34), y - h * rng.uniform(0.82, 1.0)),
        (x + w * rng.uniform(0.14, 0.3), y - h * rng.uniform(0.86, 1.0)),
    )
    shoulder0, shoulder1 = (
        (a + w * 0.04, y - h * rng.uniform(0.35, 0.55)),
        (b - w * 0.03, y - h * rng.uniform(0.35, 0.55)),
    )
    middle = (x - side * w * rng.uniform(0.02, 0.12), y - h * rng.uniform(0.5, 0.62))
    brush.shape([(a, y), shoulder0, top0, top1, shoulder1, (b, y)], brush.flat(base))
    faces = (
        [(a, y), shoulder0, top0, middle, (middle[0] - w * 0.05, y)],
        [(b, y), shoulder1, top1, middle, (middle[0] - w * 0.05, y)],
    )
    dark, lit = (faces[0], faces[1]) if side > 0 else (faces[1], faces[0])
    brush.shape(dark, brush.dark(base))
    brush.shape(lit, mix(brush.flat(base), brush.lit(base), 0.6))
    brush.shape(
        [shoulder0, top0, top1, shoulder1, middle], brush.lit(SNOW if brush.snowy else base)
    )


def water(
    brush: Brush, top: float, low: float, base: Color = SEA, *, waves: int = 90, calm: float = 1.0
) -> None:
    """Water from `top` to `low`: the sky in it, lines of waves, the key's glitter."""
    stage, light = brush.stage, brush.light
    area = rect(stage.left, top, stage.right, low)
    sky = [
        mix(light.sky[3], light.far(light.flat(base), 0.2), 0.35),
        mix(light.sky[2], brush.flat(base), 0.55),
        mix(light.sky[1], brush.dark(base), 0.62),
    ]
    brush.canvas.drawRect(area, paint(shader=ramp(top, low, sky, [0.0, 0.35, 1.0])))
    for tone, count, alpha in ((brush.dark(base), waves, 0.3), (light.sky[3], waves, 0.35)):
        _ripples(brush, top, low, count, fade(tone, alpha), calm)
    glitter(brush, top, low)


def _ripples(brush: Brush, top: float, low: float, count: int, color: Color, calm: float) -> None:
    rng, stage, path = brush.rng, brush.stage, skia.Path()
    for _ in range(count):
        t = rng.random() ** 1.7
        y, w = top + 3 + (low - top - 3) * t, (8 + 110 * t) * rng.uniform(0.5, 1.4) * calm
        x, h = rng.uniform(stage.left, stage.right), 0.6 + 3.4 * t
        path.moveTo(x - w, y)
        path.quadTo(x, y - h, x + w, y)
        path.quadTo(x, y + h * 0.6, x - w, y)
    brush.fill(path, color)


def glitter(brush: Brush, top: float, low: float) -> None:
    """The broken path of light under the sun or the moon."""
    light, rng, path, stage = brush.light, brush.rng, skia.Path(), brush.stage
    box = skia.Rect(stage.left, stage.top, stage.right, stage.horizon)
    x0, _ = sun_of(light, box, stage.horizon)
    for _ in range(120):
        t = rng.random() ** 1.5
        y, w = top + 2 + (low - top) * t, rng.uniform(5, 20) * (0.6 + 1.9 * t)
        x = x0 + rng.gauss(0, 12 + 50 * t)
        path.addOval(rect(x - w, y - 0.8 - 1.1 * t, x + w, y + 0.8 + 1.1 * t))
    clear = 1.0 if light.weather is Weather.CLEAR else 0.25
    alpha = (0.3 + 0.4 * light.strength) * clear
    brush.fill(path, fade(mix(light.key, ink("ffffff"), 0.3), alpha))


def foam(brush: Brush, y: float, swing: float, width: float, alpha: float = 0.85) -> None:
    """A line of foam along a shore."""
    stage, rng = brush.stage, brush.rng
    upper: list[Point] = []
    lower: list[Point] = []
    x = stage.left
    while x <= stage.right + 60:
        wave = rng.uniform(-swing, swing)
        upper.append((x, y + wave - width * rng.uniform(0.2, 1.0)))
        lower.append((x, y + wave + width * rng.uniform(0.3, 0.9)))
        x += 60
    brush.fill(smooth([*upper, *reversed(lower)], tension=0.5), fade(brush.lit(SNOW, 0.4), alpha))
