"""Planes: the parts of a form that face the key or turn from it, as flat shapes.

Cutting shapes once is far cheaper than clipping or shading by gradient in every frame.
"""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import smooth


def turned_away(path: "skia.Path", side: int, edge: float, drop: float = 0.0) -> "skia.Path":
    """What is left in shadow when the key's edge is `edge` wide; `drop` lets the light in from above."""
    moved = skia.Path(path)
    moved.offset(-side * edge, drop)
    return skia.Op(path, moved, skia.PathOp.kIntersect_PathOp) or moved


def rim(path: "skia.Path", side: int, width: float, drop: float = 0.0) -> "skia.Path":
    """The crescent along the edge on the key's side."""
    moved = skia.Path(path)
    moved.offset(-side * width, drop)
    return skia.Op(path, moved, skia.PathOp.kDifference_PathOp) or skia.Path()


def within(path: "skia.Path", form: "skia.Path") -> "skia.Path":
    """The part of a path that lies on a form."""
    return skia.Op(path, form, skia.PathOp.kIntersect_PathOp) or skia.Path()


def dark_half(side: int, depth: float) -> "skia.Path":
    """The half of a head's hair or hat turned from the key; `depth` moves its border further away."""
    d = depth
    if side > 0:
        return smooth([
            (-120, -170), (4 - d, -170), (-4 - d, -112), (-19 - d, -96), (-26 - d, -70), (-33 - d, -40), (-37 - d, -5),
            (-38 - d, 90), (-120, 90),
        ])  # fmt: skip
    return smooth([
        (120, -170), (-2 + d, -170), (4 + d, -114), (14 + d, -98), (25 + d, -84), (33 + d * 0.6, -60), (37 + d * 0.5, -20),
        (37 + d * 0.5, 90), (120, 90),
    ])  # fmt: skip
