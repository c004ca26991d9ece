"""Mouths: eight shapes of speech, pulled by the expression."""

from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, paint, smooth
from reelwright.providers.sketch.people.expressions import Expression
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point
from reelwright.providers.sketch.people.strokes import line, patch

MIDDLE = (13.4, -18.4)


@dataclass(frozen=True, slots=True)
class Mouth:
    """One shape: width (1 at rest), opening, fullness of the lips pushed out, teeth, tongue."""

    wide: float = 1.0
    open: float = 0.0
    pout: float = 0.0
    teeth: float = 0.0
    tongue: float = 0.0
    press: float = 0.0


SHAPES: dict[str, Mouth] = {
    "rest": Mouth(),
    "closed": Mouth(wide=0.93, press=1.0),
    "small": Mouth(wide=0.9, open=3.4, teeth=0.5),
    "open": Mouth(wide=0.96, open=9.6, teeth=0.6, tongue=0.6),
    "wide": Mouth(wide=1.24, open=4.2, teeth=1.0),
    "round": Mouth(wide=0.52, open=6.2, pout=1.0),
    "teeth": Mouth(wide=1.02, open=2.2, teeth=1.0, press=0.8),
    "tongue": Mouth(wide=0.98, open=4.8, teeth=0.5, tongue=1.0),
}


def draw_mouth(canvas: "skia.Canvas", sitter: Sitter, word: str, e: Expression) -> None:
    """The mouth for a shape of `MOUTHS` under an expression."""
    shape, rest = SHAPES.get(word, SHAPES["rest"]), word == "rest"
    gape = shape.open + (e.gape if rest else e.gape * 0.3)
    bare = e.bare if rest else 0.0
    if bare > 0.3:
        gape = max(gape, 3.6 * bare)
    half = 10.6 * (0.86 if sitter.look.age == "child" else 1.0) * sitter.vary("lips", 0.94, 1.08)
    half *= shape.wide * (e.wide if not shape.pout else 0.5 + 0.5 * e.wide)
    top, bottom = _edges(e, shape, gape, half)
    if not sitter.fine:
        _far_off(canvas, sitter, top, bottom, gape)
        return
    _lips(canvas, sitter, top, bottom, shape, half)
    if gape > 0.8:
        _inside(canvas, sitter, top, bottom, shape, max(shape.teeth, bare))
    _line(canvas, sitter, top, gape, shape, e)


def _edges(
    e: Expression, shape: Mouth, gape: float, half: float
) -> tuple[list[Point], list[Point]]:
    """The upper edge from the near corner to the far one, and the lower edge back."""
    x, y = MIDDLE
    corner = e.corner * (1 - 0.5 * shape.pout)
    hang = max(0.0, gape - half * 0.5) * 0.34  # a mouth wide open is round: its corners hang
    near, far = (
        (x - half, y - corner + hang),
        (x + half * 0.74, y - corner * 0.92 + hang - e.odd * 1.6),
    )
    lift = gape * 0.2 - (0.8 if corner > 2 else 0.0) + min(0.0, corner) * 0.2
    top = [
        near, (x - half * 0.46, y - 0.9 - lift), (x + half * 0.1, y - 0.2 - lift), (x + half * 0.42, y - 0.8 - lift), far,
    ]  # fmt: skip
    sag = gape * 0.82 + max(0.0, corner) * 0.42 - max(0.0, -corner) * (0.28 if gape < 1 else 0.0)
    full, high = (0.6, 0.84) if hang else (0.42, 0.9)
    return top, [
        far,
        (x + half * (full - 0.06), y + sag * high),
        (x, y + sag),
        (x - half * (full + 0.08), y + sag * high),
        near,
    ]


def _far_off(
    canvas: "skia.Canvas", sitter: Sitter, top: list[Point], bottom: list[Point], gape: float
) -> None:
    dark = mix(sitter.skin.deep, ink("5a1c1c"), 0.4)
    if gape > 1.5:
        canvas.drawPath(smooth([*top, *bottom[1:-1]]), paint(mix(dark, ink("1c0808"), 0.5)))
    else:
        canvas.drawPath(smooth([top[0], bottom[2], top[-1]], closed=False), paint(dark, stroke=2.6))


def _lips(
    canvas: "skia.Canvas",
    sitter: Sitter,
    top: list[Point],
    bottom: list[Point],
    shape: Mouth,
    half: float,
) -> None:
    woman = sitter.look.sex == "woman" and sitter.look.age != "child"
    skin = sitter.skin
    rose = mix(skin.mid, sitter.light.dark(ink("a8343c"), 0.5), 0.5 if woman else 0.26)
    full = (3.6 if woman else 2.6) * sitter.vary("full", 0.85, 1.25)
    full *= (1 + 0.5 * shape.pout) * (1 - 0.55 * shape.press)
    x = (top[0][0] + top[-1][0]) / 2 + 0.8
    peak, low = top[2][1] - full * 0.8, bottom[2][1]
    bow = [(x - half * 0.28, peak - 0.7), (x + 0.6, peak), (x + half * 0.24, peak - 0.5)]
    patch(canvas, mix(rose, skin.deep, 0.34), [top[0], *bow, top[-1], top[3], top[2], top[1]])
    bulge = [
        (x + half * 0.4, bottom[1][1] + full * 0.95), (x, low + full * 1.2), (x - half * 0.46, bottom[3][1] + full * 0.95),
    ]  # fmt: skip
    patch(canvas, rose, [*reversed(bottom), *bulge])
    if sitter.finest:
        shine, at = fade(mix(rose, skin.lit, 0.8), 0.55), x + sitter.side * 1.5
        line(
            canvas,
            shine,
            full * 0.3,
            (at - half * 0.25, low + full * 0.42),
            (at + half * 0.2, low + full * 0.42),
        )
    y = low + full * 1.25
    patch(
        canvas,
        fade(skin.deep, 0.36),
        [(x - half * 0.5, y), (x, y + 0.6), (x + half * 0.4, y), (x, y + 2.6)],
    )


def _inside(
    canvas: "skia.Canvas",
    sitter: Sitter,
    top: list[Point],
    bottom: list[Point],
    shape: Mouth,
    teeth: float,
) -> None:
    path = smooth([*top, *bottom[1:-1]], tension=0.45)
    light = sitter.light
    canvas.save()
    canvas.clipPath(path, True)
    canvas.drawPaint(paint(mix(ink("4a1518"), light.near, 0.35)))
    x, low = MIDDLE[0], bottom[2][1]
    if shape.tongue or (low - top[2][1] > 7 and top[-1][0] - top[0][0] > 14):
        raised = 2.4 * shape.tongue if shape.tongue > 0.8 else 0.0
        tongue = skia.Rect(x - 6.6, low - 3.4 - raised, x + 6.2, low + 5)
        canvas.drawOval(tongue, paint(mix(light.lit(ink("b1525a"), 0.3), light.near, 0.25)))
    if teeth > 0.05:
        high = min(top[1][1], top[2][1], top[3][1])
        edge = top[2][1] + 0.6 + min(3.0, 2.6 * teeth)
        row = smooth(
            [
                (x - 18, high - 4),
                (x + 18, high - 4),
                (top[-1][0], edge - 1.2),
                (x, edge),
                (top[0][0], edge - 1.2),
            ],
            tension=0.3,
        )
        canvas.drawPath(row, paint(mix(light.lit(ink("f1e9dc"), 0.3), sitter.skin.deep, 0.14)))
    canvas.restore()


def _line(
    canvas: "skia.Canvas",
    sitter: Sitter,
    top: list[Point],
    gape: float,
    shape: Mouth,
    e: Expression,
) -> None:
    dark = mix(sitter.skin.deep, ink("3c1014"), 0.5)
    weight = 1.5 if gape < 0.8 else 1.0
    canvas.drawPath(
        smooth(top, closed=False, tension=0.45), paint(dark, stroke=weight + 0.5 * shape.press)
    )
    if not sitter.finest:
        return
    tuck = paint(fade(sitter.skin.deep, 0.6), stroke=1.3)
    d = 1.0 if e.corner >= 0 else -1.0
    for (px, py), way in ((top[0], -1), (top[-1], 1)):
        canvas.drawPath(
            smooth(
                [
                    (px + way * 0.2, py - d * 1.5),
                    (px + way * 1.3, py - d * 0.2),
                    (px + way * 0.6, py + d * 1.4),
                ],
                closed=False,
            ),
            tuck,
        )
    if e.corner > 2.5 or e.bare > 0.5:  # the cheek folds when the mouth is pulled
        fold = paint(fade(sitter.skin.deep, 0.26), stroke=1.2)
        canvas.drawPath(
            smooth([(1.4, -31), (-2.2, -26), (top[0][0] - 3.6, top[0][1] + 1)], closed=False), fold
        )
        canvas.drawPath(
            smooth([(24.6, -30), (26.6, -26), (top[-1][0] + 3.4, top[-1][1] + 1)], closed=False),
            fold,
        )
