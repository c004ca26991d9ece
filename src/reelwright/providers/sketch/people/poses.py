"""Poses: stances of the whole body, authored as numbers, and the two cycles that move."""

import math
from dataclasses import dataclass, replace

from reelwright.providers.sketch.people.anatomy import Anatomy
from reelwright.providers.sketch.people.skeletons import (
    Point,
    Skeleton,
    added,
    bend,
    turned,
)


@dataclass(frozen=True, slots=True)
class Pose:
    """A stance.

    Hips and feet in leg lengths from the spot (y up), hands in arm lengths from their shoulder
    (y down); knees and elbows say which way the joint gives (see `bend`). `sway` lifts the near hip
    and drops the near shoulder. `seated` figures have their seat at y = 0. `hand` is a shape of
    `hands.SHAPES`, `wrist` its turn.
    """

    hip: Point = (0.0, 0.996)
    lean: float = 0.0
    tilt: float = 0.0
    turn: float = 1.0
    sway: float = 0.0
    near_foot: Point = (-0.10, 0.0)
    far_foot: Point = (0.13, 0.016)
    near_knee: float = 1.0
    far_knee: float = -1.0
    near_hand: Point = (-0.07, 0.984)
    far_hand: Point = (0.11, 0.98)
    near_elbow: float = 1.0
    far_elbow: float = -1.0
    near_toe: float = 0.0
    far_toe: float = 0.0
    seated: bool = False
    hand: str = "relaxed"
    wrist: float = 0.0


_STANDS = (
    Pose(hip=(-0.035, 0.996), sway=0.16, lean=1.0, tilt=3),
    Pose(hip=(0.03, 0.996), sway=-0.14, lean=-1.5, tilt=-2, near_foot=(-0.13, 0.022), far_foot=(0.08, 0.0),
         near_hand=(-0.03, 0.985), far_hand=(0.17, 0.955)),
    Pose(hip=(-0.02, 0.994), sway=0.08, lean=2.0, tilt=1, near_foot=(-0.12, 0.0), far_foot=(0.16, 0.014),
         near_hand=(0.0, 0.97)),
)  # fmt: skip

POSES: dict[str, Pose] = {
    "sit": Pose(near_knee=-1.0, hip=(0.0, 0.075), lean=-2, tilt=2, turn=0.85, near_foot=(0.42, -0.46),
                far_foot=(0.56, -0.44), near_hand=(0.42, 0.66), far_hand=(0.36, 0.68),
                far_elbow=1.0, seated=True),
    "lie": Pose(hip=(0.0, 0.135), lean=-86, tilt=-60, turn=0.2, near_knee=-1.0, near_elbow=-1.0, near_foot=(0.93, 0.03),
                far_foot=(0.80, 0.04), near_hand=(0.62, -0.1), far_hand=(0.86, -0.06),
                far_elbow=1.0, near_toe=-62, far_toe=-66),
    "kneel": Pose(near_knee=-1.0, hip=(-0.06, 0.49), lean=6, tilt=6, turn=0.8, near_foot=(-0.46, 0.05),
                  far_foot=(-0.34, 0.05), near_hand=(0.22, 0.8), far_hand=(0.3, 0.74),
                  far_elbow=1.0, near_toe=52, far_toe=52),
    "crouch": Pose(near_knee=-1.0, hip=(-0.16, 0.34), lean=30, tilt=-6, turn=0.7, near_foot=(-0.04, 0.0),
                   far_foot=(0.2, 0.0), near_hand=(0.34, 0.62), far_hand=(0.46, 0.6), far_elbow=1.0),
    "lean": Pose(hip=(0.10, 0.98), lean=-9, tilt=5, sway=0.16, near_foot=(0.20, 0.0),
                 far_foot=(0.30, 0.0), near_hand=(0.10, 0.92), far_hand=(0.22, 0.8)),
    "embrace": Pose(near_knee=-1.0, hip=(-0.02, 0.99), lean=7, tilt=12, turn=0.6, near_foot=(-0.14, 0.0),
                    far_foot=(0.10, 0.0), near_hand=(0.52, 0.60), far_hand=(0.42, 0.30), hand="flat", wrist=-14,
                    near_elbow=1.0, far_elbow=1.0),
    "fight": Pose(near_knee=-1.0, hip=(-0.02, 0.90), lean=9, tilt=-3, turn=0.75, near_foot=(-0.32, 0.0),
                  far_foot=(0.30, 0.0), near_hand=(0.36, -0.06), far_hand=(0.66, -0.16), hand="fist",
                  far_elbow=1.0),
    "dance": Pose(hip=(-0.05, 0.985), lean=-6, tilt=-9, sway=0.34, near_foot=(-0.05, 0.0),
                  far_foot=(0.34, 0.16), near_hand=(-0.48, -0.66), far_hand=(0.62, 0.30),
                  near_elbow=-1.0, far_elbow=-1.0, far_toe=28),
}  # fmt: skip


_STEP = 0.33, 0.42  # half a step of a walk and of a run, in leg lengths
_STANCE = 0.5, 0.36  # the share of its cycle in which a foot rests on the ground
# How far a cycle of two steps carries a body whose feet do not slide, in leg lengths.
CYCLES = {
    "walk": 2 * _STEP[0] / _STANCE[0], "run": 2 * _STEP[1] / _STANCE[1], "dance": 0.0,
}  # fmt: skip


def _foot(phase: float, stance: float) -> tuple[float, float, float]:
    """A foot in its cycle: along from 1 (before) to -1 (behind), how far lifted, how far rolled off.

    On the ground it goes back as evenly as the body goes on; in the air it swings forward.
    """
    phase %= 1.0
    if phase < stance:
        along = 1 - 2 * phase / stance
        return along, 0.0, max(0.0, -along - 0.4) / 0.6
    u = (phase - stance) / (1 - stance)
    return -math.cos(math.pi * u), math.sin(math.pi * u), max(0.0, 1 - 2.2 * u)


def _walk(phase: float) -> Pose:
    at = phase - 0.06  # a still shows the stride, not the passing
    (near, up, roll), (far, far_up, far_roll) = (_foot(at + k, _STANCE[0]) for k in (0.0, 0.5))
    step, passing = _STEP[0], 1 - abs(near)
    return Pose(
        near_knee=-1.0, hip=(0.0, 0.952 + 0.034 * passing), lean=3, turn=0.55,
        near_foot=(step * near, 0.10 * up + 0.05 * roll), far_foot=(0.03 + step * far, 0.10 * far_up + 0.05 * far_roll),
        near_hand=(0.05 - 0.34 * near, 0.88), far_hand=(0.05 - 0.34 * far, 0.88), far_elbow=1.0,
        near_toe=28 * roll - 12 * max(0.0, near) * up, far_toe=28 * far_roll - 12 * max(0.0, far) * far_up,
    )  # fmt: skip


def _run(phase: float) -> Pose:
    at = phase - 0.02  # a still shows the stride, not the passing
    (near, up, roll), (far, far_up, far_roll) = (_foot(at + k, _STANCE[1]) for k in (0.0, 0.5))
    step, flight = _STEP[1], min(1.0, up + far_up) if up and far_up else 0.0
    return Pose(
        near_knee=-1.0, hip=(0.0, 0.925 + 0.05 * flight), lean=15, tilt=-9, turn=0.5, hand="fist",
        near_foot=(step * near - 0.04, 0.30 * up + 0.08 * roll), far_foot=(step * far, 0.30 * far_up + 0.08 * far_roll),
        near_hand=(0.18 - 0.42 * near, 0.56 + 0.22 * near), far_hand=(0.18 - 0.42 * far, 0.56 + 0.22 * far),
        far_elbow=1.0, near_toe=50 * roll, far_toe=50 * far_roll,
    )  # fmt: skip


def pose_of(word: str, seed: int, phase: float) -> Pose:
    """The stance for a word of `Acting.pose`; standing has variants by seed, walking goes by phase."""
    if word == "walk":
        return _walk(phase)
    if word == "run":
        return _run(phase)
    pose = POSES.get(word) or _STANDS[seed % len(_STANDS)]
    if word == "dance":
        beat = math.sin(math.tau * phase)
        return replace(
            pose, sway=pose.sway + 0.16 * beat, tilt=pose.tilt + 6 * beat, lean=pose.lean + 4 * beat,
            hip=(pose.hip[0] + 0.03 * beat, pose.hip[1] - 0.02 * beat * beat), far_foot=(0.34, 0.12 + 0.1 * beat),
            near_hand=(-0.48 + 0.14 * beat, -0.62 + 0.2 * beat), far_hand=(0.62, 0.26 - 0.4 * beat),
        )  # fmt: skip
    breath = math.sin(math.tau * phase)
    return replace(pose, hip=(pose.hip[0], pose.hip[1] + 0.0016 * breath)) if phase else pose


def stand_up(pose: Pose, a: Anatomy) -> Skeleton:
    """Put an anatomy into a stance."""
    leg, arm = a.leg + 13, a.arm
    lean = pose.lean + (a.stoop if abs(pose.lean) < 40 else 0)
    pelvis = (pose.hip[0] * leg, -pose.hip[1] * leg)
    chest = added(pelvis, turned((0.0, -a.torso), lean))
    across = turned((1.0, pose.sway * 0.34), lean * 0.6 if abs(lean) < 40 else lean)
    level = (1.0, pose.sway * 0.6)
    wide = a.shoulder * 0.95 * (0.55 + 0.45 * pose.turn)
    drop = turned((0.0, 19.0), lean)
    near = added(added(chest, across, -wide), drop)
    far = added(added(chest, across, wide * (0.62 + 0.18 * pose.turn)), drop)
    girdle = a.hip * 0.46 * (0.5 + 0.5 * pose.turn)
    hips = added(pelvis, level, -girdle), added(pelvis, level, girdle * 0.8)
    if pose.sway:  # the shoulders answer the hips
        near, far = added(near, (0, 1), pose.sway * 26), added(far, (0, -1), pose.sway * 20)
    neck = turned((9.0 + a.stoop * 0.9, -a.neck), lean * 0.7)
    feet = [(f[0] * leg, -f[1] * leg - 13) for f in (pose.near_foot, pose.far_foot)]
    return Skeleton(
        pelvis=pelvis, chest=chest, chin=added(chest, neck), lean=lean,
        tilt=pose.tilt, turn=pose.turn,
        near_arm=bend(near, added(near, pose.near_hand, arm), a.upper, a.fore, pose.near_elbow),
        far_arm=bend(far, added(far, pose.far_hand, arm), a.upper, a.fore, pose.far_elbow),
        near_leg=bend(hips[0], feet[0], a.thigh, a.shin, pose.near_knee),
        far_leg=bend(hips[1], feet[1], a.thigh, a.shin, pose.far_knee),
        near_toe=pose.near_toe, far_toe=pose.far_toe,
    )  # fmt: skip
