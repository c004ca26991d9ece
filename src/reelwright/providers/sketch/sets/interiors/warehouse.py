"""A warehouse: racks of crates down both sides, columns, roof trusses, lamps, a high window."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, lighter, mix, paint
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant
from reelwright.providers.sketch.sets.furniture.storage import crate
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOWS = tuple(Window(x, 2.7, 1.9, 1.1, (4, 2), frame="4d5358") for x in (-2.6, 0.0, 2.6))


def build(stage: Stage) -> None:
    """A long aisle between racks."""
    lamps = (Lamp(0.0, 2.4, 6.4, 3.2), Lamp(0.0, 2.8, 11.0, 3.4, power=0.9))
    room = Room(stage, width=11.0, height=5.0, back=14.0, lamps=lamps)
    floor = room.stuff("84827c", 0.3)
    build_shell(
        room,
        Shell(
            floor,
            walls="panels",
            floor="stone",
            windows=_WINDOWS,
            view="city",
            skirting=False,
            ceiling=darker(room.wall, 0.4),
        ),
    )
    room.put(13.4, _gate, name="gate")
    room.put(10.0, _far_racks, name="far racks")
    build_air(room, _WINDOWS)
    room.put(7.4, _racks, name="racks")
    room.put(6.2, _light, glow=True, blur=6.0, name="cones")
    room.put(6.1, _pallets, name="pallets")
    room.mark(-0.7)
    room.mark(0.75)
    room.mark(0.1, 8.4)
    room.mark(-1.75, 6.2)
    room.mark(1.8, 6.4)
    room.spot(1.9, 0.75, 6.1)
    room.spot(0.2, 0.0, 5.3)
    room.put(3.7, _foreground, blur=3.0, name="foreground")


def _gate(pen: Pen) -> None:
    with pen.sheet(0, 13.9):
        pen.bar(-1.5, 0, 1.5, 2.5, mix(pen.metal, pen.main, 0.35), lit=0.3)
        slats = skia.Path()
        for i in range(12):
            slats.addRect(skia.Rect(-1.5, 0.1 + i * 0.2, 1.5, 0.13 + i * 0.2))
        pen.fill(slats, darker(pen.metal, 0.4), 0)
        for side in (-1, 1):
            pen.bar(side * 1.5, 0, side * 1.66, 2.6, pen.accent)
    trusses = []
    for z in (13.0, 10.0, 7.5):
        trusses += [((-5.5, 4.4, z), (5.5, 4.4, z)), ((-5.5, 4.9, z), (5.5, 4.9, z))]
        trusses += [
            ((-5.5 + i, 4.4 + 0.5 * (i % 2), z), (-4.5 + i, 4.9 - 0.5 * (i % 2), z))
            for i in range(11)
        ]
    pen.lines(trusses, pen.tone(darker(pen.metal, 0.35), 0, 4.5, 9.0, (0, -1, 0)), 4)
    pen.shadow(-1.2, 12.4, 1.6, 1.0)
    with pen.sheet(-1.3, 12.2):
        pen.bar(-0.8, 0.25, 0.5, 1.0, pen.accent, 0.06)
        pen.bar(-0.6, 1.0, 0.2, 1.9, darker(pen.accent, 0.2), 0.04)
        pen.bar(-0.5, 1.1, 0.1, 1.75, darker(pen.metal, 0.5), 0.02)
        pen.bar(0.55, 0.1, 0.65, 2.3, pen.dark)
        pen.bar(0.6, 0.12, 1.3, 0.2, pen.metal)
        for x in (-0.5, 0.3):
            pen.disc(x, 0.2, 0.2, pen.dark)


def _rack(pen: Pen, side: int, z: float) -> None:
    """One bay of shelving, three decks high, with its crates."""
    inner, outer = side * 2.75, side * 4.6
    x0, x1 = min(inner, outer), max(inner, outer)
    pen.shadow((x0 + x1) / 2, z, 2.0, 0.8, 0.5)
    for y in (0.12, 1.3, 2.5):
        pen.box(x0, y, z, x1, y + 0.09, z + 1.2, mix(pen.accent, pen.dark, 0.25))
        a = x0 + 0.12
        while a < x1 - 0.55:
            w, h = pen.rng.uniform(0.5, 0.8), pen.rng.uniform(0.45, 0.95)
            if pen.rng.random() < 0.85:
                base = pen.rng.choice((pen.wood, pen.wood, mix(pen.wood, pen.pale, 0.4), pen.main))
                end = min(x1 - 0.05, a + w)
                pen.box(a, y + 0.09, z + 0.1, end, y + 0.09 + h, z + 0.9, base)
                with pen.sheet(a, z + 0.1, y + 0.09):
                    pen.bar(0.04, h * 0.42, end - a - 0.04, h * 0.54, lighter(base, 0.25), lit=0.2)
            a += w + 0.08
    for x in (x0, x1):
        pen.box(x - 0.05, 0, z - 0.04, x + 0.05, 3.6, z + 0.06, mix(pen.main, pen.metal, 0.4))


def _far_racks(pen: Pen) -> None:
    for z in (11.6, 9.6):
        for side in (-1, 1):
            _rack(pen, side, z)
    pendant(pen, 0.0, 11.0, pen.metal, 2.9, 0.34)


def _racks(pen: Pen) -> None:
    for side in (-1, 1):
        _rack(pen, side, 7.2)
    pendant(pen, 0.0, 6.6, pen.metal, 2.5, 0.34)


def _light(pen: Pen) -> None:
    cone(pen, 0.0, 6.6, 2.5, 0.32, 0.28)


def _pallets(pen: Pen) -> None:
    for x, z in ((2.0, 6.0), (-2.55, 6.4)):
        pen.shadow(x, z + 0.3, 1.2, 0.8)
        pen.box(x - 0.55, 0, z, x + 0.55, 0.12, z + 0.8, darker(pen.wood, 0.2))
    crate(pen, 2.0, 6.1, 0.62, 0.13)
    crate(pen, -2.7, 6.5, 0.7, 0.13)
    crate(pen, -2.6, 6.5, 0.5, 0.83)
    paint_line = fade(pen.tone(pen.room.stuff("d9b23a", 0.1), 0, 0, 6.0, (0, 1, 0)), 0.6)
    for side in (-1, 1):
        x = side * 2.35
        points = [
            pen.room.at(*p)
            for p in ((x, 0, 3.0), (x + 0.1, 0, 3.0), (x + 0.1, 0, 13.5), (x, 0, 13.5))
        ]
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in points], True)
        pen.canvas.drawPath(path, paint(paint_line))


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    crate(pen, -x + 0.1, 3.7, 0.9, -0.5)
    crate(pen, -x - 0.1, 3.7, 0.6, 0.42)
    with pen.sheet(x, 3.7):
        pen.bar(0, -0.6, 0.2, 3.4, mix(pen.main, pen.metal, 0.4), lit=0.5)
        for i in range(3):
            pen.bar(-0.1, 0.1 + i * 1.1, 0.9, 0.2 + i * 1.1, mix(pen.accent, pen.dark, 0.25), lit=0)
