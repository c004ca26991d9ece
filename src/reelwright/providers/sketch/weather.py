"""Weather between the lens and the place: rain, snow, fog and lightning, as cheap looping sheets."""

import math
import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, TimeOfDay, Weather
from reelwright.film.picture import Place
from reelwright.film.timeline import Rate
from reelwright.ground.digests import draw
from reelwright.providers.sketch.cels import Cel
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.plates import Raster
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Layer, Stage

_FLASH = (0.50, 0.16, 0.42, 0.24, 0.12, 0.05)  # the sky's light in the frames of one lightning


@dataclass(frozen=True, slots=True)
class Fall:
    """How something falls: pieces on a sheet, speed down and sideways (frame units a frame), size."""

    count: int
    speed: float
    slant: float
    size: float
    alpha: float
    sway: float = 0.0


_RAIN = (Fall(330, 34, -0.14, 26, 0.20), Fall(120, 50, -0.17, 52, 0.26))
_STORM = (Fall(480, 42, -0.34, 34, 0.24), Fall(200, 60, -0.40, 66, 0.30))
_SNOW = (Fall(300, 2.0, -0.25, 1.5, 0.75, 10), Fall(90, 3.4, -0.30, 3.1, 0.85, 18))
_FALLS = {Weather.RAIN: _RAIN, Weather.STORM: _STORM, Weather.SNOW: _SNOW}


_FOG_SOFT = 8.0  # a bank has no edge: a blur changes nothing, but says that half pixels do not show
_STREAKING = 20  # from this speed on, in units a frame, the eye sees streaks and no steps


class FallCel:
    """A sheet of rain or snow that goes round for ever, moved by whole pixels."""

    depth: float | None = None

    def __init__(self, fall: Fall, image: "skia.Image", raster: Raster) -> None:
        self._fall = fall
        self._image = image
        self._raster = raster

    def state(self, frame: int) -> Hashable:
        """How far the sheet has gone: pixels right and down; streaks go on twos, as mouths do."""
        fall, scale = self._fall, self._raster.scale
        if fall.speed >= _STREAKING:
            frame -= frame % 2
        down = frame * fall.speed
        across = down * fall.slant + fall.sway * math.sin(math.tau * frame / 96)
        return round(across * scale) % self._raster.width, round(down * scale) % self._raster.height

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """Everything."""
        del before, after
        return skia.IRect(0, 0, self._raster.width, self._raster.height)

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """Four tiles around a corner that wanders."""
        del moving
        assert isinstance(state, tuple)
        across, down = state
        width, height = self._raster.width, self._raster.height
        for x in (across - width, across):
            for y in (down - height, down):
                canvas.drawImage(self._image, x, y)


class FlashCel:
    """Lightning: the whole sky is white for a few frames, the figures stand dark before it."""

    depth: float | None = None

    def __init__(self, raster: Raster, rate: Rate, seed: int) -> None:
        rng = random.Random(seed)
        self._raster = raster
        self._strokes = [rate.frames(rng.uniform(0.8, 2.6))]
        while self._strokes[-1] < rate.frames(180):
            self._strokes.append(self._strokes[-1] + rate.frames(rng.uniform(3.5, 7.5)))

    def state(self, frame: int) -> Hashable:
        """The strength of the light."""
        for start in self._strokes:
            if start <= frame < start + len(_FLASH):
                return _FLASH[frame - start]
        return 0.0

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """Everything."""
        del before, after
        return skia.IRect(0, 0, self._raster.width, self._raster.height)

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """A pale light over what lies behind."""
        del moving
        assert isinstance(state, float)
        if state:
            canvas.drawColor(fade(ink("dfe8ff"), state))


def weather_cels(
    place: Place, light: Light, raster: Raster, rate: Rate
) -> tuple[list[Cel], list[Cel]]:
    """What falls behind the figures and before them; nothing under a roof."""
    if place.setting is Setting.INT or place.weather not in _FALLS:
        return [], []
    tone = _tone(light)
    far, near = (
        FallCel(fall, _sheet(place.weather, fall, *tone, raster.width, raster.height), raster)
        for fall in _FALLS[place.weather]
    )
    flash: list[Cel] = []
    if place.weather is Weather.STORM:
        flash.append(FlashCel(raster, rate, draw("storm", place.location)))
    return [*flash, far], [near]


def _tone(light: Light) -> tuple[Color, float]:
    """The colour of drops and flakes in a light, and how strong they are: no veil over dark pictures."""
    color = mix(light.sky[3], ink("ffffff"), 0.55 if light.time is not TimeOfDay.NIGHT else 0.25)
    return color, 0.72 if light.open_night else 1.0


@lru_cache(maxsize=4)
def _sheet(
    weather: Weather, fall: Fall, tone: Color, strength: float, wide: int, high: int
) -> "skia.Image":
    """One frame full of drops or flakes whose edges meet; the same in all shots of a scene."""
    rng = random.Random(draw("fall", weather, fall.count))
    raster = Raster(wide, high)
    leaf = raster.leaf()
    width = wide / raster.scale
    one: Callable[..., None] = _flake if weather is Weather.SNOW else _streak
    for _ in range(round(fall.count * width / 1280)):
        x, y = rng.uniform(-width / 2, width / 2), rng.uniform(0, FRAME_HEIGHT)
        size = fall.size * rng.uniform(0.55, 1.25)
        faint = fade(tone, fall.alpha * strength * rng.uniform(0.45, 1.0))
        for dx in (-width, 0, width):
            for dy in (-FRAME_HEIGHT, 0, FRAME_HEIGHT):
                if abs(x + dx) < width / 2 + 90 and -90 < y + dy < FRAME_HEIGHT + 90:
                    one(leaf.canvas, x + dx, y + dy, size, fall, faint)
    return leaf.snapshot()


def _streak(
    canvas: "skia.Canvas", x: float, y: float, size: float, fall: Fall, tone: Color
) -> None:
    stroke = 0.9 + size / 60
    canvas.drawLine(x, y, x + fall.slant * size, y + size, paint(tone, stroke=stroke))


def _flake(canvas: "skia.Canvas", x: float, y: float, size: float, fall: Fall, tone: Color) -> None:
    del fall
    canvas.drawCircle(x, y, size, paint(tone))


def fog_layers(stage: Stage) -> list[Layer]:
    """Banks of fog, each the lower the nearer; none on clear days or under a roof."""
    if stage.place.setting is Setting.INT or stage.place.weather is not Weather.FOG:
        return []
    return [_bank(stage, 0.85, 0.55), _bank(stage, 1.3, 0.30)]


def _bank(stage: Stage, depth: float, alpha: float) -> Layer:
    foot = stage.horizon + 300 * (depth - 0.5)
    air = stage.light.air

    def bank(canvas: "skia.Canvas") -> None:
        top, low = foot - 210, foot + 170
        tones = [fade(air, 0), fade(air, alpha), fade(air, alpha), fade(air, 0.4 * alpha)]
        shader = linear((0, top), (0, low), tones, [0, 0.45, 0.7, 1])
        canvas.drawRect(skia.Rect(stage.left, top, stage.right, stage.bottom), paint(shader=shader))

    return Layer(depth, bank, _FOG_SOFT, name="fog")
