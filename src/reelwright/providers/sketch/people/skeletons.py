"""Skeletons: where the joints are. x grows in the direction faced, y downward, feet at y = 0."""

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm (shoulder, elbow, wrist) or a leg (hip, knee, ankle)."""

    root: Point
    joint: Point
    end: Point

    def along(self, t: float) -> Point:
        """The point at t: 0 root, 1 joint, 2 end."""
        if t <= 1:
            return between(self.root, self.joint, t)
        return between(self.joint, self.end, t - 1)

    @property
    def angle(self) -> float:
        """The direction of the lower half, in degrees, 0 to the right, 90 down."""
        return math.degrees(math.atan2(self.end[1] - self.joint[1], self.end[0] - self.joint[0]))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One moment of a body. `near` is the side turned to us; angles in degrees, clockwise.

    `lean` is the torso's, `tilt` the head's; `turn` 1 shows the chest, 0 the profile.
    """

    pelvis: Point
    chest: Point
    chin: Point
    lean: float
    tilt: float
    turn: float
    near_arm: Limb
    far_arm: Limb
    near_leg: Limb
    far_leg: Limb
    near_toe: float = 0.0
    far_toe: float = 0.0


def between(a: Point, b: Point, t: float) -> Point:
    """The point t of the way from a to b."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def turned(p: Point, degrees: float) -> Point:
    """A vector turned clockwise (as seen on the screen)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return p[0] * c - p[1] * s, p[0] * s + p[1] * c


def added(a: Point, b: Point, k: float = 1.0) -> Point:
    """The sum a + k b."""
    return a[0] + b[0] * k, a[1] + b[1] * k


def bend(root: Point, target: Point, upper: float, lower: float, way: float) -> Limb:
    """A limb from root that reaches for target.

    The joint gives way to the left of a hanging limb for `way` 1, to the right for -1. A target out of
    reach is approached with a limb all but straight.
    """
    dx, dy = target[0] - root[0], target[1] - root[1]
    span = math.hypot(dx, dy) or 1e-6
    reach = min(max(span, abs(upper - lower) * 1.05 + 1), (upper + lower) * 0.9992)
    ux, uy = dx / span, dy / span
    along = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    off = math.sqrt(max(0.0, upper * upper - along * along)) * way
    joint = (root[0] + ux * along - uy * off, root[1] + uy * along + ux * off)
    return Limb(root, joint, (root[0] + ux * reach, root[1] + uy * reach))
