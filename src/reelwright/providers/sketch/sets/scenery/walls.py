"""Walls that run into the depth: what is drawn flat is laid on them in perspective."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, paint, rect
from reelwright.providers.sketch.sets.scenery.brush import Brush

FOCAL = 900.0  # units: a thing one metre wide is this wide from one metre away
SCALE = 40.0  # units a metre in the flat drawing, before perspective


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
    toward_key = (wall.x < 0) == (brush.side > 0)
    air = brush.light.air
    near = fade(brush.light.near, 0.0 if toward_key else 0.42)
    mist = fade(air, brush.light.haze * 0.5)
    for shades in ([near, near], [fade(air, 0.0), mist]):
        canvas.drawRect(
            rect(0, -height, length, 0), paint(shader=linear((0, 0), (length, 0), shades))
        )
    canvas.restore()
