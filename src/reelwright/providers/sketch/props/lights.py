"""Lights one carries or sets down: lamp, candle, lantern, torch, matches."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    darker,
    fade,
    ink,
    lighter,
    linear,
    mix,
    paint,
    polygon,
    rect,
    smooth,
)
from reelwright.providers.sketch.props.brush import Brush


def _flame(b: Brush, x: float, y: float, h: float) -> None:
    """A flame with its halo."""
    b.shine(x, y + h * 0.45, h * 2.6, b.light.lamp, 0.62)
    w = h * 0.28
    b.bare(
        smooth(
            [
                (x - w, y + h * 0.28),
                (x, y),
                (x + w, y + h * 0.28),
                (x + w * 0.3, y + h * 0.7),
                (x, y + h),
            ]
        ),
        ink("ffb13d"),
    )
    b.bare(
        smooth(
            [
                (x - w * 0.55, y + h * 0.24),
                (x, y + h * 0.05),
                (x + w * 0.55, y + h * 0.24),
                (x, y + h * 0.72),
            ]
        ),
        ink("fff0b8"),
    )


def lamp(b: Brush) -> None:
    """A table lamp; it burns where lamps are lit."""
    b.rest(30)
    b.disc(0, 4, 26, b.brass, 0.2)
    b.blob([(-8, 6), (-17, 24), (-6, 46), (-3, 54), (3, 54), (6, 46), (17, 24), (8, 6)], b.accent)
    b.gleam([(b.light.side * 11, 30), (b.light.side * 10, 18)], 2.2, 0.5)
    b.bar(-2, 53, 2, 62, b.brass, 0.6)
    shade = [(-35, 58), (-20, 96), (20, 96), (35, 58)]
    if b.light.lamps:
        b.shine(0, 76, 62, b.light.lamp, 0.5)
        warm = linear(
            (0, 58), (0, 96), [lighter(b.light.lamp, 0.6), mix(b.light.lamp, b.pale, 0.3)]
        )
        b.canvas.drawPath(polygon(shade), paint(shader=warm))
    else:
        b.poly(shade, b.pale)
    for i in range(1, 6):
        x = -35 + i * 70 / 6
        b.line([(x, 58.5), (x * 0.57, 95.5)], darker(b.pale, 0.22), 0.5)
    b.bar(-35.5, 57, 35.5, 59.6, darker(b.pale, 0.25), 0.6)
    b.bar(-20.5, 94.6, 20.5, 96.6, darker(b.pale, 0.25), 0.6)
    b.line([(24, 57), (24, 46)], b.brass, 0.8)
    b.disc(24, 45, 1.7, b.brass)


def candle(b: Brush) -> None:
    """A candle in a holder, burning."""
    b.rest(36)
    b.disc(0, 5, 32, darker(b.brass, 0.15), 0.2)
    b.disc(0, 7, 32, b.brass, 0.18)
    b.ring(36, 12, 8, b.brass, 2.6)
    b.bar(-10, 7, 10, 17, b.brass, 2)
    wax = lighter(b.pale, 0.25)
    b.bar(-8, 14, 8, 66, wax, 1.5)
    b.blob(
        [
            (-8, 66),
            (-8.6, 52),
            (-6, 48),
            (-4.6, 58),
            (-2, 62),
            (2, 56),
            (4, 46),
            (7, 50),
            (8, 66),
            (0, 68.5),
        ],
        lighter(wax, 0.3),
        0.5,
    )
    b.line([(0, 67), (0.6, 72)], b.dark, 1.1)
    _flame(b, 0.4, 70, 27)


def lantern(b: Brush) -> None:
    """A storm lantern."""
    b.rest(34)
    handle = smooth([(-22, 74), (-18, 94), (0, 99), (18, 94), (22, 74)], closed=False)
    b.canvas.drawPath(handle, paint(b.light.flat(b.metal), stroke=1.8))
    b.bar(-24, 0, 24, 14, b.accent, 4)
    b.bar(-27, 0, 27, 4, darker(b.accent, 0.25), 2)
    b.bar(-13, 14, 13, 20, b.brass, 1.5)
    b.canvas.drawPath(
        smooth([(-14, 20), (-21, 36), (-15, 62), (15, 62), (21, 36), (14, 20)]),
        paint(fade(b.light.lit(b.glass), 0.4)),
    )
    _flame(b, 0, 24, 26)
    for x in (-17, 17):
        b.line([(x * 0.8, 19), (x * 1.25, 40), (x * 0.8, 63)], b.metal, 1.2, soft=True)
    b.line([(-21, 40), (21, 40)], b.metal, 1.0)
    b.poly([(-17, 62), (17, 62), (12, 70), (-12, 70)], b.accent)
    b.bar(-8, 70, 8, 79, darker(b.accent, 0.15), 2)
    b.disc(0, 80, 9, b.accent, 0.35)
    for x in (-24, 24):
        b.line([(x, 8), (x * 1.06, 50), (x * 0.9, 75)], b.metal, 2.2)
    b.gleam([(b.light.side * 14, 54), (b.light.side * 16, 38)], 1.8, 0.6)


def torch(b: Brush) -> None:
    """An electric torch, its beam to the left."""
    b.rest(46)
    beam = linear(
        (-30, 30), (-50, 30), [fade(lighter(b.light.lamp, 0.5), 0.8), fade(b.light.lamp, 0.05)]
    )
    b.canvas.drawPath(polygon([(-26, 17), (-26, 47), (-50, 62), (-50, 2)]), paint(shader=beam))
    b.bar(-8, 18, 46, 44, b.dark, 4)
    b.poly([(-8, 18), (-26, 10), (-26, 52), (-8, 44)], b.metal)
    b.bar(-30, 9, -25, 53, lighter(b.metal, 0.15), 2)
    b.bare(smooth([(-30, 14), (-32, 31), (-30, 48), (-28, 31)]), lighter(b.light.lamp, 0.75))
    ribs = skia.Path()
    for i in range(7):
        ribs.addRect(rect(14 + i * 4, 18, 15.6 + i * 4, 44))
    b.fill(ribs, darker(b.dark, 0.5), 0.2)
    b.bar(-1, 42, 9, 47, b.accent, 2)
    b.bar(42, 16, 48, 46, b.metal, 2)
    b.gleam([(-5, 40), (40, 40)], 1.5, 0.4)


def cigarette(b: Brush) -> None:
    """A cigarette on an ashtray, smoking."""
    b.rest(48)
    b.disc(0, 10, 46, darker(b.glass, 0.3), 0.24)
    b.disc(0, 14, 46, b.glass, 0.22)
    b.disc(0, 14, 34, darker(b.glass, 0.4), 0.18)
    b.blob([(-18, 12), (-10, 17), (4, 15), (10, 11), (-4, 9)], b.own("6f6a66"))
    b.poly([(-6, 15), (-4, 21), (38, 31), (39, 25)], lighter(b.pale, 0.4))
    b.poly([(26, 22.4), (27, 28.5), (45, 32.6), (46, 26.8)], b.own("c98a4a"))
    b.poly([(-11, 13.8), (-9, 19.8), (-4, 21), (-6, 15)], b.own("7c7670"))
    b.shine(-8, 17, 8, ink("ff8a3c"), 0.9)
    for x in (-8, -4):
        path = smooth([(x, 20), (x + 7, 38), (x - 6, 56), (x + 8, 74), (x - 2, 98)], closed=False)
        b.canvas.drawPath(path, paint(fade(0xFFFFFFFF, 0.26), stroke=3))
