"""A gym: a boxing ring, punch bags, lockers and a bench, weights, high windows and tubes."""

from reelwright.providers.sketch.ink import darker, ink, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant
from reelwright.providers.sketch.sets.furniture.storage import lockers
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOWS = tuple(Window(x, 2.65, 1.7, 0.85, (4, 2), frame="4d5358") for x in (-2.9, 0.0, 2.9))
_CANVAS = 0.62  # the ring's floor, metres


def build(stage: Stage) -> None:
    """The ring at the back, lockers to one side, bags to the other."""
    lamps = (Lamp(0.2, 2.5, 9.0, 3.2), Lamp(-0.4, 2.5, 5.9, 2.6, power=0.8))
    room = Room(stage, width=9.6, height=3.9, back=11.0, lamps=lamps)
    walls = ("brick", "panels", "tiles")[stage.variant % 3]
    floor = room.stuff(("9a734c", "6f7478", "8a8d8a")[stage.variant % 3], 0.2)
    under = ("boards", "carpet", "tiles")[stage.variant % 3]
    shell = Shell(floor, walls=walls, floor=under, windows=_WINDOWS, view="city")
    build_shell(room, shell)
    room.put(10.6, _wall, name="wall")
    room.put(8.6, _ring, name="ring")
    build_air(room, _WINDOWS)
    room.put(7.0, _gear, name="gear")
    room.put(6.0, _light, glow=True, blur=6.0, name="cones")
    room.mark(-0.6)
    room.mark(0.7)
    room.mark(-1.5, 6.2, seat=0.44)
    room.mark(0.3, 8.9, floor=_CANVAS)
    room.mark(1.7, 6.0)
    room.spot(-2.3, 0.46, 6.5)
    room.spot(0.2, 0.0, 5.3)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    with pen.sheet(0, 10.95):
        pen.bar(-4.8, 1.0, 4.8, 1.12, pen.accent, lit=0)
    for x, color in ((-1.45, pen.accent), (1.45, pen.main), (3.9, pen.pale)):
        with pen.sheet(x, 10.9, 1.35):  # bills of old fights
            pen.bar(-0.4, 0, 0.4, 1.15, lighter(pen.pale, 0.1), lit=0.2)
            pen.bar(-0.34, 0.86, 0.34, 1.06, color, lit=0)
            for side in (-1, 1):
                pen.disc(side * 0.16, 0.66, 0.09, pen.dark)
                pen.bar(side * 0.04, 0.24, side * 0.3, 0.56, mix(color, pen.dark, 0.5), 0.05)
            pen.bar(-0.3, 0.08, 0.3, 0.14, pen.dark, lit=0)
    wall_clock(pen, 0.0, 2.15, 0.2)
    lockers(pen, -3.6, 10.3, mix(pen.main, pen.metal, 0.4), 5, 1.9)


def _ring(pen: Pen) -> None:
    x, y, near, far = 1.95, _CANVAS, 8.0, 10.2
    pen.shadow(0, 8.0, 4.2, 1.0, 0.55)
    pen.box(-x - 0.15, 0, near, x + 0.15, y - 0.08, far, mix(pen.main, pen.dark, 0.3))
    pen.box(-x - 0.2, y - 0.08, near - 0.05, x + 0.2, y, far, lighter(pen.pale, 0.1))
    with pen.sheet(0, near):
        for i in range(-4, 5):
            pen.line([(i * 0.45, 0.02), (i * 0.45, y - 0.1)], darker(pen.main, 0.4), 0.02)
    corners = ((-x, far), (x, far), (-x, near), (x, near))
    ropes = (pen.accent, lighter(pen.pale, 0.3), pen.main)
    for z in (far, near):
        for i, color in enumerate(ropes):
            h = y + 0.4 + i * 0.32
            for side in (-1, 1):
                tone = pen.tone(color, side * x, h, 9.0)
                if z == far:
                    pen.lines([((side * x, h, near), (side * x, h, far))], tone, 3.5)
            pen.lines([((-x, h, z), (x, h, z))], pen.tone(color, 0, h, z), 3.0 if z == far else 4.0)
        for a, b in corners:
            if b == z:
                pen.box(a - 0.06, y, b - 0.06, a + 0.06, y + 1.25, b + 0.06, pen.metal)
                with pen.sheet(a, b - 0.08, y):
                    pen.bar(-0.1, 0.3, 0.1, 1.12, pen.accent if a < 0 else pen.main, 0.05)
    for lamp in (-0.9, 1.1):
        pendant(pen, lamp, 9.0, pen.metal, 2.6, 0.32)


def _bag(pen: Pen, x: float, z: float, base: int) -> None:
    """A punch bag on its chain."""
    pen.shadow(x, z, 0.5, 0.4, 0.35)
    with pen.sheet(x, z):
        pen.line([(0, pen.room.height), (0, 2.15)], pen.metal, 0.03)
        for side in (-1, 1):
            pen.line([(0, 2.15), (side * 0.16, 1.92)], pen.metal, 0.02)
        pen.bar(-0.2, 0.72, 0.2, 1.95, base, 0.08, 1.0)
        for y in (0.98, 1.68):
            pen.bar(-0.2, y, 0.2, y + 0.07, darker(base, 0.35), lit=0.8)


def _gear(pen: Pen) -> None:
    _bag(pen, 2.6, 7.6, mix(pen.accent, pen.wood, 0.35))
    _bag(pen, 3.5, 6.6, pen.dark)
    lockers(pen, -3.75, 7.4, mix(pen.main, pen.metal, 0.4), 4, 1.95)
    pen.shadow(-2.0, 6.3, 2.0, 0.6, 0.5)
    for x in (-2.7, -1.3):
        pen.box(x - 0.04, 0, 6.3, x + 0.04, 0.4, 6.6, pen.metal)
    pen.box(-2.9, 0.4, 6.2, -1.1, 0.45, 6.65, pen.wood)
    with pen.sheet(-2.35, 6.4, 0.45):
        pen.blob([(-0.3, 0), (-0.32, 0.16), (-0.1, 0.26), (0.2, 0.22), (0.26, 0)], pen.accent)
        pen.line([(-0.16, 0.22), (-0.02, 0.34), (0.12, 0.22)], pen.dark, 0.03)
    with pen.sheet(-1.35, 6.3, 0.3):
        pen.bar(-0.14, 0, 0.14, 0.17, lighter(pen.pale, 0.3), 0.02)
    pen.shadow(1.9, 7.2, 1.6, 0.5, 0.5)
    with pen.sheet(1.75, 7.2):  # a rack of dumb-bells
        for side in (-1, 1):
            pen.poly([(side * 0.7, 0), (side * 0.62, 0), (side * 0.56, 0.86), (side * 0.64, 0.86)], pen.metal)  # fmt: skip
        for y in (0.3, 0.72):
            pen.bar(-0.66, y, 0.66, y + 0.05, darker(pen.metal, 0.3))
            for i in range(4):
                a = -0.48 + i * 0.32
                pen.bar(a - 0.06, y + 0.11, a + 0.06, y + 0.15, pen.metal)
                for side in (-1, 1):
                    pen.disc(a + side * 0.07, y + 0.13, 0.08, pen.dark)


def _light(pen: Pen) -> None:
    for x in (-0.9, 1.1):
        cone(pen, x, 9.0, 2.6, 0.3, 0.22)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(x, 3.6):
        pen.bar(-0.12, 0.75, 0.5, 3.6, darker(mix(pen.accent, ink("301014"), 0.5), 0.2), 0.1, 0.8)
        pen.bar(-0.12, 1.5, 0.5, 1.6, pen.dark, lit=0)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.9, -0.5, 0.1, 2.2, darker(mix(pen.main, pen.metal, 0.4), 0.3), 0.02, 0.4)
        for i in range(4):
            pen.bar(-0.25, 1.9 - i * 0.07, 0.02, 1.93 - i * 0.07, pen.dark, lit=0)
