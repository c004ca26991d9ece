"""A living room: sofa under pictures, a window on the world, a lamp, shelves, a rug."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import curtains, picture, plant, rug
from reelwright.providers.sketch.sets.furniture.lamps import floor_lamp, table_lamp
from reelwright.providers.sketch.sets.furniture.seats import armchair, sofa
from reelwright.providers.sketch.sets.furniture.storage import books, bookshelf, cabinet, vase
from reelwright.providers.sketch.sets.furniture.tables import table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(2.15, 0.95, 1.9, 1.5, (2, 2))
_SIDE = Window(6.4, 0.9, 1.5, 1.5, (2, 3), side=True)


def build(stage: Stage) -> None:
    room = Room(stage, lamps=(Lamp(-2.35, 1.5, 7.6, 2.9), Lamp(3.2, 1.0, 8.4, 1.7, power=0.8)))
    view = ("trees", "city", "hills")[stage.variant % 3]
    floor = room.stuff("7a5235", 0.2)
    build_shell(room, Shell(floor, walls="paper", windows=(_WINDOW, _SIDE), view=view))
    room.put(8.7, _wall, name="wall")
    room.put(7.4, _middle, name="furniture")
    build_air(room, (_WINDOW, _SIDE))
    room.put(5.6, _seating, name="seating")
    room.mark(-0.55)
    room.mark(0.6)
    room.mark(-0.9, 5.9, seat=0.46)
    room.mark(0.2, 5.9, seat=0.46)
    room.mark(1.9, 5.4)
    room.spot(1.25, 0.45, 5.2)
    room.spot(3.0, 0.8, 8.3)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    curtains(pen, 2.15, 0.35, 1.9, 2.15, pen.main)
    picture(pen, -0.95, 1.42, 0.62, 0.8)
    picture(pen, -0.1, 1.62, 0.44, 0.56, pen.dark)
    picture(pen, 0.5, 1.5, 0.32, 0.4)
    bookshelf(pen, -3.2, 8.6, 1.2, 2.15)
    cabinet(pen, 2.3, 8.45, pen.wood, 2.2, 0.8, 3)
    table_lamp(pen, 3.1, 8.5, 0.8, pen.pale)
    with pen.sheet(1.6, 8.5, 0.8):
        books(pen, 0, 0.35, 0, 0.24)
        vase(pen, 0.55, 0, 0.26)


def _middle(pen: Pen) -> None:
    floor_lamp(pen, -2.35, 7.6, pen.pale)
    plant(pen, 3.5, 6.9, 1.3)


def _seating(pen: Pen) -> None:
    rug(pen, 0.1, 4.7, 3.6, 2.1, mix(pen.main, pen.accent, 0.4))
    sofa(pen, -0.35, 6.6, pen.main, 2.3)
    armchair(pen, 2.15, 6.1, pen.main, -1)
    table(pen, 1.25, 5.0, pen.wood, 0.9, 0.5, 0.42)
    with pen.sheet(1.2, 5.2, 0.43):
        pen.bar(-0.3, 0, 0.05, 0.03, pen.accent)
        pen.bar(-0.27, 0.03, 0.02, 0.055, lighter(pen.pale, 0.2))
        pen.bar(0.15, 0, 0.24, 0.1, pen.pale, 0.02)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(-x, 3.6):
        pen.blob(
            [(-0.6, -0.3), (-0.6, 0.72), (-0.2, 0.86), (0.12, 0.72), (0.2, 0.4), (0.16, -0.3)],
            darker(pen.main, 0.45),
        )
    plant(pen, max(x - 0.05, 1.0), 3.6, 1.5, -0.2)
