"""Lamps: each has a body by day and a lit shade with a small halo when it burns."""

from reelwright.providers.sketch.ink import (
    Color,
    darker,
    fade,
    lighter,
    linear,
    mix,
    paint,
    polygon,
)
from reelwright.providers.sketch.sets.pens import Pen


def _shade(pen: Pen, points: list[tuple[float, float]], base: Color) -> None:
    """A lamp shade: glows from inside where lamps are lit."""
    if not pen.lamplit:
        pen.poly(points, base)
        return
    top, low = max(y for _, y in points), min(y for _, y in points)
    lamp = pen.room.light.lamp
    warm = linear((0, low), (0, top), [lighter(lamp, 0.55), mix(lamp, base, 0.35)])
    pen.canvas.drawPath(polygon(points), paint(shader=warm))


def floor_lamp(pen: Pen, x: float, z: float, base: Color, h: float = 1.65) -> None:
    """A standing lamp with a drum shade."""
    pen.shadow(x, z, 0.4, 0.4, 0.45)
    with pen.sheet(x, z):
        pen.disc(0, 0.02, 0.16, pen.dark, 0.25)
        pen.bar(-0.014, 0.02, 0.014, h - 0.2, pen.dark)
        if pen.lamplit:
            pen.shine(0, h - 0.15, 0.75, pen.room.light.lamp, 0.5)
        _shade(pen, [(-0.22, h - 0.32), (-0.15, h), (0.15, h), (0.22, h - 0.32)], base)


def table_lamp(pen: Pen, x: float, z: float, y: float, base: Color, h: float = 0.5) -> None:
    """A lamp on a table top at height y."""
    with pen.sheet(x, z, y):
        pen.disc(0, 0.01, 0.08, pen.dark, 0.25)
        pen.blob([(-0.03, 0), (-0.06, h * 0.25), (-0.02, h * 0.55), (0.02, h * 0.55), (0.06, h * 0.25), (0.03, 0)], pen.accent)  # fmt: skip
        if pen.lamplit:
            pen.shine(0, h * 0.75, 0.6, pen.room.light.lamp, 0.5)
        _shade(pen, [(-0.17, h * 0.5), (-0.1, h), (0.1, h), (0.17, h * 0.5)], base)


def desk_lamp(pen: Pen, x: float, z: float, y: float, base: Color, turn: float = 1.0) -> None:
    """A jointed desk lamp that bows to the right (turn -1: to the left)."""
    with pen.sheet(x, z, y, turn):
        pen.disc(0, 0.015, 0.09, base, 0.25)
        pen.line([(0, 0.02), (-0.12, 0.26), (0.1, 0.44)], pen.metal, 0.02)
        pen.poly([(0.06, 0.48), (0.14, 0.5), (0.27, 0.36), (0.12, 0.3)], base)
        if pen.lamplit:
            pen.shine(0.2, 0.31, 0.45, pen.room.light.lamp, 0.75)
            pen.canvas.drawPath(
                polygon([(0.13, 0.31), (0.26, 0.36), (0.22, 0.3)]),
                paint(lighter(pen.room.light.lamp, 0.6)),
            )


def pendant(pen: Pen, x: float, z: float, base: Color, y: float = 1.95, r: float = 0.24) -> None:
    """A lamp on a cord from the ceiling; y is the rim of its shade."""
    with pen.sheet(x, z):
        pen.bar(-0.008, y + r * 0.8, 0.008, pen.room.height, pen.dark)
        if pen.lamplit:
            pen.shine(0, y, r * 3.4, pen.room.light.lamp, 0.6)
        pen.poly([(-r, y), (-r * 0.3, y + r * 0.85), (r * 0.3, y + r * 0.85), (r, y)], base)
        if pen.lamplit:
            pen.bare(
                -r * 0.86, y - 0.02, r * 0.86, y + 0.025, lighter(pen.room.light.lamp, 0.7), 0.02
            )


def cone(pen: Pen, x: float, z: float, y: float, r: float = 0.24, much: float = 0.26) -> None:
    """The soft cone of light under a hanging lamp, for a glow layer."""
    if pen.lamplit:
        with pen.sheet(x, z):
            warm = pen.room.light.lamp
            shade = linear((0, y), (0, 0.1), [fade(warm, much), fade(warm, 0)])
            pen.canvas.drawPath(
                polygon([(-r, y), (r, y), (r + y * 0.5, 0), (-r - y * 0.5, 0)]), paint(shader=shade)
            )


def tube(pen: Pen, x: float, z: float, w: float = 1.4, along: bool = False) -> None:
    """A fluorescent tube under the ceiling, across the room or along it."""
    h = pen.room.height - 0.04
    lit = (
        lighter(pen.room.lamps[0].color, 0.75)
        if pen.lamplit and pen.room.lamps
        else lighter(pen.pale, 0.3)
    )
    x0, x1, z0, z1 = (
        (x - 0.12, x + 0.12, z - w / 2, z + w / 2)
        if along
        else (x - w / 2, x + w / 2, z - 0.12, z + 0.12)
    )
    pen.face([(x0 - 0.06, h, z0 - 0.06), (x1 + 0.06, h, z0 - 0.06), (x1 + 0.06, h, z1 + 0.06), (x0 - 0.06, h, z1 + 0.06)], darker(pen.tone(pen.metal, x, h, z), 0.1))  # fmt: skip
    pen.face([(x0, h, z0), (x1, h, z0), (x1, h, z1), (x0, h, z1)], lit)


def sconce(pen: Pen, x: float, z: float, y: float, base: Color) -> None:
    """A small lamp on the wall."""
    with pen.sheet(x, z, y):
        if pen.lamplit:
            pen.shine(0, 0.1, 0.55, pen.room.light.lamp, 0.6)
        pen.bar(-0.02, -0.14, 0.02, 0.02, pen.metal)
        _shade(pen, [(-0.07, 0), (-0.11, 0.2), (0.11, 0.2), (0.07, 0)], base)


def chandelier(pen: Pen, x: float, z: float, y: float, r: float = 0.6) -> None:
    """A chandelier with a ring of candles."""
    brass = pen.room.stuff("c79a4e", 0.1)
    with pen.sheet(x, z):
        pen.bar(-0.012, y, 0.012, pen.room.height, pen.dark)
        if pen.lamplit:
            pen.shine(0, y + 0.1, r * 2, pen.room.light.lamp, 0.5)
        for i in range(-3, 4):
            a = i * r / 3
            pen.line([(0, y - 0.12), (a * 0.6, y - 0.14 + abs(a) * 0.06), (a, y)], brass, 0.022)
            pen.bar(a - 0.02, y, a + 0.02, y + 0.12, pen.pale)
            if pen.lamplit:
                pen.bare(a - 0.018, y + 0.12, a + 0.018, y + 0.2, 0xFFFFE6B0, 0.018)
