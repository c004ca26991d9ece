"""Chests: what lies flat on the upper body of each costume, under the neck."""

from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.tailoring import (
    MIDDLE,
    belt,
    buttons,
    gold,
    piece,
    pocket,
    seam,
    shirt_front,
    sided,
    steel,
    white,
)
from reelwright.providers.sketch.people.tones import tone

Sew = Callable[["skia.Canvas", Sitter], None]


def draw_under(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What lies flat on the chest; the canvas is clipped to it."""
    if not sitter.behind:
        UNDER[sitter.look.costume](canvas, sitter)
    if sitter.fine:
        _folds(canvas, sitter)


def _coat(canvas: "skia.Canvas", sitter: Sitter) -> None:
    shirt_front(canvas, sitter, sitter.second, 104)
    t = sitter.cloth
    seam(canvas, t.deep, (MIDDLE, 104), (MIDDLE + 2, 150), (MIDDLE, 215), width=2.0)
    if sitter.fine:
        buttons(
            canvas,
            t.deep,
            [(MIDDLE - 10, 122), (MIDDLE - 10, 150), (MIDDLE + 14, 120), (MIDDLE + 14, 148)],
            3.0,
        )
    belt(canvas, sitter.cloth, 134, 9)


def _jacket(canvas: "skia.Canvas", sitter: Sitter) -> None:
    shirt_front(canvas, sitter, sitter.second, 70)
    t = sitter.cloth
    seam(
        canvas,
        mix(t.lit, ink("cfd3d6"), 0.5),
        (MIDDLE, 66),
        (MIDDLE + 1, 200),
        width=2.6,
        alpha=0.9,
    )
    for x in (-30, 36):
        seam(canvas, t.deep, (x, 128), (x + 9, 158), width=2.4)
    seam(canvas, t.deep, (-52, 46), (-10, 52), alpha=0.4)
    seam(canvas, t.deep, (50, 44), (22, 52), alpha=0.4)
    belt(canvas, t, 204, 13)


def _suit(canvas: "skia.Canvas", sitter: Sitter) -> None:
    shirt_front(canvas, sitter, white(sitter), 122)
    t = sitter.second
    if sitter.look.sex == "man":
        piece(
            canvas,
            sitter,
            t,
            [(0, 14), (12, 14), (9, 26), (15, 92), (MIDDLE, 106), (2, 92), (4, 26)],
            soft=0.05,
        )
    buttons(canvas, sitter.cloth.deep, [(MIDDLE, 130), (MIDDLE, 156)], 2.8)
    seam(canvas, sitter.cloth.deep, (MIDDLE, 122), (MIDDLE + 3, 170), (MIDDLE - 6, 230), width=1.8)
    pocket(canvas, sitter.cloth, -28, 158)
    pocket(canvas, sitter.cloth, 36, 158, 20)
    if sitter.fine:
        piece(
            canvas,
            sitter,
            t,
            [(18, 62), (24, 54), (27, 62), (31, 57), (33, 66), (19, 66)],
            soft=0.0,
        )


def _sweater(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, second = sitter.cloth, sitter.second
    for y, w in ((66, 16), (90, 5)):
        band = smooth([(-80, y - 5), (4, y + 6), (80, y - 5)], closed=False)
        canvas.drawPath(
            band, paint(shader=linear((-60, 0), (60, 0), sided(sitter, second)), stroke=w)
        )
    belt(canvas, t, 206, 14)
    if sitter.fine:
        for x in range(-40, 48, 8):
            seam(canvas, t.deep, (x, 199), (x, 214), alpha=0.35, width=1.4)


def _shirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.cloth
    piece(canvas, sitter, sitter.second, [(-16, -6), (4, 34), (24, -6)], soft=0.0)
    seam(canvas, t.deep, (MIDDLE - 5, 24), (MIDDLE - 5, 210), alpha=0.35)
    seam(canvas, t.deep, (MIDDLE + 6, 24), (MIDDLE + 6, 210), alpha=0.35)
    buttons(
        canvas, mix(t.deep, sitter.second.mid, 0.3), [(MIDDLE, y) for y in range(44, 210, 28)], 2.2
    )
    pocket(canvas, t, 32, 62, 22, 5)
    seam(canvas, t.deep, (21, 66), (22, 88), (42, 88), (43, 66), alpha=0.4)


def _tshirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second
    kind = sitter.seed % 3
    if kind == 0:
        canvas.drawCircle(MIDDLE, 76, 19, paint(t.mid))
        canvas.drawCircle(MIDDLE + 5, 71, 17, paint(sitter.cloth.mid))
    elif kind == 1:
        for y in range(34, 200, 22):
            line = smooth([(-80, y - 4), (4, y + 5), (80, y - 4)], closed=False)
            canvas.drawPath(
                line, paint(shader=linear((-60, 0), (60, 0), sided(sitter, t)), stroke=8)
            )
    else:
        piece(
            canvas,
            sitter,
            t,
            [(-14, 84), (MIDDLE, 56), (32, 84), (22, 84), (MIDDLE, 68), (-4, 84)],
            soft=0.0,
        )


def _dress(canvas: "skia.Canvas", sitter: Sitter) -> None:
    skin, t = sitter.skin, sitter.cloth
    scoop = smooth([(-38, -20), (-33, 14), (-12, 36), (12, 40), (30, 32), (38, 12), (40, -20)])
    canvas.drawPath(
        scoop,
        paint(
            shader=linear(
                (-30, 0), (34, 0), [skin.lit, skin.mid] if sitter.side < 0 else [skin.mid, skin.lit]
            )
        ),
    )
    if sitter.fine:
        seam(canvas, skin.deep, (-30, 16), (-12, 20), (0, 24), alpha=0.35)
        seam(canvas, skin.deep, (31, 14), (20, 19), (10, 24), alpha=0.35)
    seam(canvas, t.deep, (-38, -8), (-33, 14), (-12, 36), (12, 40), (30, 32), (38, 12), width=2.2)
    belt(canvas, sitter.second, 122, 9)


def _hoodie(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.cloth
    piece(
        canvas,
        sitter,
        t,
        [(-34, 190), (-26, 140), (-10, 132), (30, 132), (42, 142), (46, 190)],
        soft=0.1,
    )
    belt(canvas, t, 212, 14)


def _uniform(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, brass = sitter.cloth, gold(sitter)
    seam(canvas, t.deep, (MIDDLE, 16), (MIDDLE, 230), width=2.0)
    buttons(canvas, brass.lit, [(MIDDLE + 1, y) for y in range(34, 124, 24)], 3.0)
    for x in (-28, 34):
        pocket(canvas, t, x, 56, 26, 9)
        buttons(canvas, brass.mid, [(x, 62)], 1.8)
    piece(
        canvas,
        sitter,
        brass,
        [(27, 42), (34, 38), (41, 42), (39, 50), (34, 54), (29, 50)],
        soft=0.1,
    )
    belt(canvas, tone(ink("2a2320"), sitter.light), 134, 13, brass.lit)


def _overalls(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, second = sitter.cloth, sitter.second
    chest = smooth([(-100, -40), (100, -40), (100, 124), (-100, 124)], tension=0.05)
    canvas.drawPath(chest, paint(shader=linear((-60, 0), (60, 0), sided(sitter, second))))
    piece(
        canvas,
        sitter,
        t,
        [(-24, 66), (38, 66), (46, 118), (90, 126), (90, 260), (-90, 260), (-90, 126), (-34, 118)],
        soft=0.04,
    )
    pocket(canvas, t, MIDDLE, 84, 32, 4)
    for a, b, c in (((-30, -16), (-28, 30), (-19, 72)), ((34, -16), (36, 30), (33, 72))):
        canvas.drawPath(smooth([a, b, c], closed=False), paint(t.deep, stroke=13))
        canvas.drawPath(smooth([a, b, c], closed=False), paint(t.mid, stroke=11))
    buttons(canvas, gold(sitter).lit, [(-19, 72), (33, 72)], 3.6)


def _vest(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, second = sitter.cloth, sitter.second
    for points in (
        [(-90, -40), (-44, -20), (-50, 20), (-44, 54), (-90, 70)],
        [(90, -40), (42, -20), (48, 20), (44, 54), (90, 70)],
    ):
        canvas.drawPath(smooth(points, tension=0.2), paint(second.mid))
    shirt_front(canvas, sitter, second, 92)
    seam(canvas, t.deep, (-26, 20), (MIDDLE, 92), (31, 20), width=2.0)
    seam(canvas, t.deep, (MIDDLE, 92), (MIDDLE, 220), width=1.8)
    buttons(canvas, t.deep, [(MIDDLE, y) for y in (104, 126, 148, 170)], 2.6)
    pocket(canvas, t, -26, 150, 22, 4)
    pocket(canvas, t, 38, 150, 18, 4)


def _robe(canvas: "skia.Canvas", sitter: Sitter) -> None:
    piece(
        canvas,
        sitter,
        sitter.second,
        [(-30, -12), (-4, 50), (MIDDLE, 66), (20, 44), (32, -12)],
        soft=0.1,
    )
    band = sitter.second
    for line in (
        [(33, -10), (22, 44), (-6, 110), (-26, 160)],
        [(-34, -10), (-14, 46), (MIDDLE, 84)],
    ):
        canvas.drawPath(smooth(line, closed=False), paint(band.deep, stroke=14))
        canvas.drawPath(smooth(line, closed=False), paint(mix(band.mid, band.lit, 0.4), stroke=11))
    belt(canvas, band, 136, 13)


def _apron(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second
    seam(canvas, sitter.cloth.deep, (MIDDLE, 20), (MIDDLE, 60), alpha=0.4)
    piece(
        canvas,
        sitter,
        t,
        [(-22, 44), (36, 44), (40, 108), (62, 128), (62, 260), (-62, 260), (-62, 128), (-30, 108)],
        soft=0.06,
    )
    pocket(canvas, t, MIDDLE, 150, 46, 5)
    for a, b in (((-29, -12), (-20, 48)), ((32, -12), (34, 48))):
        canvas.drawPath(smooth([a, b], closed=False), paint(t.mid, stroke=8))
    belt(canvas, t, 126, 6)


def _armour(canvas: "skia.Canvas", sitter: Sitter) -> None:
    metal = steel(sitter)
    piece(canvas, sitter, metal, [(-54, 6), (-30, -2), (-20, 18), (6, 28), (24, 18), (32, -2), (52, 6),
        (50, 70), (40, 112), (MIDDLE, 124), (-36, 114), (-50, 70)], soft=0.3)  # fmt: skip
    canvas.drawPath(
        smooth([(2, 30), (MIDDLE + 4, 70), (MIDDLE, 122)], closed=False),
        paint(metal.deep, stroke=2.0),
    )
    canvas.drawPath(
        smooth(
            [(sitter.side * 24, 24), (sitter.side * 30 + 2, 60), (sitter.side * 26, 96)],
            closed=False,
        ),
        paint(fade(mix(metal.lit, ink("ffffff"), 0.6), 0.8), stroke=5),
    )
    for y in (130, 146, 162):
        canvas.drawPath(
            smooth([(-60, y - 6), (0, y + 5), (60, y - 6)], closed=False),
            paint(metal.deep, stroke=14),
        )
        canvas.drawPath(
            smooth([(-60, y - 8), (0, y + 3), (60, y - 8)], closed=False),
            paint(shader=linear((-44, 0), (44, 0), sided(sitter, metal)), stroke=12),
        )
    piece(
        canvas,
        sitter,
        sitter.second,
        [(-18, 176), (MIDDLE, 180), (36, 176), (38, 260), (-20, 260)],
        soft=0.1,
    )


def _folds(canvas: "skia.Canvas", sitter: Sitter) -> None:
    c = sitter.cloth.deep
    seam(canvas, c, (-45, 36), (-38, 62), (-40, 104), alpha=0.45, width=2.2)
    seam(canvas, c, (43, 36), (38, 60), (40, 98), alpha=0.45, width=2.2)
    seam(canvas, c, (-30, 128), (-12, 136), (6, 133), alpha=0.28)
    seam(canvas, c, (36, 122), (24, 132), (12, 134), alpha=0.28)


UNDER: dict[str, Sew] = {
    "coat": _coat, "jacket": _jacket, "suit": _suit, "sweater": _sweater, "shirt": _shirt,
    "tshirt": _tshirt, "dress": _dress, "hoodie": _hoodie, "uniform": _uniform,
    "overalls": _overalls, "vest": _vest, "robe": _robe, "apron": _apron, "armour": _armour,
}  # fmt: skip
