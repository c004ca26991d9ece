"""A shop: full shelves to both sides, a counter with a till, a window and a door on the street."""

from reelwright.providers.sketch.ink import darker, ink, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import door, wall_clock
from reelwright.providers.sketch.sets.furniture.lamps import pendant
from reelwright.providers.sketch.sets.furniture.machines import screen
from reelwright.providers.sketch.sets.furniture.storage import crate, goods, vase
from reelwright.providers.sketch.sets.furniture.tables import counter
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-1.2, 0.8, 2.2, 1.6, (2, 1))


def build(stage: Stage) -> None:
    """A corner shop."""
    lamps = (Lamp(-1.4, 2.1, 7.2, 3.0), Lamp(1.8, 2.1, 6.8, 3.0))
    room = Room(stage, width=8.2, lamps=lamps)
    floor = room.stuff("b7a78e", 0.25)
    build_shell(
        room, Shell(floor, walls="planks", floor="checker", windows=(_WINDOW,), view="city")
    )
    room.put(8.4, _wall, name="wall")
    build_air(room, (_WINDOW,))
    room.put(6.9, _shelves, name="shelves")
    room.put(6.2, _counter, name="counter")
    room.mark(-0.75)
    room.mark(0.5)
    room.mark(1.9, 6.0)
    room.mark(-1.9, 6.0)
    room.spot(1.3, 0.98, 6.0)
    room.spot(-0.2, 0.0, 5.4)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    door(pen, 0.75, pen.main)
    with pen.sheet(0.75, 8.95):
        pen.bar(-0.3, 1.0, 0.3, 1.9, mix(pen.room.light.sky[2], pen.pale, 0.2), 0.02, 0.2)
        pen.bar(-0.16, 1.42, 0.16, 1.62, pen.accent, 0.02, 0.3)
    goods(pen, 2.4, 8.5, 1.8, 2.1)
    goods(pen, -3.35, 8.5, 1.3, 2.1)
    wall_clock(pen, 0.75, 2.42, 0.16)
    for x in (-1.4, 1.8):
        pendant(pen, x, 7.2, pen.accent, 2.1, 0.26)


def _shelves(pen: Pen) -> None:
    goods(pen, -2.75, 6.9, 1.5, 1.5, 4)
    crate(pen, -1.55, 7.4, 0.5)
    with pen.sheet(-1.55, 7.5, 0.5):
        for i in range(9):
            x, y = -0.2 + (i % 5) * 0.1, (i // 5) * 0.07
            pen.disc(
                x,
                0.03 + y,
                0.06,
                pen.rng.choice((pen.accent, mix(pen.accent, pen.room.stuff("d9b23a"), 0.5))),
            )


def _counter(pen: Pen) -> None:
    counter(pen, 1.1, 3.7, 5.9, pen.main, pen.wood, 0.98, 0.7)
    with pen.sheet(2.6, 6.1, 0.98):
        pen.bar(-0.28, 0, 0.28, 0.16, pen.dark, 0.02)
        pen.poly([(-0.26, 0.16), (-0.2, 0.34), (0.2, 0.34), (0.26, 0.16)], lighter(pen.dark, 0.15))
        screen(pen, 0, 0.36, 0.26, 0.12, ink("8fe0a8"))
        for i in range(3):
            pen.bar(
                -0.9 + i * 0.17,
                0,
                -0.77 + i * 0.17,
                0.28,
                pen.rng.choice((pen.pale, pen.accent)),
                0.03,
            )
            pen.bar(-0.91 + i * 0.17, 0.26, -0.76 + i * 0.17, 0.31, pen.metal, 0.02)
        vase(pen, 0.75, 0, 0.3)
    with pen.sheet(1.9, 5.9, 0.2):
        pen.bar(-0.6, 0, 0.0, 0.5, lighter(pen.main, 0.2), 0.02)
        pen.bar(-0.52, 0.28, -0.08, 0.4, pen.accent, lit=0)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.8, -0.5, 0.28, 2.0, darker(pen.pale, 0.4), lit=0)
        for row in range(4):
            pen.bar(-0.8, 0.1 + row * 0.48, 0.32, 0.14 + row * 0.48, pen.pale, lit=0)
            for i in range(5):
                pen.bar(
                    -0.4 + i * 0.14,
                    0.14 + row * 0.48,
                    -0.29 + i * 0.14,
                    0.3 + row * 0.48 + pen.rng.uniform(0, 0.14),
                    pen.rng.choice((pen.main, pen.accent, pen.wood)),
                    0.02,
                    0.4,
                )
    crate(pen, x - 0.1, 3.6, 0.8, -0.3)
