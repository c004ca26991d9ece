"""A lobby: a reception desk, lift doors, columns, a sofa and plants on a polished floor."""

from reelwright.providers.sketch.ink import darker, fade, ink, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import plant, rug, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import pendant, table_lamp
from reelwright.providers.sketch.sets.furniture.machines import monitor_back
from reelwright.providers.sketch.sets.furniture.seats import armchair, sofa
from reelwright.providers.sketch.sets.furniture.tables import counter, round_table
from reelwright.providers.sketch.sets.pens import UP
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-3.1, 0.4, 2.6, 2.6, (3, 2), frame="5d6063")
_SIDE = Window(7.2, 0.4, 2.4, 2.7, (3, 1), side=True, frame="5d6063")


def build(stage: Stage) -> None:
    """The hall of a hotel, an office house or a terminal, seen from its doors."""
    lamps = (Lamp(0.4, 2.3, 8.4, 3.4), Lamp(3.2, 1.4, 7.4, 2.4, power=0.8), Lamp(-2.6, 2.6, 8.0, 2.8, power=0.8))  # fmt: skip
    room = Room(stage, width=10.4, height=3.8, back=10.6, lamps=lamps)
    floor = room.stuff(("b3aa9c", "9ba0a3", "a89a86")[stage.variant % 3], 0.25)
    under = ("checker", "tiles", "stone")[stage.variant % 3]
    windows = (_WINDOW, _SIDE)
    build_shell(room, Shell(floor, walls="panels", floor=under, windows=windows, view="city"))
    room.put(10.2, _wall, name="wall")
    build_air(room, windows)
    room.put(8.4, _reception, name="reception")
    room.put(7.0, _seats, name="seats")
    room.mark(-0.7)
    room.mark(0.6)
    room.mark(0.5, 7.6)
    room.mark(-1.9, 6.0)
    room.mark(2.55, 6.3, seat=0.46)
    room.spot(1.25, 1.1, 8.3)
    room.spot(-0.2, 0.0, 5.4)
    room.put(3.7, _foreground, blur=3.0, name="foreground")


def _lift(pen: Pen, x: float, floor: int) -> None:
    """Two steel leaves in a frame, the floor's light above them."""
    with pen.sheet(x, 10.5):
        pen.bar(-0.78, 0, 0.78, 2.42, darker(pen.dark, 0.1), lit=0)
        for side in (-1, 1):
            pen.bar(side * 0.012, 0.02, side * 0.64, 2.24, lighter(pen.metal, 0.12), lit=0.9)
            pen.bar(side * 0.1, 0.12, side * 0.16, 2.14, lighter(pen.metal, 0.3), lit=0)
        pen.bar(-0.3, 2.5, 0.3, 2.7, pen.dark, 0.03)
        for i in range(5):
            lit = i == floor
            tint = ink("ffb84d") if lit else ink("6b5a40")
            pen.bare(-0.24 + i * 0.1, 2.56, -0.18 + i * 0.1, 2.64, tint, 0.02)
        pen.bar(0.88, 1.05, 1.0, 1.35, pen.metal, 0.02)
        pen.bare(0.92, 1.18, 0.96, 1.22, ink("ffb84d"), 0.02)


def _wall(pen: Pen) -> None:
    _lift(pen, 2.7, 1)
    _lift(pen, 4.5, 3)
    with pen.sheet(0.35, 10.45):
        pen.bar(-1.35, 0.0, 1.35, 3.1, mix(pen.wood, pen.dark, 0.2), lit=0.5)
        for i in range(9):
            pen.line([(-1.2 + i * 0.3, 0.1), (-1.2 + i * 0.3, 3.0)], darker(pen.wood, 0.45), 0.02)
        brass = pen.room.stuff("c9a35a", 0.1)
        pen.poly([(-0.34, 2.5), (0, 2.86), (0.34, 2.5), (0, 2.14)], brass, 0.6)
        pen.poly([(-0.2, 2.5), (0, 2.72), (0.2, 2.5), (0, 2.28)], pen.accent, 0.3)
        for row in range(3):
            for column in range(8):
                a, b = -1.0 + column * 0.26, 1.28 + row * 0.24
                pen.bar(a, b, a + 0.2, b + 0.18, darker(pen.wood, 0.6), 0.01, 0)
                if pen.rng.random() < 0.6:
                    pen.bar(a + 0.07, b + 0.04, a + 0.1, b + 0.13, brass, 0.01, 0)
    wall_clock(pen, -1.45, 2.35, 0.22)
    plant(pen, 1.6, 10.0, 1.5)
    plant(pen, -4.7, 9.6, 1.8)


def _reception(pen: Pen) -> None:
    counter(pen, -1.0, 1.8, 8.4, mix(pen.wood, pen.main, 0.25), lighter(pen.pale, 0.15), 1.1, 0.7)
    monitor_back(pen, 0.1, 8.8, 1.1)
    table_lamp(pen, -0.75, 8.7, 1.1, pen.pale, 0.5)
    with pen.sheet(1.45, 8.5, 1.1):
        pen.blob([(-0.08, 0), (-0.06, 0.07), (0.0, 0.1), (0.06, 0.07), (0.08, 0)], pen.room.stuff("c9a35a", 0.1))  # fmt: skip
        pen.bar(-0.55, 0, -0.3, 0.04, pen.accent)
    for x in (-0.5, 0.4, 1.3):
        pendant(pen, x, 8.6, pen.accent, 2.35, 0.2)


def _column(pen: Pen, x: float, z: float) -> None:
    stone = lighter(pen.wall, 0.18)
    pen.shadow(x, z, 0.8, 0.6, 0.5)
    glint = fade(lighter(pen.tone(pen.pale, x, 0, z, UP), 0.3), 0.12)
    pen.face([(x - 0.25, 0, z), (x + 0.25, 0, z), (x + 0.2, 0, 3.2), (x - 0.3, 0, 3.2)], glint)
    with pen.sheet(x, z):
        pen.bar(-0.36, 0, 0.36, 0.3, darker(stone, 0.25), 0.02)
        pen.bar(-0.27, 0.28, 0.27, 3.6, stone, 0, 1.0)
        pen.bar(-0.38, 3.5, 0.38, 3.8, lighter(stone, 0.15), 0.03)


def _seats(pen: Pen) -> None:
    for x in (-3.4, 3.4):
        _column(pen, x, 8.2)
    rug(pen, 2.9, 5.6, 2.6, 2.2, mix(pen.accent, pen.main, 0.35))
    sofa(pen, 3.1, 7.3, pen.main, 2.0)
    round_table(pen, 2.9, 6.0, pen.wood, 0.36, 0.45)
    armchair(pen, -3.2, 6.9, mix(pen.accent, pen.wood, 0.3))
    plant(pen, 4.4, 7.4, 1.5)
    plant(pen, -2.4, 7.5, 1.2)
    pen.shadow(-1.75, 6.7, 0.6, 0.4)
    with pen.sheet(-1.8, 6.7):
        pen.bar(-0.26, 0.05, 0.2, 0.62, mix(pen.wood, pen.accent, 0.4), 0.06)
        pen.bar(-0.16, 0.62, 0.1, 0.66, pen.dark, 0.02)
        pen.line([(-0.12, 0.62), (-0.12, 0.95), (0.06, 0.95), (0.06, 0.62)], pen.metal, 0.02)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    plant(pen, -x + 0.02, 3.7, 1.5, -0.25)
    with pen.sheet(x, 3.7):
        pen.bar(-0.06, -0.5, 0.04, 3.4, darker(pen.metal, 0.35), lit=0.4)
        pen.bar(0.3, -0.5, 0.9, 3.4, darker(pen.wall, 0.4), lit=0)
        pen.bar(-0.14, 0.9, -0.08, 1.4, pen.room.stuff("c9a35a", 0.1), 0.03)
