"""An office: desks with computers, blinds on a city window, files, a board of notes, tubes above."""

from reelwright.providers.sketch.ink import darker, lighter
from reelwright.providers.sketch.sets.furniture.hangings import board, plant, side_door, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import desk_lamp, tube
from reelwright.providers.sketch.sets.furniture.machines import computer, monitor_back
from reelwright.providers.sketch.sets.furniture.seats import chair_back
from reelwright.providers.sketch.sets.furniture.storage import bookshelf, drawers
from reelwright.providers.sketch.sets.furniture.tables import desk
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOWS = (Window(-1.9, 0.95, 1.7, 1.5, (2, 1)), Window(0.2, 0.95, 1.7, 1.5, (2, 1)))
_SIDE = Window(6.2, 0.9, 1.6, 1.5, (3, 1), side=True)


def build(stage: Stage) -> None:
    """An open office, one desk in front, others behind."""
    lamps = (Lamp(1.5, 1.5, 7.0, 2.5, power=0.9), Lamp(-1.6, 2.2, 7.4, 2.4, power=0.6))
    room = Room(stage, width=8.4, lamps=lamps)
    floor = room.stuff("6f7478", 0.3)
    shell = Shell(floor, walls="panels", floor="tiles", windows=(*_WINDOWS, _SIDE), view="city")
    build_shell(room, shell)
    room.put(8.6, _wall, name="wall")
    build_air(room, (*_WINDOWS, _SIDE))
    room.put(6.9, _desks, name="desks")
    room.mark(-0.6)
    room.mark(0.7)
    room.mark(1.75, 5.6, seat=0.46)
    room.mark(-2.2, 6.0)
    room.spot(1.3, 0.78, 6.5)
    room.spot(-1.9, 0.78, 7.3)
    room.put(3.5, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    for x in (-1.9, 0.2):
        with pen.sheet(x, 8.95, 0.95):
            for i in range(7 if pen.room.stage.variant % 3 else 4):
                y = 1.5 - i * 0.075
                pen.bar(-0.84, y - 0.04, 0.84, y, pen.pale, lit=0)
    board(pen, 2.25, 1.1, 1.5, 1.05, chalk=False)
    wall_clock(pen, -0.85, 2.45, 0.16)
    drawers(pen, -3.75, 8.3, pen.metal, 0.5, 1.35, 4)
    drawers(pen, -3.2, 8.3, pen.metal, 0.5, 1.35, 4)
    bookshelf(pen, 3.6, 8.5, 0.95, 2.1, 5, pen.metal)
    side_door(pen, 7.2, pen.wood, -1)
    for x in (-1.7, 1.7):
        tube(pen, x, 7.2, 1.6)


def _desks(pen: Pen) -> None:
    desk(pen, -1.9, 7.2, pen.wood, 1.7)
    monitor_back(pen, -2.1, 7.5, 0.77)
    chair_back(pen, -1.8, 7.0, pen.main, 0.95)
    plant(pen, -3.3, 6.9, 1.2)
    desk(pen, 1.65, 6.3, pen.main, 1.9)
    computer(pen, 2.15, 6.7, 0.77)
    desk_lamp(pen, 1.0, 6.7, 0.77, pen.accent)
    with pen.sheet(1.6, 6.5, 0.77):
        pen.bar(-0.05, 0, 0.04, 0.1, pen.accent, 0.015)
        pen.bar(-0.32, 0, -0.1, 0.05, lighter(pen.pale, 0.2))
        pen.bar(-0.3, 0.05, -0.12, 0.09, pen.main)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.5)
    pen.box(-x - 0.6, 0.0, 3.4, -x + 0.25, 0.78, 3.8, pen.wood)
    with pen.sheet(-x, 3.5, 0.78):
        pen.bar(-0.4, 0.06, 0.14, 0.42, pen.dark, 0.02)
        pen.bar(-0.16, 0, -0.1, 0.1, pen.dark)
    plant(pen, x - 0.02, 3.5, 1.4, -0.2)
    with pen.sheet(x, 3.5):
        pen.bar(0.1, -0.4, 0.9, 3.2, darker(pen.metal, 0.3))
