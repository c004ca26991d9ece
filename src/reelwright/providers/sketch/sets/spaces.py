"""Space: a camera, a box of air, and what its windows and lamps make of every colour.

Rooms are built in metres: x to the right from the middle, y up from the floor, z away from the
camera. One projection puts everything into the frame, so that floors,
furniture and figures share a perspective.
"""

import math
from dataclasses import dataclass, field, replace

from reelwright.film.breakdown.model import TimeOfDay
from reelwright.providers.sketch.ink import Color, Point, darker, ink, lighter, luma, mix
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.stage import Stage

FOCAL = 1160.0  # units: 58 degrees across a 16:9 frame, the feel of a 32 mm lens
ADULT = 1.72
LAMPLIGHT: Color = 0xFFFFCF94
FILL = 0.44  # what all lamps together bounce into the middle, so that figures part from the wall
FOREGROUND = 0.9  # what is nearer than this share of the figures' distance is kept dark

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Lamp:
    """A practical lamp: where it hangs, how far its light reaches (metres), and its colour."""

    x: float
    y: float
    z: float
    reach: float = 2.6
    color: Color = 0xFFFFCA85
    power: float = 1.0


@dataclass(slots=True)
class Space:
    """One set's space; `figures` is how far away the figures stand.

    `mirror` is -1 in every second variant: the set is then built left for right.
    """

    stage: Stage
    width: float = 8.0
    height: float = 2.8
    back: float = 9.0
    eye: float = 1.2
    horizon: float = 362.0
    lamps: tuple[Lamp, ...] = ()
    windowless: bool = False
    figures: float = 5.0
    mirror: int = field(init=False)
    light: Light = field(init=False)
    _mixed: dict[Color, tuple[Color, Color, Color]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.mirror = -1 if self.stage.variant % 2 else 1
        light = self.stage.light
        self.light = replace(light, side=light.side * self.mirror)
        self.stage.horizon = self.horizon
        if self.lamps:
            self.lamps = (*self.lamps, Lamp(0.0, 1.9, 7.2, 4.2, power=FILL))

    @property
    def lamplit(self) -> bool:
        """Whether the lamps burn."""
        return self.light.lamps or self.windowless

    @property
    def dark(self) -> bool:
        """Whether lamps, not windows, are the reason for the light."""
        late = self.light.time in (TimeOfDay.DUSK, TimeOfDay.NIGHT)
        return bool(self.lamps) and (late or self.windowless)

    @property
    def wall(self) -> Color:
        """The walls' colour: the scene's dominant one, held at a middle value behind the figures."""
        base, want = self.stage.palette.dominant, 0.54
        have = luma(base)
        if have > want:
            return darker(base, 0.8 * (have - want) / have)
        return lighter(base, 0.8 * (want - have) / (1 - have))

    def stuff(self, hexadecimal: str, share: float = 0.22) -> Color:
        """A material's own colour, drawn into the scene's palette."""
        return mix(ink(hexadecimal), self.stage.palette.dominant, share)

    def scale(self, z: float) -> float:
        """Units per metre at distance z."""
        return FOCAL / z

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a point of the room lies in the frame."""
        k = FOCAL / z
        return x * k, self.horizon + (self.eye - y) * k

    def toward(self, x: float, y: float, z: float) -> tuple[Vector, float]:
        """The direction of the key at a point of the room, and how much of it arrives (0 to 1)."""
        if not self.dark:
            near = 0.5 + self.light.side * x / self.width
            return (self.light.side * 0.76, 0.52, -0.39), 0.70 + 0.30 * min(1.0, max(0.0, near))
        best, ray = 0.0, (0.0, 1.0, 0.0)
        for lamp in self.lamps:
            dx, dy, dz = lamp.x - x, lamp.y - y, lamp.z - z
            far = math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-6
            much = lamp.power * math.exp(-((far / lamp.reach) ** 2))
            if much > best:
                best, ray = much, (dx / far, dy / far, dz / far)
        return ray, min(1.0, 0.10 + best)

    def tone(self, base: Color, at: Vector, normal: Vector = (0.0, 0.0, -1.0)) -> Color:
        """What a colour becomes on a face of the room that looks along `normal`."""
        lit, dark, gloom = self._pair(base)
        ray, arrives = self.toward(*at)
        facing = sum(n * r for n, r in zip(normal, ray, strict=True))
        bounce = 0.55 * max(0.0, -normal[1])  # the floor throws light back up
        face = mix(dark, lit, 0.56 + 0.46 * facing + bounce)
        seen = mix(gloom, face, 0.12 + 0.88 * arrives)
        return mix(seen, self.light.near, 0.5) if at[2] < FOREGROUND * self.figures else seen

    def _pair(self, base: Color) -> tuple[Color, Color, Color]:
        found = self._mixed.get(base)
        if found is None:
            light = self.light
            dark = self.dark
            gloom = mix(mix(base, light.shade, 0.42), light.near, 0.58 if dark else 0.30)
            # a lamp is close by: it lights what is near it more than the night's key lights anything
            lit = (
                mix(mix(base, light.near, 0.08), LAMPLIGHT, 0.30) if dark else light.lit(base, 1.15)
            )
            found = self._mixed[base] = (lit, light.dark(base, 0.9 if dark else 0.72), gloom)
        return found
