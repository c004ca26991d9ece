"""A library: walls of books, a ladder, long tables with green lamps, a tall window."""

from reelwright.providers.sketch.ink import darker, ink, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import rug
from reelwright.providers.sketch.sets.furniture.lamps import chandelier
from reelwright.providers.sketch.sets.furniture.seats import chair_back
from reelwright.providers.sketch.sets.furniture.storage import books, bookshelf
from reelwright.providers.sketch.sets.furniture.tables import papers, table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(0.0, 1.0, 1.7, 2.3, (3, 4), frame="5a3d28")


def build(stage: Stage) -> None:
    """A reading room."""
    lamps = (
        Lamp(-0.9, 1.2, 6.2, 2.2),
        Lamp(1.2, 1.2, 6.2, 2.2),
        Lamp(0.0, 2.9, 7.6, 3.2, power=0.75),
    )
    room = Room(stage, width=8.8, height=4.0, back=9.4, lamps=lamps)
    floor, trim = room.stuff("6a452d", 0.2), room.stuff("5a3d28", 0.15)
    view = ("trees", "city", "hills")[stage.variant % 3]
    build_shell(room, Shell(floor, windows=(_WINDOW,), view=view, trim=trim, wainscot=1.0))
    room.put(9.0, _walls, name="shelves")
    build_air(room, (_WINDOW,))
    room.put(7.2, _middle, name="middle")
    room.put(6.0, _table, name="table")
    room.mark(-1.0)
    room.mark(0.95)
    room.mark(0.0, 6.9)
    room.mark(-1.95, 6.2)
    room.spot(0.15, 0.78, 5.9)
    room.spot(1.5, 0.0, 5.3)
    room.put(3.7, _foreground, blur=3.0, name="foreground")


def _walls(pen: Pen) -> None:
    for x in (-3.3, -1.75, 1.75, 3.3):
        bookshelf(pen, x, 9.0, 1.5, 3.4, 7)
    with pen.sheet(0, 9.1):
        pen.bar(-4.3, 3.4, 4.3, 3.56, pen.wood, 0.02, 0.3)
    with pen.sheet(2.35, 8.7):
        for side in (-1, 1):
            pen.line([(side * 0.22, 0), (side * 0.16, 3.3)], lighter(pen.wood, 0.25), 0.06)
        for i in range(9):
            pen.line([(-0.2, 0.3 + i * 0.33), (0.2, 0.3 + i * 0.33)], lighter(pen.wood, 0.2), 0.045)
    chandelier(pen, 0, 8.0, 2.75, 0.6)


def _middle(pen: Pen) -> None:
    for x in (-3.75, 3.75):
        bookshelf(pen, x, 6.9, 1.2, 2.5, 6)
    rug(pen, 0.1, 4.9, 3.8, 2.2, mix(pen.main, pen.accent, 0.3))


def _lamp(pen: Pen, x: float, z: float, y: float) -> None:
    """A banker's lamp with a green shade."""
    green, brass = ink("2f7a5a"), pen.room.stuff("c99a4a", 0.1)
    with pen.sheet(x, z, y):
        pen.disc(0, 0.015, 0.09, brass, 0.25)
        pen.bar(-0.012, 0, 0.012, 0.32, brass)
        if pen.lamplit:
            pen.shine(0, 0.26, 0.5, pen.room.light.lamp, 0.6)
            pen.bare(-0.17, 0.25, 0.17, 0.285, lighter(pen.room.light.lamp, 0.6), 0.015)
        pen.blob(
            [(-0.2, 0.28), (-0.17, 0.38), (0.17, 0.38), (0.2, 0.28)],
            green if not pen.lamplit else mix(green, pen.room.light.lamp, 0.3),
        )


def _table(pen: Pen) -> None:
    for x in (-0.7, 0.9):
        chair_back(pen, x, 6.9, pen.wood, 1.0)
    table(pen, 0.1, 5.8, pen.wood, 2.7, 0.9, 0.77)
    _lamp(pen, -0.85, 6.2, 0.78)
    _lamp(pen, 1.15, 6.2, 0.78)
    papers(pen, 0.3, 0.78, 5.95)
    with pen.sheet(-0.25, 6.2, 0.78):
        for i, w in enumerate((0.36, 0.32, 0.34)):
            pen.bar(
                -w / 2,
                i * 0.06,
                w / 2,
                i * 0.06 + 0.055,
                (pen.main, pen.accent, darker(pen.main, 0.3))[i],
            )


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    with pen.sheet(-x, 3.7):
        pen.bar(-0.9, -0.5, 0.3, 3.4, darker(pen.wood, 0.3), lit=0)
        for i in range(6):
            y = -0.2 + i * 0.5
            pen.bar(-0.9, y, 0.24, y + 0.44, darker(pen.wood, 0.7), lit=0)
            books(pen, -0.5, 0.22, y, 0.42)
    chair_back(pen, x - 0.25, 3.7, pen.wood, 1.05)
