"""What one holds to hurt, cut, open or fix: gun, knife, sword, keys, rope, tools, ring."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, lighter, mix, paint, smooth
from reelwright.providers.sketch.props.brush import Brush


def gun(b: Brush) -> None:
    """A revolver, its barrel to the left."""
    b.rest(44)
    steel = mix(b.own("4a5058"), b.metal, 0.25)
    b.blob([(20, 52), (30, 46), (44, 14), (40, 3), (26, 2), (22, 14), (14, 38)], b.wood)
    for i in range(4):
        b.line([(25 + i * 2.6, 12 + i * 5), (35 + i * 1.6, 15 + i * 5)], darker(b.wood, 0.35), 0.9)
    b.disc(32, 20, 2.2, b.brass)
    b.bar(-48, 58, 8, 70, steel, 1.5)
    b.bar(-48, 52, -4, 58, darker(steel, 0.25), 1.5)
    b.poly([(-46, 70), (-38, 70), (-40, 76), (-45, 76)], steel)
    b.disc(-48, 64, 3.6, b.own("111319"), 1.5)
    b.blob([(4, 74), (20, 76), (33, 68), (34, 58), (24, 50), (4, 46)], steel)
    b.bar(-3, 47, 19, 71, lighter(steel, 0.1), 4)
    for y in (51, 57.5, 64):
        b.bar(-1, y, 17, y + 3.2, darker(steel, 0.45), 1.4)
    b.poly([(26, 70), (38, 80), (41, 76), (33, 63)], darker(steel, 0.15))
    guard = smooth([(0, 46), (-1, 34), (7, 28), (16, 32), (17, 42)], closed=False)
    b.canvas.drawPath(guard, paint(b.light.flat(steel), stroke=2.8))
    b.line([(8, 46), (6, 39), (9, 34)], steel, 2.4, soft=True)
    b.gleam([(-45, 68), (2, 68)], 1.5, 0.55)
    b.gleam([(2, 69), (14, 69)], 1.2, 0.6)


def knife(b: Brush) -> None:
    """A kitchen knife, point up to the left."""
    b.rest(40)
    b.canvas.save()
    b.canvas.rotate(-24)
    b.canvas.translate(-16, 2)
    b.canvas.scale(0.88, 0.88)
    blade = smooth([(-5, 32), (-9, 60), (-5, 86), (2, 104), (7, 80), (8, 32)])
    b.fill(blade, lighter(b.metal, 0.2))
    edge = smooth([(-5, 34), (-9, 60), (-5, 86), (2, 104), (-1, 84), (-3, 60), (-2, 34)])
    b.fill(edge, lighter(b.metal, 0.55), 0.3)
    b.gleam([(4, 38), (4.4, 74)], 1.2, 0.5)
    b.bar(-6, 28, 9, 34, b.brass, 1)
    b.blob([(-5, 30), (-6, 10), (-8, -8), (2, -14), (10, -8), (8, 10), (8, 30)], b.dark)
    for y in (-4, 9, 21):
        b.disc(1, y, 1.9, b.brass)
    b.canvas.restore()


def sword(b: Brush) -> None:
    """A sword, point up."""
    b.rest(18)
    b.poly([(-4.2, 26), (-3.6, 90), (0, 99.5), (0, 26)], lighter(b.metal, 0.35), 0.5)
    b.poly([(4.2, 26), (3.6, 90), (0, 99.5), (0, 26)], darker(b.metal, 0.2), 0.5)
    b.bar(-0.8, 30, 0.8, 84, darker(b.metal, 0.35), 0.4, 0.2)
    b.blob([(-22, 22), (-20, 28), (0, 25.4), (20, 28), (22, 22), (0, 20.6)], b.brass)
    for side in (-1, 1):
        b.disc(side * 21, 25, 3, b.brass)
    b.bar(-2.8, 6, 2.8, 21.5, b.wood, 1)
    for i in range(5):
        b.line([(-2.8, 8 + i * 2.8), (2.8, 9.6 + i * 2.8)], b.brass, 0.7)
    b.disc(0, 4, 4.4, b.brass)
    b.disc(0, 4, 2, b.accent)
    b.gleam([(-2, 34), (-1.8, 80)], 0.9, 0.7)


def keys(b: Brush) -> None:
    """A ring of keys with a tag."""
    b.rest(36)
    b.ring(0, 80, 15, b.metal, 2.6)
    for turn, base, length in (
        (-26, b.brass, 56),
        (2, b.metal, 62),
        (28, darker(b.brass, 0.25), 50),
    ):
        b.canvas.save()
        b.canvas.translate(0, 70)
        b.canvas.rotate(turn)
        b.disc(0, -8, 9.5, base)
        b.disc(0, -5, 3.4, b.own("1d1e24"), 1, 0)
        b.bar(-2.6, -length, 2.6, -15, base, 1)
        for y, w in ((-length + 2, 9), (-length + 8, 6), (-length + 14, 8)):
            b.bar(2, y, w, y + 3.6, base, 0.6)
        b.gleam([(-1, -18), (-1, -length + 4)], 0.9, 0.55)
        b.canvas.restore()
    b.line([(14, 82), (26, 74), (30, 60)], b.dark, 1.2, soft=True)
    b.bar(22, 30, 42, 60, b.accent, 3)
    b.disc(32, 55, 2.2, b.dark)
    b.scribble(25, 40, [46, 41], lighter(b.pale, 0.2), 1.4)


def ring(b: Brush) -> None:
    """A ring with a stone."""
    b.rest(30)
    b.ring(0, 32, 28, b.brass, 7)
    b.ring(0, 32, 30.5, lighter(b.brass, 0.4), 0.9)
    b.ring(0, 32, 25, darker(b.brass, 0.4), 0.9)
    b.poly([(-13, 60), (-9, 70), (9, 70), (13, 60)], b.brass)
    stone = mix(b.accent, b.own("dff4ff"), 0.45)
    b.poly([(-19, 80), (-11, 92), (11, 92), (19, 80), (0, 58)], stone)
    b.poly([(-19, 80), (-7, 80), (0, 58)], darker(stone, 0.2), 0.3)
    b.poly([(-7, 80), (7, 80), (0, 58)], lighter(stone, 0.25), 0.3)
    b.poly([(-11, 92), (-7, 80), (0, 92)], lighter(stone, 0.5), 0.2)
    b.poly([(11, 92), (7, 80), (0, 92)], lighter(stone, 0.35), 0.2)
    for turn in range(4):
        a = turn * math.pi / 2 + 0.4
        b.gleam([(17, 92), (17 + 8 * math.cos(a), 92 + 6 * math.sin(a))], 0.9, 0.9)
    b.gleam([(b.light.side * -18, 10), (b.light.side * -26, 24)], 2.0, 0.6)


def rope(b: Brush) -> None:
    """A coil of rope."""
    b.rest(48)
    hemp = mix(b.own("b89863"), b.pale, 0.15)
    for i, (y, r) in enumerate(((12, 44), (24, 42), (36, 41), (48, 39))):
        b.ring(0, y, r, darker(hemp, 0.08 * (i % 2)), 11, 0.32)
        path = skia.Path()
        for k in range(30):
            a = k * math.tau / 30
            x, yy = r * math.cos(a), y + r * 0.32 * math.sin(a)
            path.moveTo(x - 2.5, yy - 4.4)
            path.lineTo(x + 2.5, yy + 4.4)
        b.canvas.drawPath(path, paint(fade(b.light.dark(hemp), 0.75), stroke=0.9))
    b.line([(30, 52), (44, 62), (36, 76), (16, 82), (6, 94)], darker(hemp, 0.25), 8.5, soft=True)
    b.line([(30, 53), (43, 63), (36, 77), (16, 83), (6, 95)], hemp, 6, soft=True)
    for x in (-1, 4, 9):
        b.line([(6, 92), (x, 99)], hemp, 1.2)


def tools(b: Brush) -> None:
    """A hammer and a wrench, crossed."""
    b.rest(44)
    b.canvas.save()
    b.canvas.translate(0, 46)
    b.canvas.rotate(38)
    b.bar(-4, -48, 4, 30, b.wood, 3)
    b.bar(-4.4, -48, 4.4, -20, b.accent, 3)
    b.bar(-20, 28, 14, 44, b.metal, 2)
    b.poly([(14, 43), (28, 38), (31, 28), (24, 33), (14, 30)], b.metal)
    b.bar(-24, 26, -18, 46, darker(b.metal, 0.15), 1.5)
    b.gleam([(-16, 41), (12, 41)], 1.4, 0.5)
    b.canvas.rotate(-76)
    b.bar(-5, -46, 5, 30, lighter(b.metal, 0.1), 3)
    b.bar(-2, -38, 2, 20, darker(b.metal, 0.25), 2, 0.3)
    b.poly(
        [
            (-6, 26),
            (-14, 36),
            (-12, 50),
            (-6, 50),
            (-5, 38),
            (5, 38),
            (6, 50),
            (12, 50),
            (14, 36),
            (6, 26),
        ],
        lighter(b.metal, 0.1),
    )
    b.disc(0, -42, 8, lighter(b.metal, 0.1))
    b.disc(0, -42, 4, b.dark, 1, 0)
    b.canvas.restore()
