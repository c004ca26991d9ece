"""A restaurant or diner: booths by big windows, a counter with stools, tables, signs, pendants."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import picture, plant, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant
from reelwright.providers.sketch.sets.furniture.seats import booth, chair_back, stool
from reelwright.providers.sketch.sets.furniture.storage import bottles
from reelwright.providers.sketch.sets.furniture.tables import bar_counter, cloth_table, glass, table
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOWS = (Window(-2.2, 0.85, 2.5, 1.5, (2, 1)), Window(0.75, 0.85, 2.5, 1.5, (2, 1)))


def build_diner(stage: Stage) -> None:
    """A diner: two booths before the street."""
    lamps = (Lamp(-1.0, 1.8, 6.4, 2.8), Lamp(3.2, 1.9, 7.8, 2.4, power=0.8))
    room = Room(stage, width=9.2, height=2.9, lamps=lamps)
    floor, trim = room.stuff("b9b2a4", 0.25), mix(stage.palette.accent, room.wall, 0.35)
    shell = Shell(floor, floor="checker", windows=_WINDOWS, view="city", wainscot=0.75, trim=trim)
    build_shell(room, shell)
    room.put(8.3, _counter, name="counter")
    build_air(room, _WINDOWS)
    room.put(6.0, _booths, name="booths")
    room.put(5.9, lambda pen: cone(pen, -0.25, 5.9, 1.8, 0.22), glow=True, blur=5.0, name="cone")
    room.mark(-0.95, 5.5, seat=0.46)
    room.mark(0.5, 5.5, seat=0.46)
    room.mark(1.5)
    room.mark(-1.9)
    room.mark(2.7, 6.6)
    room.spot(-0.25, 0.76, 5.4)
    room.spot(2.6, 1.05, 7.6)
    room.put(4.75, _table, name="table")
    room.put(3.6, _front, blur=3.0, name="foreground")


def _counter(pen: Pen) -> None:
    bar_counter(pen, 2.3, 4.3, 7.6, pen.main)
    for x in (2.6, 3.3, 4.0):
        stool(pen, x, 7.1, pen.accent)
    with pen.sheet(3.4, 8.9):
        pen.bar(-1.0, 1.3, 1.1, 2.5, darker(pen.wood, 0.3), 0.02, 0.3)
        for y in (1.36, 1.9):
            bottles(pen, -0.95, 1.05, y, 0.34)
            pen.bar(-1.0, y - 0.04, 1.1, y, lighter(pen.wood, 0.2), lit=0)
    with pen.sheet(3.2, 7.7, 1.08):
        pen.bar(-0.5, 0, -0.15, 0.3, pen.metal, 0.03)
        pen.disc(0.3, 0.02, 0.18, pen.metal, 0.15)
        pen.blob(
            [(0.14, 0.03), (0.16, 0.2), (0.3, 0.28), (0.44, 0.2), (0.46, 0.03)],
            lighter(pen.pale, 0.3),
        )
    wall_clock(pen, -0.72, 2.05, 0.17)
    pendant(pen, 3.2, 7.8, pen.accent, 2.0, 0.2)


def _booths(pen: Pen) -> None:
    red = mix(pen.accent, pen.main, 0.35)
    for x in (-3.4, 2.15):
        booth(pen, x, 7.2, darker(red, 0.1), 1 if x < 0 else -1)
    table(pen, -2.55, 6.9, pen.pale, 0.8, 0.6)
    booth(pen, -1.15, 5.8, red)
    booth(pen, 0.68, 5.8, red, -1)
    pendant(pen, -0.25, 5.9, pen.accent, 1.85, 0.22)


def _table(pen: Pen) -> None:
    pen.shadow(-0.25, 5.0, 0.7, 0.5)
    pen.box(-0.3, 0, 5.15, -0.2, 0.7, 5.25, pen.metal)
    pen.box(-0.75, 0.7, 4.85, 0.28, 0.75, 5.5, pen.pale)
    with pen.sheet(-0.25, 5.2, 0.76):
        pen.bar(-0.3, 0, -0.21, 0.1, lighter(pen.pale, 0.3), 0.02)
        pen.bar(0.12, 0, 0.2, 0.1, lighter(pen.pale, 0.3), 0.02)
        pen.bar(-0.06, 0, -0.01, 0.17, pen.room.stuff("b8332a", 0.05), 0.015)
        pen.bar(0.01, 0, 0.05, 0.15, pen.room.stuff("d9b23a", 0.05), 0.015)


def _front(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.8, -0.4, 0.3, 1.15, mix(pen.accent, pen.main, 0.3), 0.12)
        pen.bar(-0.8, 1.02, 0.33, 1.2, pen.metal, 0.08)
    stool(pen, x - 0.15, 3.7, pen.accent, 0.8)


def build_restaurant(stage: Stage) -> None:
    """A restaurant in the evening's manner: cloths, candles, dark wood."""
    lamps = (
        Lamp(0.0, 1.2, 6.0, 2.6),
        Lamp(-2.6, 1.6, 7.8, 2.2, power=0.85),
        Lamp(2.8, 1.6, 7.8, 2.2, power=0.85),
    )
    room = Room(stage, width=9.0, height=3.0, lamps=lamps)
    floor = room.stuff("6b4a35", 0.2)
    shell = Shell(
        floor,
        walls="paper",
        windows=_WINDOWS,
        view="city",
        wainscot=0.85,
        trim=darker(room.wall, 0.5),
    )
    build_shell(room, shell)
    room.put(8.4, _wall, name="wall")
    build_air(room, _WINDOWS)
    room.put(6.8, _tables, name="tables")
    room.mark(-0.85, 5.4, seat=0.46)
    room.mark(0.9, 5.4, seat=0.46)
    room.mark(-1.9, 5.6)
    room.mark(2.0, 5.4)
    room.spot(0.0, 0.76, 5.0)
    room.spot(-2.6, 0.76, 6.8)
    room.put(
        4.9, lambda pen: cloth_table(pen, 0.02, 5.1, lighter(pen.pale, 0.2), 0.55), name="table"
    )
    room.put(3.6, _fore, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    picture(pen, 2.9, 1.4, 0.8, 0.6)
    picture(pen, -3.95, 1.4, 0.6, 0.8)
    plant(pen, -0.72, 8.6, 1.2)
    plant(pen, 3.9, 8.3, 1.5)
    for x in (-2.6, 2.6):
        pendant(pen, x, 7.4, pen.accent, 1.9, 0.2)


def _tables(pen: Pen) -> None:
    for x, z in ((-2.6, 7.0), (2.6, 7.0), (0.1, 7.7)):
        chair_back(pen, x - 0.75, z + 0.3, pen.wood, 0.95)
        chair_back(pen, x + 0.75, z + 0.3, pen.wood, 0.95)
        cloth_table(pen, x, z, pen.pale, 0.5)
    chair_back(pen, -0.9, 5.9, pen.main, 0.98)
    chair_back(pen, 0.95, 5.9, pen.main, 0.98)


def _fore(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    chair_back(pen, -x + 0.25, 3.6, pen.wood, 1.0)
    with pen.sheet(x, 3.6):
        pen.bar(-0.35, -0.4, 0.8, 0.78, lighter(pen.pale, 0.1), 0.02)
        glass(pen, -0.2, 0.78, 0.22)
