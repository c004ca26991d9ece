"""Flicker: the light of a flame, which is never twice the same."""

import random
from collections.abc import Hashable

from reelwright.engines.media.pencil import skia
from reelwright.film.timeline import Rate
from reelwright.providers.sketch.plates import NEAREST, Plate

_HELD_S = 0.09  # how long one brightness lasts
_LEVELS = 6
_BRIGHTEST = 0.95  # of the light itself, added once more
_ROUND = 97  # brightnesses before they repeat


class FlickerCel:
    """Light that is added in changing strength over what lies behind."""

    def __init__(self, plate: Plate, rate: Rate, seed: int) -> None:
        self.depth: float | None = plate.depth
        self._plate, self._rate = plate, rate
        rng, level = random.Random(seed), _LEVELS / 2
        self._levels: list[int] = []
        for _ in range(_ROUND):  # it wanders, leaps now and then, and comes back to the middle
            level += rng.gauss(0, 1.1) + 0.3 * (_LEVELS / 2 - level)
            self._levels.append(round(min(_LEVELS, max(0, level))))

    def state(self, frame: int) -> int:
        """How bright: 0 to 6."""
        return self._levels[int((self._rate.seconds(frame) + 1e-6) // _HELD_S) % _ROUND]

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """All that it lights."""
        del before, after
        return self._plate.box

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """The light, as strong as it is now."""
        del moving  # it is soft: half a pixel is not seen
        assert isinstance(state, int)
        if state:
            strength = _BRIGHTEST * state / _LEVELS
            paint = skia.Paint(BlendMode=skia.BlendMode.kScreen, Alphaf=strength)
            for patch in self._plate.patches:
                canvas.drawImage(patch.image, patch.x, patch.y, NEAREST, paint)
