"""A brush: a canvas at one depth of a stage, with the colours that light and air leave there."""

import random
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Weather
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    fade,
    form,
    greyed,
    ink,
    linear,
    mix,
    paint,
    polygon,
    ramp,
    rect,
    rgb,
)
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.stage import Stage

SNOW = ink("eef3f8")

_CHROMA = 1.35

# How hard a shadow each sky leaves: an overcast one only darkens the foot of things.
HARDNESS = {
    Weather.CLEAR: 1.0,
    Weather.CLOUD: 0.45,
    Weather.RAIN: 0.2,
    Weather.SNOW: 0.35,
    Weather.FOG: 0.1,
    Weather.STORM: 0.15,
}


def vivid(color: Color) -> Color:
    """Light and air grey a colour; this keeps what is left of it clean."""
    r, g, b = rgb(color)
    grey = 0.2126 * r + 0.7152 * g + 0.0722 * b
    r, g, b = (min(255, max(0, round(grey + (c - grey) * _CHROMA))) for c in (r, g, b))
    return (color & 0xFF000000) | r << 16 | g << 8 | b


@dataclass(frozen=True, slots=True)
class Brush:
    """Draws on `canvas` as things at `depth` look; `rng` is this layer's own, so layers draw alone."""

    canvas: "skia.Canvas"
    stage: Stage
    depth: float
    rng: random.Random
    eye: float = 1.35

    def metre(self, y: float) -> float:
        """How many units a metre is for a thing that stands on the ground at y."""
        return (y - self.stage.horizon) / self.eye

    @property
    def light(self) -> Light:
        """The light of the stage."""
        return self.stage.light

    @property
    def side(self) -> int:
        """1 when the key comes from the right."""
        return self.stage.light.side

    @property
    def accent(self) -> Color:
        """The scene's calling colour, as paint on cars, doors and signs has it."""
        return greyed(self.stage.palette.accent, 0.42)

    @property
    def secondary(self) -> Color:
        """The scene's second colour."""
        return greyed(self.stage.palette.secondary, 0.2)

    @property
    def dominant(self) -> Color:
        """The scene's first colour."""
        return greyed(self.stage.palette.dominant, 0.2)

    @property
    def spread(self) -> float:
        """How far things stand apart: 1 in wide frames, less in narrow ones, so that they stay in sight."""
        return min(1.0, 0.42 + 0.58 * self.stage.width / 1280)

    @property
    def snowy(self) -> bool:
        """Whether snow lies on things."""
        return self.stage.light.weather is Weather.SNOW

    @property
    def wet(self) -> bool:
        """Whether the ground mirrors."""
        return self.stage.light.weather in {Weather.RAIN, Weather.STORM}

    def air(self, color: Color, nearer: float = 0.0) -> Color:
        """The colour seen through the air; the middle distance stays clearer than the far one."""
        return self.light.far(color, min(1.0, self.depth + nearer) ** 0.6)

    def lit(self, base: Color, amount: float = 1.0) -> Color:
        """The colour on the key's side, seen through the air."""
        return self.air(self.light.lit(vivid(base), amount))

    def flat(self, base: Color) -> Color:
        """The colour of a face turned to the viewer, seen through the air."""
        return self.air(self.facing(base))

    def facing(self, base: Color) -> Color:
        """The same in clear air; under a high sun the sky lights such a face as well."""
        light, clean = self.light, vivid(base)
        open_sky = light.strength if light.height > 0.3 and not light.lamps else 0.0
        return mix(light.lit(clean), light.dark(clean), 0.5 - 0.2 * open_sky)

    def dark(self, base: Color, amount: float = 1.0) -> Color:
        """The colour on the shadow side, seen through the air."""
        return self.air(self.light.dark(vivid(base), amount))

    def unlit(self, base: Color, share: float = 0.5) -> Color:
        """What is left of a colour at night where no lamp reaches: what shines stands out from it."""
        dark = self.light.lamps and self.light.strength < 0.5
        return mix(base, self.light.near, share) if dark else base

    def glass(self) -> Color:
        """A window that mirrors the sky."""
        mirrored = mix(self.light.sky[1], self.light.near, 0.45)
        return self.air(mirrored)

    def lamplit(self, warmth: float = 1.0) -> Color:
        """A window with a lamp behind it; less warmth is a curtain or a far room."""
        return self.light.far(
            mix(self.dark(ink("6b4a2e")), self.light.lamp, 0.45 + 0.5 * warmth),
            0.6 + 0.4 * self.depth,
        )

    def fill(self, path: "skia.Path", color: Color) -> None:
        """Fill a path with one colour."""
        self.canvas.drawPath(path, paint(color))

    def body(self, path: "skia.Path", base: Color, edge: float, soft: float = 0.0) -> None:
        """Fill a path as a lit body with a shadow side."""
        form(self.canvas, path, self.lit(base), self.dark(base, 0.8), self.side, edge, soft)

    def box(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        """Fill a rectangle."""
        self.canvas.drawRect(rect(x0, y0, x1, y1), paint(color))

    def pillar(
        self, x: float, y: float, foot: float, head: float, tall: float, base: Color, edge: float
    ) -> None:
        """A lit body that stands on (x, y): `foot` and `head` are half its width below and above."""
        outline = [(x - foot, y), (x - head, y - tall), (x + head, y - tall), (x + foot, y)]
        self.body(polygon(outline), base, edge)

    def oval(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        """Fill an oval in a box."""
        self.canvas.drawOval(rect(x0, y0, x1, y1), paint(color))

    def shape(self, points: list[Point], color: Color) -> None:
        """Fill a polygon."""
        self.canvas.drawPath(polygon(points), paint(color))

    def line(self, points: list[Point], color: Color, width: float) -> None:
        """Draw an open line."""
        self.canvas.drawPath(polygon(points, closed=False), paint(color, stroke=width))

    def slope(self, path: "skia.Path", y0: float, y1: float, top: Color, low: Color) -> None:
        """Fill a path with a gradient from `top` at y0 to `low` at y1."""
        self.canvas.drawPath(path, paint(shader=ramp(y0, y1, [top, low])))

    def contact(self, x: float, y: float, width: float, strength: float = 0.45) -> None:
        """The dark line where a thing touches the ground."""
        half = width * 0.56
        ground = fade(mix(self.light.near, self.light.shade, 0.25), strength)
        low = min(width * 0.06, 13.0)
        self.oval(x - half, y - low - 1, x + half, y + low + 1, ground)

    def cast(self, x: float, y: float, width: float, height: float, crown: float = 0.0) -> None:
        """A thing's shadow on flat ground, away from the key; `crown` is a tree's width at its top."""
        hard = HARDNESS[self.light.weather] * (0.4 + 0.6 * self.light.strength)
        reach = -self.side * height * min(2.4, 0.4 / max(0.1, self.light.height))
        drop = abs(reach) * 0.14
        tone = mix(self.light.near, self.light.shade, 0.35)
        half = width / 2
        fall = linear((x, y), (x + reach, y), [fade(tone, 0.5 * hard), fade(tone, 0.16 * hard)])
        path = polygon(
            [
                (x - half, y),
                (x + half, y),
                (x + half + reach, y + drop),
                (x - half + reach, y + drop),
            ]
        )
        if crown:
            wide = crown * 0.5 + abs(reach) * 0.12
            middle = x + reach * 0.8
            path.addOval(
                rect(
                    middle - wide,
                    y + drop * 0.75 - wide * 0.2,
                    middle + wide,
                    y + drop * 0.75 + wide * 0.2,
                )
            )
        self.canvas.drawPath(path, paint(shader=fall))
        self.contact(x, y, max(width, crown * 0.3))
