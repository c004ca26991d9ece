"""A bar: bottles on lit shelves, a long counter with stools, pendants, round tables in the dark."""

from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, paint, rect
from reelwright.providers.sketch.sets.furniture.hangings import picture, side_door
from reelwright.providers.sketch.sets.furniture.lamps import cone, pendant, sconce
from reelwright.providers.sketch.sets.furniture.seats import chair, stool
from reelwright.providers.sketch.sets.furniture.storage import bottles
from reelwright.providers.sketch.sets.furniture.tables import (
    bar_counter,
    candle,
    glass,
    round_table,
)
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(3.2, 0.9, 1.3, 1.5, (2, 2), frame="4a3626")


def build(stage: Stage) -> None:
    """A bar seen from the room, the counter across the frame."""
    lamps = (
        Lamp(0.0, 1.9, 8.5, 2.3),
        Lamp(-1.9, 1.7, 6.6, 2.2, power=0.9),
        Lamp(1.9, 1.7, 6.6, 2.2, power=0.9),
    )
    room = Room(stage, width=8.6, height=3.0, lamps=lamps, windowless=True)
    floor, trim = room.stuff("54382a", 0.15), darker(room.wall, 0.5)
    shell = Shell(
        floor,
        walls="brick",
        windows=(_WINDOW,),
        trim=trim,
        ceiling=darker(room.wall, 0.5),
        view="city",
    )
    build_shell(room, shell)
    room.put(8.5, _shelves, name="shelves")
    build_air(room, (_WINDOW,))
    room.put(6.8, _counter, name="counter")
    room.put(6.4, _light, glow=True, blur=5.0, name="cones")
    room.mark(-0.55)
    room.mark(0.75)
    room.mark(-1.7, 6.0, seat=0.74)
    room.mark(0.15, 6.0, seat=0.74)
    room.mark(2.3, 5.6)
    room.spot(0.9, 1.09, 6.8)
    room.spot(-0.9, 1.09, 6.8)
    room.put(3.7, _foreground, blur=3.0, name="foreground")


def _shelves(pen: Pen) -> None:
    wood = darker(pen.wood, 0.35)
    with pen.sheet(-0.3, 8.6, 0.0):
        pen.bar(-2.5, 0.9, 2.5, 2.75, wood, 0.02, 0.3)
        for a, b in ((-2.4, -0.85), (-0.75, 0.75), (0.85, 2.4)):
            pen.bar(a, 1.0, b, 2.65, darker(wood, 0.4), lit=0.2)
            warm = pen.room.light.lamp if pen.lamplit else pen.room.light.key
            for i in range(3):
                y = 1.05 + i * 0.53
                back = linear(
                    (0, y + 0.5),
                    (0, y),
                    [fade(warm, 0.10), fade(warm, 0.62 if pen.lamplit else 0.2)],
                )
                pen.canvas.drawRect(rect(a + 0.02, y, b - 0.02, y + 0.5), paint(shader=back))
                bottles(pen, a + 0.04, b - 0.04, y, 0.4)
                pen.bar(a, y - 0.04, b, y, lighter(wood, 0.15), lit=0)
        pen.bar(-2.6, 2.72, 2.6, 2.85, lighter(wood, 0.12), 0.02, 0.3)
    picture(pen, -3.6, 1.5, 0.6, 0.7, pen.dark)
    sconce(pen, -3.05, 8.9, 1.85, pen.accent)
    sconce(pen, 2.32, 8.9, 1.85, pen.accent)
    side_door(pen, 6.9, pen.main, -1)


def _counter(pen: Pen) -> None:
    bar_counter(pen, -3.3, 2.3, 6.7, pen.main)
    for x in (-2.6, -1.7, -0.8, 0.15, 1.1, 1.9):
        stool(pen, x, 6.2, pen.accent if x == 0.15 else darker(pen.main, 0.25))
    for x in (-1.9, 0.0, 1.9):
        pendant(pen, x, 6.6, darker(pen.accent, 0.15), 1.95, 0.2)
    with pen.sheet(0, 6.85, 1.08):
        glass(pen, -1.15, 0, 0.2)
        glass(pen, 0.55, 0, 0.2)
        bottles(pen, -2.9, -2.5, 0, 0.32)
        pen.bar(1.3, 0, 1.4, 0.15, pen.room.stuff("d9a441", 0.05), 0.02)
        for i in range(3):
            pen.bar(-0.2 + i * 0.09, 0, -0.16 + i * 0.09, 0.34, pen.metal, 0.01)
            pen.bar(
                -0.22 + i * 0.09,
                0.26,
                -0.14 + i * 0.09,
                0.36,
                pen.accent if i == 1 else pen.dark,
                0.01,
            )
    round_table(pen, 3.0, 5.9, pen.wood)
    chair(pen, 3.6, 6.0, pen.wood, -1)


def _light(pen: Pen) -> None:
    for x in (-1.9, 0.0, 1.9):
        cone(pen, x, 6.6, 1.95, 0.2, 0.22)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.7)
    corner = max(x - 0.25, 0.95)
    round_table(pen, corner, 3.8, pen.wood, 0.5)
    with pen.sheet(corner - 0.05, 3.8, 0.76):
        glass(pen, 0.05, 0, 0.2)
        candle(pen, -0.12, 0, 0.1)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.8, -0.4, 0.1, 3.4, ink("2a1c16"), lit=0.3)
        pen.blob(
            [(0.1, 0.2), (0.3, 0.35), (0.34, 0.9), (0.2, 1.25), (-0.2, 1.3), (-0.3, 0.2)],
            darker(pen.main, 0.2),
        )
