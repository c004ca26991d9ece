"""What one eats, works and leans on."""

from reelwright.providers.sketch.ink import Color, darker, lighter
from reelwright.providers.sketch.sets.pens import Pen


def table(
    pen: Pen, x: float, z: float, base: Color, w: float = 1.5, d: float = 0.8, h: float = 0.75
) -> None:
    """A table with four legs; z is its near edge."""
    pen.shadow(x, z + d / 2, w * 0.95, d * 1.6, 0.5)
    a, b = x - w / 2, x + w / 2
    for lx in (a + 0.05, b - 0.11):
        pen.box(lx, 0, z + d - 0.1, lx + 0.06, h - 0.05, z + d - 0.04, darker(base, 0.25))
    for lx in (a + 0.05, b - 0.11):
        pen.box(lx, 0, z + 0.04, lx + 0.06, h - 0.05, z + 0.1, base)
    pen.box(a + 0.06, h - 0.13, z + 0.05, b - 0.06, h - 0.04, z + 0.1, darker(base, 0.2))
    pen.box(a, h - 0.05, z, b, h, z + d, lighter(base, 0.08))


def round_table(
    pen: Pen, x: float, z: float, base: Color, r: float = 0.45, h: float = 0.74
) -> None:
    """A small round table on one foot."""
    pen.shadow(x, z, r * 1.8, r * 1.6, 0.5)
    flat = max(0.06, (pen.room.eye - h) / z)
    with pen.sheet(x, z):
        pen.disc(0, 0.03, r * 0.5, pen.dark, 0.25)
        pen.bar(-0.035, 0.03, 0.035, h, pen.metal)
        pen.disc(0, h - 0.04, r, darker(base, 0.3), flat)
        pen.disc(0, h, r, lighter(base, 0.08), flat)


def cloth_table(
    pen: Pen, x: float, z: float, cloth: Color, r: float = 0.55, h: float = 0.74
) -> None:
    """A restaurant table under a cloth, with glasses, a plate and a candle."""
    pen.shadow(x, z, r * 2.3, r * 1.6, 0.55)
    flat = max(0.08, (pen.room.eye - h) / z)
    with pen.sheet(x, z):
        pen.poly([(-r, h), (-r * 1.06, 0.07), (-r * 0.5, 0.0), (0, 0.04), (r * 0.5, 0.0), (r * 1.06, 0.07), (r, h)], darker(cloth, 0.06))  # fmt: skip
        for i in range(-2, 3):
            pen.line([(i * r * 0.4, h - 0.05), (i * r * 0.44, 0.1)], darker(cloth, 0.22), 0.018)
        pen.disc(0, h, r, lighter(cloth, 0.15), flat)
        for side in (-1, 1):
            pen.disc(side * r * 0.5, h + 0.01, 0.12, lighter(cloth, 0.5), 0.22)
            glass(pen, side * r * 0.22, h + 0.01)
        candle(pen, 0, h + 0.02, 0.16)


def glass(pen: Pen, x: float, y: float, h: float = 0.17) -> None:
    """A wine glass on a sheet."""
    pale = lighter(pen.pale, 0.3)
    pen.line([(x, y), (x, y + h * 0.5)], pale, 0.012)
    pen.line([(x - 0.03, y), (x + 0.03, y)], pale, 0.012)
    pen.blob([(x - 0.035, y + h), (x - 0.035, y + h * 0.6), (x, y + h * 0.45), (x + 0.035, y + h * 0.6), (x + 0.035, y + h)], pen.accent)  # fmt: skip


def candle(pen: Pen, x: float, y: float, h: float = 0.2) -> None:
    """A candle on a sheet; it burns where lamps are lit."""
    pen.bar(x - 0.02, y, x + 0.02, y + h, pen.pale, 0.005)
    if pen.lamplit:
        pen.shine(x, y + h + 0.05, 0.3, pen.room.light.lamp, 0.6)
        pen.bare(x - 0.014, y + h + 0.005, x + 0.014, y + h + 0.07, 0xFFFFE2A0, 0.014)


def desk(pen: Pen, x: float, z: float, base: Color, w: float = 1.6, h: float = 0.76) -> None:
    """A desk with drawers at one end, a modesty board, and papers; z is its near edge."""
    pen.shadow(x, z + 0.4, w, 1.2, 0.55)
    a, b = x - w / 2, x + w / 2
    pen.box(a + 0.04, 0, z + 0.05, a + 0.5, h - 0.04, z + 0.7, base)
    pen.box(a + 0.5, 0.25, z + 0.5, b - 0.1, h - 0.05, z + 0.54, darker(base, 0.3))
    pen.box(b - 0.1, 0, z + 0.05, b - 0.04, h - 0.04, z + 0.7, base)
    with pen.sheet(a + 0.27, z + 0.05):
        for i in range(3):
            pen.bar(-0.19, 0.08 + i * 0.22, 0.19, 0.27 + i * 0.22, lighter(base, 0.1), 0.01, 0.4)
            pen.bar(-0.05, 0.17 + i * 0.22, 0.05, 0.19 + i * 0.22, pen.metal)
    pen.box(a, h - 0.04, z, b, h, z + 0.75, lighter(base, 0.08))
    papers(pen, x + w * 0.18, h, z + 0.25)


def papers(pen: Pen, x: float, y: float, z: float) -> None:
    """A few sheets lying on a top."""
    for i in range(3):
        a, b, t = x + i * 0.09 - 0.1, z + i * 0.06, 0.02 * i
        top = pen.tone(lighter(pen.pale, 0.2 + t), a, y, b, (0, 1, 0))
        pen.face(
            [(a, y, b), (a + 0.22, y, b + 0.03), (a + 0.2, y, b + 0.24), (a - 0.03, y, b + 0.2)],
            top,
        )


def counter(
    pen: Pen,
    x0: float,
    x1: float,
    z: float,
    base: Color,
    top: Color,
    h: float = 0.92,
    d: float = 0.6,
) -> None:
    """A long counter with panelled front; z is its near edge."""
    pen.shadow((x0 + x1) / 2, z, (x1 - x0) * 0.95, 0.5, 0.5)
    pen.box(x0 + 0.02, 0.1, z + 0.04, x1 - 0.02, h - 0.05, z + d, base)
    pen.box(x0 + 0.04, 0, z + 0.1, x1 - 0.04, 0.1, z + d, darker(base, 0.6))
    count = max(2, round((x1 - x0) / 0.6))
    step = (x1 - x0 - 0.04) / count
    with pen.sheet(x0 + 0.02, z + 0.04):
        for i in range(count):
            a = i * step
            pen.bar(a + 0.03, 0.15, a + step - 0.03, h - 0.11, lighter(base, 0.08), 0.015, 0.35)
            pen.bar(a + step - 0.1, h - 0.34, a + step - 0.08, h - 0.2, pen.metal)
    pen.box(x0, h - 0.05, z, x1, h, z + d, top)


def bar_counter(pen: Pen, x0: float, x1: float, z: float, base: Color, h: float = 1.08) -> None:
    """A bar: dark panels, a rounded top, a brass foot rail."""
    counter(pen, x0, x1, z, base, lighter(base, 0.22), h, 0.55)
    brass = pen.room.stuff("c99a4a", 0.1)
    with pen.sheet(x0, z - 0.06):
        w = x1 - x0
        pen.bar(0, 0.17, w, 0.21, brass, 0.02, 0)
        pen.bar(-0.04, h - 0.08, w + 0.04, h, lighter(base, 0.16), 0.04, 0.3)
        for i in range(int(w / 0.9) + 1):
            pen.bar(0.1 + i * 0.9, 0.17, 0.14 + i * 0.9, 0.34, brass)
