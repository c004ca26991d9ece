"""A bedroom: a double bed between two lamps, wardrobe, dressing table, a window with curtains."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import curtains, mirror, picture, rug
from reelwright.providers.sketch.sets.furniture.lamps import table_lamp
from reelwright.providers.sketch.sets.furniture.seats import bed, chair_back
from reelwright.providers.sketch.sets.furniture.storage import books, cabinet, drawers
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-2.3, 0.85, 1.6, 1.5, (2, 2))
_SIDE = Window(6.0, 0.8, 1.5, 1.6, (2, 2), side=True)


def build(stage: Stage) -> None:
    """A bedroom seen from the foot of the bed."""
    lamps = (Lamp(-0.15, 1.0, 8.4, 2.2), Lamp(2.35, 1.0, 8.4, 2.5))
    room = Room(stage, width=7.6, lamps=lamps)
    view = ("trees", "city", "hills")[stage.variant % 3]
    floor = room.stuff("8a6a52", 0.25)
    shell = Shell(floor, walls="paper", windows=(_WINDOW, _SIDE), view=view, wainscot=0.0)
    build_shell(room, shell)
    room.put(8.6, _wall, name="wall")
    build_air(room, (_WINDOW, _SIDE))
    room.put(6.6, _bed, name="bed")
    room.mark(-0.75)
    room.mark(0.75)
    room.mark(1.0, 6.1, seat=0.5)
    room.mark(-1.9, 6.2)
    room.spot(2.4, 0.58, 8.2)
    room.spot(-3.0, 0.95, 8.1)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    curtains(pen, -2.3, 0.2, 1.6, 2.3, pen.main)
    picture(pen, 1.1, 1.5, 0.9, 0.6)
    mirror(pen, -0.75, 1.05, 0.5, 1.1)
    cabinet(pen, 3.35, 8.2, pen.wood, 0.85, 2.2, 2, 0)
    for x in (-0.15, 2.35):
        drawers(pen, x, 8.3, pen.wood, 0.46, 0.58, 2)
        table_lamp(pen, x, 8.45, 0.58, pen.pale, 0.46)
    drawers(pen, -3.15, 8.2, lighter(pen.wood, 0.1), 0.9, 0.95, 3)
    with pen.sheet(-3.4, 8.3, 0.95):
        pen.bar(0, 0, 0.2, 0.14, pen.accent, 0.02)
        pen.disc(0.45, 0.1, 0.08, pen.pale)
    with pen.sheet(2.2, 8.3, 0.58):
        books(pen, -0.02, 0.12, 0, 0.2)


def _bed(pen: Pen) -> None:
    rug(pen, -0.1, 4.9, 3.4, 1.6, mix(pen.main, pen.pale, 0.35))
    bed(pen, 1.1, 6.4, pen.main, pen.pale, 1.8)
    pen.box(0.35, 0.3, 5.95, 1.85, 0.44, 6.3, darker(pen.wood, 0.1))
    pen.box(0.3, 0, 5.97, 0.4, 0.3, 6.05, pen.wood)
    pen.box(1.8, 0, 5.97, 1.9, 0.3, 6.05, pen.wood)
    with pen.sheet(1.4, 6.1, 0.44):
        pen.blob([(-0.3, 0), (-0.26, 0.1), (0.1, 0.13), (0.34, 0.06), (0.34, 0)], pen.accent)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.8, -0.4, 0.12, 3.2, darker(pen.wood, 0.2), lit=0.4)
        pen.bar(0.12, -0.4, 0.2, 3.2, pen.wood, lit=0.3)
    chair_back(pen, x - 0.2, 3.6, pen.main, 1.0)
