"""What one travels in: car, bicycle, boat, train."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    darker,
    fade,
    ink,
    lighter,
    linear,
    mix,
    paint,
    rect,
    smooth,
)
from reelwright.providers.sketch.props.brush import Brush


def _wheel(b: Brush, x: float, r: float) -> None:
    b.disc(x, r, r, b.own("1c1d22"), 1, 0.5)
    b.disc(x, r, r * 0.62, b.metal)
    b.disc(x, r, r * 0.46, darker(b.metal, 0.45))
    for i in range(5):
        a = i * math.tau / 5 + 0.3
        b.line(
            [(x, r), (x + r * 0.52 * math.cos(a), r + r * 0.52 * math.sin(a))], b.metal, r * 0.16
        )
    b.disc(x, r, r * 0.14, b.metal)


def _car_lights(b: Brush) -> None:
    lit = b.light.lamps
    b.blob(
        [(-49, 18), (-47, 23), (-42, 23), (-44, 18)],
        ink("fff2c4") if lit else lighter(b.glass, 0.3),
    )
    b.bar(45, 19, 50, 25, b.own("b3262a"), 1)
    if lit:
        b.shine(-48, 20, 22, ink("fff0c0"), 0.7)
        b.shine(49, 22, 9, ink("ff4a3c"), 0.6)


def car(b: Brush) -> None:
    """A saloon car from the side, facing left."""
    b.rest(54, 0.6)
    body = skia.Path()
    body.moveTo(-49, 10)
    body.cubicTo(-51, 20, -48, 24, -38, 26)
    body.cubicTo(-30, 27, -25, 28, -21, 29)
    body.cubicTo(-13, 38, -8, 42, 0, 42.5)
    body.cubicTo(12, 43.5, 22, 42, 30, 30)
    body.cubicTo(40, 30, 48, 28, 49, 22)
    body.lineTo(50, 10)
    body.close()
    b.fill(body, b.accent)
    b.bar(-49, 8, 50, 13, darker(b.accent, 0.45), 2, 0.4)
    sky = linear((0, 42), (0, 28), [b.light.sky[1], mix(b.light.sky[3], b.dark, 0.35)])
    for points in (
        [(-17, 29), (-9, 37), (0, 40), (4, 40), (4, 29)],
        [(7, 29), (7, 40), (17, 39), (25, 30)],
    ):
        pane = skia.Path()
        pane.addPoly([skia.Point(*p) for p in points], True)
        b.canvas.drawPath(pane, paint(shader=sky))
        b.canvas.drawPath(pane, paint(fade(b.light.near, 0.35)))
    b.gleam([(-11, 31), (-4, 38)], 1.2, 0.45)
    for x in (5.5, 29, -20):
        b.line([(x, 29), (x - (1 if x < 10 else 3), 13)], darker(b.accent, 0.4), 0.6)
    b.bar(9, 24.4, 14, 26, b.metal, 0.6)
    b.bar(-15, 24.4, -10, 26, b.metal, 0.6)
    b.gleam([(-44, 22.5), (-22, 26.5), (46, 26.5)], 0.9, 0.45)
    _car_lights(b)
    for x in (-29, 29):
        arch = skia.Path()
        arch.addCircle(x, 10, 12.4)
        b.canvas.drawPath(arch, paint(b.light.dark(b.own("15161a"))))
        _wheel(b, x, 10)


def bicycle(b: Brush) -> None:
    """A bicycle from the side."""
    b.rest(50, 0.35)
    for x in (-29, 29):
        b.ring(x, 20, 19, b.own("1d1e24"), 2.4)
        b.ring(x, 20, 17.2, b.metal, 0.7)
        spokes = skia.Path()
        for i in range(14):
            a = i * math.tau / 14
            spokes.moveTo(x, 20)
            spokes.lineTo(x + 17 * math.cos(a), 20 + 17 * math.sin(a))
        b.canvas.drawPath(spokes, paint(fade(b.light.flat(b.metal), 0.8), stroke=0.35))
        b.disc(x, 20, 2, b.metal)
        guard = skia.Path()
        guard.addArc(rect(x - 21, -1, x + 21, 41), 20, 130)
        b.canvas.drawPath(guard, paint(b.light.flat(b.accent), stroke=1.4))
    frame = skia.Path()
    for one, two in (
        ((-29, 20), (-19, 56)),
        ((-21, 48), (12, 52)),
        ((-20, 44), (-2, 20)),
        ((12, 58), (-2, 20)),
        ((-2, 20), (29, 20)),
        ((29, 20), (12, 52)),
    ):
        frame.moveTo(*one)
        frame.lineTo(*two)
    b.canvas.drawPath(frame, paint(b.light.flat(b.accent), stroke=2.6))
    b.canvas.drawPath(frame, paint(fade(b.light.lit(lighter(b.accent, 0.3)), 0.6), stroke=0.8))
    bar = smooth([(-19, 56), (-20, 62), (-26, 64), (-31, 61), (-29, 57)], closed=False)
    b.canvas.drawPath(bar, paint(b.light.flat(b.metal), stroke=2))
    b.blob([(4, 60), (8, 64), (22, 64), (23, 60), (12, 58)], b.wood)
    b.ring(-2, 20, 6, b.metal, 1.4)
    b.line([(-2, 20), (4, 10)], b.metal, 1.6)
    b.bar(1, 8, 9, 10.4, b.dark, 0.8)
    b.line([(-2, 26), (29, 22)], b.dark, 0.6)
    b.poly([(-42, 50), (-22, 50), (-24, 64), (-44, 64)], b.wood)
    for i in range(3):
        b.line([(-43, 53 + i * 4), (-23, 53 + i * 4)], lighter(b.wood, 0.3), 0.6)
    b.disc(-19, 46, 3, ink("fff2c4") if b.light.lamps else b.glass)


def boat(b: Brush) -> None:
    """A rowing boat with oars."""
    b.rest(50, 0.4)
    b.line([(-30, 34), (38, 62)], b.wood, 2.2)
    b.blob([(36, 60), (48, 64), (50, 69), (38, 66)], b.wood)
    b.blob([(-50, 38), (-40, 34), (40, 34), (50, 40), (40, 30), (-40, 28)], darker(b.wood, 0.5))
    hull = smooth(
        [(-50, 40), (-38, 10), (-14, 2), (18, 2), (40, 10), (50, 42), (20, 32), (-20, 31)]
    )
    b.fill(hull, b.main)
    for i in range(3):
        b.line(
            [(-43 + i * 4, 28 - i * 8), (0, 21 - i * 7), (43 - i * 4, 29 - i * 8)],
            darker(b.main, 0.35),
            0.9,
            soft=True,
        )
    b.line([(-50, 40), (-20, 31.5), (20, 32.5), (50, 42)], b.accent, 2.6, soft=True)
    b.bar(-14, 30, 12, 33, b.wood, 1)
    b.line([(-20, 40), (16, 30), (44, 8)], lighter(b.wood, 0.15), 2.4)
    b.blob([(40, 12), (50, 4), (47, 0), (38, 8)], lighter(b.wood, 0.15))
    b.ring(14, 32, 2.4, b.brass, 1.2)
