"""A site: a stage with one perspective, so that everything on the ground has the right scale."""

import random
from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, paint, rect
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.sets.scenery.brush import Brush, ramp
from reelwright.providers.sketch.sky import draw_sky
from reelwright.providers.sketch.stage import Mark, Stage

ADULT = 1.75  # metres
_DIM = 0.5  # a key weaker than this leaves most of the picture to the sky and the lamps


class Site:
    """The camera stands `eye` metres over flat ground that ends at `horizon` (units from the top)."""

    def __init__(self, stage: Stage, *, horizon: float = 430.0, eye: float = 1.35) -> None:
        """Take a stage; its horizon is set."""
        self.stage = stage
        self.eye = eye
        stage.horizon = horizon

    @property
    def light(self) -> Light:
        """The light of the stage."""
        return self.stage.light

    def metre(self, y: float) -> float:
        """How many units a metre is for a thing that stands on the ground at y."""
        return (y - self.stage.horizon) / self.eye

    def marks(self, *places: tuple[float, float]) -> None:
        """Places for standing figures, the best one first."""
        for x, y in places:
            self.stage.marks.append(Mark(x, y, ADULT * self.metre(y)))

    def seats(self, *places: tuple[float, float, float]) -> None:
        """Places for sitting figures: x, y of the feet, height of the seat in metres."""
        for x, y, seat in places:
            self.stage.marks.append(Mark(x, y, ADULT * self.metre(y), seat / ADULT))

    def spots(self, *places: tuple[float, float]) -> None:
        """Places for things on the ground."""
        for x, y in places:
            self.stage.spots.append(Mark(x, y, ADULT * self.metre(y)))

    def layer(
        self,
        depth: float,
        draw: Callable[[Brush], None],
        *,
        blur: float = 0.0,
        glow: bool = False,
        name: str = "",
    ) -> None:
        """Add a layer; it gets its own chance, so that drawing it twice gives the same pixels."""
        seed = self.stage.rng.getrandbits(48)

        def on(canvas: "skia.Canvas") -> None:
            draw(Brush(canvas, self.stage, depth, random.Random(seed), self.eye))

        self.stage.layer(depth, on, blur=blur, glow=glow, name=name)

    def sky(self) -> None:
        """The sky, behind all."""
        self.layer(0.0, _heaven, name="sky")

    def foreground(
        self, *pieces: Callable[[Brush], None], depth: float = 1.25, blur: float = 3.0
    ) -> None:
        """What frames the picture, close to the lens and out of focus."""

        def draw(brush: Brush) -> None:
            for piece in pieces:
                piece(brush)

        self.layer(depth, draw, blur=blur, name="foreground")

    def lamps(self, draw: Callable[[Brush], None], *, depth: float = 0.9) -> None:
        """Light of lamps, added to the picture; nothing while they are off."""
        if self.light.lamps:
            self.layer(depth, draw, glow=True, name="lamps")


def _heaven(brush: Brush) -> None:
    stage = brush.stage
    # Some way below the horizon: a camera that tilts must not find a gap there.
    box = rect(stage.left, stage.top, stage.right, stage.horizon + 120)
    draw_sky(brush.canvas, stage, box, brush.rng)
    if brush.wet and stage.light.strength < _DIM:
        _break_in_the_clouds(brush)


def _break_in_the_clouds(brush: Brush) -> None:
    """In a dark storm the sky is palest low down: hills and people stand dark against it."""
    stage, top = brush.stage, brush.stage.horizon - 210
    pale = mix(stage.light.sky[3], mix(ink("8fb4cf"), stage.light.key, 0.3), 0.7)
    tones = [fade(pale, 0.0), fade(pale, 0.2), fade(pale, 0.78)]
    band = ramp(top, stage.horizon + 6, tones, [0.0, 0.5, 1.0])
    area = rect(stage.left, top, stage.right, stage.horizon + 120)
    brush.canvas.drawRect(area, paint(shader=band))
