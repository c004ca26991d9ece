"""A staircase: steps rising across the frame, a banister, pictures climbing the wall, a tall window."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import door, picture, plant, rug
from reelwright.providers.sketch.sets.furniture.lamps import chandelier
from reelwright.providers.sketch.sets.furniture.storage import cabinet, vase
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-2.6, 1.2, 1.1, 1.9, (2, 3))
_SIDE = Window(6.0, 0.8, 1.4, 2.0, (2, 3), side=True)
_STEPS = 13


def build(stage: Stage) -> None:
    """A hall with stairs up to the right."""
    lamps = (Lamp(-0.4, 2.7, 7.0, 3.2), Lamp(3.3, 3.2, 8.6, 2.2, power=0.8))
    room = Room(stage, width=8.4, height=4.2, lamps=lamps)
    view = ("trees", "city", "hills")[stage.variant % 3]
    floor = room.stuff("8a5f40", 0.2)
    windows = (_WINDOW, _SIDE)
    build_shell(room, Shell(floor, walls="paper", windows=windows, view=view, wainscot=1.0))
    room.put(8.6, _wall, name="wall")
    build_air(room, windows)
    room.put(7.2, _stairs, name="stairs")
    room.put(6.4, _hall, name="hall")
    room.mark(-0.9)
    room.mark(0.5)
    room.mark(-2.0, 6.2)
    room.mark(-0.2, 6.0)
    room.spot(-1.9, 0.86, 8.2)
    room.spot(1.2, 0.0, 5.2)
    room.put(3.8, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    door(pen, -0.9, pen.wood)
    for i in range(4):
        picture(pen, 0.65 + i * 0.85, 1.7 + i * 0.42, 0.42, 0.52)
    cabinet(pen, -2.6, 8.4, pen.wood, 1.1, 0.85, 2)
    with pen.sheet(-2.6, 8.5, 0.85):
        vase(pen, 0.2, 0, 0.3)
        pen.bar(-0.4, 0, -0.2, 0.05, pen.accent)
    chandelier(pen, -0.4, 7.0, 2.75, 0.5)


def _stairs(pen: Pen) -> None:
    rise, run, wood = 0.19, 0.27, pen.wood
    carpet = mix(pen.accent, pen.main, 0.4)
    pen.shadow(2.0, 7.4, 3.4, 1.4, 0.5)
    for i in reversed(range(_STEPS)):
        x, y = 0.55 + i * run, i * rise
        pen.box(x, 0 if i < 2 else y - 0.5, 7.2, x + run + 0.02, y + rise, 8.5, darker(wood, 0.1))
        pen.box(x - 0.03, y + rise - 0.04, 7.15, x + run + 0.02, y + rise, 8.5, lighter(wood, 0.12))
        pen.box(x - 0.035, y + rise - 0.03, 7.5, x + run, y + rise + 0.012, 8.2, carpet)
    with pen.sheet(0, 7.19):
        top = 0.55 + _STEPS * run, _STEPS * rise
        pen.poly(
            [(0.85, 0), (0.85, 0.12), (top[0], top[1] - 0.1), (top[0], 0)],
            mix(pen.wall, pen.main, 0.5),
            0.3,
        )
        for i in range(5):
            x = 1.5 + i * 0.5
            pen.bar(
                x,
                0.12,
                x + 0.4,
                max(0.2, (x - 0.55) / run * rise - 0.25),
                mix(pen.wall, pen.main, 0.3),
                0.01,
                0.4,
            )
        for i in range(_STEPS):
            x, y = 0.62 + i * run, (i + 1) * rise
            for k in (0.02, 0.15):
                pen.bar(x + k, y + k * 0.7, x + k + 0.03, y + 0.86 + k * 0.7, pen.pale, 0.01, 0.3)
        rail = [
            (0.5, 1.1),
            (top[0] + 0.1, top[1] + 1.06),
            (top[0] + 0.1, top[1] + 0.97),
            (0.5, 1.0),
        ]
        pen.poly(rail, darker(wood, 0.2), 0.4)
        pen.bar(0.44, 0, 0.58, 1.16, wood, 0.02)
        pen.disc(0.51, 1.22, 0.09, lighter(wood, 0.15))


def _hall(pen: Pen) -> None:
    rug(pen, -0.6, 4.9, 3.2, 1.8, mix(pen.main, pen.accent, 0.25))
    plant(pen, -3.4, 6.8, 1.4)
    with pen.sheet(3.4, 6.4):
        pen.bar(-0.03, 0, 0.03, 1.8, pen.wood)
        for side in (-1, 1):
            pen.line([(0, 1.6), (side * 0.18, 1.74)], pen.wood, 0.035)
        pen.poly([(-0.2, 1.62), (-0.28, 0.7), (0.02, 0.66), (0.04, 1.6)], pen.accent)
        pen.disc(0.16, 1.74, 0.14, pen.main, 0.5)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.8)
    with pen.sheet(x, 3.8):
        pen.bar(-0.12, -0.4, 0.1, 1.2, pen.wood, 0.02)
        pen.disc(-0.01, 1.3, 0.15, lighter(pen.wood, 0.1))
        pen.poly([(-0.05, 1.1), (0.9, 1.7), (0.9, 1.55), (-0.05, 0.95)], darker(pen.wood, 0.2), 0)
        for i in range(3):
            pen.bar(0.22 + i * 0.22, -0.4, 0.28 + i * 0.22, 1.2 + i * 0.14, pen.pale, lit=0)
    plant(pen, -x, 3.8, 1.5, -0.1)
