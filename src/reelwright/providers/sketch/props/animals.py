"""Animals: dog, cat, bird, horse."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, lighter, mix, paint, smooth
from reelwright.providers.sketch.props.brush import Brush


def _eye(b: Brush, x: float, y: float, r: float, hexadecimal: str = "2a1a12") -> None:
    b.disc(x, y, r, b.own(hexadecimal), 1, 0.2)
    b.disc(x + r * 0.35 * b.light.side, y + r * 0.35, r * 0.32, b.own("ffffff"), 1, 0)


def dog(b: Brush) -> None:
    """A dog, sitting, looking left."""
    b.rest(40)
    coat = mix(b.own("a8703e"), b.main, 0.12)
    dim, pale = darker(coat, 0.3), lighter(coat, 0.45)
    tail = smooth([(24, 8), (40, 10), (46, 24), (42, 36)], closed=False)
    b.canvas.drawPath(tail, paint(b.light.flat(coat), stroke=6))
    b.blob([(-8, 58), (8, 60), (22, 42), (32, 18), (28, 2), (0, 1), (-10, 20)], coat)
    b.blob([(12, 26), (24, 24), (34, 10), (30, 0), (8, 0), (6, 12)], lighter(coat, 0.08))
    for x, base in ((0, dim), (-12, coat)):
        b.blob([(x - 2, 46), (x + 8, 44), (x + 5, 20), (x + 6, 5), (x - 6, 4), (x - 4, 20)], base)
        b.blob([(x - 10, 0), (x - 9, 6), (x + 5, 7), (x + 6, 0)], pale)
    b.blob([(-14, 54), (-8, 30), (2, 34), (2, 56)], pale)
    b.blob([(8, 0), (10, 6), (26, 6), (28, 0)], pale)
    b.blob(
        [
            (-24, 88),
            (-10, 95),
            (6, 92),
            (12, 78),
            (8, 62),
            (-8, 54),
            (-18, 60),
            (-30, 62),
            (-37, 68),
            (-35, 76),
            (-26, 78),
        ],
        coat,
    )
    b.blob([(-37, 69), (-34, 77), (-26, 76), (-16, 66), (-18, 58), (-30, 61)], pale)
    b.blob([(-39, 74), (-36, 79), (-31, 77), (-33, 71)], b.dark)
    b.line([(-35, 69), (-28, 65), (-20, 66)], b.dark, 1.2, soft=True)
    _eye(b, -18, 80, 3.2)
    b.blob([(0, 92), (12, 90), (18, 74), (14, 60), (6, 64), (2, 78)], dim)
    b.blob([(-14, 58), (8, 62), (9, 57), (-12, 52)], b.accent)
    b.disc(-4, 53, 3, b.brass)


def cat(b: Brush) -> None:
    """A cat, sitting, its tail around its paws."""
    b.rest(34)
    coat = mix(b.own("4e4a52"), b.main, 0.2)
    pale = lighter(coat, 0.55)
    b.blob([(-12, 58), (12, 58), (24, 30), (26, 8), (16, 0), (-16, 0), (-26, 8), (-22, 34)], coat)
    tail = smooth([(22, 8), (36, 8), (40, 22), (32, 34), (36, 46)], closed=False)
    b.canvas.drawPath(tail, paint(b.light.flat(darker(coat, 0.15)), stroke=7))
    b.blob([(-8, 52), (8, 52), (9, 30), (4, 8), (-4, 8), (-9, 30)], pale)
    for x in (-7, 7):
        b.bar(x - 5.5, 0, x + 5.5, 32, lighter(coat, 0.06), 5)
        b.disc(x, 3, 6.5, pale, 0.6)
        b.line([(x - 2, 0.6), (x - 2, 3)], darker(coat, 0.3), 0.6)
        b.line([(x + 2, 0.6), (x + 2, 3)], darker(coat, 0.3), 0.6)
    for side in (-1, 1):
        b.poly([(side * 22, 78), (side * 20, 99), (side * 4, 88)], coat)
        b.poly(
            [(side * 18, 82), (side * 17.6, 93), (side * 8, 87)], mix(b.own("d99a92"), coat, 0.3)
        )
    b.blob([(-24, 74), (-18, 88), (0, 91), (18, 88), (24, 74), (16, 59), (0, 55), (-16, 59)], coat)
    b.blob([(-11, 66), (0, 71), (11, 66), (7, 58), (0, 56), (-7, 58)], pale)
    for side in (-1, 1):
        b.disc(side * 10.5, 75, 5.4, b.own("c7c75a"), 0.85, 0.4)
        b.disc(side * 10.5, 75, 2.1, b.own("14110e"), 1.9, 0)
        b.disc(side * 10.5 + b.light.side * 1.6, 77, 1.1, b.own("ffffff"), 1, 0)
        for i in range(3):
            b.line([(side * 7, 64 - i), (side * 30, 68 - i * 4.5)], lighter(pale, 0.4), 0.5)
        b.line([(0, 65), (side * 1.6, 61.6), (side * 5, 61.4)], b.dark, 0.9, soft=True)
    b.poly([(-2.6, 67.6), (2.6, 67.6), (0, 64.6)], b.own("d98a86"), 0.3)
    for i in range(3):
        b.line([(-4 + i * 4, 83), (-3 + i * 3, 89)], darker(coat, 0.4), 1.6)


def bird(b: Brush) -> None:
    """A bird on a branch."""
    b.line([(-50, 10), (-20, 14), (10, 11), (50, 18)], b.wood, 6, soft=True)
    b.line([(26, 13), (40, 28)], b.wood, 2.6)
    b.blob([(38, 26), (48, 34), (46, 24)], b.own("6f8f52"))
    b.blob([(30, 24), (33, 36), (40, 30)], b.own("6f8f52"))
    b.poly([(18, 34), (46, 8), (50, 12), (26, 44)], darker(b.main, 0.25))
    b.blob(
        [
            (-26, 66),
            (-18, 44),
            (-4, 24),
            (12, 22),
            (26, 38),
            (18, 58),
            (0, 82),
            (-14, 86),
            (-24, 78),
        ],
        b.main,
    )
    b.blob([(-23, 60), (-16, 42), (-4, 25), (6, 24), (4, 44), (-10, 60)], b.accent)
    b.blob([(-6, 60), (12, 58), (24, 40), (36, 24), (16, 28), (0, 42)], darker(b.main, 0.2))
    for i in range(3):
        b.line([(2 + i * 5, 52 - i * 5), (18 + i * 5, 36 - i * 4)], darker(b.main, 0.45), 1.1)
    b.poly([(-24, 75), (-40, 70), (-24, 66)], b.own("d9a03e"))
    b.line([(-38, 70), (-24, 70.5)], b.own("8a5a1e"), 0.8)
    _eye(b, -14, 75, 3.4)
    for x in (0, 9):
        b.line([(x, 25), (x - 2, 14)], b.own("b9782e"), 1.8)
        b.line([(x - 5, 13), (x + 3, 13)], b.own("b9782e"), 2.2)


def horse(b: Brush) -> None:
    """A horse, standing, facing left."""
    b.rest(48)
    coat = mix(b.own("6e4428"), b.main, 0.12)
    dim = darker(coat, 0.35)
    tail = smooth([(38, 60), (47, 52), (47, 34), (43, 20)], closed=False)
    b.canvas.drawPath(tail, paint(b.light.flat(b.dark), stroke=6))
    for x, base in ((-6, dim), (32, dim), (-16, coat), (24, coat)):
        b.blob([(x - 5, 40), (x + 7, 40), (x + 3, 22), (x + 3, 4), (x - 3, 4), (x - 3, 22)], base)
        b.poly([(x - 5, 0), (x + 4, 0), (x + 3, 5), (x - 3, 5)], b.dark)
    b.blob(
        [
            (-24, 58),
            (-10, 64),
            (12, 60),
            (32, 65),
            (40, 54),
            (36, 38),
            (12, 34),
            (-14, 35),
            (-24, 44),
        ],
        coat,
    )
    b.blob([(-22, 44), (-28, 66), (-38, 84), (-26, 96), (-16, 84), (-4, 62), (-8, 46)], coat)
    b.blob([(-25, 96), (-36, 92), (-48, 72), (-47, 65), (-41, 64), (-28, 78)], coat)
    b.blob([(-48, 71), (-47, 65), (-41, 64), (-39, 70)], dim)
    b.poly([(-27, 94), (-24, 100), (-20, 93)], coat)
    b.blob([(-25, 98), (-17, 90), (-4, 66), (-2, 60), (-11, 66), (-20, 84)], b.dark)
    _eye(b, -33, 84, 1.9)
    b.line([(-45, 74), (-34, 76), (-27, 88)], b.accent, 1.4)
    path = skia.Path()
    path.addOval(skia.Rect(2, 50, 26, 68))
    b.canvas.drawPath(path, paint(fade(b.light.lit(coat), 0.25)))
