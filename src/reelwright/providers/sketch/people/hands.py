"""Hands: a palm, a thumb and grouped fingers, drawn at the wrist along the forearm."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, paint, smooth
from reelwright.providers.sketch.people.cuts import Points
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point

_THUMB: Points = ((3, -7), (9, -12.5), (18, -14.5), (21, -12), (17, -9), (11, -4), (4, -2))
# palm and fingers in one; a second part is the thumb or the straight finger. x runs along the forearm.
SHAPES: dict[str, tuple[Points, ...]] = {
    "relaxed": (
        ((-5, -6.5), (5, -8.5), (15, -8.5), (25, -6), (34, -1), (35, 4), (30, 7.5), (19, 9.5), (8, 9), (-5, 6.5)),
        ((3, -7), (10, -11.5), (19, -11.5), (24, -8), (20, -6), (12, -4.5), (4, -2)),
    ),
    "fist": (((-5, -6.5), (5, -9.5), (15, -10.5), (22, -7), (23.5, 1), (21, 8.5), (13, 11), (4, 9.5), (-5, 6.5)),
             ((4, -8), (12, -11), (19, -7), (18, -2), (11, -2.5), (5, -3))),
    "point": (((-5, -6.5), (5, -9), (14, -9), (20, -5), (22, 2), (19, 9), (11, 10.5), (3, 9), (-5, 6.5)),
              ((10, -9), (24, -9.5), (38, -8.4), (39.5, -6), (37, -4.4), (22, -3.8), (12, -3.5))),
    "open": (((-5, -6.5), (6, -9.5), (16, -9.5), (27, -12), (39, -11), (40, -7), (33, -4.5), (41, -2), (41, 2), (33, 2), (38, 6),
              (36, 9.5), (27, 8), (16, 10.5), (6, 9.5), (-5, 6.5)),
             ((2, -7), (8, -14), (15, -21), (19, -20), (17, -14), (12, -6), (5, -2))),
    "flat": (((-5, -6), (6, -8.5), (18, -8.5), (32, -7), (40, -3), (40, 2), (32, 6), (18, 8), (6, 8), (-5, 6)), _THUMB),
}  # fmt: skip


def draw_hand(
    canvas: "skia.Canvas",
    sitter: Sitter,
    wrist: Point,
    angle: float,
    shape: str,
    size: float,
    flip: bool,
    away: bool = False,
) -> None:
    """A hand of `size` (1 for a man's) at the wrist; `flip` puts the thumb on the other side."""
    skin = sitter.skin
    lit, shade = (skin.mid, skin.shade) if away else (skin.lit, skin.mid)
    canvas.save()
    canvas.translate(*wrist)
    canvas.rotate(angle)
    canvas.scale(size, -size if flip else size)
    parts = [smooth(part, tension=0.46) for part in SHAPES[shape]]
    if sitter.fine:  # a thin shadow parts the hand from what it touches
        canvas.drawPath(parts[0], paint(fade(skin.deep, 0.3), stroke=2.6))
    canvas.drawPath(parts[0], paint(shader=linear((0, -9), (10, 10), [lit, shade])))
    if sitter.fine:
        line = paint(fade(skin.deep, 0.45), stroke=1.0)
        for y in (-1.6, 2.4):
            if shape in {"relaxed", "flat", "fist"}:
                canvas.drawPath(
                    smooth(
                        [(17, y + 0.6), (25, y + 1.2), (31 if shape != "fist" else 22, y + 2)],
                        closed=False,
                    ),
                    line,
                )
        canvas.drawPath(parts[1], paint(fade(skin.deep, 0.3), stroke=1.4))
    canvas.drawPath(parts[1], paint(lit))
    canvas.restore()
