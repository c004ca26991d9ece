"""Noses: a lit ridge, a plane in shadow, a wing, a nostril."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, mix, paint, smooth
from reelwright.providers.sketch.people.sitter import Sitter


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
        plane = smooth(
            [
                *ridge,
                (7.0, 21.4),
                (1.0, 22.4),
                (-5.0, 21.8),
                (-6.2, 18.4),
                (-3.0, 13.5),
                (-1.6, 6),
                (-3.2, -1),
            ],
            tension=0.42,
        )
        canvas.drawPath(
            plane,
            paint(
                shader=linear(
                    (0, -4), (0, 20), [fade(skin.shade, 0.15), mix(skin.shade, skin.deep, 0.12)]
                )
            ),
        )
    else:  # the far side, and the shadow it throws on the cheek
        plane = smooth(
            [*ridge, (10.6, 21), (14.6, 22.6), (13.2, 17), (8.4, 9), (5.6, 1)], tension=0.42
        )
        canvas.drawPath(
            plane,
            paint(
                shader=linear(
                    (0, -4), (0, 20), [fade(skin.deep, 0.1), mix(skin.shade, skin.deep, 0.45)]
                )
            ),
        )
        wing = smooth(
            [(-5.2, 21.6), (-6.4, 18.4), (-4.0, 15.2), (-2.4, 18), (-3.0, 21)], tension=0.42
        )
        canvas.drawPath(wing, paint(fade(skin.mid, 0.75)))
    below = smooth(
        [
            (-5.2, 20.8),
            (-1, 19.6),
            (3.2, 20.8),
            (8.8, 19.2),
            (9.4, 21),
            (6.2, 23.6),
            (2.6, 22.9),
            (-2.2, 23.7),
            (-5, 22.6),
        ],
        tension=0.4,
    )
    canvas.drawPath(below, paint(mix(skin.shade, skin.deep, 0.5)))
    canvas.drawOval(skia.Rect(-2.8, 20.6, 1.6, 22.7), paint(fade(skin.deep, 0.95)))
    canvas.drawOval(skia.Rect(5.4, 20.4, 8.0, 22.1), paint(fade(skin.deep, 0.85)))
    if sitter.finest:
        shine = smooth([(3.6 + bump, 5), (6.4 + bump, 11), (8.6, 16)], closed=False)
        canvas.drawPath(shine, paint(fade(mix(skin.lit, sitter.light.key, 0.35), 0.6), stroke=1.5))
        tip = skia.Point(7.6, 17.2)
        glow = skia.GradientShader.MakeRadial(
            tip, 3.6, [fade(sitter.light.key, 0.55), fade(sitter.light.key, 0)]
        )
        canvas.drawCircle(tip.x(), tip.y(), 3.6, paint(shader=glow))
        canvas.drawPath(
            smooth([(-4.2, 15), (-7.0, 17.6), (-6.2, 21.4)], closed=False),
            paint(fade(skin.deep, 0.4), stroke=0.9),
        )
