"""A courtroom: the judge's bench, the witness stand, flags, a rail, tables for both sides."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import door
from reelwright.providers.sketch.sets.furniture.lamps import chandelier, sconce
from reelwright.providers.sketch.sets.furniture.seats import bench, chair_back
from reelwright.providers.sketch.sets.furniture.tables import papers, table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_SIDE = Window(7.2, 1.5, 1.5, 2.0, (2, 4), side=True)
_WINDOWS = (Window(-3.4, 1.5, 1.0, 1.9, (2, 4)), Window(3.4, 1.5, 1.0, 1.9, (2, 4)))


def build(stage: Stage) -> None:
    """The court, seen from the public's side."""
    lamps = (
        Lamp(0.0, 2.8, 8.4, 3.4),
        Lamp(-2.4, 2.6, 6.8, 2.4, power=0.6),
        Lamp(2.4, 2.6, 6.8, 2.4, power=0.6),
    )
    room = Room(stage, width=9.4, height=4.0, back=10.0, lamps=lamps)
    windows = (_SIDE, *_WINDOWS)
    floor, trim = room.stuff("7a6a58", 0.3), room.stuff("6b452c", 0.15)
    build_shell(
        room, Shell(floor, floor="tiles", windows=windows, view="city", wainscot=1.35, trim=trim)
    )
    room.put(9.0, _bench, name="judge")
    build_air(room, windows)
    room.put(7.2, _stand, name="stand")
    room.put(6.2, _tables, name="tables")
    room.mark(-0.75)
    room.mark(0.75)
    room.mark(0.0, 8.6)
    room.mark(2.2, 7.4)
    room.mark(-2.0, 5.9)
    room.spot(-1.6, 0.78, 6.2)
    room.spot(1.7, 0.78, 6.2)
    room.put(3.9, _rail, blur=2.0, name="rail")


def _bench(pen: Pen) -> None:
    wood = pen.wood
    with pen.sheet(0, 9.9):
        pen.bar(-1.7, 0, 1.7, 3.1, darker(wood, 0.15), 0.02, 0.3)
        for x in (-1.7, 1.7):
            pen.bar(x - 0.14, 0, x + 0.14, 3.2, wood)
        pen.bar(-1.9, 3.1, 1.9, 3.3, lighter(wood, 0.1), 0.02, 0.3)
        brass = pen.room.stuff("c99a4a", 0.1)
        pen.disc(0, 2.5, 0.36, brass)
        pen.disc(0, 2.5, 0.29, darker(wood, 0.3))
        pen.line([(0, 2.32), (0, 2.68)], brass, 0.03)
        pen.line([(-0.18, 2.6), (0.18, 2.6)], brass, 0.025)
        for side in (-1, 1):
            pen.poly(
                [(side * 0.18 - 0.07, 2.48), (side * 0.18 + 0.07, 2.48), (side * 0.18, 2.43)], brass
            )
    for side, cloth in ((-1, pen.accent), (1, pen.main)):
        with pen.sheet(side * 2.25, 9.6):
            pen.bar(-0.02, 0, 0.02, 2.7, pen.room.stuff("c99a4a", 0.1))
            pen.blob(
                [(0, 2.6), (side * 0.3, 2.4), (side * 0.26, 1.4), (side * 0.1, 1.1), (0, 1.3)],
                cloth,
            )
            pen.line([(side * 0.12, 2.4), (side * 0.14, 1.3)], darker(cloth, 0.3), 0.04)
    door(pen, -2.45 if pen.room.stage.variant % 3 else 2.45, darker(wood, 0.1))
    pen.box(-1.7, 0, 8.8, 1.7, 0.3, 9.8, darker(wood, 0.2))
    with pen.sheet(0, 9.4, 0.3):
        pen.bar(-0.36, 0.5, 0.36, 1.7, mix(pen.main, pen.dark, 0.4), 0.12)
    pen.box(-1.5, 0.3, 8.9, 1.5, 1.3, 9.2, wood)
    with pen.sheet(0, 8.9, 0.3):
        for i in range(4):
            pen.bar(-1.4 + i * 0.71, 0.1, -0.78 + i * 0.71, 0.88, lighter(wood, 0.1), 0.01, 0.4)
    pen.box(-1.6, 1.3, 8.8, 1.6, 1.38, 9.3, lighter(wood, 0.15))
    with pen.sheet(0.6, 9.0, 1.38):
        pen.bar(-0.1, 0, 0.1, 0.03, wood)
        pen.bar(-0.06, 0.05, 0.06, 0.12, darker(wood, 0.2), 0.02)
        pen.line([(0.04, 0.09), (0.22, 0.06)], wood, 0.025)
    chandelier(pen, 0, 7.6, 3.0, 0.7)
    for x in (-4.3, 4.3):
        sconce(pen, x, 9.9, 1.9, pen.pale)


def _stand(pen: Pen) -> None:
    pen.shadow(2.5, 7.4, 1.4, 0.8)
    pen.box(1.95, 0, 7.1, 3.1, 0.95, 7.2, pen.wood)
    pen.box(1.9, 0.93, 7.0, 3.15, 1.0, 7.3, lighter(pen.wood, 0.15))
    with pen.sheet(2.52, 7.1):
        for x in (-0.5, 0.04):
            pen.bar(x, 0.12, x + 0.46, 0.84, lighter(pen.wood, 0.1), 0.01, 0.4)
        pen.line([(0.2, 1.0), (0.16, 1.2), (0.08, 1.28)], pen.metal, 0.02)
        pen.disc(0.06, 1.3, 0.035, pen.dark)
    pen.box(-3.5, 0, 7.4, -2.0, 0.75, 7.5, darker(pen.wood, 0.1))
    pen.box(-3.55, 0.73, 7.3, -1.95, 0.8, 8.0, lighter(pen.wood, 0.1))
    chair_back(pen, -2.7, 8.0, pen.main, 1.1)


def _tables(pen: Pen) -> None:
    for x in (-1.85, 1.85):
        table(pen, x, 6.0, pen.wood, 1.8, 0.8, 0.77)
        papers(pen, x + 0.2, 0.78, 6.2)
        with pen.sheet(x - 0.5, 6.3, 0.78):
            pen.bar(-0.16, 0, 0.16, 0.07, pen.accent if x < 0 else pen.main)
            pen.bar(-0.14, 0.07, 0.15, 0.12, pen.pale)
        for dx in (-0.45, 0.45):
            chair_back(pen, x + dx, 5.75, pen.main, 1.0)


def _rail(pen: Pen) -> None:
    wide = pen.room.stage.width / 2 / pen.room.scale(3.9) + 0.9
    with pen.sheet(0, 3.9):
        for side in (-1, 1):
            pen.bar(side * 1.1, 0.42, side * wide, 0.5, lighter(pen.wood, 0.1), 0.02, 0.2)
            pen.bar(side * 1.02, -0.6, side * 1.16, 0.56, pen.wood, 0.02)
            for i in range(9):
                x = side * (1.3 + i * 0.2)
                pen.bar(x - 0.025, -0.6, x + 0.025, 0.44, pen.wood, lit=0.6)
    for side in (-1, 1):
        bench(pen, side * (wide - 0.6), 3.5, pen.wood, 1.6, 0.5)
