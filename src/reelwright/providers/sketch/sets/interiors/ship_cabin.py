"""A ship's cabin: portholes on the sea, a bunk, a chart table, a swinging lamp, a small galley."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, lighter, mix, paint, rect
from reelwright.providers.sketch.sets.furniture.lamps import pendant
from reelwright.providers.sketch.sets.furniture.storage import books, stove
from reelwright.providers.sketch.sets.furniture.tables import table
from reelwright.providers.sketch.sets.outlooks import outlook
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_body
from reelwright.providers.sketch.stage import Stage

_BACK = 7.6
_PORTS = ((-1.05, 1.34, 0.37), (0.2, 1.34, 0.37), (1.45, 1.34, 0.37))  # x, y, radius in metres


def build(stage: Stage) -> None:
    """Below deck, looking at the ship's side."""
    lamps = (Lamp(0.1, 1.9, 6.2, 2.5), Lamp(-1.9, 1.3, 6.8, 1.6, power=0.7))
    room = Room(stage, width=6.0, height=2.5, back=_BACK, lamps=lamps, figures=4.8, horizon=352.0)
    holes = [
        rect(*room.at(x - r, y + r, _BACK), *room.at(x + r, y - r, _BACK)) for x, y, r in _PORTS
    ]
    outlook(room, "sea", holes)
    kinds = (("planks", "boards", "7d5638"), ("planks", "boards", "a07a52"), ("steel", "steel", "5f686e"))  # fmt: skip
    walls, under, tint = kinds[stage.variant % 3]
    shell = Shell(room.stuff(tint, 0.2), walls=walls, floor=under, ceiling=darker(room.wall, 0.3))
    build_body(room, shell, holes)
    room.put(7.3, _side, name="ship's side")
    room.put(6.2, _bunk, name="bunk and galley")
    room.put(5.7, _charts, name="chart table")
    room.mark(-0.55)
    room.mark(0.6)
    room.mark(-1.4, 5.6, seat=0.5)
    room.mark(1.35, 5.4)
    room.spot(0.45, 0.79, 6.0)
    room.spot(-0.1, 0.0, 5.0)
    room.put(3.5, _foreground, blur=3.0, name="foreground")


def _port(pen: Pen, x: float, y: float, r: float) -> None:
    """The square hole in the wall becomes a round one under a brass ring with bolts."""
    brass = pen.room.stuff("c49a4c", 0.08)
    with pen.sheet(x, _BACK - 0.02, y):
        plate = skia.Path()
        plate.addRoundRect(rect(-r * 1.3, -r * 1.3, r * 1.3, r * 1.3), r, r)
        plate.addRect(rect(-r * 1.02, -r * 1.02, r * 1.02, r * 1.02))
        plate.addCircle(0, 0, r * 0.98)
        plate.setFillType(skia.PathFillType.kWinding)
        ring = skia.Op(plate, _round(r * 0.9), skia.PathOp.kDifference_PathOp)
        pen.fill(ring, brass, 0.9)
        edge = paint(pen.tone(darker(brass, 0.45), x, y, _BACK), stroke=0.035)
        pen.canvas.drawCircle(0, 0, r * 0.9, edge)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            pen.disc(dx * r * 1.14, dy * r * 1.14, 0.03, darker(brass, 0.35))
        glint = paint(0x30FFFFFF, stroke=0.03)
        pen.canvas.drawArc(rect(-r * 0.7, -r * 0.7, r * 0.7, r * 0.7), 100, 60, False, glint)


def _round(r: float) -> "skia.Path":
    path = skia.Path()
    path.addCircle(0, 0, r)
    return path


def _side(pen: Pen) -> None:
    for port in _PORTS:
        _port(pen, *port)
    for x in (-2.2, -0.42, 0.83, 2.15):  # the ship's ribs lean inwards
        with pen.sheet(x, 7.4):
            shape = [(-0.1, 0), (-0.09, 2.1), (-0.16, 2.5), (0.16, 2.5), (0.09, 2.1), (0.1, 0)]
            pen.poly(shape, darker(pen.wood, 0.15), 0.9)
    for z in (7.0, 5.8):
        pen.box(-3.0, 2.34, z, 3.0, 2.5, z + 0.2, darker(pen.wood, 0.3))
    with pen.sheet(0.2, 7.35, 0.72):
        pen.bar(-2.2, 0, 2.2, 0.06, lighter(pen.wood, 0.15), lit=0.3)
    with pen.sheet(-0.42, 7.25, 1.62):
        pen.disc(0, 0.0, 0.15, pen.room.stuff("c49a4c", 0.08))
        pen.disc(0, 0.0, 0.12, lighter(pen.pale, 0.3))
        pen.line([(0, 0), (0.05, 0.08)], pen.dark, 0.015)


def _bunk(pen: Pen) -> None:
    wood = pen.wood
    pen.box(-3.0, 0, 5.9, -1.55, 0.42, 7.4, darker(wood, 0.1))
    pen.box(-2.95, 0.42, 5.95, -1.6, 0.54, 7.4, lighter(pen.pale, 0.05))
    pen.box(-2.96, 0.5, 5.93, -1.57, 0.58, 6.8, pen.main)
    pen.box(-1.6, 0.4, 5.9, -1.54, 0.66, 7.4, lighter(wood, 0.1))
    with pen.sheet(-2.2, 7.2, 0.55):
        pen.bar(-0.45, 0, 0.45, 0.24, lighter(pen.pale, 0.2), 0.09)
    with pen.sheet(-2.25, 5.89):
        for x in (-0.36, 0.3):
            pen.bar(x - 0.28, 0.08, x + 0.28, 0.36, lighter(wood, 0.08), 0.01, 0.4)
            pen.disc(x, 0.22, 0.025, pen.metal)
    with pen.sheet(-2.3, 7.3, 1.5):
        books(pen, -0.5, 0.5, 0.03, 0.24)
        pen.bar(-0.55, 0, 0.55, 0.03, wood)
        pen.bar(-0.55, 0.09, 0.55, 0.11, pen.metal)
    stove(pen, 2.45, 6.2, mix(pen.metal, pen.main, 0.25))
    with pen.sheet(2.4, 7.2, 1.6):
        pen.bar(-0.35, 0.3, 0.35, 0.33, pen.metal)
        for i, size in enumerate((0.12, 0.09, 0.07)):
            pen.line([(-0.24 + i * 0.24, 0.3), (-0.24 + i * 0.24, 0.18)], pen.metal, 0.02)
            pen.disc(-0.24 + i * 0.24, 0.08, size, darker(pen.metal, 0.1 + 0.15 * i))


def _charts(pen: Pen) -> None:
    table(pen, 0.3, 5.8, pen.wood, 1.5, 0.8, 0.77)
    up = (0.0, 1.0, 0.0)
    sheet = [(-0.3, 0.775, 5.85), (0.55, 0.775, 5.9), (0.5, 0.775, 6.5), (-0.28, 0.775, 6.45)]
    pen.face(sheet, pen.tone(lighter(pen.pale, 0.1), 0, 0.8, 6.0, up))
    line = [((-0.1, 0.78, 5.95), (0.1, 0.78, 6.2)), ((0.1, 0.78, 6.2), (0.4, 0.78, 6.35))]
    pen.lines(line, pen.tone(pen.accent, 0, 0.8, 6.0, up), 2.0)
    with pen.sheet(0.85, 6.1, 0.77):
        pen.bar(-0.06, 0, 0.05, 0.1, pen.accent, 0.02)
        pen.line([(0.05, 0.08), (0.1, 0.05), (0.05, 0.02)], pen.accent, 0.015)
    with pen.sheet(-0.3, 6.2, 0.77):
        pen.bar(-0.09, 0, 0.09, 0.06, pen.room.stuff("c49a4c", 0.08), 0.02)
    pendant(pen, 0.1, 6.2, pen.room.stuff("c49a4c", 0.08), 1.95, 0.18)
    with pen.sheet(1.75, 6.4):
        pen.poly([(-0.2, 1.75), (-0.3, 0.8), (0.24, 0.78), (0.14, 1.75)], pen.accent)
        pen.line([(0, 1.74), (0, 0.84)], darker(pen.accent, 0.3), 0.02)
        pen.bar(-0.04, 1.74, 0.04, 1.82, pen.metal)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.5)
    wood = darker(pen.wood, 0.35)
    with pen.sheet(0, 3.5):
        for side in (-1, 1):
            pen.bar(side * (x - 0.06), -0.6, side * (x + 1.0), 3.0, wood, lit=0)
            pen.bar(side * (x - 0.12), -0.6, side * (x - 0.06), 3.0, lighter(wood, 0.15), lit=0)
    with pen.sheet(-x + 0.02, 3.48, 1.15):  # a coil of rope on its hook
        rope = pen.room.stuff("b9985f", 0.15)
        for i in range(3):
            loop = [
                (-0.12, 0.1),
                (-0.14, -0.35 - i * 0.03),
                (0.02, -0.42),
                (0.14, -0.3),
                (0.1, 0.1),
            ]
            pen.line([(a + i * 0.03, b) for a, b in loop], rope, 0.035)
