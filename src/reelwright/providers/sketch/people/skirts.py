"""Skirts: what hangs as one form around both legs, of dresses, coats and robes."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, paint, smooth
from reelwright.providers.sketch.people.costumes import Costume, Trunk
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Limb, Point, added, between
from reelwright.providers.sketch.people.strokes import line


def draw_skirt(canvas: "skia.Canvas", sitter: Sitter, trunk: Trunk, c: Costume) -> "skia.Path":
    """Draw it, and return its outline."""
    left, right = _hems(trunk, c)
    path = _outline(trunk, c, left, right)
    box, side, t = path.getBounds(), sitter.side, sitter.cloth
    x, half = box.centerX(), box.width() / 2
    shade = linear(
        (x + side * half, box.top()),
        (x - side * half, box.top() + half * 0.3),
        [t.lit, t.mid, t.shade],
    )
    canvas.drawPath(path, paint(shader=shade))
    for share, where in ((0.24, -0.5), (0.5, 0.1), (0.76, 0.5)):
        top = trunk.at(0.82, trunk.body.waist * where)
        low = between(left, right, share)
        line(canvas, fade(t.deep, 0.42), 2.4, between(top, low, 0.3), between(top, low, 0.66), low)
    return path


def _hems(trunk: Trunk, c: Costume) -> tuple[Point, Point]:
    """The hem's ends: outside of the near leg and of the far one."""
    a, b = trunk.body, trunk.bones
    width = 12 * a.limb + c.flare
    left, right = _beside(b.near_leg, c.hem, width), _beside(b.far_leg, c.hem, -width)
    if left[0] > right[0] and _upright(trunk, min(left[1], right[1])):  # the legs cross in a stride
        return _beside(b.far_leg, c.hem, width), _beside(b.near_leg, c.hem, -width)
    return left, right


def _upright(trunk: Trunk, hem: float) -> bool:
    return abs(trunk.bones.lean) < 40 and hem > trunk.bones.pelvis[1] + trunk.body.thigh * 0.4


def _beside(leg: Limb, t: float, width: float) -> Point:
    """The point `width` to the left of a hanging leg at t."""
    x, y = leg.along(t)
    low, high = leg.along(min(2.0, t + 0.05)), leg.along(max(0.0, t - 0.25))
    dx, dy = low[0] - high[0], low[1] - high[1]
    span = math.hypot(dx, dy) or 1.0
    return x - dy / span * width, y + dx / span * width


def _outline(trunk: Trunk, c: Costume, left: Point, right: Point) -> "skia.Path":
    a, b = trunk.body, trunk.bones
    near, far, hips = trunk.near, trunk.far, a.hip + c.bulk * 0.6
    side_near = added(between(trunk.at(1.02, hips * near), left, 0.5), (-3, 0))
    side_far = added(between(trunk.at(1.02, hips * far), right, 0.5), (3, 0))
    if c.hem > 1 and _upright(trunk, min(left[1], right[1])):  # room for the knees
        knees = [b.near_leg.joint[0], b.far_leg.joint[0]]
        side_near = min(side_near[0], min(knees) - 15 * a.limb), side_near[1]
        side_far = max(side_far[0], max(knees) + 15 * a.limb), side_far[1]
    return smooth([
        trunk.at(0.6, a.waist * near - c.bulk), trunk.at(1.0, hips * near), side_near, left,
        added(between(left, right, 0.5), (0, 5)), right, side_far, trunk.at(1.0, hips * far),
        trunk.at(0.6, a.waist * far + c.bulk + a.belly * 0.6),
    ], tension=0.34)  # fmt: skip
