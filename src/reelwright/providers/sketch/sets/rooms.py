"""A room: a space that is furnished layer by layer, from far to near."""

import random
from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.sets.pens import Pen
from reelwright.providers.sketch.sets.spaces import ADULT, Lamp, Space
from reelwright.providers.sketch.stage import Mark

__all__ = ["Furnish", "Lamp", "Pen", "Room"]

Furnish = Callable[[Pen], None]


class Room(Space):
    """A space with layers, marks for figures and spots for things."""

    def put(
        self, z: float, furnish: Furnish, *, blur: float = 0.0, glow: bool = False, name: str = ""
    ) -> None:
        """Add a layer at distance z; the same seed draws the same things, however often it is drawn."""
        seed = self.stage.rng.randrange(1 << 30)

        def draw(canvas: "skia.Canvas") -> None:
            canvas.save()
            canvas.scale(self.mirror, 1)
            furnish(Pen(canvas, self, random.Random(seed)))
            canvas.restore()

        depth = min(1.9, self.figures / z)
        self.stage.layer(depth, draw, blur=blur, glow=glow, name=name)

    def mark(self, x: float, z: float | None = None, seat: float = 0.0, floor: float = 0.0) -> None:
        """A place for a figure; its feet are at the height `floor`, a seat `seat` metres above them."""
        z = self.figures if z is None else z
        px, py = self.at(x * self.mirror, floor, z)
        self.stage.marks.append(Mark(px, py, ADULT * self.scale(z), seat / ADULT))

    def spot(self, x: float, y: float, z: float) -> None:
        """A place for a thing, on the floor or on a table."""
        px, py = self.at(x * self.mirror, y, z)
        self.stage.spots.append(Mark(px, py, ADULT * self.scale(z)))
