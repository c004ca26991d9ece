"""Things held: drawn in the hand, in the hand's units, where a gesture needs them."""

from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, paint, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point
from reelwright.providers.sketch.people.tones import Tone, tone


def draw_thing(canvas: "skia.Canvas", sitter: Sitter, word: str, at: Point, size: float) -> None:
    """The thing a hand at `at` holds, upright."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(size, size)
    THINGS[word](canvas, sitter)
    canvas.restore()


def _box(
    canvas: "skia.Canvas", t: Tone, x0: float, y0: float, x1: float, y1: float, r: float = 2.0
) -> None:
    shade = linear((x0, y0), (x1, y1), [t.lit, t.mid, t.shade])
    canvas.drawRoundRect(skia.Rect(x0, y0, x1, y1), r, r, paint(shader=shade))


def _phone(canvas: "skia.Canvas", sitter: Sitter) -> None:
    canvas.rotate(14)
    _box(canvas, tone(ink("23262e"), sitter.light), 2, -46, 16, 12, 4)


def _cup(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = tone(ink("e9e2d4"), sitter.light)
    canvas.drawOval(skia.Rect(22, -16, 40, 6), paint(t.mid, stroke=4))
    _box(canvas, t, -2, -26, 28, 12, 4)
    canvas.drawOval(skia.Rect(-2, -29.5, 28, -22), paint(tone(ink("4a2c1c"), sitter.light).mid))


def _gun(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = tone(ink("34373d"), sitter.light)
    path = smooth(
        [(2, -14), (52, -15), (53, -4), (24, -3), (20, 3), (14, 20), (3, 18), (7, 0), (0, -6)],
        tension=0.08,
    )
    canvas.drawPath(path, paint(shader=linear((0, -15), (0, 18), [t.lit, t.shade])))


def _pad(canvas: "skia.Canvas", sitter: Sitter) -> None:
    _box(canvas, tone(ink("efe8d6"), sitter.light), -44, -4, 22, 8, 2)
    canvas.drawLine(-30, -2, -20, -30, paint(tone(ink("2b3a66"), sitter.light).mid, stroke=3))


def _book(canvas: "skia.Canvas", sitter: Sitter) -> None:
    cover, page = sitter.second, tone(ink("f1e9d6"), sitter.light)
    left = smooth(
        [(-56, -22), (-20, -30), (-14, -14), (-14, 26), (-24, 18), (-54, 30)], tension=0.12
    )
    right = smooth([(30, -26), (-6, -30), (-14, -14), (-14, 26), (-4, 18), (30, 26)], tension=0.12)
    for path, t in ((left, cover), (right, cover)):
        canvas.drawPath(path, paint(t.mid))
    canvas.drawPath(smooth([(-52, -26), (-20, -34), (-14, -20), (-6, -34), (26, -30), (26, -26), (-6, -29),
        (-14, -14), (-20, -29), (-52, -21)], tension=0.12), paint(page.lit))  # fmt: skip
    canvas.drawLine(-14, -14, -14, 26, paint(fade(cover.deep, 0.8), stroke=2))


def _parcel(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = tone(ink("b98f5e"), sitter.light)
    _box(canvas, t, -42, -34, 22, 10, 2)
    canvas.drawLine(-10, -34, -10, 10, paint(t.deep, stroke=3))


THINGS: dict[str, Callable[["skia.Canvas", Sitter], None]] = {
    "phone": _phone, "cup": _cup, "gun": _gun, "pad": _pad, "book": _book, "box": _parcel,
}  # fmt: skip
