"""What one wears, packs and carries: suitcase, bag, box, hat, umbrella, flowers, guitar."""

import math
from itertools import pairwise

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, lighter, mix, paint, rect, smooth
from reelwright.providers.sketch.props.brush import Brush


def suitcase(b: Brush) -> None:
    """A leather suitcase with straps and a sticker."""
    b.rest(50)
    hide = mix(b.own("8a5230"), b.main, 0.25)
    path = smooth([(-14, 66), (-13, 78), (0, 81), (13, 78), (14, 66)], closed=False)
    b.canvas.drawPath(path, paint(b.light.flat(darker(hide, 0.4)), stroke=4.5))
    b.bar(-48, 2, 48, 68, hide, 6)
    b.bar(-48, 52, 48, 55, darker(hide, 0.35), 0)
    for side in (-1, 1):
        b.bar(side * 26, 1, side * 34, 69, darker(hide, 0.35), 1)
        b.bar(side * 24.5, 46, side * 35.5, 58, b.brass, 1.5)
        b.bar(side * 28, 49, side * 32, 55, darker(hide, 0.4), 0.5)
        for y in (3, 58):
            b.blob(
                [(side * 48, y), (side * 40, y), (side * 40, y + 9), (side * 48, y + 9)],
                darker(hide, 0.25),
            )
    b.bar(-7, 50, 7, 58, b.brass, 1.5)
    b.disc(0, 53, 1.6, b.dark)
    b.poly([(-20, 16), (0, 12), (3, 32), (-17, 36)], b.accent)
    b.disc(-8, 24, 6, lighter(b.pale, 0.2))
    b.disc(13, 30, 8, b.pale)
    b.ring(13, 30, 6, b.main, 1.2)
    b.line([(-45, 7), (45, 7)], lighter(hide, 0.3), 0.6)


def bag(b: Brush) -> None:
    """A doctor's bag or handbag with a clasp."""
    b.rest(48)
    hide = mix(b.accent, b.dark, 0.35)
    for dy in (0, 4):
        path = smooth(
            [(-20, 58), (-20, 82 + dy), (0, 92 + dy), (20, 82 + dy), (20, 58)], closed=False
        )
        b.canvas.drawPath(path, paint(b.light.flat(darker(hide, 0.3 - dy * 0.05)), stroke=4))
    b.blob([(-46, 2), (-48, 26), (-36, 60), (36, 60), (48, 26), (46, 2)], hide)
    b.blob([(-40, 54), (-34, 66), (34, 66), (40, 54), (0, 50)], lighter(hide, 0.12))
    b.bar(-36, 62, 36, 67, b.brass, 2)
    b.bar(-8, 56, 8, 70, b.brass, 2)
    b.disc(0, 61, 2.2, b.dark)
    b.line([(-42, 8), (-43, 26), (-33, 52)], lighter(hide, 0.3), 0.8, soft=True)
    b.line([(42, 8), (43, 26), (33, 52)], lighter(hide, 0.3), 0.8, soft=True)
    b.bar(-46, 0, 46, 5, darker(hide, 0.4), 2)
    b.gleam([(b.light.side * 30, 44), (b.light.side * 36, 26)], 3, 0.22)


def box(b: Brush) -> None:
    """A cardboard box, its flaps open, tape along the front."""
    b.rest(50)
    card = mix(b.own("b98d5c"), b.pale, 0.12)
    b.poly([(-40, 60), (-24, 76), (40, 76), (40, 60)], darker(card, 0.55))
    b.poly([(-24, 76), (-34, 94), (30, 94), (40, 76)], darker(card, 0.12))
    b.poly([(-40, 2), (24, 2), (24, 62), (-40, 62)], card)
    b.poly([(24, 2), (42, 14), (42, 76), (24, 62)], darker(card, 0.28))
    b.poly([(-40, 62), (24, 62), (30, 44), (-46, 46)], lighter(card, 0.15))
    b.poly([(24, 62), (42, 76), (50, 60), (34, 46)], darker(card, 0.12))
    b.bar(-12, 2, -2, 44, mix(b.pale, card, 0.4), 0, 0.4)
    b.line([(6, 14), (6, 28), (2, 23)], darker(card, 0.5), 1.4)
    b.line([(6, 28), (10, 23)], darker(card, 0.5), 1.4)
    b.line([(15, 14), (15, 28), (11, 23)], darker(card, 0.5), 1.4)
    b.line([(15, 28), (19, 23)], darker(card, 0.5), 1.4)
    b.scribble(-36, -16, [26, 21, 16], darker(card, 0.6), 1.2)


def hat(b: Brush) -> None:
    """A felt hat with a band."""
    b.rest(50)
    felt = b.main
    b.blob(
        [(-50, 16), (-42, 8), (0, 4), (42, 8), (50, 16), (30, 22), (-30, 22)], darker(felt, 0.12)
    )
    b.blob(
        [
            (-30, 18),
            (-32, 44),
            (-24, 66),
            (-8, 62),
            (2, 56),
            (14, 64),
            (27, 64),
            (32, 42),
            (30, 18),
            (0, 12),
        ],
        felt,
    )
    b.blob([(-14, 63), (0, 50), (18, 64), (4, 60)], darker(felt, 0.3))
    b.blob([(-31, 18), (-31.5, 31), (0, 25), (31.5, 31), (31, 18), (0, 12)], b.accent)
    b.poly([(24, 20), (34, 16), (36, 32), (25, 31)], darker(b.accent, 0.2))
    b.line([(-49, 16), (-30, 22)], lighter(felt, 0.25), 0.9)
    b.gleam([(b.light.side * 20, 56), (b.light.side * 26, 40)], 3.5, 0.2)


def umbrella(b: Brush) -> None:
    """An open umbrella."""
    b.rest(16)
    b.bar(-1.3, 8, 1.3, 92, b.metal, 0.5)
    hook = smooth([(0, 16), (0, 6), (6, 1), (12, 5), (12, 11)], closed=False)
    b.canvas.drawPath(hook, paint(b.light.flat(b.wood), stroke=4))
    xs = [-50, -28, -9, 9, 28, 50]
    for i, (x0, x1) in enumerate(pairwise(xs)):
        path = skia.Path()
        path.moveTo(0, 95)
        path.quadTo(x0 * 1.02, 92 - abs(x0) * 0.12, x0, 56)
        path.quadTo((x0 + x1) / 2, 65, x1, 56)
        path.quadTo(x1 * 1.02, 92 - abs(x1) * 0.12, 0, 95)
        b.fill(path, darker(b.accent, 0.10 * ((i + (b.light.side > 0)) % 2)), 0.7)
    for x in xs[1:-1]:
        b.line([(0, 95), (x * 0.94, 78), (x, 56)], darker(b.accent, 0.35), 0.7, soft=True)
    b.bar(-1.2, 94, 1.2, 99.5, b.metal, 0.6)


def flowers(b: Brush) -> None:
    """Flowers in a vase."""
    b.rest(26)
    green = b.own("5c8250")
    heads = ((-26, 74, 10), (-10, 88, 11), (10, 78, 12), (27, 70, 9), (0, 64, 9), (20, 92, 7))
    for x, y, _ in heads:
        b.line([(x * 0.2, 36), (x * 0.6, 56), (x, y)], darker(green, 0.15), 1.6, soft=True)
    for x, y in ((-20, 56), (18, 54), (-8, 66), (30, 58)):
        b.blob([(x * 0.4, 48), (x * 0.8, y + 4), (x * 1.3, y + 2), (x * 0.9, y - 6)], green)
    for i, (x, y, r) in enumerate(heads):
        color = (b.accent, lighter(b.pale, 0.2), mix(b.accent, b.pale, 0.5))[i % 3]
        for k in range(8):
            a = k * math.pi / 4 + i
            b.disc(
                x + r * 0.62 * math.cos(a),
                y + r * 0.62 * math.sin(a),
                r * 0.42,
                darker(color, 0.1 * (k % 2)),
            )
        b.disc(x, y, r * 0.36, b.brass)
    b.blob(
        [
            (-9, 2),
            (-17, 16),
            (-14, 30),
            (-8, 38),
            (-11, 44),
            (11, 44),
            (8, 38),
            (14, 30),
            (17, 16),
            (9, 2),
        ],
        b.main,
    )
    b.line([(-16, 20), (0, 16), (16, 20)], lighter(b.main, 0.35), 1.6, soft=True)
    b.gleam([(b.light.side * 10, 32), (b.light.side * 12, 16)], 2.4, 0.4)


def guitar(b: Brush) -> None:
    """An acoustic guitar, standing."""
    b.rest(26)
    top = mix(b.own("c98f4f"), b.accent, 0.15)
    outline = [
        (0, 1),
        (-18, 4),
        (-23, 18),
        (-17, 29),
        (-13, 34),
        (-17, 42),
        (-14, 51),
        (0, 54),
        (14, 51),
        (17, 42),
        (13, 34),
        (17, 29),
        (23, 18),
        (18, 4),
    ]
    b.blob([(x * 1.06, y * 1.02 - 0.8) for x, y in outline], b.wood)
    b.blob(outline, top)
    b.disc(0, 34, 6.6, b.own("1d1512"), 1, 0.2)
    b.ring(0, 34, 7.4, darker(top, 0.45), 0.9)
    b.bar(-7, 14, 7, 17, darker(b.wood, 0.4), 0.6)
    b.bar(-2.4, 38, 2.4, 86, darker(b.wood, 0.35), 0.5)
    frets = skia.Path()
    for i in range(12):
        frets.addRect(rect(-2.4, 84 - i * 3.4, 2.4, 84.5 - i * 3.4))
    b.fill(frets, b.metal, 0.2)
    b.poly([(-3, 85), (-4.6, 98), (4.6, 98), (3, 85)], b.wood)
    for i in range(3):
        for side in (-1, 1):
            b.disc(side * 5.6, 88 + i * 3.6, 1.2, b.metal)
    for x in (-1.6, -0.6, 0.4, 1.4):
        b.line([(x, 16), (x, 86)], lighter(b.metal, 0.4), 0.3)
    b.gleam([(b.light.side * 15, 22), (b.light.side * 17, 12)], 2, 0.35)
