"""What hangs on walls or stands against them: pictures, doors, curtains, boards, plants."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, darker, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.pens import LEFT, RIGHT, Pen


def picture(pen: Pen, x: float, y: float, w: float, h: float, frame: Color | None = None) -> None:
    """A framed picture on the back wall: a landscape, a portrait or a plain study, by lot."""
    edge = frame if frame is not None else pen.wood
    with pen.sheet(x, pen.room.back - 0.04, y):
        pen.bar(-w / 2 + 0.03, -0.05, w / 2 + 0.04, h - 0.02, darker(pen.wall, 0.45), lit=0)
        pen.bar(-w / 2 - 0.04, -0.04, w / 2 + 0.04, h + 0.04, edge, 0.01)
        pen.bar(-w / 2, 0, w / 2, h, pen.pale, lit=0.3)
        a, b, m = w / 2 * 0.84, h, h * 0.08
        kind = pen.rng.randrange(3)
        if kind == 0:
            pen.bar(-a, m, a, b - m, lighter(pen.main, 0.55), lit=0)
            pen.poly(
                [
                    (-a, m),
                    (-a, b * 0.45),
                    (-a * 0.3, b * 0.62),
                    (a * 0.2, b * 0.4),
                    (a, b * 0.56),
                    (a, m),
                ],
                pen.main,
                0,
            )
            pen.disc(a * 0.4, b * 0.72, h * 0.08, pen.accent)
        elif kind == 1:
            pen.bar(-a, m, a, b - m, darker(pen.main, 0.3), lit=0)
            pen.blob(
                [(-a * 0.6, m), (-a * 0.45, b * 0.36), (a * 0.45, b * 0.36), (a * 0.6, m)],
                pen.accent,
            )
            pen.disc(0, b * 0.56, min(w, h) * 0.18, mix(pen.pale, pen.wood, 0.4))
        else:
            pen.bar(-a, m, 0, b - m, mix(pen.accent, pen.pale, 0.35), lit=0)
            pen.bar(a * 0.15, m, a, b * 0.5, pen.main, lit=0)
            pen.disc(a * 0.5, b * 0.7, h * 0.1, pen.dark)


def mirror(pen: Pen, x: float, y: float, w: float, h: float) -> None:
    """A mirror on the back wall that holds the sky's colours."""
    sky = pen.room.light.sky
    with pen.sheet(x, pen.room.back - 0.04, y):
        pen.bar(-w / 2 - 0.04, -0.04, w / 2 + 0.04, h + 0.04, pen.wood, 0.03)
        deep = pen.tone(mix(pen.wall, sky[2], 0.35), x, y, pen.room.back - 0.3)
        shade = linear(
            (-w / 2, 0),
            (w / 2, h),
            [darker(deep, 0.25), lighter(deep, 0.25), deep],
            [0, 0.55, 0.56],
        )
        pen.canvas.drawRoundRect(rect(-w / 2, 0, w / 2, h), 0.02, 0.02, paint(shader=shade))


def wall_clock(pen: Pen, x: float, y: float, r: float = 0.2) -> None:
    """A round clock on the back wall."""
    with pen.sheet(x, pen.room.back - 0.04, y):
        pen.disc(0, 0, r, pen.dark)
        pen.disc(0, 0, r * 0.86, lighter(pen.pale, 0.3))
        hours = pen.rng.uniform(0, 6.28)
        pen.line([(0, 0), (r * 0.45 * (1 if hours > 3 else -1), r * 0.25)], pen.dark, 0.025)
        pen.line([(0, 0), (0.02, r * 0.7)], pen.dark, 0.016)


def door(
    pen: Pen, x: float, base: Color, w: float = 0.95, h: float = 2.08, z: float | None = None
) -> None:
    """A panelled door in its frame, in the back wall (or at z)."""
    with pen.sheet(x, z if z is not None else pen.room.back - 0.02):
        frame = lighter(base, 0.2)
        pen.bar(-w / 2 - 0.1, 0, w / 2 + 0.1, h + 0.1, frame, lit=0.3)
        pen.bar(-w / 2, 0, w / 2, h, darker(base, 0.05), lit=0.3)
        for y0, y1 in ((0.14, h * 0.42), (h * 0.48, h - 0.12)):
            for side in (-1, 1):
                pen.bar(side * 0.05, y0, side * (w / 2 - 0.08), y1, darker(base, 0.22), lit=0)
                pen.bar(
                    side * 0.07,
                    y0 + 0.02,
                    side * (w / 2 - 0.1),
                    y1 - 0.03,
                    lighter(base, 0.04),
                    0.005,
                    0.4,
                )
        pen.disc(w / 2 - 0.08, h * 0.46, 0.035, pen.room.stuff("c9a35a", 0.1))


def side_door(
    pen: Pen, z: float, base: Color, side: int = 1, w: float = 0.95, h: float = 2.08
) -> None:
    """A door in a side wall, in steep perspective; side 1 is the right wall."""
    x = side * (pen.room.width / 2 - 0.01)
    normal = LEFT if side > 0 else RIGHT
    tones = [pen.tone(c, x, 1.2, z, normal) for c in (lighter(base, 0.2), base, darker(base, 0.25))]
    a, b = z - w / 2, z + w / 2
    pen.face(
        [(x, 0, a - 0.1), (x, h + 0.1, a - 0.1), (x, h + 0.1, b + 0.1), (x, 0, b + 0.1)], tones[0]
    )
    pen.face([(x, 0, a), (x, h, a), (x, h, b), (x, 0, b)], tones[1])
    for y0, y1 in ((0.15, h * 0.42), (h * 0.5, h - 0.14)):
        pen.face(
            [(x, y0, a + 0.12), (x, y1, a + 0.12), (x, y1, b - 0.12), (x, y0, b - 0.12)], tones[2]
        )


def curtains(pen: Pen, x: float, y: float, w: float, h: float, base: Color) -> None:
    """A pair of curtains with folds beside a window of the back wall, on a rod; y is their hem."""
    with pen.sheet(x, pen.room.back - 0.12, y):
        pen.bar(-w / 2 - 0.3, h, w / 2 + 0.3, h + 0.03, pen.dark, 0.015)
        for side in (-1, 1):
            a, b = side * (w / 2 + 0.24), side * (w / 2 - 0.2)
            pen.poly(
                [(a, 0), (a, h), (b, h), (b + side * 0.08, h * 0.45), (b + side * 0.03, 0)], base
            )
            for i in range(1, 4):
                c = a + (b - a) * i / 4
                pen.line([(c, h - 0.03), (c + side * 0.03, 0.03)], darker(base, 0.25), 0.028)


def plant(pen: Pen, x: float, z: float, h: float = 1.1, y: float = 0.0) -> None:
    """A leafy plant in a pot."""
    if y == 0.0:
        pen.shadow(x, z, 0.5, 0.45, 0.5)
    green, pot = pen.room.stuff("4f7a4a", 0.15), mix(pen.accent, pen.wood, 0.6)
    back, front = skia.Path(), skia.Path()
    with pen.sheet(x, z, y):
        for i in range(13):
            lean, tall = (
                (i - 6) / 6 + pen.rng.uniform(-0.1, 0.1),
                h * pen.rng.uniform(0.72, 1.0) * (1 - 0.05 * abs(i - 6)),
            )
            path = front if i % 2 else back
            tip = (lean * h * 0.42, tall)
            path.moveTo(0.02 * lean, h * 0.24)
            path.quadTo(lean * h * 0.08 - h * 0.06, tall * 0.8, *tip)
            path.quadTo(lean * h * 0.22 + h * 0.07, tall * 0.62, 0.02 * lean, h * 0.24)
        pen.fill(back, darker(green, 0.3))
        pen.fill(front, green)
        r = h * 0.16
        pen.poly([(-r * 0.75, 0), (-r, h * 0.28), (r, h * 0.28), (r * 0.75, 0)], pot)
        pen.bar(-r * 1.1, h * 0.25, r * 1.1, h * 0.31, lighter(pot, 0.1), 0.01)


def rug(pen: Pen, x: float, z: float, w: float, d: float, base: Color) -> None:
    """A rug with a border, flat on the floor; z is its near edge."""
    up = (0.0, 1.0, 0.0)
    for inset, color in ((0.0, base), (0.12, lighter(base, 0.3)), (0.17, darker(base, 0.12))):
        a, b, c, e = x - w / 2 + inset, x + w / 2 - inset, z + inset, z + d - inset
        pen.face([(a, 0, c), (b, 0, c), (b, 0, e), (a, 0, e)], pen.tone(color, x, 0, z + d / 2, up))


def radiator(pen: Pen, x: float, w: float = 1.2, h: float = 0.6) -> None:
    """A ribbed radiator under a window of the back wall."""
    ribs = skia.Path()
    with pen.sheet(x, pen.room.back - 0.1, 0.12):
        count = int(w / 0.1)
        for i in range(count):
            ribs.addRoundRect(rect(-w / 2 + i * 0.1, 0, -w / 2 + i * 0.1 + 0.075, h), 0.03, 0.03)
        pen.bar(-w / 2, 0.05, w / 2 - 0.03, h - 0.05, darker(pen.pale, 0.4), lit=0)
        pen.fill(ribs, pen.pale, 0.4)


def board(pen: Pen, x: float, y: float, w: float, h: float, chalk: bool = True) -> None:
    """A blackboard with a sum and a curve on it, or a pin board with notes."""
    green = pen.room.stuff("2f4d42", 0.1)
    with pen.sheet(x, pen.room.back - 0.04, y):
        pen.bar(-w / 2 - 0.06, -0.06, w / 2 + 0.06, h + 0.06, pen.wood)
        pen.bar(-w / 2, 0, w / 2, h, green if chalk else mix(pen.wood, pen.pale, 0.45), lit=0.4)
        if chalk:
            white = lighter(pen.pale, 0.2)
            for i in range(4):
                y0 = h * (0.82 - i * 0.17)
                pen.line(
                    [(-w * 0.44, y0), (-w * (0.16 + 0.06 * pen.rng.random()), y0 + 0.015)],
                    white,
                    0.02,
                )
            pen.line([(w * 0.05, h * 0.2), (w * 0.05, h * 0.8)], white, 0.016)
            pen.line([(w * 0.02, h * 0.24), (w * 0.42, h * 0.24)], white, 0.016)
            curve = [(w * (0.06 + 0.34 * t / 8), h * (0.26 + 0.5 * (t / 8) ** 2)) for t in range(9)]
            pen.line(curve, pen.accent, 0.02)
            pen.bar(-w / 2, -0.1, w / 2, -0.05, lighter(pen.wood, 0.2))
            return
        for i in range(9):
            a, b = -w * 0.44 + (i % 5) * w * 0.185, h * (0.52 if i < 5 else 0.1)
            color = pen.rng.choice(
                (pen.pale, lighter(pen.pale, 0.4), pen.accent, lighter(pen.main, 0.5))
            )
            pen.bar(a, b, a + w * 0.14, b + h * pen.rng.uniform(0.28, 0.4), color, lit=0.2)
