"""The view: how the stage is seen from where the camera was set up, depth by depth.

The camera walks towards the figures (what is near grows fast, what is far hardly) and then turns
its lens (everything grows alike). That is why a close-up shows a whole window behind a face.
"""

from dataclasses import dataclass

from reelwright.engines.media.pencil import skia

_BEHIND_CAMERA = 2.2
_NEARBY = 2.4


@dataclass(frozen=True, slots=True)
class View:
    """Frame x is `at` and frame y is `horizon_at` where the camera looks: along stage x, at height y.

    `lens` is the magnification at infinity, `near` that at the figures (depth 1); `horizon` is the
    stage's. `mirrored` shows the other half of the place. `blur` is a sigma for what is at
    infinity; `roll` in degrees. What is nearer than `nearest` is left out: it would hide a face.
    """

    x: float
    y: float
    at: float
    horizon: float
    horizon_at: float
    lens: float = 1.0
    near: float = 1.0
    mirrored: bool = False
    blur: float = 0.0
    roll: float = 0.0
    nearest: float = 9.0

    @property
    def nearby(self) -> bool:
        """Whether the camera went up to someone: what stands between would hide the place."""
        return self.near > _NEARBY

    def zoom(self, depth: float) -> float | None:
        """The magnification at a depth; None when the camera has passed it."""
        left = 1 - (1 - self.lens / self.near) * depth
        if left <= 0 or depth > self.nearest:
            return None
        zoom = self.lens / left
        return None if depth > 1 and zoom > self.near * _BEHIND_CAMERA else zoom

    def softness(self, depth: float) -> float:
        """The blur at a depth, as a sigma in frame units."""
        return self.blur * min(1.0, abs(1 - depth) * 1.6)

    def matrix(self, depth: float) -> "skia.Matrix | None":
        """Stage units to frame units at a depth; None when the camera has passed it."""
        zoom = self.zoom(depth)
        if zoom is None:
            return None
        matrix = skia.Matrix()
        matrix.preRotate(self.roll, 0, 360)
        matrix.preTranslate(self.at, self.horizon_at)
        matrix.preScale(zoom, zoom)
        matrix.preTranslate(-self.x * depth, -(self.horizon + (self.y - self.horizon) * depth))
        if self.mirrored:
            matrix.preScale(-1, 1)
        return matrix


def whole(horizon: float) -> View:
    """The place as its set composed it."""
    return View(x=0, y=horizon, at=0, horizon=horizon, horizon_at=horizon)
