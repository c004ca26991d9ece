"""Cels: what lies under the camera, far to near. Each says what it shows at a frame, and draws it."""

from collections.abc import Hashable
from typing import Protocol

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.plates import Plate


class Cel(Protocol):
    """One sheet under the camera. Frames count from the first shown one; handles are negative.

    `depth` says how it follows the camera; None: it lies on the glass and never moves.
    """

    depth: float | None

    def state(self, frame: int) -> Hashable:
        """What it shows: equal states look alike, so nothing is drawn again between them."""
        ...

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """The pixels that may differ between two states, while the camera rests."""
        ...

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """Draw a state in the frame's pixels; `moving`: through a camera's matrix."""
        ...


class StillCel:
    """A plate that shows the same all the time."""

    def __init__(self, plate: Plate, depth: float | None) -> None:
        self.depth = depth
        self._plate = plate

    def state(self, frame: int) -> Hashable:
        """One state."""
        del frame
        return None

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """Nothing changes."""
        del before, after
        return skia.IRect.MakeEmpty()

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """Lay the plate."""
        del state
        self._plate.lay(canvas, moving=moving and self.depth is not None)
