"""Heads: skull, jaw, ear, neck and the planes light makes of them.

Drawn facing right in three quarters; the chin is at (0, 0), the skull's top at (0, -100).
"""

from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.looks import Look
from reelwright.providers.sketch.ink import fade, linear, luma, mix, paint, polygon, radial, smooth
from reelwright.providers.sketch.people.planes import rim, within
from reelwright.providers.sketch.people.sitter import Sitter

# width, length, jaw, chin, forehead, cheek
_SHAPES = {
    "oval": (1.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    "round": (1.05, 0.965, 2.5, 3.5, 0.0, 2.5),
    "square": (1.0, 1.0, 5.5, 5.5, 1.0, 0.0),
    "long": (0.94, 1.05, 0.5, 1.0, 0.0, -1.5),
    "heart": (1.02, 0.985, -4.0, -3.5, 2.5, 1.5),
}


@dataclass(frozen=True, slots=True)
class Skull:
    """How one head departs from the plain oval; units are hundredths of the head."""

    wide: float
    long: float
    jaw: float
    chin: float
    brow: float
    cheek: float


def skull_of(look: Look) -> Skull:
    """The skull of a look: its shape word, softened by sex and age."""
    wide, long, jaw, chin, brow, cheek = _SHAPES[look.head]
    if look.age == "child":
        return Skull(wide * 1.04, long * 0.97, jaw * 0.4 - 1, chin * 0.4, 2, cheek * 0.5 + 3)
    if look.sex == "woman":
        return Skull(
            wide * 0.97, long * 0.985, jaw * 0.7 - 2.5, chin * 0.7 - 2.5, brow, cheek + 0.5
        )
    young = {"teen": 1.5, "young": 0.5}.get(look.age, 0.0)
    plump = 2.0 if look.build == "round" else 0.0
    return Skull(wide, long, jaw - young + plump, chin + plump - young, brow, cheek + plump)


def outline(s: Skull) -> "skia.Path":
    """The head without its ear."""
    j, c, b, k = s.jaw, s.chin, s.brow, s.cheek
    return smooth([
        (-4, -100), (14, -98), (28 + b, -87), (33.5 + b, -71), (32.6, -60), (32.2, -54),
        (34 + k * 0.6, -44), (32.5 + k * 0.7, -31), (29 + j * 0.35, -18), (22.5 + c * 0.6, -5.5),
        (13.5 + c * 0.2, 0.2), (5 - c * 0.7, -0.4), (-9 - j * 0.7, -8.5), (-21 - j, -20),
        (-27.5 - j * 0.5, -34), (-33, -46), (-39.5, -58), (-42, -72), (-37, -87), (-23, -97),
    ])  # fmt: skip


def _shadow(side: int, s: Skull) -> "skia.Path":
    """The plane turned away from the key."""
    j = s.jaw
    if side > 0:  # light on the face's front: temple, cheek and jaw fall away
        return smooth([
            (-60, -118), (-16, -112), (-13, -84), (-17, -66), (-15, -52), (-12.5, -38), (-14 - j * 0.3, -26),
            (-6, -13), (4, -6), (12, 4), (0, 12), (-60, 10),
        ])  # fmt: skip
    return smooth([
        (60, -118), (20, -114), (20, -92), (21, -72), (16.5, -60), (19.5, -48), (22.5, -37), (19, -26),
        (17.5, -17), (19, -9), (15, 4), (30, 12), (60, 8),
    ])  # fmt: skip


def draw_neck(
    canvas: "skia.Canvas", sitter: Sitter, throat: float, drop: float, lean: float
) -> None:
    """From under the jaw down to the collar: `drop` units, `lean` of them backward."""
    t = throat
    back = -7 - lean
    path = smooth([
        (-t * 0.92 - 3, -32), (-t - 3 + back * 0.4, -6), (-t - 4 + back, drop * 0.6), (-t * 1.45 + back, drop + 6),
        (back, drop + 16), (t * 1.4 + back + 2, drop + 6), (t * 0.94 + 4 + back * 0.7, drop * 0.5),
        (t * 0.86 + 4, -6), (t * 0.6 + 4, -30),
    ])  # fmt: skip
    skin, side = sitter.skin, sitter.side
    canvas.drawPath(path, paint(skin.mid))
    edge = back * 0.5 + side * t * 0.2
    half = smooth(
        [
            (edge, -40),
            (edge - 3, drop * 0.5),
            (edge + side * 5, drop + 40),
            (side * 90, drop + 40),
            (side * 90, -40),
        ]
    )
    canvas.drawPath(within(half, path), paint(skin.lit))
    if sitter.behind:
        under = skia.Path()
        under.addRect(skia.Rect(-60, -60, 60, 6))
    else:  # the head's own shadow, cut like the jaw
        low = drop * 0.25
        under = smooth([(-60, -50), (-60, -4), (-t - 6, low - 2), (-2, 13 + low), (14, 13 + drop * 0.2),
            (30, 4), (60, -40)])  # fmt: skip
    canvas.drawPath(within(under, path), paint(mix(skin.shade, skin.deep, 0.4)))
    if sitter.fine and not sitter.behind:
        cord = smooth(
            [(t * 0.3 + back, drop + 8), (-t * 0.1 - 2, drop * 0.55), (-t * 0.65, drop * 0.1)],
            closed=False,
        )
        canvas.drawPath(cord, paint(fade(skin.deep, 0.22), stroke=1.5))


def draw_head(canvas: "skia.Canvas", sitter: Sitter, skull: Skull) -> None:
    """The head's planes, before features, hair and ear."""
    skin, path, side = sitter.skin, outline(skull), sitter.side
    canvas.drawPath(path, paint(skin.lit))
    edge = -34 if side > 0 else 40
    near = -14 if side > 0 else 19
    away = linear((near, -40), (edge, -34), [skin.mid, skin.shade], [0.0, 0.75])
    canvas.drawPath(within(_shadow(side, skull), path), paint(shader=away))
    if sitter.fine:
        _model(canvas, sitter, path)
        canvas.drawPath(
            rim(path, side, 2.0, 1.7), paint(fade(sitter.light.key, 0.2 + 0.4 * luma(skin.base)))
        )


def _model(canvas: "skia.Canvas", sitter: Sitter, path: "skia.Path") -> None:
    """Softer forms inside the planes: cheeks, jaw, chin, the hair's shade on the brow."""
    skin, look = sitter.skin, sitter.look
    blush = mix(sitter.light.lit(0xFFD2603F, 0.3), skin.mid, 0.45)
    strong = 0.42 if look.age == "child" or look.sex == "woman" else 0.24
    for x, r in ((-8, 15), (26, 9)):
        cheek = skia.Path()
        cheek.addCircle(x, -31, r)
        glow = radial((x, -31), r, [fade(blush, strong), fade(blush, 0)])
        canvas.drawPath(within(cheek, path), paint(shader=glow))
    jaw = smooth([(-40, -24), (-22, -15), (-8, -5.5), (4, -1.6), (14, -1.4), (23, -7), (40, -24), (40, 8),
        (-40, 8)])  # fmt: skip
    canvas.drawPath(within(jaw, path), paint(fade(skin.shade, 0.55)))
    if look.hair not in {"bald", "receding", "mohawk"}:
        brow = smooth(
            [(-44, -72), (-22, -80), (2, -88), (20, -85), (36, -74), (44, -104), (-44, -108)]
        )
        canvas.drawPath(within(brow, path), paint(fade(skin.mid, 0.55)))
    chin = smooth([(7, -6.5), (13, -8.5), (19, -7), (13.5, -4.2)])
    canvas.drawPath(chin, paint(fade(skin.lit, 0.5)))
    if look.age in {"middle", "old"}:
        _lines(canvas, sitter, look.age == "old")


def _lines(canvas: "skia.Canvas", sitter: Sitter, old: bool) -> None:
    mark = paint(fade(sitter.skin.deep, 0.5 if old else 0.25), stroke=0.9)
    folds = [[(2, -30), (-0.5, -24), (-0.8, -17)], [(25.4, -29), (27, -24), (25.6, -18)]]
    if old:
        folds += [
            [(-2, -78), (12, -80), (25, -78)], [(0, -73), (12, -74.5), (23, -73)],
            [(-15, -49), (-19, -52)], [(-15, -46.5), (-19.5, -46)], [(-10, -42), (-3, -40.5), (3, -41.5)],
            [(-14, -22), (-12, -14), (-5, -7)],
        ]  # fmt: skip
    for fold in folds:
        canvas.drawPath(smooth(fold, closed=False), mark)


def draw_ear(canvas: "skia.Canvas", sitter: Sitter, x: float = -29.0) -> None:
    """The near ear; `x` moves it for heads seen from behind."""
    skin = sitter.skin
    big = 1.0 + (0.1 if sitter.look.age in {"old", "child"} else 0.0)
    canvas.save()
    canvas.translate(x, -46)
    canvas.scale(big, big)
    shell = smooth([(4, -7), (1, -11.5), (-4.5, -12), (-7.5, -7), (-6.5, 0), (-3.5, 6), (0.5, 9.5), (3.5, 7),
        (3.6, 0)])  # fmt: skip
    lit = sitter.side < 0
    canvas.drawPath(shell, paint(skin.mid if lit else skin.shade))
    if sitter.fine:
        inner = smooth(
            [(2.4, -5), (-1.5, -8), (-4.4, -6), (-4, -1), (-1.5, 3), (1, 5), (1.6, 1), (-1, -2)]
        )
        canvas.drawPath(inner, paint(fade(skin.deep, 0.55)))
        if lit:
            edge = smooth([(2, -10.4), (-4, -10.6), (-6.2, -6), (-5, 1)], closed=False)
            canvas.drawPath(edge, paint(fade(skin.lit, 0.9), stroke=1.6))
    canvas.restore()


def draw_nape(canvas: "skia.Canvas", sitter: Sitter, skull: Skull) -> None:
    """The head seen from behind, turned a little to the right: skull, far cheek, both ears."""
    skin = sitter.skin
    path = smooth([
        (0, -100), (20, -96), (34, -82), (38, -64), (36, -46), (33 + skull.cheek, -36), (27 + skull.jaw * 0.4, -20),
        (16, -8), (0, -6), (-16, -10), (-28, -24), (-36, -44), (-38, -64), (-34, -84), (-20, -97),
    ])  # fmt: skip
    canvas.drawPath(
        path,
        paint(shader=linear((sitter.side * 36, 0), (-sitter.side * 30, 0), [skin.lit, skin.shade])),
    )
    cheek = polygon([(22, -40), (40, -50), (40, -10), (18, -8)])
    canvas.save()
    canvas.clipPath(path, True)
    canvas.drawPath(cheek, paint(fade(skin.lit if sitter.side > 0 else skin.deep, 0.45)))
    canvas.restore()
