"""Gestures: where the hands go, what they are shaped like, and what they hold."""

from dataclasses import dataclass, replace

from reelwright.providers.sketch.people.anatomy import Anatomy
from reelwright.providers.sketch.people.skeletons import Limb, Point, Skeleton, added, bend, turned


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one hand goes: from the chest, the chin or the pelvis, in head units, and which way the
    elbow gives. `hand` is a shape of `hands.SHAPES` or "" for out of sight; `twist` turns the hand.
    """

    anchor: str
    x: float
    y: float
    elbow: float
    hand: str = "relaxed"
    twist: float = 0.0


@dataclass(frozen=True, slots=True)
class Gesture:
    """What both hands do. `over` draws the near arm in front of the head, `front` the far arm in front
    of the chest. `thing` is held, in the hand named by `holder`.
    """

    near: Reach | None = None
    far: Reach | None = None
    over: bool = False
    front: bool = False
    thing: str = ""
    holder: str = "far"


GESTURES: dict[str, Gesture] = {
    "none": Gesture(),
    "point": Gesture(far=Reach("chest", 196, -6, 1, "point")),
    "wave": Gesture(far=Reach("chest", 104, -104, -1, "open", 8)),
    "phone": Gesture(near=Reach("chin", -44, -26, 1, "fist", 24), over=True, thing="phone", holder="near"),
    "cup": Gesture(far=Reach("chest", 46, 52, -1, "fist", 10), front=True, thing="cup"),
    "crossed": Gesture(near=Reach("chest", 30, 92, 1, "flat", -6), far=Reach("chest", -30, 80, -1, "flat", 10), front=True),
    "pocket": Gesture(near=Reach("pelvis", -40, 4, 1, ""), far=Reach("pelvis", 36, 6, -1, "")),
    "hips": Gesture(near=Reach("pelvis", -46, -34, 1, "fist", -40), far=Reach("pelvis", 42, -34, -1, "fist", 40)),
    "reach": Gesture(near=Reach("chest", 118, 62, 1, "open"), far=Reach("chest", 176, 22, 1, "open")),
    "hold": Gesture(near=Reach("chest", 22, 118, 1, "fist", -20), far=Reach("chest", 42, 112, -1, "fist", 30), front=True, thing="box", holder="far"),
    "gun": Gesture(near=Reach("chest", 150, 22, 1, "fist"), far=Reach("chest", 178, 8, 1, "fist"), thing="gun"),
    "write": Gesture(near=Reach("chest", 48, 96, 1, "fist", 10), far=Reach("chest", 74, 110, -1, "fist", 20), front=True, thing="pad"),
    "read": Gesture(near=Reach("chest", 40, 84, 1, "fist", -50), far=Reach("chest", 84, 72, -1, "fist", -30), front=True, thing="book"),
    "hands_up": Gesture(near=Reach("chest", -92, -92, 1, "open", 12), far=Reach("chest", 88, -96, -1, "open", -8)),
    "shrug": Gesture(near=Reach("chest", -112, 84, 1, "open", -44), far=Reach("chest", 104, 78, -1, "open", 44)),
    "face_palm": Gesture(near=Reach("chin", -8, -28, 1, "flat", -18), over=True),
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
    return bend(arm.root, added(anchor, offset), a.upper, a.fore, reach.elbow)
