"""Large things of rooms as props: door, bed, table, chair, mirror, window, grave, cross."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.props.brush import Brush


def door(b: Brush) -> None:
    """A panelled door, its handle and lock bright."""
    b.rest(30)
    wood = mix(b.main, b.wood, 0.45)
    b.bar(-29, 0, 29, 100, lighter(wood, 0.22), 0.5, 0.5)
    b.bar(-25, 0, 25, 96, darker(wood, 0.5), 0, 0.2)
    b.bar(-24, 0.6, 24, 95, wood, 0, 0.5)
    for y0, y1 in ((6, 38), (46, 88)):
        for x0, x1 in ((-19, -3), (3, 19)):
            b.bar(x0, y0, x1, y1, darker(wood, 0.28), 0.4, 0.3)
            b.bar(x0 + 1.4, y0 + 0.8, x1 - 0.6, y1 - 1.6, lighter(wood, 0.05), 0.4, 0.7)
            b.bar(x0 + 3.4, y0 + 3, x1 - 3, y1 - 4, lighter(wood, 0.12), 0.4, 0.6)
    b.bar(18.4, 36, 22.4, 50, b.brass, 1)
    b.disc(20.4, 45.6, 2.6, lighter(b.brass, 0.2))
    b.disc(20.4, 39.6, 0.9, b.dark, 1, 0)
    b.bar(20, 38, 20.8, 39.6, b.dark, 0, 0)
    for y in (14, 80):
        b.bar(-25, y, -23, y + 8, b.brass, 0.4)
    b.poly([(-24, 0), (24, 0), (24, 2.6), (-24, 2.6)], b.brass, 0.4)


def bed(b: Brush) -> None:
    """A bed from the side, made."""
    b.rest(54)
    b.bar(-50, 0, -46, 62, b.wood, 1.5)
    b.bar(46, 0, 50, 40, b.wood, 1.5)
    b.bar(-47, 30, -44, 58, lighter(b.wood, 0.12), 1)
    b.bar(-46, 10, 46, 18, b.wood, 1)
    b.bar(-45, 18, 45, 30, lighter(b.pale, 0.1), 4)
    b.blob([(-44, 28), (-42, 44), (-30, 46), (-20, 38), (-22, 28)], lighter(b.pale, 0.35))
    b.blob([(-38, 28), (-36, 38), (-24, 40), (-16, 34), (-16, 28)], lighter(b.pale, 0.25))
    b.blob([(-18, 31), (-8, 37), (30, 36), (46, 32), (47, 14), (40, 10), (-16, 10)], b.main)
    b.blob([(-20, 30), (-10, 37), (0, 36), (-2, 10), (-18, 10)], lighter(b.pale, 0.3))
    b.poly([(14, 36), (34, 36), (38, 9), (12, 9)], b.accent)
    for x in (4, 10, 40):
        b.line([(x, 34), (x + 2, 14)], darker(b.main, 0.25), 0.8)
    for x in (16, 22, 28, 34):
        b.line([(x, 9), (x, 5.5)], darker(b.accent, 0.15), 1)


def table(b: Brush) -> None:
    """A wooden table with a jug on it."""
    b.rest(52)
    for x, base in ((-32, darker(b.wood, 0.35)), (28, darker(b.wood, 0.35))):
        b.bar(x, 8, x + 5, 56, base, 0.5)
    for x in (-44, 38):
        b.poly([(x + 0.8, 0), (x + 5.2, 0), (x + 6, 56), (x, 56)], b.wood)
    b.bar(-43, 48, 43, 57, darker(b.wood, 0.22), 0.5)
    b.bar(-9, 49.5, 9, 55.5, lighter(b.wood, 0.05), 0.5)
    b.disc(0, 52.5, 1.3, b.brass)
    b.poly([(-50, 58), (50, 58), (41, 69), (-41, 69)], lighter(b.wood, 0.14), 0.4)
    for i in range(1, 4):
        b.line(
            [(-50 + i * 2.3, 58 + i * 2.7), (50 - i * 2.3, 58 + i * 2.7)], darker(b.wood, 0.12), 0.5
        )
    b.bar(-50, 54.6, 50, 58.4, b.wood, 0.6)
    b.ring(18, 77, 5, b.pale, 1.8)
    b.blob([(3, 64), (1, 74), (6, 84), (5, 89), (17, 89), (15, 84), (18, 74), (16, 64)], b.pale)
    b.line([(1.8, 74), (17.4, 74)], b.accent, 1.6)
    b.disc(-16, 66, 5, b.accent, 0.9)


def chair(b: Brush) -> None:
    """A wooden chair, three-quarter view."""
    b.rest(34)
    dim = darker(b.wood, 0.35)
    b.poly([(18, 8), (22, 8), (21, 46), (17, 46)], dim)
    b.poly([(-14, 8), (-10, 8), (-11, 46), (-15, 46)], dim)
    b.poly([(-27, 0), (-22, 0), (-20, 46), (-22, 98), (-27, 98), (-25, 46)], b.wood)
    b.poly([(13, 0), (18, 0), (18, 46), (14, 98), (9, 98), (13, 46)], b.wood)
    for y in (88, 74, 60):
        b.blob(
            [(-24, y), (-22, y + 7), (-6, y + 9), (11, y + 7), (12, y), (-6, y + 2)],
            lighter(b.wood, 0.08),
        )
    b.poly([(-28, 42), (20, 42), (28, 50), (-16, 51)], b.accent, 0.6)
    b.poly([(-28, 38), (20, 38), (20, 42), (-28, 42)], lighter(b.wood, 0.12))
    b.poly([(20, 38), (28, 46), (28, 50), (20, 42)], dim)
    b.line([(-24, 18), (15, 18)], b.wood, 2.2)
    b.line([(16, 22), (20, 26)], dim, 2)


def mirror(b: Brush) -> None:
    """An oval standing mirror that holds the sky's colours."""
    b.rest(32)
    b.line([(-20, 0), (0, 9), (20, 0)], b.wood, 4, soft=True)
    b.bar(-3, 6, 3, 20, b.wood, 1)
    b.disc(0, 58, 33, b.brass, 1.24)
    b.disc(0, 58, 30.5, darker(b.brass, 0.4), 1.26)
    path = skia.Path()
    path.addOval(rect(-28.6, 22, 28.6, 94))
    sky = b.light.sky
    deep = [mix(b.light.flat(b.glass), sky[0], 0.35), mix(b.light.flat(b.glass), sky[3], 0.3)]
    b.canvas.drawPath(path, paint(shader=linear((-20, 90), (20, 24), deep)))
    b.canvas.save()
    b.canvas.clipPath(path, True)
    for x, w in ((-14, 9), (2, 4)):
        b.canvas.drawPath(_slant(x, w), paint(fade(0xFFFFFFFF, 0.22)))
    b.canvas.restore()
    for y in (21, 97):
        b.disc(0, y, 4, b.accent)


def _slant(x: float, w: float) -> "skia.Path":
    path = skia.Path()
    points = ((x - 18, 20), (x - 18 + w, 20), (x + 20 + w, 98), (x + 20, 98))
    path.addPoly([skia.Point(*p) for p in points], True)
    return path


def grave(b: Brush) -> None:
    """A gravestone in grass with a flower."""
    b.rest(44)
    stone = mix(b.own("8b8d8c"), b.main, 0.15)
    path = skia.Path()
    path.addRoundRect(rect(-30, -20, 30, 92), 30, 30)
    b.canvas.save()
    b.canvas.clipRect(rect(-60, 4, 60, 100))
    shifted = skia.Path(path)
    shifted.offset(-6 * b.light.side, 2)
    b.fill(shifted, darker(stone, 0.4))
    b.fill(path, stone)
    b.canvas.restore()
    for x0, y0, x1, y1 in ((-2.4, 52, 2.4, 80), (-10, 66, 10, 71)):
        b.bar(x0, y0, x1, y1, darker(stone, 0.45), 0.5, 0.2)
    b.scribble(-18, 20, [44, 38], darker(stone, 0.6), 1.8)
    b.scribble(-12, 16, [30], darker(stone, 0.6), 1.4)
    b.line([(-26, 34), (-18, 26), (-20, 16)], darker(stone, 0.3), 0.8)
    b.bar(-40, 0, 40, 8, darker(stone, 0.15), 2)
    grass = skia.Path()
    for _ in range(70):
        x = b.rng.uniform(-48, 48)
        grass.moveTo(x - 1.2, 0)
        grass.lineTo(x + b.rng.uniform(-4, 4), b.rng.uniform(5, 15))
        grass.lineTo(x + 1.2, 0)
    b.fill(grass, b.own("5f7a48"))
    b.line([(10, 3), (16, 14)], b.own("5c8250"), 1.4)
    b.disc(17, 16, 4.5, b.accent)
    b.disc(17, 16, 1.6, b.brass)


def fire(b: Brush) -> None:
    """A camp fire."""
    b.rest(50)
    b.shine(0, 36, 70, ink("ff9a3c"), 0.6)
    for x0, y0, x1, y1 in ((-42, 2, 30, 20), (42, 2, -30, 20), (-34, 8, 36, 6)):
        b.poly([(x0, y0 - 2), (x1, y1 - 2), (x1, y1 + 7), (x0, y0 + 7)], b.wood)
        b.line([(x0, y0 + 5), (x1, y1 + 5)], lighter(b.wood, 0.25), 1.6)
    for scale, color in ((1.0, "e8602c"), (0.74, "ff9d3c"), (0.46, "ffe08a")):
        path = skia.Path()
        path.moveTo(-28 * scale, 14)
        path.cubicTo(
            -36 * scale, 40 * scale + 10, -12 * scale, 48 * scale + 10, -16 * scale, 72 * scale + 12
        )
        path.cubicTo(
            -4 * scale, 62 * scale + 12, -2 * scale, 70 * scale + 12, 4 * scale, 84 * scale + 12
        )
        path.cubicTo(
            4 * scale, 64 * scale + 12, 22 * scale, 60 * scale + 12, 18 * scale, 44 * scale + 12
        )
        path.cubicTo(32 * scale, 40 * scale + 10, 32 * scale, 22, 26 * scale, 14)
        path.close()
        b.bare(path, ink(color))
    for _ in range(8):
        b.bare(_spark(b.rng.uniform(-26, 26), b.rng.uniform(60, 98)), ink("ffcf7a"))


def _spark(x: float, y: float) -> "skia.Path":
    path = skia.Path()
    path.addCircle(x, y, 0.9)
    return path
