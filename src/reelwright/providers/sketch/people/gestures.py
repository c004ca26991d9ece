"""Gestures: where the hands go, what they are shaped like, and what they hold."""

from dataclasses import dataclass, replace

from reelwright.providers.sketch.people.anatomy import Anatomy
from reelwright.providers.sketch.people.skeletons import Limb, Point, Skeleton, added, bend, turned


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one hand goes, from the chest, the chin or the pelvis, in head units.

    `elbow` says which way it gives (see `bend`). `hand` is a shape of `hands.SHAPES`, or "" for out of
    sight; `twist` turns it. `fore` and `upper` below 1 foreshorten an arm that points at us.
    """

    anchor: str
    x: float
    y: float
    elbow: float
    hand: str = "relaxed"
    twist: float = 0.0
    fore: float = 1.0
    upper: float = 1.0


@dataclass(frozen=True, slots=True)
class Gesture:
    """What both hands do.

    `over` draws the near arm in front of the head, `front` the far arm in front of the chest. `thing`
    is held, in the hand named by `holder`.
    """

    near: Reach | None = None
    far: Reach | None = None
    over: bool = False
    front: bool = False
    thing: str = ""
    holder: str = "far"


GESTURES: dict[str, Gesture] = {
    "none": Gesture(),
    "point": Gesture(far=Reach("chest", 246, -14, 1, "point")),
    "wave": Gesture(far=Reach("chest", 112, -92, 1, "open", 8)),
    "phone": Gesture(near=Reach("chin", -40, -26, -1, "fist", 10, 1.0, 0.5), over=True, thing="phone", holder="near"),
    "cup": Gesture(far=Reach("chest", 40, 66, -1, "fist", 10, 0.62), front=True, thing="cup"),
    "crossed": Gesture(near=Reach("chest", 32, 92, 1, "flat", -6, 0.96), far=Reach("chest", -30, 84, -1, "flat", 10, 0.92), front=True),
    "pocket": Gesture(near=Reach("pelvis", -46, 18, 1, ""), far=Reach("pelvis", 42, 18, -1, "")),
    "hips": Gesture(near=Reach("pelvis", -46, -34, 1, "fist", -40), far=Reach("pelvis", 42, -34, -1, "fist", 40)),
    "reach": Gesture(near=Reach("chest", 150, 66, 1, "open"), far=Reach("chest", 236, 16, 1, "open")),
    "hold": Gesture(near=Reach("chest", 4, 122, 1, "fist", -16, 0.9), far=Reach("chest", 44, 112, -1, "fist", 24, 0.72), front=True, thing="box"),
    "gun": Gesture(near=Reach("chest", 186, 24, 1, "fist"), far=Reach("chest", 226, 12, 1, "fist"), thing="gun"),
    "write": Gesture(near=Reach("chest", 30, 100, 1, "fist", 4, 0.9), far=Reach("chest", 58, 112, -1, "fist", 30, 0.72), front=True, thing="pad"),
    "read": Gesture(near=Reach("chest", 6, 96, 1, "fist", -40, 0.86), far=Reach("chest", 62, 88, -1, "fist", -20, 0.66), front=True, thing="book"),
    "hands_up": Gesture(near=Reach("chest", -112, -108, -1, "open", 6), far=Reach("chest", 106, -110, 1, "open", -6)),
    "shrug": Gesture(near=Reach("chest", -124, 74, -1, "open", -30), far=Reach("chest", 116, 70, 1, "open", 30)),
    "face_palm": Gesture(near=Reach("chin", 3, -25, 1, "flat", -4, 0.95, 0.55), over=True),
}  # fmt: skip


def gesture_of(word: str) -> Gesture:
    """The gesture for a word of `Acting.gesture`."""
    return GESTURES.get(word, GESTURES["none"])


def gesticulate(bones: Skeleton, gesture: Gesture, a: Anatomy) -> Skeleton:
    """Let the hands do what the gesture says; what it leaves open stays with the pose."""
    return replace(
        bones,
        near_arm=_reached(bones, bones.near_arm, gesture.near, a),
        far_arm=_reached(bones, bones.far_arm, gesture.far, a),
    )


def _reached(bones: Skeleton, arm: Limb, reach: Reach | None, a: Anatomy) -> Limb:
    if reach is None:
        return arm
    anchor: Point = getattr(bones, reach.anchor)
    scale = 1.0 if reach.anchor == "chin" else a.arm / 208
    offset = turned(
        (reach.x * scale, reach.y * scale), bones.tilt if reach.anchor == "chin" else bones.lean
    )
    return bend(
        arm.root, added(anchor, offset), a.upper * reach.upper, a.fore * reach.fore, reach.elbow
    )
