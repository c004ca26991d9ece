"""A hospital room: a bed, a monitor, a drip, a curtain on its rail, a window with blinds."""

from reelwright.providers.sketch.ink import darker, fade, lighter, mix, paint, polygon
from reelwright.providers.sketch.sets.furniture.hangings import door, picture
from reelwright.providers.sketch.sets.furniture.lamps import tube
from reelwright.providers.sketch.sets.furniture.machines import drip, heart_monitor, hospital_bed
from reelwright.providers.sketch.sets.furniture.seats import chair
from reelwright.providers.sketch.sets.furniture.storage import drawers, vase
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-1.75, 0.95, 2.0, 1.4, (3, 1))
_SIDE = Window(6.2, 0.9, 1.5, 1.5, (2, 1), side=True)


def build(stage: Stage) -> None:
    """A ward for one."""
    lamps = (Lamp(0.6, 2.2, 8.2, 3.6, 0xFFE8F4FF), Lamp(-2.6, 1.6, 7.2, 1.6, power=0.5))
    room = Room(stage, width=7.6, lamps=lamps)
    floor = room.stuff("b4bab4", 0.3)
    windows = (_WINDOW, _SIDE)
    view = ("city", "trees", "hills")[stage.variant % 3]
    build_shell(room, Shell(floor, floor="tiles", windows=windows, view=view, wainscot=0.0))
    room.put(8.6, _wall, name="wall")
    build_air(room, windows)
    room.put(6.6, _bed, name="bed")
    room.mark(-0.85)
    room.mark(1.0)
    room.mark(-1.75, 6.2, seat=0.46)
    room.mark(0.6, 5.9)
    room.spot(2.55, 0.8, 7.0)
    room.spot(-0.2, 0.76, 6.5)
    room.put(3.5, _foreground, blur=3.5, name="foreground")


def _wall(pen: Pen) -> None:
    with pen.sheet(-1.75, 8.95, 0.95):
        for i in range(8):
            pen.bar(-0.99, 1.38 - i * 0.09, 0.99, 1.34 - i * 0.09, pen.pale, lit=0)
    with pen.sheet(1.0, 8.9, 1.25):
        pen.bar(-1.4, 0, 1.4, 0.3, mix(pen.pale, pen.main, 0.25), 0.02, 0.4)
        for i in range(6):
            pen.bar(
                -1.2 + i * 0.42,
                0.09,
                -1.05 + i * 0.42,
                0.21,
                pen.accent if i == 4 else pen.metal,
                0.02,
            )
        pen.bar(-1.4, 0.32, 1.4, 0.4, lighter(pen.pale, 0.4), 0.02, 0.2)
    picture(pen, 1.9, 1.75, 0.6, 0.45, pen.pale)
    door(pen, 3.15, mix(pen.main, pen.pale, 0.3), 1.1)
    tube(pen, 0.4, 7.4, 1.6)
    with pen.sheet(-3.3, 8.4):
        pen.poly(
            [(-0.35, 0.15), (-0.4, 2.4), (0.45, 2.4), (0.4, 0.15)], mix(pen.main, pen.pale, 0.35)
        )
        for i in range(5):
            pen.line(
                [(-0.26 + i * 0.14, 2.38), (-0.28 + i * 0.15, 0.2)], darker(pen.main, 0.1), 0.03
            )
    pen.lines(
        [((-3.7, 2.42, 8.4), (-3.7, 2.42, 5.0)), ((-3.7, 2.42, 8.4), (-2.8, 2.42, 8.4))],
        pen.tone(pen.metal, -3, 2.4, 8),
        3,
    )


def _bed(pen: Pen) -> None:
    heart_monitor(pen, -1.25, 7.4)
    drip(pen, 2.0, 7.2)
    drawers(pen, 2.6, 7.0, pen.pale, 0.55, 0.8, 3)
    with pen.sheet(2.6, 7.1, 0.8):
        vase(pen, -0.1, 0, 0.22)
        pen.blob([(-0.2, 0.3), (-0.1, 0.22), (0, 0.3), (-0.04, 0.42), (-0.16, 0.42)], pen.accent)
        pen.bar(0.08, 0, 0.15, 0.13, lighter(pen.pale, 0.4), 0.01)
    chair(pen, -1.9, 6.5, pen.main)
    hospital_bed(
        pen,
        0.55,
        6.7,
        mix(pen.main, pen.pale, 0.25),
        lighter(pen.pale, 0.25),
        -1 if pen.room.stage.variant % 3 == 2 else 1,
    )


def _foreground(pen: Pen) -> None:
    stage, room = pen.room.stage, pen.room
    x = stage.width / 2 / room.scale(3.5)
    cloth = pen.tone(mix(pen.main, pen.pale, 0.3), -x, 1.2, 3.5)
    points = [
        room.at(a, y, 3.5)
        for a, y in (
            (-x - 0.9, 3.2),
            (-x + 0.5, 3.2),
            (-x + 0.34, 1.5),
            (-x + 0.42, -0.4),
            (-x - 0.9, -0.4),
        )
    ]
    pen.canvas.drawPath(polygon(points), paint(fade(cloth, 0.97)))
    for i in range(4):
        a = -x - 0.1 + i * 0.14
        pen.lines([((a, 3.2, 3.5), (a - 0.04, -0.4, 3.5))], darker(cloth, 0.3), 9)
    drip(pen, x - 0.1, 3.6)
