"""Collars: what stands around the neck of each costume: lapels, hoods, straps, braid."""

from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import paint, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.tailoring import (
    buttons,
    crew,
    flaps,
    gold,
    lapels,
    piece,
    seam,
    steel,
    white,
)

Sew = Callable[["skia.Canvas", Sitter], None]


def draw_over(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """Collar, lapels, hood: over the neck."""
    (_collar_behind if sitter.behind else OVER[sitter.look.costume])(canvas, sitter)


def _over_coat(canvas: "skia.Canvas", sitter: Sitter) -> None:
    lapels(canvas, sitter, sitter.cloth, 106, 1.08)
    t = sitter.cloth
    piece(
        canvas,
        sitter,
        t,
        [(-30, -25), (-38, -21), (-43, -4), (-42, 16), (-35, 26), (-23, 8), (-26, -12)],
        soft=0.36,
    )
    piece(
        canvas,
        sitter,
        t,
        [(29, -23), (36, -20), (41, -4), (41, 14), (35, 25), (26, 8), (26, -12)],
        soft=0.36,
    )


def _over_jacket(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.cloth
    piece(canvas, sitter, t, [(-29, -22), (-37, -16), (-41, 0), (-40, 20), (-18, 42), (4, 64), (-2, 34),
        (-20, 8), (-25, -12)], soft=0.2)  # fmt: skip
    piece(
        canvas,
        sitter,
        t,
        [(29, -20), (36, -15), (40, 0), (40, 18), (27, 42), (14, 64), (17, 34), (26, 8), (26, -12)],
        soft=0.2,
    )


def _over_suit(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, white(sitter), 0.86)
    if sitter.look.sex == "man":
        piece(
            canvas, sitter, sitter.second, [(-1, 12), (6, 9), (14, 12), (11, 25), (3, 25)], soft=0.1
        )
    lapels(canvas, sitter, sitter.cloth, 124)


def _over_sweater(canvas: "skia.Canvas", sitter: Sitter) -> None:
    if sitter.seed % 2:
        t = sitter.cloth
        piece(canvas, sitter, t, [(-29, -24), (-35, -2), (-28, 14), (-2, 22), (24, 18), (35, 4), (32, -22),
            (14, -9), (-8, -9)], soft=0.3)  # fmt: skip
        return
    crew(canvas, sitter.cloth, 9)


def _over_shirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, sitter.cloth)


def _over_tshirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    crew(canvas, sitter.second, 5)


def _over_dress(canvas: "skia.Canvas", sitter: Sitter) -> None:
    if sitter.fine and sitter.seed % 2:
        line = smooth([(-24, -6), (-14, 14), (4, 24), (20, 14), (28, -4)], closed=False)
        canvas.drawPath(line, paint(gold(sitter).lit, stroke=1.4))
        buttons(canvas, gold(sitter).lit, [(4, 27)], 2.8)


def _over_hoodie(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.cloth
    piece(
        canvas,
        sitter,
        t,
        [(-27, -30), (-44, -22), (-50, 4), (-34, 28), (2, 44), (0, 28), (-20, 12), (-27, -6)],
        soft=0.4,
    )
    piece(
        canvas,
        sitter,
        t,
        [(28, -28), (44, -20), (48, 4), (34, 28), (6, 44), (8, 28), (24, 12), (27, -6)],
        soft=0.4,
    )
    for x in (-4, 14):
        canvas.drawLine(x, 36, x - 1, 74, paint(sitter.second.lit, stroke=2.6))


def _over_uniform(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.cloth
    piece(canvas, sitter, t, [(-29, -20), (-32, 6), (-12, 20), (6, 24), (4, 6), (-18, 0)], soft=0.2)
    piece(canvas, sitter, t, [(29, -19), (32, 6), (22, 18), (7, 24), (8, 6), (23, 0)], soft=0.2)
    brass = gold(sitter)
    piece(canvas, sitter, brass, [(-62, 4), (-36, -6), (-33, 2), (-60, 13)], soft=0.1)
    piece(canvas, sitter, brass, [(56, 4), (38, -6), (36, 2), (55, 12)], soft=0.1)


def _over_vest(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, sitter.second)


def _over_armour(canvas: "skia.Canvas", sitter: Sitter) -> None:
    metal = steel(sitter)
    piece(canvas, sitter, metal, [(-30, -16), (-34, 4), (-14, 18), (6, 21), (24, 16), (34, 3), (30, -15),
        (12, -3), (-12, -3)], soft=0.3)  # fmt: skip


def _none(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """Nothing stands around this neck."""


def _collar_behind(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second if sitter.look.costume in {"vest", "overalls"} else sitter.cloth
    high = {"coat": -26, "hoodie": -12, "uniform": -18, "suit": -16, "robe": -14}.get(
        sitter.look.costume, -9
    )
    piece(
        canvas,
        sitter,
        t,
        [(-36, 4), (-31, high), (-6, high + 5), (26, high), (32, 4), (0, 12)],
        soft=0.25,
    )
    if sitter.look.costume == "hoodie":
        piece(
            canvas,
            sitter,
            t,
            [(-44, -12), (-24, -22), (0, -16), (24, -22), (42, -12), (34, 36), (0, 58), (-36, 36)],
            soft=0.35,
        )
    if sitter.look.costume in {"coat", "jacket", "suit", "shirt"}:
        seam(canvas, t.deep, (0, 14), (-1, 90), (0, 190), alpha=0.3)
    if sitter.look.costume in {"apron", "overalls"}:
        tie = sitter.second if sitter.look.costume == "apron" else sitter.cloth
        for a, b in (((-30, -4), (16, 110)), ((28, -4), (-18, 110))):
            canvas.drawPath(smooth([a, b], closed=False), paint(tie.mid, stroke=10))


OVER: dict[str, Sew] = {
    "coat": _over_coat, "jacket": _over_jacket, "suit": _over_suit, "sweater": _over_sweater,
    "shirt": _over_shirt, "tshirt": _over_tshirt, "dress": _over_dress, "hoodie": _over_hoodie,
    "uniform": _over_uniform, "overalls": _over_vest, "vest": _over_vest, "robe": _none,
    "apron": _over_shirt, "armour": _over_armour,
}  # fmt: skip
