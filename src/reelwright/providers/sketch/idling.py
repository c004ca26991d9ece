"""Idling: people of a crowd who shift their weight while they stand."""

import math
import random
from collections.abc import Hashable

from reelwright.engines.media.pencil import skia
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.plates import Plate, Raster

_SWAY = 5.0  # half pixels at the head, at most, in a frame of 720 lines
_HELD = 3  # frames that a drawing is held


class IdleCel:
    """One who stands and sways about their feet."""

    def __init__(self, plate: Plate, depth: float, raster: Raster, rate: Rate, seed: int) -> None:
        rng = random.Random(seed)
        self.depth: float | None = depth
        self._plate, self._rate = plate.fresh(), rate
        self._foot, self._span = plate.box.bottom(), max(1, plate.box.height())
        self._size = rng.uniform(0.6, 1.0) * _SWAY * raster.scale
        self._waves = [(rng.uniform(2.6, 5.2), rng.uniform(0, math.tau)) for _ in range(2)]

    def state(self, frame: int) -> int:
        """How far the head is off its place, in half pixels."""
        seconds = self._rate.seconds(frame // _HELD * _HELD)
        sway = sum(math.sin(math.tau * seconds / cycle + at) for cycle, at in self._waves) / 2
        return round(self._size * sway)

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """Around the whole figure."""
        del before, after
        reach = int(self._size / 2) + 2
        return self._plate.box.makeOutset(reach, 1)

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """The plate, its upper end pushed aside."""
        del moving  # sharp and filtered drawing must not alternate
        assert isinstance(state, int)
        self._plate.lean(canvas, state, self._foot, self._span)
