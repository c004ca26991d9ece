"""A great hall: stone walls, banners, a throne on a dais, a long table, torches under dark beams."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.lamps import chandelier
from reelwright.providers.sketch.sets.furniture.storage import vase
from reelwright.providers.sketch.sets.furniture.tables import candle, table
from reelwright.providers.sketch.sets.pens import UP
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOWS = (Window(-2.5, 2.6, 0.9, 2.2, (2, 4)), Window(2.5, 2.6, 0.9, 2.2, (2, 4)))
_SIDES = (
    Window(7.2, 1.8, 1.1, 2.8, (2, 4), side=True),
    Window(10.4, 1.8, 1.1, 2.8, (2, 4), side=True),
)


def build(stage: Stage) -> None:
    """The hall of a castle or a palace, looking at the throne."""
    lamps = (
        Lamp(0.0, 2.6, 10.5, 4.0),
        Lamp(-3.4, 2.2, 7.6, 2.8, power=0.9),
        Lamp(3.4, 2.2, 7.6, 2.8, power=0.9),
    )
    room = Room(stage, width=10.0, height=6.0, back=13.6, horizon=368.0, lamps=lamps)
    windows, palace = (*_WINDOWS, *_SIDES), stage.variant % 3 == 2
    shell = Shell(
        room.stuff("847b70", 0.25),
        walls="panels" if palace else "stone",
        floor="checker" if palace else "stone",
        windows=windows,
        ceiling=darker(room.wall, 0.5),
        view="hills",
        skirting=palace,
    )
    build_shell(room, shell)
    room.put(13.0, _throne, name="throne")
    room.put(9.6, _walls, name="banners")
    build_air(room, windows)
    room.put(7.0, _tables, name="tables")
    room.mark(-0.6)
    room.mark(0.65)
    room.mark(0.0, 9.6)
    room.mark(-1.6, 6.4)
    room.mark(1.7, 6.6)
    room.spot(-2.5, 0.79, 6.6)
    room.spot(0.3, 0.0, 5.3)
    room.put(3.8, _foreground, blur=3.0, name="foreground")


def _throne(pen: Pen) -> None:
    gold, cloth = pen.room.stuff("c9a04a", 0.08), mix(pen.accent, pen.main, 0.25)
    for step in range(3):
        x, y = 2.4 - step * 0.4, step * 0.17
        pen.box(-x, y, 11.6 + step * 0.4, x, y + 0.17, 13.5, lighter(pen.wall, 0.1))
    with pen.sheet(0, 13.4, 0.5):
        pen.poly([(-1.1, 0), (-1.0, 4.2), (1.0, 4.2), (1.1, 0)], darker(cloth, 0.2), 0.4)
        for i in range(-3, 4):
            pen.line([(i * 0.3, 0.05), (i * 0.27, 4.1)], darker(cloth, 0.42), 0.04)
        pen.bar(-1.2, 4.1, 1.2, 4.3, gold, 0.04)
    pen.shadow(0, 12.6, 1.4, 0.7, 0.5)
    with pen.sheet(0, 12.7, 0.5):
        pen.poly([(-0.5, 0), (-0.46, 2.0), (0, 2.5), (0.46, 2.0), (0.5, 0)], gold)
        pen.poly([(-0.36, 0.4), (-0.34, 1.9), (0, 2.2), (0.34, 1.9), (0.36, 0.4)], pen.accent, 0.4)
        pen.bar(-0.55, 0.0, 0.55, 0.45, darker(gold, 0.2), 0.03)
        pen.bar(-0.46, 0.4, 0.46, 0.55, lighter(pen.accent, 0.1), 0.06)
        for side in (-1, 1):
            pen.bar(side * 0.46, 0, side * 0.66, 0.85, gold, 0.05)
            pen.disc(side * 0.56, 0.9, 0.11, lighter(gold, 0.1))
    for side in (-1, 1):
        with pen.sheet(side * 1.45, 12.4, 0.34):
            pen.bar(-0.03, 0, 0.03, 1.5, pen.dark)
            pen.bar(-0.18, 1.46, 0.18, 1.52, gold, 0.02)
            for x in (-0.15, 0.0, 0.15):
                candle(pen, x, 1.52, 0.2)


def _banner(pen: Pen, x: float, z: float, color: int) -> None:
    """A long banner with a pale device, from a rod."""
    gold = pen.room.stuff("c9a04a", 0.08)
    with pen.sheet(x, z):
        pen.bar(-0.5, 4.9, 0.5, 4.96, pen.dark, 0.02)
        shape = [(-0.42, 4.9), (0.42, 4.9), (0.42, 2.9), (0, 2.5), (-0.42, 2.9)]
        pen.poly(shape, color, 0.5)
        pen.line([(-0.36, 4.86), (-0.36, 2.93), (0, 2.58), (0.36, 2.93), (0.36, 4.86)], gold, 0.04)
        pen.poly([(0, 4.3), (0.2, 3.9), (0, 3.4), (-0.2, 3.9)], pen.pale, 0.3)


def _torch(pen: Pen, x: float, z: float) -> None:
    with pen.sheet(x, z, 1.9):
        pen.poly([(-0.03, -0.4), (0.03, -0.4), (0.08, 0.1), (-0.08, 0.1)], pen.dark, 0.4)
        if pen.lamplit:
            pen.shine(0, 0.3, 1.0, pen.room.light.lamp, 0.7)
            for r, color in ((0.13, 0xFFFF9A3C), (0.07, 0xFFFFE9A8)):
                pen.bare(-r, 0.08, r, 0.1 + r * 3.2, color, r)


def _walls(pen: Pen) -> None:
    stone = mix(pen.wall, pen.room.stuff("9d9384"), 0.5)
    for z in (12.0, 9.4, 7.4):
        for side in (-1, 1):
            x = side * 4.2
            pen.shadow(x, z, 0.9, 0.6, 0.5)
            with pen.sheet(x, z):
                pen.bar(-0.42, 0, 0.42, 0.4, darker(stone, 0.1), 0.03)
                pen.bar(-0.28, 0.36, 0.28, 5.0, stone, 0, 1.0)
                pen.poly([(-0.28, 4.6), (-0.5, 5.1), (0.5, 5.1), (0.28, 4.6)], lighter(stone, 0.08))
            _torch(pen, side * 3.86, z - 0.05)
            _banner(pen, side * 3.3, z + 0.9, pen.accent if (z > 9.5) == (side > 0) else pen.main)
        pen.box(-5.0, 5.2, z, 5.0, 5.6, z + 0.35, darker(pen.wood, 0.45))
    chandelier(pen, 0, 9.6, 3.6, 0.95)


def _tables(pen: Pen) -> None:
    red = darker(mix(pen.accent, pen.main, 0.2), 0.15)
    for z0, z1 in ((2.6, 6.5), (6.5, 11.6)):
        strip = [(-0.8, 0, z0), (0.8, 0, z0), (0.8, 0, z1), (-0.8, 0, z1)]
        pen.face(strip, pen.tone(red, 0, 0, 7.5, UP))
    for side in (-1, 1):
        x = side * 2.65
        pen.box(x - 0.5, 0.38, 7.9, x + 0.5, 0.44, 9.0, darker(pen.wood, 0.2))
        table(pen, x, 6.2, darker(pen.wood, 0.1), 1.4, 3.2, 0.78)
        with pen.sheet(x, 6.7, 0.79):
            candle(pen, -0.1, 0, 0.3)
            vase(pen, 0.35, 0, 0.3)
            pen.blob([(-0.55, 0.03), (-0.3, 0), (-0.08, 0.03), (-0.3, 0.07)], pen.metal)
            for i in range(4):
                pen.disc(-0.44 + i * 0.09, 0.1, 0.06, pen.accent if i % 2 else pen.main)
        with pen.sheet(x, 8.4, 0.79):
            candle(pen, 0.2, 0, 0.3)
            pen.bar(-0.3, 0, -0.2, 0.16, pen.metal, 0.03)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.8)
    stone = darker(pen.wall, 0.35)
    arch = skia.Path()
    with pen.sheet(0, 3.8):
        for side in (-1, 1):
            arch.addRect(skia.Rect(min(side * x, side * (x + 1)), -0.6, max(side * x, side * (x + 1)), 3.4))  # fmt: skip
            pen.bar(side * (x - 0.14), -0.6, side * x, 3.4, lighter(stone, 0.1), lit=0.9)
        pen.fill(arch, stone, 0)
