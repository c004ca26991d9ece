"""A plain room: what any heading may mean; a table, two chairs, a window, a shelf."""

from reelwright.providers.sketch.ink import darker
from reelwright.providers.sketch.sets.furniture.hangings import (
    curtains,
    door,
    picture,
    plant,
    radiator,
    rug,
)
from reelwright.providers.sketch.sets.furniture.lamps import floor_lamp
from reelwright.providers.sketch.sets.furniture.seats import chair
from reelwright.providers.sketch.sets.furniture.storage import bookshelf, cabinet, vase
from reelwright.providers.sketch.sets.furniture.tables import round_table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-1.9, 0.9, 1.7, 1.5, (2, 2))
_SIDE = Window(6.2, 0.9, 1.5, 1.5, (2, 2), side=True)


def build(stage: Stage) -> None:
    """A room that belongs to nobody in particular."""
    room = Room(stage, lamps=(Lamp(2.3, 1.5, 7.9, 3.0),))
    view = ("city", "trees", "hills")[stage.variant % 3]
    floor = room.stuff("84664a", 0.25)
    wainscot = 0.95 if stage.variant % 3 == 1 else 0.0
    windows = (_WINDOW, _SIDE)
    build_shell(room, Shell(floor, windows=windows, view=view, wainscot=wainscot))
    room.put(8.6, _wall, name="wall")
    build_air(room, windows)
    room.put(6.3, _middle, name="furniture")
    room.mark(-0.6)
    room.mark(0.65)
    room.mark(1.3, 6.0, seat=0.46)
    room.mark(2.6, 6.0, seat=0.46)
    room.spot(1.95, 0.75, 6.3)
    room.spot(3.0, 0.86, 8.3)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    curtains(pen, -1.9, 0.3, 1.7, 2.2, pen.main)
    radiator(pen, -1.9)
    door(pen, 0.15, pen.wood)
    picture(pen, 1.35, 1.45, 0.6, 0.5)
    bookshelf(pen, -3.45, 8.6, 0.9, 1.9)
    cabinet(pen, 3.1, 8.4, pen.wood, 1.3, 0.85)
    floor_lamp(pen, 2.2, 8.2, pen.pale)
    with pen.sheet(3.3, 8.5, 0.85):
        vase(pen, 0, 0, 0.3)


def _middle(pen: Pen) -> None:
    rug(pen, 0.0, 4.8, 3.2, 1.7, pen.main)
    chair(pen, 1.25, 6.4, pen.wood)
    chair(pen, 2.7, 6.4, pen.wood, -1)
    round_table(pen, 1.95, 6.3, pen.wood, 0.5)
    with pen.sheet(1.95, 6.3, 0.75):
        pen.bar(-0.2, 0, -0.12, 0.1, pen.accent, 0.02)
        vase(pen, 0.12, 0, 0.24)
    plant(pen, -3.0, 6.9, 1.2)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(x, 3.6):
        pen.bar(-0.12, -0.4, 0.8, 3.2, darker(pen.pale, 0.35), lit=0)
        pen.bar(-0.18, -0.4, -0.12, 3.2, darker(pen.pale, 0.1), lit=0)
    plant(pen, -x + 0.1, 3.6, 1.3, -0.2)
