"""A lift: brushed steel, a mirror, a rail, buttons, a bright ceiling; its doors frame the picture."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.pens import LEFT
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.stage import Stage


def build(stage: Stage) -> None:
    """The cabin, its doors open."""
    lamps = (Lamp(0.0, 2.3, 5.6, 2.3, 0xFFFFF1D8),)
    room = Room(stage, width=2.9, height=2.45, back=6.3, lamps=lamps, windowless=True, figures=4.9)
    floor = room.stuff("6b625a", 0.3)
    under = ("tiles", "carpet", "checker")[stage.variant % 3]
    build_shell(room, Shell(floor, walls="steel", floor=under, ceiling=lighter(room.wall, 0.3)))
    room.put(6.2, _back, name="mirror")
    room.put(5.9, _sides, name="sides")
    room.put(5.5, _ceiling, name="ceiling")
    room.mark(-0.45)
    room.mark(0.5)
    room.mark(0.02, 5.5)
    room.mark(-0.85, 5.5)
    room.spot(0.05, 0.0, 5.1)
    room.spot(-0.8, 0.0, 5.6)
    room.put(3.9, _doors, name="doors")
    room.put(3.3, _hall, blur=3.0, name="hall")


def _back(pen: Pen) -> None:
    with pen.sheet(0, 6.25):
        deep = pen.tone(mix(pen.wall, pen.metal, 0.5), 0, 1.6, 6.0)
        pane = linear(
            (-0.9, 0.9),
            (0.9, 2.2),
            [darker(deep, 0.3), lighter(deep, 0.16), darker(deep, 0.12)],
            [0, 0.5, 1],
        )
        pen.bar(-1.0, 0.95, 1.0, 2.26, pen.metal, 0.01)
        pen.canvas.drawRect(rect(-0.95, 1.0, 0.95, 2.21), paint(shader=pane))
        pen.bar(-1.42, 0.13, 1.42, 0.84, mix(pen.wood, pen.main, 0.3), 0.01, 0.4)
        for i in range(5):
            pen.line(
                [(-0.95 + i * 0.48, 0.16), (-0.95 + i * 0.48, 0.82)], darker(pen.wood, 0.4), 0.012
            )
    with pen.sheet(0, 6.15):
        pen.bar(-1.3, 0.9, 1.3, 0.96, pen.room.stuff("c9a35a", 0.1), 0.03, 0.3)
        for x in (-1.2, 0.0, 1.2):
            pen.bar(x - 0.02, 0.84, x + 0.02, 0.92, pen.metal)


def _sides(pen: Pen) -> None:
    x = 1.44
    for side in (-1, 1):
        rail = pen.tone(pen.room.stuff("c9a35a", 0.1), side * x, 0.9, 5.5, (-side, 0, 0))
        pen.face(
            [
                (side * 1.38, 0.9, 4.4),
                (side * 1.38, 0.97, 4.4),
                (side * 1.38, 0.97, 6.2),
                (side * 1.38, 0.9, 6.2),
            ],
            rail,
        )
    plate = pen.tone(lighter(pen.metal, 0.15), x, 1.3, 5.2, LEFT)
    pen.face([(x, 0.98, 5.0), (x, 1.75, 5.0), (x, 1.75, 5.35), (x, 0.98, 5.35)], plate)
    for row in range(5):
        for column in range(2):
            px, py = pen.room.at(x - 0.01, 1.08 + row * 0.12, 5.1 + column * 0.14)
            lit = row == 3 and column == 1
            if lit:
                pen.shine(px, py, 22, ink("ffb84d"), 0.7)
            pen.canvas.drawOval(
                rect(px - 3, py - 5, px + 3, py + 5),
                paint(ink("ffd38a") if lit else darker(plate, 0.4)),
            )


def _ceiling(pen: Pen) -> None:
    y, glow = pen.room.height - 0.02, 0xFFFFF8E8
    for x in (-0.75, 0.0, 0.75):
        for z in (4.4, 5.4):
            pen.face(
                [
                    (x - 0.28, y, z),
                    (x + 0.28, y, z),
                    (x + 0.28, y, z + 0.7),
                    (x - 0.28, y, z + 0.7),
                ],
                glow,
            )


def _doors(pen: Pen) -> None:
    """The open doors and their frame: they hold the picture to the right and left."""
    wide = max(0.9, min(1.55, pen.room.stage.width / 2 / pen.room.scale(3.9) - 0.12))
    steel = mix(pen.metal, pen.wall, 0.25)
    with pen.sheet(0, 3.9):
        for side in (-1, 1):
            pen.bar(side * wide, -0.6, side * (wide + 0.22), 3.0, lighter(steel, 0.1), lit=0.8)
            pen.bar(
                side * (wide + 0.22), -0.6, side * (wide + 2.4), 3.0, darker(pen.wall, 0.3), lit=0
            )
        top = skia.Path()
        top.addRect(rect(-5, 2.18, 5, 3.2))
        pen.fill(top, darker(pen.wall, 0.3), 0)
        pen.bar(-wide - 0.22, 2.1, wide + 0.22, 2.24, lighter(steel, 0.1), lit=0.2)
        pen.bar(-0.2, 2.27, 0.2, 2.4, pen.dark, 0.02)
        arrow = skia.Path()
        arrow.addPoly([skia.Point(-0.05, 2.3), skia.Point(0.05, 2.3), skia.Point(0, 2.37)], True)
        pen.canvas.drawPath(arrow, paint(ink("ff7a4d")))


def _hall(pen: Pen) -> None:
    wide = pen.room.stage.width / 2 / pen.room.scale(3.3)
    with pen.sheet(-wide, 3.3):
        pen.poly([(-0.4, -0.5), (-0.3, 0.35), (0.24, 0.35), (0.14, -0.5)], pen.accent)
        for i in range(7):
            lean = (i - 3) * 0.14
            pen.blob(
                [
                    (-0.06, 0.3),
                    (lean - 0.05, 0.8),
                    (lean * 2.0, 1.2 - abs(lean)),
                    (lean + 0.07, 0.75),
                ],
                pen.room.stuff("3f6a45"),
            )
