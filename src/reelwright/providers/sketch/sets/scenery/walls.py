"""Walls that run into the depth: what is drawn flat is laid on them in perspective."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, paint
from reelwright.providers.sketch.sets.scenery.brush import Brush, ramp

FOCAL = 900.0  # units: a thing one metre wide is this wide from one metre away
SCALE = 40.0  # units a metre in the flat drawing, before perspective
_MISTY = 60.0  # metres away, where the air has taken all it takes


@dataclass(frozen=True, slots=True)
class Wall:
    """An upright wall `x` metres beside the vanishing point, from `near` to `far` metres away."""

    vanish: float
    x: float
    near: float
    far: float
    tall: float


def ground_y(brush: Brush, distance: float) -> float:
    """Where the ground is, that many metres away."""
    return brush.stage.horizon + brush.eye * FOCAL / distance


def along(brush: Brush, wall: Wall, draw: Callable[[Brush, float, float], None]) -> None:
    """Lay a flat drawing on a wall. `draw(brush, length, height)` draws from (0, -height) to (length, 0)."""
    length, height = (wall.far - wall.near) * SCALE, wall.tall * SCALE
    corners = []
    for distance, up in ((wall.near, 1), (wall.far, 1), (wall.far, 0), (wall.near, 0)):
        m = FOCAL / distance
        corners.append(
            skia.Point(wall.vanish + wall.x * m, ground_y(brush, distance) - up * wall.tall * m)
        )
    flat = [
        skia.Point(0, -height),
        skia.Point(length, -height),
        skia.Point(length, 0),
        skia.Point(0, 0),
    ]
    matrix = skia.Matrix()
    matrix.setPolyToPoly(flat, corners)
    canvas = brush.canvas
    canvas.save()
    canvas.concat(matrix)
    draw(brush, length, height)
    canvas.restore()
    _shade(brush, wall, corners)


def _shade(brush: Brush, wall: Wall, corners: list["skia.Point"]) -> None:
    """The side away from the key lies in shadow, and what is far off in the air."""
    light = brush.light
    quad = skia.Path()
    quad.addPoly(corners, True)
    if (wall.x < 0) != (brush.side > 0):
        brush.fill(quad, fade(light.near, 0.42))
    ends = sorted((corners[0].x(), corners[1].x()))
    near, far = (light.haze * 0.6 * min(1.0, end / _MISTY) for end in (wall.near, wall.far))
    mist = [fade(light.air, near), fade(light.air, far)]
    if wall.x > 0:
        mist.reverse()
    brush.canvas.drawPath(quad, paint(shader=ramp(ends[0], ends[1], mist, across=True)))
