"""A church: pews to both sides of the aisle, columns, tall windows of glass, an altar with candles."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.furniture.lamps import chandelier
from reelwright.providers.sketch.sets.furniture.seats import bench
from reelwright.providers.sketch.sets.furniture.tables import candle
from reelwright.providers.sketch.sets.pens import UP
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_SIDES = (
    Window(7.0, 1.8, 1.2, 3.2, (2, 4), side=True),
    Window(10.5, 1.8, 1.2, 3.2, (2, 4), side=True),
)


def build(stage: Stage) -> None:
    """A nave, looking at the altar."""
    lamps = (
        Lamp(0.0, 1.6, 13.2, 4.2),
        Lamp(-2.9, 2.2, 8.0, 2.6, power=0.7),
        Lamp(2.9, 2.2, 8.0, 2.6, power=0.7),
    )
    room = Room(stage, width=9.5, height=6.5, back=15.0, horizon=372.0, lamps=lamps)
    floor = room.stuff("8c8376", 0.3)
    kinds = (("stone", "stone"), ("stone", "tiles"), ("panels", "checker"))
    walls, under = kinds[stage.variant % 3]
    build_shell(
        room,
        Shell(floor, walls=walls, floor=under, windows=_SIDES, ceiling=darker(room.wall, 0.35)),
    )
    room.put(14.4, _altar, name="altar")
    room.put(9.5, _columns, name="columns")
    build_air(room, _SIDES)
    room.put(6.6, _pews, name="pews")
    room.mark(-0.5)
    room.mark(0.55)
    room.mark(0.0, 9.5)
    room.mark(-2.2, 6.8, seat=0.46)
    room.mark(2.2, 6.8, seat=0.46)
    room.spot(0.0, 1.0, 13.0)
    room.spot(0.9, 0.0, 5.2)
    room.put(3.9, _front_pews, blur=2.5, name="foreground")


def _pane(pen: Pen, x: float, y: float, w: float, h: float) -> None:
    """A pointed window of stained glass, on a sheet."""
    sky = pen.room.light.sky
    path = skia.Path()
    path.moveTo(x - w / 2, y)
    path.lineTo(x - w / 2, y + h * 0.7)
    path.quadTo(x - w / 2, y + h * 0.9, x, y + h)
    path.quadTo(x + w / 2, y + h * 0.9, x + w / 2, y + h * 0.7)
    path.lineTo(x + w / 2, y)
    path.close()
    pen.canvas.save()
    pen.canvas.clipPath(path, True)
    pen.canvas.drawPaint(paint(shader=linear((0, y + h), (0, y), [sky[1], sky[3]])))
    tints = (
        pen.accent,
        pen.main,
        mix(pen.accent, pen.pale, 0.5),
        lighter(pen.main, 0.4),
        pen.room.stuff("d9b24a", 0.1),
    )
    for row in range(int(h / 0.42)):
        for side in (-1, 0):
            color = fade(tints[(row * 2 + side) % len(tints)], 0.62)
            a, b = x + side * w / 2, y + row * 0.42
            pen.canvas.drawRect(rect(a + 0.02, b + 0.02, a + w / 2 - 0.02, b + 0.4), paint(color))
    pen.canvas.drawCircle(x, y + h * 0.74, w * 0.26, paint(fade(pen.accent, 0.85)))
    pen.canvas.restore()
    pen.canvas.drawPath(path, paint(pen.tone(darker(pen.wall, 0.35), x, y, 14.0), stroke=0.1))


def _altar(pen: Pen) -> None:
    with pen.sheet(0, 14.9):
        for x, w, h in ((-2.3, 1.0, 3.2), (0.0, 1.3, 4.0), (2.3, 1.0, 3.2)):
            _pane(pen, x, 1.9, w, h)
    for step in range(2):
        pen.box(
            -3.2 + step * 0.4,
            step * 0.16,
            12.6 + step * 0.4,
            3.2 - step * 0.4,
            0.16 + step * 0.16,
            14.9,
            pen.room.stuff("9c9284"),
        )
    pen.box(-1.1, 0.32, 13.4, 1.1, 1.25, 14.1, lighter(pen.pale, 0.2))
    with pen.sheet(0, 13.4, 0.32):
        pen.bar(-0.35, 0, 0.35, 0.93, pen.accent, lit=0.4)
        pen.bar(-0.04, 0.25, 0.04, 0.75, pen.room.stuff("d9b24a", 0.05), lit=0)
        pen.bar(-0.16, 0.52, 0.16, 0.6, pen.room.stuff("d9b24a", 0.05), lit=0)
    with pen.sheet(0, 13.7, 1.25):
        for x in (-0.85, -0.6, 0.6, 0.85):
            candle(pen, x, 0, 0.34)
        pen.bar(-0.04, 0, 0.04, 0.75, pen.room.stuff("d9b24a", 0.05))
        pen.bar(-0.2, 0.45, 0.2, 0.53, pen.room.stuff("d9b24a", 0.05))


def _columns(pen: Pen) -> None:
    stone = pen.room.stuff("a59a8a", 0.4)
    for z in (12.5, 10.0, 7.6):
        for side in (-1, 1):
            x = side * 3.7
            pen.shadow(x, z, 0.8, 0.6, 0.5)
            with pen.sheet(x, z):
                pen.bar(-0.42, 0, 0.42, 0.35, darker(stone, 0.1), 0.03)
                pen.bar(-0.28, 0.3, 0.28, 4.4, stone, 0.0, 1.0)
                pen.bar(-0.4, 4.3, 0.4, 4.6, lighter(stone, 0.1), 0.05)
    chandelier(pen, 0, 9.0, 3.2, 0.8)


def _pews(pen: Pen) -> None:
    carpet = pen.tone(darker(mix(pen.accent, pen.main, 0.3), 0.2), 0, 0, 7.0, UP)
    far = pen.tone(darker(mix(pen.accent, pen.main, 0.3), 0.2), 0, 0, 12.0, UP)
    points = [
        pen.room.at(*p)
        for p in ((-0.65, 0, 2.8), (0.65, 0, 2.8), (0.65, 0, 12.6), (-0.65, 0, 12.6))
    ]
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in points], True)
    pen.canvas.drawPath(
        path, paint(shader=linear((0, points[0][1]), (0, points[2][1]), [carpet, far]))
    )
    for z in (10.4, 8.8, 7.2, 5.8):
        for side in (-1, 1):
            bench(pen, side * 2.25, z, pen.wood, 2.5)
            if math.floor(z) % 2:
                with pen.sheet(side * 1.0, z, 1.0):
                    pen.disc(0, 0, 0.09, pen.accent)
                    pen.disc(side * 0.07, 0.07, 0.06, pen.pale)


def _front_pews(pen: Pen) -> None:
    x = max(0.75, min(2.0, pen.room.stage.width / 2 / pen.room.scale(3.9) - 0.3))
    for side in (-1, 1):
        bench(pen, side * (x + 1.0), 3.9, pen.wood, 2.5)
