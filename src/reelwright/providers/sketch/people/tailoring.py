"""Tailoring: how pieces, seams, buttons, collars, lapels, pockets and belts are drawn.

Units of the chest: neck base at (0, 0), shoulders at x 58, hips at y 195.
"""

from collections.abc import Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, polygon, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point
from reelwright.providers.sketch.people.tones import Tone, tone

MIDDLE = 9.0  # where buttons run: the chest is turned a little


def piece(
    canvas: "skia.Canvas", sitter: Sitter, t: Tone, points: Sequence[Point], soft: float = 0.2
) -> None:
    """A sewn piece: lit towards the key, with a thin shadow under its edge."""
    path = smooth(points, tension=soft) if soft else polygon(points)
    box = path.getBounds()
    if sitter.fine:
        below = skia.Path(path)
        below.offset(-sitter.side * 1.8, 2.4)
        canvas.drawPath(below, paint(fade(t.deep, 0.55)))
    a, b = (box.right(), box.left()) if sitter.side > 0 else (box.left(), box.right())
    near = t.lit if box.centerX() * sitter.side > -6 else t.mid
    canvas.drawPath(
        path,
        paint(
            shader=linear(
                (a, box.top()), (b, box.bottom()), [near, t.mid if near == t.lit else t.shade]
            )
        ),
    )


def seam(
    canvas: "skia.Canvas", color: Color, *points: Point, width: float = 1.6, alpha: float = 0.6
) -> None:
    """A stitched or folded line."""
    canvas.drawPath(smooth(points, closed=False), paint(fade(color, alpha), stroke=width))


def buttons(canvas: "skia.Canvas", color: Color, spots: Sequence[Point], r: float = 2.6) -> None:
    """Round buttons."""
    for x, y in spots:
        canvas.drawCircle(x, y, r, paint(color))


def shirt_front(canvas: "skia.Canvas", sitter: Sitter, t: Tone, depth: float) -> None:
    """The wedge of a shirt seen between lapels."""
    piece(
        canvas, sitter, t, [(-29, -10), (-26, 20), (MIDDLE, depth), (31, 20), (31, -10)], soft=0.1
    )
    if sitter.fine:
        seam(canvas, t.deep, (2, 16), (MIDDLE, depth - 6), width=1.2, alpha=0.4)


def crew(canvas: "skia.Canvas", t: Tone, width: float = 8.0) -> None:
    """A knitted or ribbed neckline."""
    line = smooth([(-32, -10), (-25, 7), (-4, 18), (18, 15), (30, 5), (33, -9)], closed=False)
    shadow = skia.Path(line)
    shadow.offset(0, 2.2)
    canvas.drawPath(shadow, paint(fade(t.deep, 0.6), stroke=width))
    canvas.drawPath(line, paint(shader=linear((-32, 0), (32, 0), [t.mid, t.lit]), stroke=width))


def flaps(canvas: "skia.Canvas", sitter: Sitter, t: Tone, long: float = 1.0) -> None:
    """The two points of a shirt collar."""
    piece(
        canvas,
        sitter,
        t,
        [(-32, -17), (-35, -3), (-20, 26 * long), (3, 17), (-14, 6), (-24, -6)],
        soft=0.1,
    )
    piece(
        canvas,
        sitter,
        t,
        [(32, -16), (35, -3), (29, 25 * long), (11, 17), (22, 5), (27, -5)],
        soft=0.1,
    )


def lapels(canvas: "skia.Canvas", sitter: Sitter, t: Tone, depth: float, wide: float = 1.0) -> None:
    """Two lapels down to where the jacket closes."""
    w = wide
    piece(canvas, sitter, t, [(-33, -18), (-38 * w, 4), (-47 * w, 38), (-37 * w, 44), (-40 * w, 52),
        (MIDDLE - 3, depth), (-9, 40), (-25, 2)], soft=0.08)  # fmt: skip
    piece(canvas, sitter, t, [(33, -17), (37 * w, 4), (45 * w, 37), (38 * w, 43), (40 * w, 51),
        (MIDDLE + 1, depth), (18, 40), (28, 2)], soft=0.08)  # fmt: skip


def pocket(canvas: "skia.Canvas", t: Tone, x: float, y: float, w: float = 24, h: float = 6) -> None:
    """A pocket's flap."""
    canvas.drawRoundRect(
        skia.Rect(x - w / 2, y, x + w / 2, y + h), 2, 2, paint(mix(t.mid, t.deep, 0.35))
    )
    seam(canvas, t.deep, (x - w / 2, y), (x + w / 2, y), width=1.4)


def belt(
    canvas: "skia.Canvas", t: Tone, y: float, width: float = 11.0, buckle: Color | None = None
) -> None:
    """A belt across the waist."""
    path = smooth([(-90, y - 3), (0, y + 3), (90, y - 3)], closed=False)
    canvas.drawPath(path, paint(t.deep, stroke=width + 2))
    canvas.drawPath(
        path, paint(shader=linear((-60, 0), (60, 0), [t.mid, t.lit, t.shade]), stroke=width)
    )
    if buckle is not None:
        canvas.drawRoundRect(
            skia.Rect(MIDDLE - 8, y - 6, MIDDLE + 8, y + 10), 2, 2, paint(buckle, stroke=2.6)
        )


def sided(sitter: Sitter, t: Tone) -> list[Color]:
    """A tone across the chest, lit on the key's side."""
    return [t.shade, t.mid, t.lit] if sitter.side > 0 else [t.lit, t.mid, t.shade]


def white(sitter: Sitter) -> Tone:
    """The white of a shirt, a little of the second colour in it."""
    return tone(mix(ink("ece7dc"), sitter.second.base, 0.12), sitter.light)


def gold(sitter: Sitter) -> Tone:
    """Brass buttons, braid, a chain."""
    return tone(ink("c9a24a"), sitter.light)


def steel(sitter: Sitter) -> Tone:
    """Plate armour."""
    return tone(mix(ink("9aa4ae"), sitter.cloth.base, 0.2), sitter.light)
