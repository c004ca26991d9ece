"""A workshop or garage: a bench under a wall of tools, a car under repair, tyres, a roller door."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant
from reelwright.providers.sketch.sets.furniture.machines import pipes, tool_wall, workbench
from reelwright.providers.sketch.sets.furniture.storage import crate, drawers, lockers
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(2.4, 1.35, 2.0, 0.95, (4, 2), frame="4d5358")
_SIDE = Window(6.3, 1.2, 1.9, 1.1, (4, 2), side=True, frame="4d5358")


def build(stage: Stage) -> None:
    """A garage with a lamp over the bench."""
    lamps = (Lamp(-1.0, 1.9, 7.6, 2.9), Lamp(1.9, 2.2, 6.6, 2.6, power=0.85))
    room = Room(stage, width=9.0, height=3.3, lamps=lamps)
    floor = room.stuff("7d7b76", 0.3)
    windows = (_WINDOW, _SIDE)
    view = ("yard", "city", "trees")[stage.variant % 3]
    build_shell(
        room, Shell(floor, walls="brick", floor="stone", windows=windows, view=view, skirting=False)
    )
    room.put(8.2, _bench, name="bench")
    build_air(room, windows)
    room.put(6.6, _car, name="car")
    room.put(6.4, lambda pen: cone(pen, -1.0, 7.2, 2.0, 0.26), glow=True, blur=5.0, name="cone")
    room.mark(-0.8)
    room.mark(0.55)
    room.mark(-1.9, 6.4)
    room.mark(1.3, 5.7)
    room.spot(-0.4, 0.94, 8.0)
    room.spot(0.0, 0.0, 5.4)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _bench(pen: Pen) -> None:
    tool_wall(pen, -1.2, 1.25, 2.8, 1.1)
    workbench(pen, -1.2, 7.9, 2.9)
    lockers(pen, -3.6, 8.4, pen.main, 3)
    drawers(pen, 0.7, 8.2, pen.accent, 0.6, 1.05, 5)
    pipes(pen, -4.4, 4.4, 2.75, 8.9, pen.metal, 2)
    pendant(pen, -1.0, 7.3, pen.metal, 2.05, 0.28)
    with pen.sheet(0.7, 8.3, 1.05):
        pen.bar(-0.22, 0, 0.14, 0.16, pen.dark, 0.02)
        pen.line([(-0.16, 0.16), (-0.04, 0.26), (0.08, 0.16)], pen.metal, 0.02)


def _car(pen: Pen) -> None:
    body = mix(pen.main, pen.accent, 0.2)
    pen.shadow(2.7, 6.6, 2.9, 1.4, 0.7)
    for x in (1.75, 3.75):
        pen.box(x - 0.2, 0, 6.5, x + 0.2, 0.14, 7.0, pen.dark)
    with pen.sheet(2.7, 6.6, 0.1):
        for x in (-1.0, 1.05):
            pen.disc(x, 0.32, 0.34, pen.dark)
            pen.disc(x, 0.32, 0.19, pen.metal)
        pen.blob(
            [
                (-1.75, 0.35),
                (-1.78, 0.7),
                (-1.0, 0.86),
                (-0.55, 1.32),
                (0.7, 1.34),
                (1.2, 0.9),
                (1.75, 0.8),
                (1.78, 0.35),
                (1.4, 0.24),
                (-1.4, 0.24),
            ],
            body,
        )
        glass = mix(pen.room.light.sky[2], pen.dark, 0.55)
        pen.poly([(-0.8, 0.88), (-0.48, 1.22), (0.05, 1.24), (0.05, 0.88)], glass, 0.4)
        pen.poly([(0.13, 0.88), (0.13, 1.24), (0.6, 1.24), (0.95, 0.9)], glass, 0.4)
        pen.line([(0.09, 0.86), (0.06, 0.36)], darker(body, 0.4), 0.015)
        pen.bar(0.2, 0.74, 0.36, 0.78, pen.metal, 0.01)
        pen.poly([(-1.7, 0.72), (-1.1, 0.88), (-1.6, 1.45), (-1.7, 1.4)], lighter(body, 0.1))
        pen.disc(-1.68, 0.6, 0.09, pen.pale)
        for x in (-1.0, 1.05):
            pen.disc(x, 0.32, 0.34, pen.dark)
            pen.disc(x, 0.32, 0.2, pen.metal)
            pen.disc(x, 0.32, 0.08, pen.dark)


def _foreground(pen: Pen) -> None:
    stage = pen.room.stage
    x = stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(-x + 0.1, 3.6):
        for i in range(4):
            pen.disc(0, -0.1 + i * 0.2, 0.36, pen.dark, 0.36)
            pen.disc(0, -0.04 + i * 0.2, 0.2, lighter(pen.dark, 0.2), 0.3)
    crate(pen, x, 3.6, 0.9, -0.4)
    with pen.sheet(x, 3.6, 0.5):
        pen.bar(-0.35, 0, 0.05, 0.2, pen.accent, 0.02)
        pen.line([(-0.28, 0.2), (-0.15, 0.32), (-0.02, 0.2)], pen.metal, 0.03)
