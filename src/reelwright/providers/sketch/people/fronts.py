"""Fronts: what is sewn on a costume, in chest units (neck base at 0, shoulders at 58, hips at y 195).

`UNDER` lies flat on the chest and under the neck, `OVER` stands around it: collars, hoods, straps.
"""

from collections.abc import Callable, Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, polygon, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point
from reelwright.providers.sketch.people.tones import Tone, tone

Sew = Callable[["skia.Canvas", Sitter], None]
MIDDLE = 9.0  # where buttons run: the chest is turned a little


def draw_under(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What lies flat on the chest; the canvas is clipped to it."""
    if not sitter.behind:
        UNDER[sitter.look.costume](canvas, sitter)
    if sitter.fine:
        _folds(canvas, sitter)


def draw_over(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """Collar, lapels, hood: over the neck."""
    (_collar_behind if sitter.behind else OVER[sitter.look.costume])(canvas, sitter)


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
        canvas, sitter, t, [(-34, -14), (-26, 20), (MIDDLE, depth), (31, 20), (36, -14)], soft=0.1
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
    piece(
        canvas,
        sitter,
        t,
        [
            (-33, -18),
            (-38 * w, 4),
            (-47 * w, 38),
            (-37 * w, 44),
            (-40 * w, 52),
            (MIDDLE - 3, depth),
            (-9, 40),
            (-25, 2),
        ],
        soft=0.08,
    )
    piece(
        canvas,
        sitter,
        t,
        [
            (33, -17),
            (37 * w, 4),
            (45 * w, 37),
            (38 * w, 43),
            (40 * w, 51),
            (MIDDLE + 1, depth),
            (18, 40),
            (28, 2),
        ],
        soft=0.08,
    )


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


def _folds(canvas: "skia.Canvas", sitter: Sitter) -> None:
    c = sitter.cloth.deep
    seam(canvas, c, (-45, 36), (-38, 62), (-40, 104), alpha=0.45, width=2.2)
    seam(canvas, c, (43, 36), (38, 60), (40, 98), alpha=0.45, width=2.2)
    seam(canvas, c, (-30, 128), (-12, 136), (6, 133), alpha=0.28)
    seam(canvas, c, (36, 122), (24, 132), (12, 134), alpha=0.28)


def _collar_behind(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second if sitter.look.costume in {"vest", "overalls", "suit"} else sitter.cloth
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


def _white(sitter: Sitter) -> Tone:
    return tone(mix(ink("ece7dc"), sitter.second.base, 0.12), sitter.light)


def _gold(sitter: Sitter) -> Tone:
    return tone(ink("c9a24a"), sitter.light)


# --- flat on the chest


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
    shirt_front(canvas, sitter, _white(sitter), 122)
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
            [(28, 62), (34, 54), (38, 62), (43, 57), (45, 66), (29, 66)],
            soft=0.0,
        )


def _sweater(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, second = sitter.cloth, sitter.second
    for y, w in ((66, 16), (90, 5)):
        band = smooth([(-80, y - 5), (4, y + 6), (80, y - 5)], closed=False)
        canvas.drawPath(
            band, paint(shader=linear((-60, 0), (60, 0), _sided(sitter, second)), stroke=w)
        )
    belt(canvas, t, 206, 14)
    if sitter.fine:
        for x in range(-40, 48, 8):
            seam(canvas, t.deep, (x, 199), (x, 214), alpha=0.35, width=1.4)


def _sided(sitter: Sitter, t: Tone) -> list[Color]:
    return [t.shade, t.mid, t.lit] if sitter.side > 0 else [t.lit, t.mid, t.shade]


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
                line, paint(shader=linear((-60, 0), (60, 0), _sided(sitter, t)), stroke=8)
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
    t, gold = sitter.cloth, _gold(sitter)
    seam(canvas, t.deep, (MIDDLE, 16), (MIDDLE, 230), width=2.0)
    buttons(canvas, gold.lit, [(MIDDLE + 1, y) for y in range(34, 124, 24)], 3.0)
    for x in (-28, 34):
        pocket(canvas, t, x, 56, 26, 9)
        buttons(canvas, gold.mid, [(x, 62)], 1.8)
    piece(
        canvas, sitter, gold, [(27, 42), (34, 38), (41, 42), (39, 50), (34, 54), (29, 50)], soft=0.1
    )
    belt(canvas, tone(ink("2a2320"), sitter.light), 134, 13, gold.lit)


def _overalls(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, second = sitter.cloth, sitter.second
    chest = smooth([(-100, -40), (100, -40), (100, 124), (-100, 124)], tension=0.05)
    canvas.drawPath(chest, paint(shader=linear((-60, 0), (60, 0), _sided(sitter, second))))
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
    buttons(canvas, _gold(sitter).lit, [(-19, 72), (33, 72)], 3.6)


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
    steel = tone(mix(ink("9aa4ae"), sitter.cloth.base, 0.2), sitter.light)
    piece(
        canvas,
        sitter,
        steel,
        [
            (-54, 6),
            (-30, -2),
            (-20, 18),
            (6, 28),
            (24, 18),
            (32, -2),
            (52, 6),
            (50, 70),
            (40, 112),
            (MIDDLE, 124),
            (-36, 114),
            (-50, 70),
        ],
        soft=0.3,
    )
    canvas.drawPath(
        smooth([(2, 30), (MIDDLE + 4, 70), (MIDDLE, 122)], closed=False),
        paint(steel.deep, stroke=2.0),
    )
    canvas.drawPath(
        smooth(
            [(sitter.side * 24, 24), (sitter.side * 30 + 2, 60), (sitter.side * 26, 96)],
            closed=False,
        ),
        paint(fade(mix(steel.lit, ink("ffffff"), 0.6), 0.8), stroke=5),
    )
    for y in (130, 146, 162):
        canvas.drawPath(
            smooth([(-60, y - 6), (0, y + 5), (60, y - 6)], closed=False),
            paint(steel.deep, stroke=14),
        )
        canvas.drawPath(
            smooth([(-60, y - 8), (0, y + 3), (60, y - 8)], closed=False),
            paint(shader=linear((-44, 0), (44, 0), _sided(sitter, steel)), stroke=12),
        )
    piece(
        canvas,
        sitter,
        sitter.second,
        [(-18, 176), (MIDDLE, 180), (36, 176), (38, 260), (-20, 260)],
        soft=0.1,
    )


# --- around the neck


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
    piece(
        canvas,
        sitter,
        t,
        [
            (-29, -22),
            (-37, -16),
            (-41, 0),
            (-40, 20),
            (-18, 42),
            (4, 64),
            (-2, 34),
            (-20, 8),
            (-25, -12),
        ],
        soft=0.2,
    )
    piece(
        canvas,
        sitter,
        t,
        [(29, -20), (36, -15), (40, 0), (40, 18), (27, 42), (14, 64), (17, 34), (26, 8), (26, -12)],
        soft=0.2,
    )


def _over_suit(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, _white(sitter), 0.86)
    if sitter.look.sex == "man":
        piece(
            canvas, sitter, sitter.second, [(-1, 12), (6, 9), (14, 12), (11, 25), (3, 25)], soft=0.1
        )
    lapels(canvas, sitter, sitter.cloth, 124)


def _over_sweater(canvas: "skia.Canvas", sitter: Sitter) -> None:
    if sitter.seed % 2:
        t = sitter.cloth
        piece(
            canvas,
            sitter,
            t,
            [
                (-29, -24),
                (-35, -2),
                (-28, 14),
                (-2, 22),
                (24, 18),
                (35, 4),
                (32, -22),
                (14, -9),
                (-8, -9),
            ],
            soft=0.3,
        )
        return
    crew(canvas, sitter.cloth, 9)


def _over_shirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, sitter.cloth)


def _over_tshirt(canvas: "skia.Canvas", sitter: Sitter) -> None:
    crew(canvas, sitter.second, 5)


def _over_dress(canvas: "skia.Canvas", sitter: Sitter) -> None:
    if sitter.fine and sitter.seed % 2:
        line = smooth([(-24, -6), (-14, 14), (4, 24), (20, 14), (28, -4)], closed=False)
        canvas.drawPath(line, paint(_gold(sitter).lit, stroke=1.4))
        buttons(canvas, _gold(sitter).lit, [(4, 27)], 2.8)


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
    gold = _gold(sitter)
    piece(canvas, sitter, gold, [(-62, 4), (-36, -6), (-33, 2), (-60, 13)], soft=0.1)
    piece(canvas, sitter, gold, [(56, 4), (38, -6), (36, 2), (55, 12)], soft=0.1)


def _over_vest(canvas: "skia.Canvas", sitter: Sitter) -> None:
    flaps(canvas, sitter, sitter.second)


def _over_armour(canvas: "skia.Canvas", sitter: Sitter) -> None:
    steel = tone(mix(ink("9aa4ae"), sitter.cloth.base, 0.2), sitter.light)
    piece(
        canvas,
        sitter,
        steel,
        [
            (-30, -16),
            (-34, 4),
            (-14, 18),
            (6, 21),
            (24, 16),
            (34, 3),
            (30, -15),
            (12, -3),
            (-12, -3),
        ],
        soft=0.3,
    )


def _none(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """Nothing stands around this neck."""


UNDER: dict[str, Sew] = {
    "coat": _coat, "jacket": _jacket, "suit": _suit, "sweater": _sweater, "shirt": _shirt,
    "tshirt": _tshirt, "dress": _dress, "hoodie": _hoodie, "uniform": _uniform,
    "overalls": _overalls, "vest": _vest, "robe": _robe, "apron": _apron, "armour": _armour,
}  # fmt: skip
OVER: dict[str, Sew] = {
    "coat": _over_coat, "jacket": _over_jacket, "suit": _over_suit, "sweater": _over_sweater,
    "shirt": _over_shirt, "tshirt": _over_tshirt, "dress": _over_dress, "hoodie": _over_hoodie,
    "uniform": _over_uniform, "overalls": _over_vest, "vest": _over_vest, "robe": _none,
    "apron": _over_shirt, "armour": _over_armour,
}  # fmt: skip
