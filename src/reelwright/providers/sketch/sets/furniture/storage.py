"""What things are kept in: shelves, cupboards, lockers, crates, the kitchen's machines."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, darker, lighter, mix, rect
from reelwright.providers.sketch.sets.pens import Pen


def books(pen: Pen, x0: float, x1: float, y: float, h: float = 0.26) -> None:
    """A row of books on a sheet, in the scene's colours."""
    colors = (pen.main, darker(pen.main, 0.35), mix(pen.wood, pen.wall, 0.3), pen.pale, pen.accent)
    weights = (5, 5, 4, 2, 1)
    ox, oy, oz = pen.origin
    # upright edges need no smoothing, and a row is drawn hundreds of times in a library
    spines = [skia.Paint(Color=pen.tone(c, ox + (x0 + x1) / 2, oy + y, oz)) for c in colors]
    x = x0
    while x < x1 - 0.03:
        w = pen.rng.uniform(0.025, 0.06)
        if pen.rng.random() < 0.08:
            x += w * 2
            continue
        tall = h * pen.rng.uniform(0.68, 0.97)
        spine = pen.rng.choices(spines, weights)[0]
        pen.canvas.drawRect(rect(x, y, min(x1, x + w - 0.004), y + tall), spine)
        x += w


def bookshelf(
    pen: Pen,
    x: float,
    z: float,
    w: float = 1.2,
    h: float = 2.0,
    rows: int = 5,
    base: Color | None = None,
) -> None:
    """An open shelf full of books, with a vase or a box between them; z is its front."""
    wood = base if base is not None else pen.wood
    pen.shadow(x, z, w, 0.4, 0.5)
    pen.box(x - w / 2, 0, z, x + w / 2, h, z + 0.3, wood)
    step = (h - 0.1) / rows
    with pen.sheet(x, z):
        pen.bar(-w / 2 + 0.05, 0.06, w / 2 - 0.05, h - 0.05, darker(wood, 0.6), lit=0.2)
        for i in range(rows):
            y, a = 0.06 + i * step, pen.rng.uniform(0.55, 1.0) * w - w / 2
            books(pen, -w / 2 + 0.06, max(-w / 2 + 0.3, a - 0.05), y + 0.02, step * 0.9)
            if w / 2 - a > 0.22:
                vase(pen, (a + w / 2) / 2, y + 0.02, step * 0.62)
            pen.bar(-w / 2 + 0.03, y - 0.01, w / 2 - 0.03, y + 0.025, lighter(wood, 0.1), lit=0.4)


def vase(pen: Pen, x: float, y: float, h: float = 0.22) -> None:
    """A vase on a sheet."""
    w = h * 0.3
    color = pen.rng.choice((pen.pale, pen.accent, pen.main))
    pen.blob([(x - w * 0.5, y), (x - w, y + h * 0.45), (x - w * 0.35, y + h * 0.8), (x - w * 0.45, y + h), (x + w * 0.45, y + h), (x + w * 0.35, y + h * 0.8), (x + w, y + h * 0.45), (x + w * 0.5, y)], color)  # fmt: skip


def cabinet(
    pen: Pen,
    x: float,
    z: float,
    base: Color,
    w: float = 1.2,
    h: float = 0.85,
    doors: int = 2,
    drawers: int = 1,
) -> None:
    """A sideboard, wardrobe or filing cabinet: doors below, drawers above; z is its front."""
    pen.shadow(x, z, w, 0.5, 0.55)
    pen.box(x - w / 2, 0.06, z, x + w / 2, h, z + 0.45, base)
    high = min(0.24, h * 0.3) if drawers else 0.0
    with pen.sheet(x, z):
        step = (w - 0.06) / doors
        for i in range(doors):
            a = -w / 2 + 0.03 + i * step
            pen.bar(
                a + 0.015, 0.1, a + step - 0.015, h - high - 0.05, lighter(base, 0.07), 0.01, 0.4
            )
            pen.disc(a + (step - 0.06 if i % 2 == 0 else 0.06), (h - high) * 0.55, 0.022, pen.metal)
            if drawers:
                pen.bar(
                    a + 0.015, h - high, a + step - 0.015, h - 0.05, lighter(base, 0.1), 0.01, 0.4
                )
                pen.bar(a + step * 0.4, h - high * 0.62, a + step * 0.6, h - high * 0.5, pen.metal)
        for side in (-1, 1):
            pen.bar(side * (w / 2 - 0.03), 0, side * (w / 2 - 0.1), 0.06, darker(base, 0.4))


def drawers(
    pen: Pen, x: float, z: float, base: Color, w: float = 0.5, h: float = 1.3, rows: int = 4
) -> None:
    """A filing cabinet or chest of drawers; z is its front."""
    pen.shadow(x, z, w * 1.1, 0.5, 0.55)
    pen.box(x - w / 2, 0.02, z, x + w / 2, h, z + 0.5, base)
    step = (h - 0.06) / rows
    with pen.sheet(x, z):
        for i in range(rows):
            pen.bar(
                -w / 2 + 0.03,
                0.04 + i * step,
                w / 2 - 0.03,
                i * step + step,
                lighter(base, 0.09),
                0.012,
                0.4,
            )
            pen.bar(-0.07, i * step + step * 0.66, 0.07, i * step + step * 0.72, pen.metal)


def lockers(pen: Pen, x: float, z: float, base: Color, count: int = 4, h: float = 1.9) -> None:
    """A row of steel lockers with slots; z is their front."""
    w = count * 0.4
    pen.shadow(x, z, w, 0.4, 0.5)
    pen.box(x - w / 2, 0.08, z, x + w / 2, h, z + 0.4, base)
    slots = skia.Path()
    with pen.sheet(x, z):
        for i in range(count):
            a = -w / 2 + i * 0.4
            pen.bar(a + 0.015, 0.1, a + 0.385, h - 0.03, lighter(base, 0.08), 0.01, 0.45)
            for k in range(4):
                slots.addRect(rect(a + 0.1, h - 0.2 - k * 0.05, a + 0.3, h - 0.18 - k * 0.05))
            slots.addRect(rect(a + 0.32, h * 0.5, a + 0.345, h * 0.5 + 0.1))
        pen.fill(slots, darker(base, 0.6), 0.0)


def crate(pen: Pen, x: float, z: float, size: float = 0.7, y: float = 0.0) -> None:
    """A wooden crate with battens."""
    if y == 0.0:
        pen.shadow(x, z, size * 1.15, size, 0.55)
    wood, h = pen.wood, size / 2
    pen.box(x - h, y, z, x + h, y + size, z + size * 0.8, wood)
    with pen.sheet(x, z, y):
        rim = lighter(wood, 0.12)
        for a, b, c, d in ((-h, 0, h, 0.09), (-h, size - 0.09, h, size), (-h, 0, -h + 0.09, size), (h - 0.09, 0, h, size)):  # fmt: skip
            pen.bar(a, b, c, d, rim, lit=0.3)
        pen.line([(-h + 0.08, 0.08), (h - 0.08, size - 0.08)], rim, 0.07)


def goods(pen: Pen, x: float, z: float, w: float = 1.6, h: float = 2.0, rows: int = 5) -> None:
    """Shop shelves full of boxes, jars and tins; z is the front."""
    pen.shadow(x, z, w, 0.5, 0.5)
    pen.box(x - w / 2, 0, z, x + w / 2, h, z + 0.4, pen.pale)
    colors = (
        pen.main,
        pen.accent,
        lighter(pen.main, 0.4),
        mix(pen.accent, pen.pale, 0.5),
        pen.wood,
    )
    step = (h - 0.06) / rows
    with pen.sheet(x, z):
        pen.bar(-w / 2 + 0.04, 0.05, w / 2 - 0.04, h - 0.04, darker(pen.pale, 0.55), lit=0.2)
        for i in range(rows):
            y, paths = 0.05 + i * step, [skia.Path() for _ in colors]
            a = -w / 2 + 0.06
            while a < w / 2 - 0.2:
                path, wide, tall = (
                    pen.rng.choice(paths),
                    pen.rng.uniform(0.09, 0.2),
                    step * pen.rng.uniform(0.5, 0.85),
                )
                for _ in range(pen.rng.randint(1, 3)):
                    if a + wide < w / 2 - 0.05:
                        path.addRoundRect(rect(a, y, a + wide - 0.012, y + tall), 0.02, 0.02)
                    a += wide
            for path, color in zip(paths, colors, strict=True):
                pen.fill(path, color, 0.3)
            pen.bar(-w / 2, y - 0.035, w / 2, y + 0.005, lighter(pen.pale, 0.1), lit=0.3)


def bottles(pen: Pen, x0: float, x1: float, y: float, h: float = 0.32) -> None:
    """A row of bottles on a sheet, glinting where lamps are lit."""
    colors = (
        pen.room.stuff("3f7a55", 0.1),
        pen.room.stuff("9a5a2a", 0.1),
        pen.accent,
        pen.pale,
        pen.main,
    )
    paths, glints = [skia.Path() for _ in colors], skia.Path()
    x = x0 + 0.05
    while x < x1 - 0.04:
        w, tall = pen.rng.uniform(0.03, 0.048), h * pen.rng.uniform(0.7, 1.0)
        path = paths[pen.rng.randrange(len(paths))]
        path.addRoundRect(rect(x - w, y, x + w, y + tall * 0.62), 0.015, 0.015)
        path.addRect(rect(x - w * 0.36, y + tall * 0.55, x + w * 0.36, y + tall))
        glints.addRect(rect(x - w * 0.6, y + tall * 0.1, x - w * 0.35, y + tall * 0.5))
        x += w * 2 + pen.rng.uniform(0.012, 0.05)
    for path, color in zip(paths, colors, strict=True):
        pen.fill(path, color, 0.3)
    pen.fill(glints, lighter(pen.pale, 0.6), 0.0)


def fridge(pen: Pen, x: float, z: float, base: Color, h: float = 1.85) -> None:
    """A fridge with two doors and a note under a magnet."""
    pen.shadow(x, z, 0.85, 0.6, 0.6)
    pen.box(x - 0.36, 0.04, z, x + 0.36, h, z + 0.65, base)
    with pen.sheet(x, z):
        pen.bar(-0.35, 0.06, 0.35, h * 0.62, lighter(base, 0.08), 0.04)
        pen.bar(-0.35, h * 0.64, 0.35, h - 0.02, lighter(base, 0.08), 0.04)
        pen.bar(-0.31, h * 0.4, -0.27, h * 0.59, pen.metal, 0.02)
        pen.bar(-0.31, h * 0.67, -0.27, h * 0.8, pen.metal, 0.02)
        pen.bar(0.02, h * 0.74, 0.18, h * 0.86, pen.accent)
        pen.bar(-0.1, h * 0.44, 0.06, h * 0.54, lighter(pen.pale, 0.4))


def stove(pen: Pen, x: float, z: float, base: Color) -> None:
    """A cooker with an oven window, four knobs, a pot and a kettle."""
    pen.box(x - 0.32, 0.02, z, x + 0.32, 0.92, z + 0.6, base)
    with pen.sheet(x, z):
        pen.bar(-0.28, 0.14, 0.28, 0.66, darker(base, 0.5), 0.03)
        pen.bar(-0.22, 0.2, 0.22, 0.54, pen.dark, 0.02)
        pen.bar(-0.24, 0.6, 0.24, 0.63, pen.metal, 0.01)
        for i in range(4):
            pen.disc(-0.21 + i * 0.14, 0.78, 0.03, pen.metal)
    with pen.sheet(x, z + 0.3, 0.93):
        pen.bar(-0.26, 0, -0.02, 0.16, pen.metal, 0.02)
        pen.bar(-0.28, 0.15, 0.0, 0.18, darker(pen.metal, 0.2), 0.015)
        pen.blob([(0.05, 0), (0.05, 0.12), (0.16, 0.2), (0.27, 0.12), (0.27, 0)], pen.accent)
        pen.line([(0.08, 0.16), (0.16, 0.28), (0.25, 0.16)], pen.dark, 0.02)
