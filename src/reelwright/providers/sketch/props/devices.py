"""Machines small and large: phones, computer, television, radio, camera, clock, watch."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.props.brush import Brush


def _lit_screen(b: Brush, x0: float, y0: float, x1: float, y1: float, r: float = 1.5) -> None:
    """A glowing screen."""
    colors = [ink("bfe6ff"), ink("4f8fc4"), ink("243a66")]
    path = skia.Path()
    path.addRoundRect(rect(x0, y0, x1, y1), r, r)
    b.canvas.drawPath(path, paint(shader=linear((x0, y1), (x1, y0), colors, [0, 0.5, 1])))


def mobile(b: Brush) -> None:
    """A mobile phone with a message on its screen."""
    b.rest(28)
    b.shine(0, 50, 60, ink("8fc8ff"), 0.22)
    b.bar(-24, 1, 24, 97, darker(b.metal, 0.35), 6)
    b.bar(-22.6, 2.4, 22.6, 95.6, b.own("15171d"), 5)
    _lit_screen(b, -20, 9, 20, 90, 2.5)
    white = fade(0xFFFFFFFF, 0.92)
    for x0, x1, y, color in (
        (-16, 9, 66, white),
        (-10, 16, 51, ink("6fdc8c")),
        (-16, 4, 36, white),
    ):
        b.canvas.drawRoundRect(rect(x0, y - 10, x1, y + 1), 3.5, 3.5, paint(color))
        for i, f in enumerate((0.85, 0.55)):
            w = (x1 - x0 - 6) * f
            b.canvas.drawRect(
                rect(x0 + 3, y - 3.6 - i * 3.6, x0 + 3 + w, y - 2.2 - i * 3.6),
                paint(ink("2a3550", 0.8)),
            )
    for i, w in enumerate((6, 9, 5)):
        b.canvas.drawRect(
            rect(-5 - w / 2, 81 - i * 3, w, 82.4 - i * 3), paint(fade(0xFFFFFFFF, 0.8))
        )
    b.canvas.drawRoundRect(rect(-16, 13, 16, 20), 3.5, 3.5, paint(fade(0xFFFFFFFF, 0.35)))
    b.bar(-6, 91.4, 6, 93.6, b.own("30333d"), 1)
    b.gleam([(b.light.side * 21.8, 90), (b.light.side * 21.8, 14)], 0.9, 0.5)


def telephone(b: Brush) -> None:
    """A telephone with a dial, its receiver on the cradle."""
    b.rest(46)
    body = mix(b.own("8e2f2a"), b.accent, 0.4)
    b.line([(40, 12), (52, 4), (44, -1), (34, 3)], b.dark, 2.0, soft=True)
    b.blob([(-44, 0), (-42, 12), (-24, 52), (24, 52), (42, 12), (44, 0)], body)
    b.bar(-44, 0, 44, 7, darker(body, 0.3), 3)
    for side in (-1, 1):
        b.bar(side * 12, 50, side * 20, 62, darker(body, 0.2), 2)
    b.blob(
        [
            (-50, 56),
            (-52, 72),
            (-40, 78),
            (-24, 70),
            (24, 70),
            (40, 78),
            (52, 72),
            (50, 56),
            (36, 52),
            (26, 60),
            (-26, 60),
            (-36, 52),
        ],
        darker(body, 0.12),
    )
    b.gleam([(-40, 73), (-24, 66.5), (24, 66.5), (40, 73)], 1.8, 0.35)
    b.disc(0, 28, 19, b.pale)
    b.ring(0, 28, 19, b.metal, 1.4)
    for i in range(10):
        a = 0.9 + i * 0.52
        b.disc(13.5 * math.cos(a), 28 + 13.5 * math.sin(a), 3.2, b.dark)
    b.disc(0, 28, 7.5, lighter(body, 0.1))
    b.disc(0, 28, 4.5, lighter(b.pale, 0.3))
    b.line([(13, 14), (18, 12)], b.metal, 1.6)


def computer(b: Brush) -> None:
    """A laptop, open, with text on its screen."""
    b.rest(52)
    b.shine(0, 55, 60, ink("8fc8ff"), 0.2)
    b.bar(-41, 24, 41, 92, darker(b.metal, 0.3), 3)
    b.bar(-39, 26, 39, 90, b.own("171a22"), 2)
    _lit_screen(b, -36, 30, 36, 87)
    b.canvas.drawRect(rect(-36, 82, 36, 87), paint(fade(0xFFFFFFFF, 0.4)))
    b.scribble(-31, 4, [76, 71, 66, 61, 56, 51, 46, 41], b.own("ffffff"), 1.2)
    b.canvas.drawRect(rect(10, 52, 32, 78), paint(fade(0xFFFFFFFF, 0.3)))
    bars = skia.Path()
    for i, h in enumerate((7, 12, 9, 18, 15)):
        bars.addRect(rect(12 + i * 4, 53, 15 + i * 4, 53 + h))
    b.canvas.drawPath(bars, paint(fade(b.accent, 0.9)))
    b.poly([(-41, 24), (41, 24), (50, 6), (-50, 6)], b.metal)
    keys = skia.Path()
    for row in range(4):
        half = 37 + row * 2.4
        for i in range(13):
            x = -half + i * 2 * half / 13
            y = 20.4 - row * 3
            keys.addRect(rect(x, y, x + 2 * half / 13 - 1, y + 2.1))
    b.fill(keys, b.dark, 0.2)
    b.poly([(-11, 9.4), (11, 9.4), (12, 6.8), (-12, 6.8)], darker(b.metal, 0.18), 0.3)
    b.bar(-50, 2, 50, 6.4, darker(b.metal, 0.25), 2)


def television(b: Brush) -> None:
    """A television set with a picture on, aerial up."""
    b.rest(48)
    b.line([(-2, 84), (-20, 99)], b.metal, 1.3)
    b.line([(2, 84), (18, 98)], b.metal, 1.3)
    b.shine(-6, 46, 62, ink("8fc8ff"), 0.26)
    for side in (-1, 1):
        b.poly(
            [(side * 30, 12), (side * 34, 12), (side * 40, 0), (side * 37, 0)], darker(b.wood, 0.3)
        )
    b.bar(-48, 10, 48, 84, b.wood, 6)
    b.bar(-45, 13, 45, 81, darker(b.wood, 0.2), 4, 0.4)
    b.bar(-42, 18, 24, 77, b.own("181a20"), 8)
    _lit_screen(b, -39, 21, 21, 74, 7)
    hill = skia.Path()
    hill.addPoly(
        [
            skia.Point(-39, 28),
            skia.Point(-22, 46),
            skia.Point(-10, 36),
            skia.Point(4, 52),
            skia.Point(21, 34),
            skia.Point(21, 24),
            skia.Point(-39, 24),
        ],
        True,
    )
    b.canvas.drawPath(hill, paint(ink("1d2f52", 0.75)))
    lines = skia.Path()
    for i in range(17):
        lines.addRect(rect(-39, 22 + i * 3, 21, 22.8 + i * 3))
    b.canvas.drawPath(lines, paint(ink("0c1424", 0.28)))
    for y in (66, 50):
        b.disc(34, y, 6, b.brass)
        b.line([(34, y), (36, y + 4)], b.dark, 1.2)
    for i in range(6):
        b.line([(28, 38 - i * 3.4), (40, 38 - i * 3.4)], darker(b.wood, 0.55), 1.2)


def radio(b: Brush) -> None:
    """A wooden radio with a lit dial."""
    b.rest(48)
    path = skia.Path()
    path.addRoundRect(rect(-46, 3, 46, 76), 16, 16)
    b.fill(path, b.wood)
    b.bar(-46, 3, 46, 22, darker(b.wood, 0.12), 4, 0.5)
    b.bar(-40, 26, 6, 70, mix(b.pale, b.brass, 0.35), 9, 0.5)
    cloth = skia.Path()
    for i in range(12):
        cloth.addRect(rect(-38 + i * 3.7, 28, -36.6 + i * 3.7, 68))
    b.fill(cloth, darker(b.brass, 0.35), 0.2)
    for x in (-28, -17, -6):
        b.bar(x - 1.6, 26, x + 1.6, 70, b.wood, 1)
    b.disc(26, 50, 17, b.brass)
    warm = b.light.lamp if b.light.lamps else lighter(b.pale, 0.2)
    b.canvas.drawCircle(26, 50, 14.4, paint(lighter(warm, 0.35)))
    for i in range(13):
        a = math.pi * (0.05 + 0.9 * i / 12)
        b.line(
            [
                (26 + 10 * math.cos(a), 50 + 10 * math.sin(a)),
                (26 + 13 * math.cos(a), 50 + 13 * math.sin(a)),
            ],
            b.dark,
            0.7,
        )
    b.line([(26, 50), (32, 60)], b.accent, 1.3)
    b.disc(26, 50, 2, b.dark)
    for x in (-26, 0, 26):
        b.disc(x, 13, 6, b.dark)
        b.disc(x, 13, 4, b.brass)
    for x in (-34, 34):
        b.bar(x - 6, 0, x + 6, 4, darker(b.wood, 0.5), 1)


def camera(b: Brush) -> None:
    """A still camera with a big lens."""
    b.rest(46)
    b.line([(-44, 56), (-52, 40), (-50, 16), (-40, 4)], b.wood, 3, soft=True)
    b.bar(-44, 6, 44, 66, b.dark, 5)
    b.bar(-44, 50, 44, 66, b.metal, 4)
    b.poly([(-16, 64), (-11, 80), (11, 80), (16, 64)], b.metal)
    b.bar(-8, 67, 8, 77, b.own("20252e"), 1.5)
    b.bar(-38, 66, -24, 73, darker(b.metal, 0.2), 1.5)
    b.disc(32, 69, 6.5, darker(b.metal, 0.15), 0.6)
    b.bar(28, 53, 40, 62, b.own("20252e"), 1.5)
    b.disc(0, 32, 27, darker(b.metal, 0.25))
    b.disc(0, 32, 24, b.own("1b1c22"))
    b.ring(0, 32, 20, b.metal, 1.2)
    b.disc(0, 32, 16.5, b.own("0f1118"))
    b.disc(0, 32, 11, mix(b.own("2b3a70"), b.accent, 0.2))
    b.disc(2, 30, 6, b.own("101426"))
    b.gleam([(-9, 38), (-5, 41.5), (0, 43)], 2.2, 0.8)
    b.disc(5, 26, 1.8, b.own("ffffff"), 1, 0)
    b.disc(-34, 58, 2.2, b.accent)


def clock(b: Brush) -> None:
    """An alarm clock with two bells."""
    b.rest(40)
    for side in (-1, 1):
        b.line([(side * 20, 12), (side * 28, 0)], b.metal, 4.5)
        b.blob([(side * 8, 84), (side * 14, 97), (side * 30, 92), (side * 34, 76)], b.brass)
    b.line([(0, 84), (0, 96)], b.metal, 2.2)
    b.bar(-5, 93, 5, 99, b.metal, 2)
    b.disc(0, 46, 41, b.accent)
    b.ring(0, 46, 40, lighter(b.accent, 0.25), 1.5)
    b.disc(0, 46, 34, lighter(b.pale, 0.3), 1, 0.4)
    for i in range(60):
        a = i * math.pi / 30
        inner = 27 if i % 5 == 0 else 30
        b.line(
            [
                (inner * math.cos(a), 46 + inner * math.sin(a)),
                (32 * math.cos(a), 46 + 32 * math.sin(a)),
            ],
            b.dark,
            2.0 if i % 5 == 0 else 0.6,
        )
    b.line([(0, 46), (-13, 58)], b.dark, 3)
    b.line([(0, 46), (9, 70)], b.dark, 2)
    b.line([(2, 40), (-6, 66)], b.own("c0392b"), 0.8)
    b.disc(0, 46, 3, b.brass)
    b.gleam([(b.light.side * 10, 74), (b.light.side * 22, 66)], 2.4, 0.5)


def watch(b: Brush) -> None:
    """A wrist watch with a leather strap."""
    b.rest(22)
    for y0, y1, w in ((66, 99, 13), (1, 34, 13)):
        b.poly(
            [(-w, y0), (w, y0), (w * 0.86, y1), (-w * 0.86, y1)]
            if y0 > 50
            else [(-w * 0.86, y0), (w * 0.86, y0), (w, y1), (-w, y1)],
            b.wood,
        )
        b.line([(-w * 0.75, y0 + 2), (-w * 0.72, y1 - 2)], lighter(b.wood, 0.35), 0.6)
        b.line([(w * 0.75, y0 + 2), (w * 0.72, y1 - 2)], lighter(b.wood, 0.35), 0.6)
    for i in range(4):
        b.disc(0, 6 + i * 6, 1.1, b.dark)
    b.bar(22, 46, 28, 54, b.brass, 1.5)
    b.disc(0, 50, 24, b.brass)
    b.disc(0, 50, 20.5, lighter(b.pale, 0.3), 1, 0.4)
    for i in range(12):
        a = i * math.pi / 6
        b.line(
            [(16 * math.cos(a), 50 + 16 * math.sin(a)), (19 * math.cos(a), 50 + 19 * math.sin(a))],
            b.dark,
            1.4 if i % 3 == 0 else 0.8,
        )
    b.ring(0, 42, 4.4, darker(b.pale, 0.3), 0.6)
    b.line([(0, 50), (-8, 56)], b.dark, 1.9)
    b.line([(0, 50), (7, 64)], b.dark, 1.3)
    b.line([(0, 42), (2, 45)], b.accent, 0.7)
    b.disc(0, 50, 1.7, b.accent)
    b.gleam([(b.light.side * 6, 68), (b.light.side * 16, 60)], 1.8, 0.6)
