"""Clouds as an illustrator cuts them: heaps by day, streaks in low sun, a lid before rain."""

import random

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import TimeOfDay, Weather
from reelwright.providers.sketch.ink import Color, darker, fade, ink, lighter, linear, mix, paint
from reelwright.providers.sketch.light import Light

_LOW_SUN = (TimeOfDay.DAWN, TimeOfDay.GOLDEN, TimeOfDay.DUSK)


def draw_clouds(
    canvas: "skia.Canvas", light: Light, box: "skia.Rect", horizon: float, rng: random.Random
) -> None:
    """The clouds of a light's hour and weather over a box of sky."""
    match light.weather:
        case Weather.CLEAR:
            if light.time in _LOW_SUN:
                _streaks(canvas, light, box, horizon, rng, count=9)
            elif light.time is TimeOfDay.NIGHT:
                _streaks(canvas, light, box, horizon, rng, count=4)
            else:
                _heaps(canvas, light, box, horizon, rng, count=4)
        case Weather.CLOUD:
            _streaks(canvas, light, box, horizon, rng, count=5)
            _heaps(canvas, light, box, horizon, rng, count=8)
        case Weather.RAIN | Weather.STORM | Weather.SNOW:
            _lid(canvas, light, box, horizon, rng)
        case Weather.FOG:
            pass


def _tones(light: Light) -> tuple[Color, Color]:
    """A cloud's lit and its shaded tone."""
    if light.time is TimeOfDay.NIGHT:
        return mix(light.sky[2], light.key, 0.32), mix(light.sky[1], light.sky[2], 0.4)
    if light.time in _LOW_SUN:
        return mix(light.key, light.sky[3], 0.35), mix(light.sky[1], light.sky[2], 0.35)
    return lighter(mix(light.sky[3], light.key, 0.3), 0.6), mix(light.sky[1], ink("ffffff"), 0.35)


def _heaps(
    canvas: "skia.Canvas",
    light: Light,
    box: "skia.Rect",
    horizon: float,
    rng: random.Random,
    count: int,
) -> None:
    """Heaps with flat feet that dissolve: small and many near the horizon, large and few above."""
    lit, shaded = _tones(light)
    sky_height = horizon - box.top()
    for i in range(count):
        up = 0.14 + 0.62 * (i + 0.5 * rng.random()) / count
        size = sky_height * (0.05 + 0.17 * up) * rng.uniform(0.8, 1.25)
        x = box.left() + box.width() * ((i * 0.618 + rng.uniform(0.0, 0.2)) % 1.0)
        y = horizon - up * sky_height
        haze = 0.5 * (1 - up)
        _heap(
            canvas,
            x,
            y,
            size,
            mix(lit, light.sky[3], haze),
            mix(shaded, light.sky[2], haze),
            rng,
            light.side,
        )


def _heap(
    canvas: "skia.Canvas",
    x: float,
    y: float,
    size: float,
    lit: Color,
    shaded: Color,
    rng: random.Random,
    side: int,
) -> None:
    lumps = [
        (dx + rng.uniform(-0.15, 0.15), rise * rng.uniform(0.8, 1.2), r * rng.uniform(0.85, 1.15))
        for dx, rise, r in (
            (-2.3, 0.05, 0.30), (-1.75, 0.16, 0.46), (-1.1, 0.34, 0.58), (-0.45, 0.62, 0.70),
            (0.25, 0.80, 0.74), (0.85, 0.44, 0.70), (1.45, 0.26, 0.54), (2.05, 0.10, 0.38),
        )
    ]  # fmt: skip
    for tone, foot, grow, shift, top in (
        (shaded, 0.0, 1.0, 0.0, 0.8),
        (lit, -0.10, 0.88, 0.14, 0.9),
    ):
        path = skia.Path()
        for dx, rise, r in lumps:
            path.addCircle(
                x + (dx + shift * side) * size, y - (rise + foot) * size, r * grow * size
            )
        high, low = y - 1.45 * size, y + 0.22 * size
        shader = linear(
            (0, high),
            (0, low),
            [fade(tone, top), fade(tone, 0.75 * top), fade(tone, 0)],
            [0, 0.55, 1],
        )
        canvas.save()
        canvas.clipRect(skia.Rect(x - 4 * size, high - size, x + 4 * size, low))
        canvas.drawPath(path, paint(shader=shader))
        canvas.restore()


def _streaks(
    canvas: "skia.Canvas",
    light: Light,
    box: "skia.Rect",
    horizon: float,
    rng: random.Random,
    count: int,
) -> None:
    """Long thin lenses, lit from below where the sun is low."""
    lit, shaded = _tones(light)
    sky_height = horizon - box.top()
    alpha = 0.35 if light.time is TimeOfDay.NIGHT else 0.72
    for i in range(count):
        up = 0.10 + 0.68 * ((i * 0.618 + 0.2 * rng.random()) % 1.0)
        length = box.width() * rng.uniform(0.16, 0.36) * (0.6 + up)
        thick = sky_height * (0.012 + 0.036 * up) * rng.uniform(0.7, 1.3)
        x = box.left() + box.width() * rng.random()
        y = horizon - up * sky_height
        for tone, drop, share in ((shaded, 0.0, 1.0), (lit, 0.42, 0.82)):
            _lens(
                canvas, (x, y + drop * thick), length * share, thick * share, fade(tone, alpha), rng
            )


def _lens(
    canvas: "skia.Canvas",
    middle: tuple[float, float],
    length: float,
    thick: float,
    tone: Color,
    rng: random.Random,
) -> None:
    x, y = middle
    path = skia.Path()
    path.moveTo(x - length, y)
    bulge = rng.uniform(0.5, 1.1)
    path.cubicTo(
        x - 0.5 * length,
        y - thick,
        x - 0.1 * length,
        y - 1.5 * thick * bulge,
        x + 0.25 * length,
        y - thick,
    )
    path.cubicTo(
        x + 0.5 * length, y - 0.6 * thick, x + 0.8 * length, y - 0.3 * thick, x + length, y
    )
    path.cubicTo(
        x + 0.4 * length, y + 0.5 * thick, x - 0.5 * length, y + 0.4 * thick, x - length, y
    )
    clear = fade(tone, 0)
    shader = linear((x - length, y), (x + length, y), [clear, tone, tone, clear], [0, 0.3, 0.65, 1])
    canvas.drawPath(path, paint(shader=shader))


def _lid(
    canvas: "skia.Canvas", light: Light, box: "skia.Rect", horizon: float, rng: random.Random
) -> None:
    """Banks of broad lenses from edge to edge, pale and thin far off, heavy overhead."""
    heavy = 0.42 if light.weather is Weather.STORM else 0.20
    sky_height = horizon - box.top()
    for bank in range(6):
        up = 0.10 + 0.17 * bank
        base = mix(light.sky[3], mix(light.sky[1], light.sky[0], 0.6), min(1.0, 0.25 + 0.17 * bank))
        for _ in range(4):
            tone = mix(darker(base, heavy * (0.5 + 0.12 * bank)), light.sky[3], 0.22 * rng.random())
            x = box.left() + box.width() * rng.uniform(-0.1, 1.1)
            y = horizon - sky_height * (up + rng.uniform(-0.06, 0.06))
            length = box.width() * rng.uniform(0.28, 0.60)
            thick = sky_height * (0.03 + 0.075 * up) * rng.uniform(0.8, 1.5)
            _lens(canvas, (x, y), length, thick, fade(tone, 0.78), rng)
