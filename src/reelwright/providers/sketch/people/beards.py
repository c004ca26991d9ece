"""Beards: stubble, moustache, goatee and full, around the mouth."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, mix, paint, smooth
from reelwright.providers.sketch.people.heads import Skull, outline
from reelwright.providers.sketch.people.sitter import Sitter


def draw_beard(canvas: "skia.Canvas", sitter: Sitter, skull: Skull) -> None:
    """What grows below and beside the mouth."""
    kind = sitter.look.beard
    if kind in {"none", "moustache"}:
        return
    j, c = skull.jaw, skull.chin
    if kind == "goatee":
        path = smooth([(2, -24), (-1, -16), (1, -8), (4, 2), (11, 7.5), (18, 3), (22.5, -8), (24.5, -17),
            (22, -24), (23, -16), (19, -10), (8, -10), (3.5, -16)])  # fmt: skip
    else:
        cheek = [(-28, -48), (-25, -42), (-19, -30), (-9, -24), (2, -26.5), (13, -29.5), (23, -27), (28, -28),
            (32, -36), (36, -38)]  # fmt: skip
        low = 9.0 if kind == "full" else 1.0
        chin = [(35, -24), (30 + j * 0.4, -10 + low * 0.5), (23 + c, 1 + low), (12, 3.5 + low * 1.2),
            (0 - c, 1 + low), (-13 - j, -6 + low * 0.7), (-24 - j, -19 + low * 0.3), (-30, -34)]  # fmt: skip
        path = smooth([*cheek, *chin], tension=0.45)
    canvas.save()
    if kind == "stubble":
        canvas.clipPath(outline(skull), True)
        canvas.drawPath(path, paint(fade(mix(sitter.hair.shade, sitter.skin.deep, 0.35), 0.2)))
        canvas.restore()
        return
    hair, side = sitter.hair, sitter.side
    canvas.drawPath(
        path,
        paint(
            shader=linear(
                (side * 30 + 6, -30),
                (-side * 26 + 6, 6),
                [hair.lit, hair.mid, hair.shade],
                [0.0, 0.4, 0.9],
            )
        ),
    )
    canvas.clipPath(path, True)
    gap = smooth([(1, -19.5), (13, -21.5), (24, -19.5), (22, -13.6), (13, -11.2), (4, -13.4)])
    if kind == "full":
        canvas.drawPath(gap, paint(sitter.skin.mid))
        _strands(canvas, sitter)
    canvas.restore()


def _strands(canvas: "skia.Canvas", sitter: Sitter) -> None:
    if not sitter.fine:
        return
    dark, bright = (
        paint(fade(sitter.hair.deep, 0.45), stroke=1.4),
        paint(fade(sitter.hair.lit, 0.4), stroke=1.1),
    )
    for x, y, dx in (
        (-22, -30, 3),
        (-14, -22, 4),
        (-5, -16, 4),
        (3, -8, 3),
        (11, -6, 1),
        (19, -8, -1),
        (26, -14, -3),
        (30, -24, -3),
    ):
        canvas.drawPath(
            smooth([(x, y), (x + dx * 0.4, y + 7), (x + dx, y + 13)], closed=False), dark
        )
        canvas.drawPath(
            smooth([(x + 3, y + 1), (x + 3 + dx * 0.4, y + 7), (x + 3 + dx, y + 11)], closed=False),
            bright,
        )


def draw_moustache(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What grows over the upper lip."""
    if sitter.look.beard in {"none", "stubble"}:
        return
    full = 1.0 if sitter.look.beard == "moustache" else 0.72
    hair = sitter.hair
    path = smooth([
        (13.5, -28.2), (6, -28), (-1.5, -23.6), (-5.5 * full, -18.4), (1, -19.2), (8, -21.5), (13.2, -22.4), (18, -21.6), (23, -19.6),
        (28 * full + 3, -19), (26, -24), (20, -28),
    ], tension=0.45)  # fmt: skip
    side = sitter.side
    canvas.drawPath(
        path,
        paint(
            shader=linear(
                (13 + side * 14, 0), (13 - side * 14, 0), [mix(hair.lit, hair.mid, 0.3), hair.shade]
            )
        ),
    )
    if sitter.finest:
        canvas.drawPath(
            smooth([(13.4, -27), (13, -23)], closed=False), paint(fade(hair.deep, 0.5), stroke=1.2)
        )
