"""A kitchen: units under tiles, a window over the sink, cooker, fridge, a table under a lamp."""

from reelwright.providers.sketch.ink import darker, lighter
from reelwright.providers.sketch.sets.furniture.hangings import plant, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant
from reelwright.providers.sketch.sets.furniture.seats import chair, chair_back
from reelwright.providers.sketch.sets.furniture.storage import bottles, fridge, stove, vase
from reelwright.providers.sketch.sets.furniture.tables import counter, table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-0.55, 1.15, 1.7, 1.15, (2, 1))
_SIDE = Window(6.6, 0.9, 1.3, 1.5, (2, 2), side=True)


def build(stage: Stage) -> None:
    """A family kitchen."""
    room = Room(stage, lamps=(Lamp(0.2, 1.75, 5.9, 3.0), Lamp(-0.5, 2.2, 8.6, 1.8, power=0.6)))
    view = ("trees", "yard", "city")[stage.variant % 3]
    floor = room.stuff("b9a58a", 0.25)
    shell = Shell(floor, walls="tiles", floor="checker", windows=(_WINDOW, _SIDE), view=view)
    build_shell(room, shell)
    room.put(8.3, _units, name="units")
    build_air(room, (_WINDOW, _SIDE))
    room.put(5.9, _table, name="table")
    room.put(5.7, lambda pen: cone(pen, 0.2, 5.9, 1.85), glow=True, blur=5.0, name="cone")
    room.mark(-0.85)
    room.mark(0.95)
    room.mark(-1.3, 6.2, seat=0.46)
    room.mark(1.75, 6.2, seat=0.46)
    room.mark(-2.3, 6.6)
    room.spot(0.1, 0.76, 5.5)
    room.spot(1.4, 0.92, 8.2)
    room.put(3.7, _foreground, blur=3.0, name="foreground")


def _units(pen: Pen) -> None:
    counter(pen, -3.1, 1.35, 8.3, pen.main, pen.wood)
    stove(pen, 1.7, 8.3, pen.pale)
    counter(pen, 2.05, 2.75, 8.3, pen.main, pen.wood)
    fridge(pen, 3.2, 8.2, pen.pale)
    for x0, x1 in ((-3.2, -1.7), (0.55, 1.35)):
        pen.box(x0, 1.5, 8.6, x1, 2.3, 9.0, pen.main)
        with pen.sheet(x0, 8.6, 1.5):
            w = (x1 - x0) / 2
            for i in range(2):
                pen.bar(
                    i * w + 0.03, 0.03, i * w + w - 0.03, 0.77, lighter(pen.main, 0.1), 0.015, 0.4
                )
                pen.bar(i * w + w * 0.5 - 0.06, 0.07, i * w + w * 0.5 + 0.06, 0.09, pen.metal)
    pen.box(1.36, 1.75, 8.5, 2.04, 2.0, 9.0, pen.metal)
    pen.box(1.55, 2.0, 8.7, 1.85, 2.8, 9.0, pen.metal)
    wall_clock(pen, 2.5, 2.05, 0.17)
    with pen.sheet(-0.55, 8.55, 0.93):
        pen.bar(-0.35, 0, 0.35, 0.02, pen.metal)
        pen.line([(0, 0.02), (0, 0.3), (0.1, 0.34), (0.16, 0.27)], pen.metal, 0.03)
    with pen.sheet(-3.0, 8.5, 0.93):
        bottles(pen, 0.1, 0.5, 0, 0.28)
        pen.bar(0.65, 0, 0.95, 0.22, pen.metal, 0.04)
        vase(pen, 1.25, 0, 0.26)
        pen.bar(3.4, 0, 3.62, 0.24, pen.accent, 0.03)
        for i in range(4):
            pen.line([(3.42 + i * 0.05, 0.24), (3.4 + i * 0.06, 0.42)], pen.wood, 0.018)
    plant(pen, 0.2, 8.8, 0.34, 1.17)


def _table(pen: Pen) -> None:
    chair(pen, -1.15, 6.2, pen.wood)
    chair(pen, 1.6, 6.2, pen.wood, -1)
    chair_back(pen, 0.3, 6.6, pen.wood)
    table(pen, 0.2, 5.4, lighter(pen.wood, 0.1), 1.9, 0.9)
    pendant(pen, 0.2, 5.9, pen.accent, 1.9, 0.26)
    with pen.sheet(0.2, 5.8, 0.76):
        pen.blob([(-0.28, 0.1), (-0.2, 0), (0.16, 0), (0.26, 0.1)], pen.pale)
        for i, x in enumerate((-0.16, -0.02, 0.12)):
            pen.disc(x, 0.12 + (i % 2) * 0.02, 0.065, pen.accent)
        pen.bar(0.48, 0, 0.56, 0.1, pen.pale, 0.015)
        pen.bar(-0.6, 0, -0.52, 0.1, darker(pen.pale, 0.1), 0.015)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    chair_back(pen, x - 0.25, 3.7, pen.wood, 1.05)
    with pen.sheet(-x, 3.7):
        pen.bar(-0.8, -0.4, 0.16, 3.2, darker(pen.pale, 0.35), lit=0.4)
        pen.bar(0.16, -0.4, 0.22, 3.2, darker(pen.pale, 0.15), lit=0.3)
