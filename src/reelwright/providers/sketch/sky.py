"""Skies: gradient, sun or moon, stars and clouds, for every hour and weather; also behind windows."""

import random
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import TimeOfDay, Weather
from reelwright.providers.sketch.clouds import draw_clouds
from reelwright.providers.sketch.ink import Color, fade, ink, lighter, mix, paint, radial, ramp
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.stage import Stage

_STARS: dict[TimeOfDay, int] = {TimeOfDay.NIGHT: 150, TimeOfDay.DUSK: 26, TimeOfDay.DAWN: 10}
_COVERED = (Weather.RAIN, Weather.SNOW, Weather.FOG, Weather.STORM)
_LOW = (TimeOfDay.DAWN, TimeOfDay.GOLDEN, TimeOfDay.DUSK)


@dataclass(frozen=True, slots=True)
class Dome:
    """The part of the sky that is drawn: its box and the height of its horizon, in the canvas's units."""

    box: "skia.Rect"
    horizon: float

    def at(self, across: float, up: float) -> tuple[float, float]:
        """A point: `across` -1 to 1 from left to right, `up` 0 (horizon) to 1 (top)."""
        box = self.box
        return (
            box.centerX() + across * box.width() / 2,
            self.horizon - up * (self.horizon - box.top()),
        )

    @property
    def unit(self) -> float:
        """The size by which sun, stars and clouds scale: 1 where the sky is 560 units high."""
        return (self.horizon - self.box.top()) / 560


def draw_sky(
    canvas: "skia.Canvas",
    under: Stage | Light,
    box: "skia.Rect",
    rng: random.Random,
    *,
    horizon: float | None = None,
) -> None:
    """Fill `box` with the sky of a stage or a light; its horizon is the stage's, else the box's foot."""
    light = under.light if isinstance(under, Stage) else under
    foot = under.horizon if isinstance(under, Stage) else box.bottom()
    dome = Dome(box, foot if horizon is None else horizon)
    canvas.save()
    canvas.clipRect(box, True)
    stops = [0.0, 0.42, 0.78, 1.0]
    shader = ramp(box.top(), dome.horizon, light.sky, stops)
    canvas.drawRect(box, paint(shader=shader))
    if light.weather not in _COVERED:
        _stars(canvas, light, dome, rng)
    _orb(canvas, light, dome)
    draw_clouds(canvas, light, dome.box, dome.horizon, rng)
    _veil(canvas, light, dome)
    canvas.restore()


def sun_of(light: Light, box: "skia.Rect", horizon: float) -> tuple[float, float]:
    """Where the sun or moon stands over a box of sky: on the key's side, as high as the key."""
    return Dome(box, horizon).at(0.36 * light.side, 0.05 + 0.80 * light.height)


def _stars(canvas: "skia.Canvas", light: Light, dome: Dome, rng: random.Random) -> None:
    count = _STARS.get(light.time, 0)
    for _ in range(count):
        x, y = dome.at(rng.uniform(-1, 1), 1 - rng.random() ** 1.6 * 0.85)
        bright = rng.random() ** 2.5
        canvas.drawCircle(
            x, y, 0.55 + 1.0 * bright, paint(fade(ink("eaf0ff"), 0.30 + 0.6 * bright))
        )


def _orb(canvas: "skia.Canvas", light: Light, dome: Dome) -> None:
    x, y = sun_of(light, dome.box, dome.horizon)
    covered = light.weather in _COVERED
    night = light.time is TimeOfDay.NIGHT
    color = ink("eef3ff") if night else mix(ink("fffbe8"), light.key, 0.35)
    reach = (300 if night else 560 if light.time in _LOW else 420) * dome.unit
    strength = (0.35 if night else 0.72) * (0.45 if covered else 1.0)
    glow = [fade(color, strength), fade(light.key, 0.38 * strength), fade(light.key, 0)]
    shader = radial((x, y), reach, glow, [0, 0.28, 1])
    canvas.drawCircle(x, y, reach, paint(shader=shader, mode=skia.BlendMode.kScreen))
    if covered:
        return
    if night:
        _moon(canvas, x, y, 25 * dome.unit, light)
    else:
        size = (40 if light.time in _LOW else 27) * dome.unit
        canvas.drawCircle(x, y, size, paint(lighter(color, 0.35)))


def _moon(canvas: "skia.Canvas", x: float, y: float, r: float, light: Light) -> None:
    """A gibbous moon, its shadow on the side the key does not come from."""
    canvas.drawCircle(x, y, r, paint(ink("f1f4fb")))
    for dx, dy, size in (
        (-0.30, -0.18, 0.24),
        (0.22, 0.30, 0.30),
        (0.18, -0.40, 0.14),
        (-0.36, 0.40, 0.12),
    ):
        canvas.drawCircle(x + dx * r, y + dy * r, size * r, paint(ink("b9c5dc", 0.5)))
    disc = skia.Path()
    disc.addCircle(x, y, r)
    canvas.save()
    canvas.clipPath(disc, True)
    shader = radial(
        (x + 0.5 * light.side * r, y - 0.2 * r),
        1.9 * r,
        [0, 0, fade(light.sky[0], 0.85)],
        [0, 0.55, 1],
    )
    canvas.drawCircle(x, y, r, paint(shader=shader))
    canvas.restore()


def _veil(canvas: "skia.Canvas", light: Light, dome: Dome) -> None:
    """Haze over the horizon: the far end of every sky is the palest."""
    height = (0.9 if light.weather is Weather.FOG else 0.34) * (dome.horizon - dome.box.top())
    alpha = 0.85 if light.weather is Weather.FOG else 0.45
    pale: Color = mix(light.sky[3], light.air, 0.5)
    shader = ramp(dome.horizon - height, dome.horizon, [fade(pale, 0), fade(pale, alpha)])
    canvas.drawRect(
        skia.Rect(dome.box.left(), dome.horizon - height, dome.box.right(), dome.horizon),
        paint(shader=shader),
    )
    if dome.box.bottom() > dome.horizon:
        below = skia.Rect(dome.box.left(), dome.horizon, dome.box.right(), dome.box.bottom())
        canvas.drawRect(below, paint(mix(light.sky[3], pale, alpha)))
