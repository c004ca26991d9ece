"""A train compartment: facing seats, a wide window on the land, a table, racks with luggage."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, lighter, mix, paint
from reelwright.providers.sketch.sets.furniture.lamps import table_lamp
from reelwright.providers.sketch.sets.furniture.tables import glass
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(0.0, 0.95, 2.05, 1.05, (1, 1), frame="6b6f73")


def build(stage: Stage) -> None:
    """A compartment by day and night."""
    lamps = (Lamp(0.0, 2.1, 5.6, 2.0), Lamp(0.0, 1.0, 5.9, 1.1, power=0.7))
    room = Room(stage, width=4.6, height=2.35, back=6.2, lamps=lamps, figures=4.5, horizon=330.0)
    view = ("hills", "trees", "city")[stage.variant % 3]
    floor = room.stuff("5d5148", 0.3)
    build_shell(
        room,
        Shell(floor, walls="planks", floor="carpet", windows=(_WINDOW,), view=view, wainscot=0.85),
    )
    room.put(6.0, _wall, name="wall")
    build_air(room, (_WINDOW,))
    room.put(5.1, _seats, name="seats")
    room.mark(-1.12, 4.7, seat=0.46)
    room.mark(1.12, 4.7, seat=0.46)
    room.mark(-0.3, 4.9)
    room.mark(0.45, 4.9)
    room.spot(0.05, 0.77, 5.6)
    room.spot(0.2, 0.0, 4.7)
    room.put(3.2, _foreground, blur=3.0, name="foreground")


def _wall(pen: Pen) -> None:
    for side in (-1, 1):
        with pen.sheet(side * 1.24, 6.0, 0.85):
            pen.poly([(-0.16, 0.02), (-0.18, 1.25), (0.18, 1.25), (0.12, 0.02)], pen.main)
            for i in range(3):
                pen.line(
                    [(-0.1 + i * 0.1, 1.22), (-0.09 + i * 0.09, 0.06)],
                    darker(pen.main, 0.25),
                    0.025,
                )
    pen.box(-0.34, 0.72, 5.3, 0.34, 0.76, 6.1, lighter(pen.wood, 0.1))
    pen.box(-0.04, 0, 5.95, 0.04, 0.72, 6.05, pen.metal)
    table_lamp(pen, -0.18, 5.7, 0.77, pen.pale, 0.34)
    with pen.sheet(0.12, 5.6, 0.77):
        glass(pen, 0.0, 0, 0.16)
        pen.bar(0.08, 0, 0.2, 0.02, pen.accent)


def _bench(pen: Pen, side: int) -> None:
    base, turn = pen.main, -side
    pen.shadow(side * 1.5, 5.2, 1.1, 1.2, 0.5)
    pen.box(
        min(side * 1.0, side * 2.25),
        0.12,
        4.5,
        max(side * 1.0, side * 2.25),
        0.42,
        6.0,
        darker(base, 0.25),
    )
    for i in range(3):
        z = 5.75 - i * 0.55
        with pen.sheet(side * 1.75, z, turn=turn):
            pen.bar(-0.5, 0.36, 0.72, 0.52, lighter(base, 0.05), 0.07)
            pen.blob(
                [(-0.5, 0.4), (-0.56, 1.1), (-0.5, 1.5), (-0.3, 1.52), (-0.22, 1.2), (-0.2, 0.5)],
                darker(base, 0.05 * i),
            )
            pen.bar(-0.5, 1.22, -0.2, 1.48, lighter(pen.pale, 0.1), 0.06)
            pen.bar(-0.2, 0.66, 0.3, 0.73, pen.wood, 0.03)


def _seats(pen: Pen) -> None:
    for side in (-1, 1):
        _bench(pen, side)
        x = side * 2.0
        pen.box(x - 0.3, 1.92, 4.4, x + 0.3, 1.95, 6.1, pen.metal)
        for z in (5.8, 5.1, 4.5):
            pen.lines(
                [((x - side * 0.3, 1.93, z), (x - side * 0.3, 2.06, z))],
                pen.tone(pen.metal, x, 2, z),
                3,
            )
    with pen.sheet(-1.95, 5.4, 1.96):
        pen.bar(-0.3, 0, 0.26, 0.32, pen.wood, 0.03)
        pen.bar(-0.3, 0.2, 0.26, 0.23, darker(pen.wood, 0.3))
        pen.bar(-0.08, 0.3, 0.08, 0.36, pen.dark, 0.02)
    with pen.sheet(1.95, 5.3, 1.96):
        pen.bar(-0.2, 0, 0.28, 0.26, pen.accent, 0.06)
        pen.bar(-0.26, 0, -0.21, 0.3, pen.main, 0.02)
    with pen.sheet(0, 5.5):
        pen.bar(-0.3, 2.28, 0.3, 2.34, pen.metal, 0.02)
        if pen.lamplit:
            pen.shine(0, 2.28, 0.6, pen.room.light.lamp, 0.5)
            pen.bare(-0.26, 2.26, 0.26, 2.3, lighter(pen.room.light.lamp, 0.6), 0.02)


def _foreground(pen: Pen) -> None:
    """The compartment's sliding door: a jamb to each side, a rail on top."""
    wide = min(2.15, pen.room.stage.width / 2 / pen.room.scale(3.2) - 0.08)
    wood = mix(pen.wood, pen.main, 0.2)
    with pen.sheet(0, 3.2):
        for side in (-1, 1):
            pen.bar(side * wide, -0.6, side * (wide + 1.2), 3.0, darker(wood, 0.2), lit=0)
            pen.bar(side * wide, -0.6, side * (wide - 0.05), 3.0, wood, lit=0)
        pen.bar(wide + 0.02, 0.95, wide + 0.08, 1.3, pen.metal, 0.02)
    path = skia.Path()
    top = pen.room.at(0, 2.28, 3.2)[1]
    path.addRect(skia.Rect(pen.room.stage.left, -200, pen.room.stage.right, top))
    pen.canvas.drawPath(path, paint(pen.tone(darker(wood, 0.3), 0, 2.3, 3.2)))
