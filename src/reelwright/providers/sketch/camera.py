"""The camera: where it is at each moment of a shot, and what that does to each depth."""

import math
import random
from dataclasses import dataclass, replace

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Move, Size
from reelwright.film.picture import Picture
from reelwright.providers.sketch.stage import FRAME_HEIGHT

_REACH: dict[Size, float] = {
    # how far a move travels, as a share of the frame; the tighter the shot, the less
    Size.EXTREME_WIDE: 1.0,
    Size.WIDE: 1.0,
    Size.FULL: 0.8,
    Size.MEDIUM: 0.62,
    Size.MEDIUM_CLOSE: 0.5,
    Size.CLOSE: 0.42,
    Size.EXTREME_CLOSE: 0.36,
    Size.INSERT: 0.5,
}
_TURNS = (Move.PAN_LEFT, Move.PAN_RIGHT, Move.TILT_UP, Move.TILT_DOWN, Move.HANDHELD)
_FULL_REACH_S = 4.0  # shorter shots travel less: speed is what the eye reads
_FARTHEST_HELD = 17.0  # units: all the waves of a hand at once
_NEAREST = 1.6  # the depth of the foremost plates


@dataclass(frozen=True, slots=True)
class Pose:
    """The camera's shift (frame units, at depth 1) and zoom; zoom 1 and shift 0 is where it was set up."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0


def parallax(lens: int) -> float:
    """How much of a camera's travel depends on depth: 24 mm nearly all of it, 85 mm little."""
    return min(0.95, max(0.2, 0.95 - (lens - 24) * 0.011))


@dataclass(frozen=True, slots=True)
class Camera:
    """One shot's camera. `seconds` is the shown length; `width` the frame's, in units of 720 high."""

    move: Move
    size: Size
    lens: int
    seconds: float
    width: float
    seed: int = 0

    @classmethod
    def set_up(cls, picture: Picture) -> "Camera":
        """The picture's camera as it stands there before it runs."""
        framing, width = picture.framing, FRAME_HEIGHT * picture.width / picture.height
        return cls(framing.move, framing.size, framing.lens, 0.0, width)

    @property
    def still(self) -> bool:
        """Whether nothing moves but what is in front of it."""
        return self.move is Move.STATIC

    def at(self, u: float) -> Pose:
        """The pose at `u`: 0 at the first shown frame, 1 at the last; handles lie gently outside."""
        if self.move is Move.HANDHELD:
            return self._held(u * self.seconds)
        reach = _REACH[self.size] * min(1.0, max(0.35, self.seconds / _FULL_REACH_S))
        t = eased(u)
        across = 0.11 * reach * max(self.width, 720.0) * (t - 0.5)
        along = 0.10 * reach * 720.0 * (t - 0.5)
        closer = 1.0 + 0.13 * reach * t
        poses = {
            Move.STATIC: Pose(),
            Move.PAN_LEFT: Pose(x=-across),
            Move.PAN_RIGHT: Pose(x=across),
            Move.TRACK_LEFT: Pose(x=-1.5 * across, zoom=1.02),
            Move.TRACK_RIGHT: Pose(x=1.5 * across, zoom=1.02),
            Move.TILT_UP: Pose(y=-along),
            Move.TILT_DOWN: Pose(y=along),
            Move.CRANE_UP: Pose(y=-1.3 * along, zoom=1.05 - 0.04 * t),
            Move.CRANE_DOWN: Pose(y=1.3 * along, zoom=1.01 + 0.04 * t),
            Move.PUSH_IN: Pose(zoom=closer),
            Move.PULL_OUT: Pose(zoom=1.0 + 0.13 * reach * (1 - t)),
        }
        return poses[self.move]

    @property
    def weight(self) -> float:
        """How much of what the camera does depends on depth: much when it travels, little when it turns."""
        return parallax(self.lens) * (0.35 if self.move in _TURNS else 1.0)

    def share(self, depth: float) -> float:
        """How strongly a layer follows the camera: 1 where the figures stand, less behind, more before."""
        return 1 + self.weight * (depth - 1)

    @property
    def reach(self) -> float:
        """How far beyond the frame it looks, in units; the same for shots of any length."""
        if self.move is Move.HANDHELD:
            return _FARTHEST_HELD * self.share(_NEAREST)
        longest = replace(self, seconds=_FULL_REACH_S)
        ends = [longest.at(u / 8) for u in range(-2, 11)]
        return max(max(abs(pose.x), abs(pose.y)) for pose in ends) * self.share(_NEAREST)

    def matrix(self, pose: Pose, depth: float, width: int, height: int) -> "skia.Matrix":
        """What a pose does to a plate at a depth, in pixels of the frame."""
        share = self.share(depth)
        unit = height / FRAME_HEIGHT
        zoom = 1 + (pose.zoom - 1) * share
        matrix = skia.Matrix.Translate(width / 2, height / 2)
        matrix.preScale(zoom, zoom)
        matrix.preTranslate(-width / 2 - pose.x * share * unit, -height / 2 - pose.y * share * unit)
        return matrix

    def _held(self, seconds: float) -> Pose:
        # A few slow sines with phases of their own: a breathing hand, not a shaking one.
        rng = random.Random(self.seed)
        waves = [(rng.uniform(0.18, 0.9), rng.uniform(0, math.tau)) for _ in range(9)]
        drift = [
            sum(math.sin(math.tau * f * seconds + p) / (0.6 + 2 * f) for f, p in waves[i : i + 3])
            for i in (0, 3, 6)
        ]
        size = 0.6 + 0.4 * _REACH[self.size]
        return Pose(x=5.5 * size * drift[0], y=4.5 * size * drift[1], zoom=1.035 + 0.006 * drift[2])


def eased(u: float) -> float:
    """Slow in, slow out (half linear, half cosine); outside 0 to 1 it goes on gently."""
    if u < 0:
        return 0.35 * u
    if u > 1:
        return 1 + 0.35 * (u - 1)
    return 0.35 * u + 0.65 * (3 * u * u - 2 * u * u * u)
