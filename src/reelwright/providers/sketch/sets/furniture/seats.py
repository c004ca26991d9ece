"""What one sits and lies on."""

from reelwright.providers.sketch.ink import Color, darker, lighter
from reelwright.providers.sketch.sets.pens import Pen


def sofa(pen: Pen, x: float, z: float, base: Color, w: float = 2.1) -> None:
    """A three-seat sofa seen from the front, with two cushions."""
    pen.shadow(x, z - 0.3, w * 1.1, 1.1, 0.6)
    h, low = w / 2, darker(base, 0.12)
    with pen.sheet(x, z):
        pen.bar(-h + 0.1, 0.3, h - 0.1, 0.92, base, 0.12)
        for i in range(3):
            a = -h + 0.2 + i * (w - 0.4) / 3
            pen.bar(a + 0.01, 0.4, a + (w - 0.4) / 3 - 0.01, 0.88, lighter(base, 0.05), 0.09)
    pen.box(x - h + 0.15, 0.08, z - 0.75, x + h - 0.15, 0.36, z - 0.02, low)
    with pen.sheet(x, z - 0.7):
        for i in range(3):
            a = -h + 0.18 + i * (w - 0.36) / 3
            pen.bar(a + 0.01, 0.3, a + (w - 0.36) / 3 - 0.01, 0.47, lighter(base, 0.1), 0.06)
        for side in (-1, 1):
            pen.bar(side * h, 0.06, side * (h - 0.22), 0.64, base, 0.1)
            pen.bar(side * (h - 0.06), 0, side * (h - 0.12), 0.07, pen.wood)
        pen.bar(-h + 0.2, 0.06, h - 0.2, 0.3, low, 0.02, 0.4)
    with pen.sheet(x, z - 0.35, 0.46):
        pen.poly(
            [(-h + 0.3, 0), (-h + 0.26, 0.36), (-h + 0.62, 0.42), (-h + 0.7, 0.03)], pen.accent
        )
        pen.poly([(h - 0.3, 0), (h - 0.24, 0.34), (h - 0.6, 0.4), (h - 0.68, 0.02)], pen.pale)


def armchair(pen: Pen, x: float, z: float, base: Color, turn: float = 1.0) -> None:
    """A wing chair, three-quarter view; turn -1 faces left."""
    pen.shadow(x, z, 1.05, 0.9, 0.6)
    dim = darker(base, 0.2)
    with pen.sheet(x, z, turn=turn):
        for a in (-0.36, 0.34):
            pen.poly([(a, 0), (a + 0.07, 0), (a + 0.09, 0.14), (a - 0.02, 0.14)], pen.wood)
        pen.blob(
            [(-0.46, 0.2), (-0.5, 0.9), (-0.3, 1.1), (0.12, 1.1), (0.26, 0.9), (0.2, 0.3)], dim
        )
        pen.bar(-0.36, 0.12, 0.44, 0.36, dim, 0.05)
        pen.bar(-0.3, 0.3, 0.46, 0.5, lighter(base, 0.08), 0.09)
        pen.blob([(-0.48, 0.12), (-0.52, 0.58), (-0.38, 0.68), (-0.22, 0.58), (-0.2, 0.12)], base)
        pen.bar(0.32, 0.12, 0.54, 0.62, base, 0.1)


def chair(pen: Pen, x: float, z: float, base: Color, turn: float = 1.0, seat: float = 0.46) -> None:
    """A plain wooden chair from the side; turn 1 faces right."""
    pen.shadow(x, z, 0.55, 0.5, 0.5)
    far = darker(base, 0.3)
    with pen.sheet(x, z, turn=turn):
        pen.poly([(-0.12, 0), (-0.08, 0), (-0.1, seat), (-0.14, seat)], far)
        pen.poly([(0.2, 0), (0.24, 0), (0.2, seat), (0.16, seat)], far)
        pen.poly(
            [(-0.25, 0), (-0.2, 0), (-0.17, seat), (-0.28, 1.0), (-0.33, 1.0), (-0.23, seat)], base
        )
        pen.poly([(0.13, 0), (0.18, 0), (0.17, seat), (0.11, seat)], base)
        pen.bar(-0.25, seat - 0.03, 0.25, seat + 0.02, lighter(base, 0.08), 0.015)
        for y in (0.62, 0.76, 0.9):
            pen.poly(
                [
                    (-0.29 - (y - 0.8) * 0.2, y),
                    (-0.16, y + 0.01),
                    (-0.17, y + 0.07),
                    (-0.3, y + 0.07),
                ],
                base,
            )


def chair_back(pen: Pen, x: float, z: float, base: Color, h: float = 0.98) -> None:
    """A chair seen from behind: for the foreground, or tucked under a table."""
    pen.shadow(x, z, 0.6, 0.5, 0.5)
    with pen.sheet(x, z):
        for side in (-1, 1):
            pen.poly([(side * 0.24, 0), (side * 0.2, 0), (side * 0.18, h), (side * 0.23, h)], base)
        pen.bar(-0.22, h - 0.22, 0.22, h, lighter(base, 0.08), 0.05)
        pen.bar(-0.2, h - 0.42, 0.2, h - 0.34, base, 0.02)
        pen.bar(-0.24, 0.42, 0.24, 0.48, darker(base, 0.15), 0.02)


def stool(pen: Pen, x: float, z: float, base: Color, h: float = 0.74) -> None:
    """A round bar stool with a ring for the feet."""
    pen.shadow(x, z, 0.45, 0.45, 0.5)
    with pen.sheet(x, z):
        pen.disc(0, 0.02, 0.2, pen.metal, 0.22)
        pen.bar(-0.025, 0.02, 0.025, h - 0.05, pen.metal)
        pen.disc(0, h * 0.36, 0.15, darker(pen.metal, 0.3), 0.18)
        pen.bar(-0.2, h - 0.1, 0.2, h, base, 0.05)
        pen.disc(0, h, 0.2, lighter(base, 0.15), 0.2)


def bench(pen: Pen, x: float, z: float, base: Color, w: float = 2.4, back: float = 0.92) -> None:
    """A pew or bench seen from behind: back board, ends, rail."""
    pen.shadow(x, z, w, 0.6, 0.55)
    h = w / 2
    pen.box(x - h + 0.05, 0.40, z, x + h - 0.05, 0.46, z + 0.4, lighter(base, 0.1))
    with pen.sheet(x, z):
        pen.bar(-h, 0.12, h, back, base, 0.01, 0.35)
        for i in range(1, 6):
            a = -h + i * w / 6
            pen.line([(a, 0.16), (a, back - 0.12)], darker(base, 0.35), 0.014)
        pen.bar(-h - 0.02, back - 0.07, h + 0.02, back + 0.02, lighter(base, 0.12), 0.02, 0.4)
        for side in (-1, 1):
            pen.bar(side * (h + 0.05), 0, side * (h - 0.04), back + 0.1, darker(base, 0.12), 0.03)


def booth(pen: Pen, x: float, z: float, base: Color, turn: float = 1.0, w: float = 0.75) -> None:
    """One half of a diner booth from the side: a padded back and a seat; turn 1 faces right."""
    pen.shadow(x, z, w * 1.2, 0.9, 0.55)
    trim = darker(base, 0.35)
    with pen.sheet(x, z, turn=turn):
        pen.bar(-w / 2, 0, w / 2, 0.3, trim)
        pen.bar(-w / 2 + 0.1, 0.28, w / 2 + 0.04, 0.48, lighter(base, 0.06), 0.06)
        pen.blob([(-w / 2, 0), (-w / 2 - 0.08, 0.9), (-w / 2 - 0.04, 1.22), (-w / 2 + 0.12, 1.26), (-w / 2 + 0.18, 1.1), (-w / 2 + 0.2, 0.45)], base)  # fmt: skip
        pen.line([(-w / 2 + 0.06, 0.5), (-w / 2 + 0.02, 1.16)], trim, 0.02)


def bed(pen: Pen, x: float, z: float, base: Color, sheets: Color, w: float = 1.7) -> None:
    """A double bed, its head at the far end: head board, pillows, blanket falling over the side."""
    h, far = w / 2, z + 1.9
    pen.shadow(x, z + 0.5, w * 1.15, 2.4, 0.6)
    pen.box(x - h - 0.05, 0, far, x + h + 0.05, 1.15, far + 0.06, pen.wood)
    with pen.sheet(x, far):
        pen.bar(-h + 0.06, 0.5, h - 0.06, 1.06, lighter(pen.wood, 0.1), 0.04)
    pen.box(x - h, 0.18, z, x + h, 0.42, far, darker(sheets, 0.06))
    pen.box(x - h - 0.02, 0.16, z - 0.02, x + h + 0.02, 0.5, z + 1.3, base)
    with pen.sheet(x, far - 0.25, 0.44):
        for side in (-1, 1):
            pen.bar(side * 0.06, 0, side * (h - 0.06), 0.32, sheets, 0.12)
    fold = pen.room.tone(lighter(sheets, 0.1), (x, 0.52, z + 1.2), (0, 1, 0))
    pen.face([(x - h - 0.02, 0.5, z + 1.08), (x + h + 0.02, 0.5, z + 1.08), (x + h, 0.52, z + 1.34), (x - h, 0.52, z + 1.34)], fold)  # fmt: skip
    with pen.sheet(x, z - 0.02):
        for i in range(1, 5):
            a = -h + i * w / 5
            pen.line([(a, 0.46), (a + 0.03, 0.2)], darker(base, 0.18), 0.02)
        pen.bar(-h - 0.03, 0.1, h + 0.03, 0.18, pen.wood, lit=0.3)
        for side in (-1, 1):
            pen.bar(side * h, 0, side * (h - 0.08), 0.12, pen.wood)
