"""A classroom: a blackboard, rows of desks, tall windows, a globe, the teacher's desk."""

from reelwright.providers.sketch.ink import darker, lighter
from reelwright.providers.sketch.sets.furniture.hangings import board, door, picture, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import tube
from reelwright.providers.sketch.sets.furniture.seats import chair_back
from reelwright.providers.sketch.sets.furniture.storage import bookshelf
from reelwright.providers.sketch.sets.furniture.tables import desk, table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_SIDES = (
    Window(5.2, 0.9, 1.2, 1.7, (2, 3), side=True),
    Window(7.4, 0.9, 1.2, 1.7, (2, 3), side=True),
)
_DOOR_PANE = Window(-3.4, 1.3, 0.9, 1.2, (1, 2))


def build(stage: Stage) -> None:
    """A classroom seen from the back row."""
    lamps = (Lamp(-1.6, 2.7, 7.4, 3.6, power=0.95), Lamp(1.6, 2.7, 7.4, 3.6, power=0.95))
    room = Room(stage, width=9.0, height=3.1, back=9.6, lamps=lamps)
    floor = room.stuff("8f7450", 0.25)
    windows = (*_SIDES, _DOOR_PANE)
    view = ("trees", "yard", "city")[stage.variant % 3]
    build_shell(room, Shell(floor, windows=windows, view=view, wainscot=0.85))
    room.put(9.2, _front, name="front")
    build_air(room, windows)
    room.put(7.0, _rows, name="rows")
    room.mark(-0.6, 5.2)
    room.mark(0.75, 5.2)
    room.mark(-0.1, 8.0)
    room.mark(-1.95, 5.9, seat=0.46)
    room.mark(1.95, 5.9, seat=0.46)
    room.spot(1.2, 0.78, 8.0)
    room.spot(-1.5, 0.73, 6.1)
    room.put(3.7, _foreground, blur=2.5, name="foreground")


def _front(pen: Pen) -> None:
    board(pen, 0.0, 1.05, 3.6, 1.3)
    wall_clock(pen, 0.0, 2.72, 0.17)
    picture(pen, 2.55, 1.35, 0.8, 1.0, pen.wood)
    door(pen, 3.75, pen.main)
    bookshelf(pen, -2.5, 9.1, 0.85, 1.3, 3)
    with pen.sheet(-2.5, 9.2, 1.3):
        pen.bar(-0.1, 0, 0.1, 0.03, pen.wood)
        pen.disc(0, 0.22, 0.17, lighter(pen.main, 0.2))
        pen.blob([(-0.1, 0.2), (-0.06, 0.34), (0.05, 0.3), (0.02, 0.18)], pen.accent)
        pen.line([(-0.14, 0.06), (-0.2, 0.2), (-0.12, 0.38)], pen.metal, 0.015)
    for x in (-1.6, 1.6):
        tube(pen, x, 7.4, 1.8, along=True)
    desk(pen, 1.0, 7.9, pen.wood, 1.7)
    with pen.sheet(0.6, 8.1, 0.77):
        pen.bar(-0.16, 0, 0.1, 0.05, pen.main)
        pen.bar(-0.14, 0.05, 0.12, 0.1, pen.accent)
        pen.disc(0.75, 0.06, 0.055, pen.room.stuff("b8433a", 0.05))


def _rows(pen: Pen) -> None:
    for z in (7.0, 6.0):
        for x in (-2.75, -1.45, 1.45, 2.75):
            chair_back(pen, x, z + 0.25, pen.main, 0.82)
            table(pen, x, z - 0.35, pen.wood, 1.0, 0.5, 0.72)
            if pen.rng.random() < 0.7:
                with pen.sheet(x + pen.rng.uniform(-0.2, 0.2), z - 0.1, 0.73):
                    pen.bar(-0.14, 0, 0.14, 0.035, pen.rng.choice((pen.main, pen.pale, pen.accent)))
                    pen.bar(-0.12, 0.035, 0.12, 0.06, pen.pale)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    for side in (-1, 1):
        chair_back(pen, side * (x - 0.3), 3.7, pen.main, 0.82)
        pen.box(
            side * (x - 0.3) - 0.55,
            0.68,
            3.3,
            side * (x - 0.3) + 0.55,
            0.72,
            3.7,
            darker(pen.wood, 0.1),
        )
