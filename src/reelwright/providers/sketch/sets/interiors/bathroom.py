"""A bathroom: tiles, basin and mirror, a tub with a curtain, towels, a small window."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import mirror, plant, rug, side_door
from reelwright.providers.sketch.sets.furniture.lamps import sconce
from reelwright.providers.sketch.sets.furniture.storage import cabinet
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(1.55, 1.35, 1.1, 0.95, (2, 1))
_SIDE = Window(6.0, 1.3, 1.0, 1.0, (1, 2), side=True)


def build(stage: Stage) -> None:
    """A tiled bathroom."""
    room = Room(stage, width=6.2, back=8.0, lamps=(Lamp(-0.95, 1.8, 7.6, 3.2),))
    view = ("trees", "city", "hills")[stage.variant % 3]
    windows = (_WINDOW, _SIDE)
    floor = room.stuff("cfc8ba", 0.3)
    shell = Shell(floor, walls="tiles", floor="checker", windows=windows, view=view)
    build_shell(room, shell)
    room.put(7.7, _wall, name="wall")
    build_air(room, windows)
    room.put(6.2, _tub, name="tub")
    room.mark(-0.55)
    room.mark(0.6)
    room.mark(-1.25, 6.2)
    room.mark(1.7, 5.4, seat=0.55)
    room.spot(-0.5, 0.88, 7.5)
    room.spot(1.0, 0.0, 5.2)
    room.put(3.5, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    white = lighter(pen.pale, 0.3)
    mirror(pen, -0.95, 1.15, 1.0, 0.95)
    sconce(pen, -1.7, 7.9, 1.65, pen.pale)
    sconce(pen, -0.2, 7.9, 1.65, pen.pale)
    cabinet(pen, -0.95, 7.5, pen.main, 1.5, 0.82, 3, 0)
    pen.box(-1.75, 0.82, 7.45, -0.15, 0.88, 8.0, white)
    with pen.sheet(-0.95, 7.5, 0.88):
        pen.blob([(-0.36, 0.1), (-0.26, 0), (0.26, 0), (0.36, 0.1)], white)
        pen.line([(0, 0.06), (0, 0.26), (0.06, 0.28), (0.1, 0.22)], pen.metal, 0.03)
        pen.bar(0.5, 0, 0.57, 0.13, pen.accent, 0.01)
        pen.line([(0.52, 0.12), (0.5, 0.24)], pen.main, 0.014)
        pen.line([(0.55, 0.12), (0.58, 0.23)], pen.accent, 0.014)
        pen.bar(-0.66, 0, -0.58, 0.18, pen.pale, 0.02)
    with pen.sheet(0.45, 7.9, 1.0):
        pen.bar(-0.3, 0.6, 0.3, 0.63, pen.metal, 0.01)
        pen.bar(-0.22, -0.1, 0.08, 0.63, pen.accent, 0.02, 0.4)
        pen.bar(-0.22, 0, 0.08, 0.05, lighter(pen.accent, 0.4), lit=0)
        pen.bar(0.0, 0.1, 0.26, 0.62, white, 0.02, 0.4)
    pen.shadow(-2.3, 7.4, 0.6, 0.6)
    with pen.sheet(-2.35, 7.4):
        pen.blob(
            [(-0.14, 0), (-0.16, 0.2), (-0.24, 0.4), (0.24, 0.4), (0.16, 0.2), (0.14, 0)], white
        )
        pen.bar(-0.26, 0.38, 0.26, 0.44, white, 0.03)
        pen.bar(-0.24, 0.44, 0.24, 0.88, lighter(white, 0.2), 0.04)
    side_door(pen, 6.2, pen.wood, -1)


def _tub(pen: Pen) -> None:
    white = lighter(pen.pale, 0.3)
    rug(pen, -0.1, 5.0, 1.9, 0.8, mix(pen.main, pen.pale, 0.3))
    pen.shadow(2.1, 6.3, 1.9, 1.2, 0.6)
    with pen.sheet(2.15, 6.6):
        pen.bar(-1.0, 0.5, 1.0, 0.6, darker(white, 0.25), 0.03)
    with pen.sheet(2.15, 6.1):
        for a in (-0.7, 0.6):
            pen.disc(a, 0.05, 0.07, pen.metal)
        pen.blob(
            [(-0.95, 0.56), (-0.92, 0.3), (-0.75, 0.1), (0.75, 0.1), (0.92, 0.3), (0.95, 0.56)],
            white,
        )
        pen.bar(-1.02, 0.53, 1.02, 0.6, lighter(white, 0.2), 0.03, 0.4)
        pen.line([(-0.6, 0.56), (-0.42, 0.2)], mix(pen.accent, pen.pale, 0.3), 0.22)
    with pen.sheet(2.75, 6.7):
        pen.bar(-1.3, 2.22, 0.4, 2.25, pen.metal, 0.01)
        pen.poly([(-0.5, 0.3), (-0.42, 2.22), (0.4, 2.22), (0.4, 0.3)], pen.main)
        for i in range(6):
            pen.line(
                [(-0.42 + i * 0.14, 2.2), (-0.46 + i * 0.15, 0.34)], darker(pen.main, 0.22), 0.03
            )


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.5)
    with pen.sheet(-x, 3.5):
        pen.bar(-0.8, -0.4, 0.14, 3.2, darker(pen.wood, 0.2), lit=0)
        pen.bar(0.14, -0.4, 0.2, 3.2, pen.wood, lit=0)
    plant(pen, x - 0.05, 3.5, 1.1, 0.1)
