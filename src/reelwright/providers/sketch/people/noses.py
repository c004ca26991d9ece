"""Noses: a lit ridge, a plane in shadow, a wing, a nostril."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, mix, paint, radial, smooth
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.strokes import line, patch


def draw_nose(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """The nose of a sitter, its size and bend by age, sex and person."""
    look, skin = sitter.look, sitter.skin
    small = {"child": 0.68, "teen": 0.9}.get(look.age, 1.0) * (0.88 if look.sex == "woman" else 1.0)
    old = 1.08 if look.age == "old" else 1.0
    long = small * old * sitter.vary("nose", 0.9, 1.12)
    wide = (
        small
        * old
        * sitter.vary("wing", 0.85, 1.15)
        * (1.14 if look.skin in {"brown", "umber", "ebony"} else 1)
    )
    canvas.save()
    canvas.translate(13, -52)
    canvas.scale(0.45 + 0.55 * wide, 0.3 + 0.7 * long)
    if sitter.fine:
        _planes(canvas, sitter)
    else:
        dark = sitter.side > 0
        edge = (
            [(0, 4), (6.5, 16), (8.6, 20), (2, 23), (-3.6, 21.4)]
            if dark
            else [(2.4, 2), (7.6, 15), (9.4, 20), (4, 23.4)]
        )
        canvas.drawPath(smooth(edge, tension=0.3), paint(mix(skin.shade, skin.deep, 0.25)))
    canvas.restore()


def _planes(canvas: "skia.Canvas", sitter: Sitter) -> None:
    skin, bump = sitter.skin, sitter.vary("bridge", -1.0, 1.8)
    ridge = [(1.5, -3), (3.0 + bump * 0.5, 5), (6.4 + bump, 12), (9.6, 18.6)]
    if sitter.side > 0:  # our side of the nose falls into shadow
        rest = [
            (7.0, 21.4),
            (1.0, 22.4),
            (-5.0, 21.8),
            (-6.2, 18.4),
            (-3.0, 13.5),
            (-1.6, 6),
            (-3.2, -1),
        ]
        colors = [fade(skin.shade, 0.0), mix(skin.mid, skin.shade, 0.6)]
    else:  # the far side, and the shadow it throws on the cheek
        rest = [(10.6, 21), (14.6, 22.6), (13.2, 17), (8.4, 9), (5.6, 1)]
        colors = [fade(skin.shade, 0.1), mix(skin.shade, skin.deep, 0.3)]
        patch(
            canvas,
            fade(skin.mid, 0.75),
            [(-5.2, 21.6), (-6.4, 18.4), (-4.0, 15.2), (-2.4, 18), (-3.0, 21)],
        )
    plane = smooth([*ridge, *rest], tension=0.42)
    canvas.drawPath(plane, paint(shader=linear((0, -4), (0, 20), colors)))
    below = [
        (-5.2, 20.8),
        (-1, 19.6),
        (3.2, 20.8),
        (8.8, 19.2),
        (9.4, 21),
        (6.2, 23.6),
        (2.6, 22.9),
        (-2.2, 23.7),
        (-5, 22.6),
    ]
    patch(canvas, mix(skin.shade, skin.deep, 0.35), below, 0.4)
    canvas.drawOval(skia.Rect(-2.8, 20.6, 1.6, 22.7), paint(fade(skin.deep, 0.95)))
    canvas.drawOval(skia.Rect(5.4, 20.4, 8.0, 22.1), paint(fade(skin.deep, 0.85)))
    if sitter.finest:
        _shine(canvas, sitter, bump)


def _shine(canvas: "skia.Canvas", sitter: Sitter, bump: float) -> None:
    skin, key = sitter.skin, sitter.light.key
    line(
        canvas,
        fade(mix(skin.lit, key, 0.35), 0.6),
        1.5,
        (3.6 + bump, 5),
        (6.4 + bump, 11),
        (8.6, 16),
    )
    glow = radial((7.6, 17.2), 3.6, [fade(key, 0.55), fade(key, 0)])
    canvas.drawCircle(7.6, 17.2, 3.6, paint(shader=glow))
    line(canvas, fade(skin.deep, 0.4), 0.9, (-4.2, 15), (-7.0, 17.6), (-6.2, 21.4))
