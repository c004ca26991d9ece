"""A laboratory: benches with glassware, screens, a hood, cupboards, a chart of the elements."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, mix, paint, rect
from reelwright.providers.sketch.sets.furniture.hangings import door
from reelwright.providers.sketch.sets.furniture.lamps import tube
from reelwright.providers.sketch.sets.furniture.machines import computer, pipes, screen
from reelwright.providers.sketch.sets.furniture.seats import stool
from reelwright.providers.sketch.sets.furniture.tables import counter
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(-2.5, 1.2, 1.7, 1.2, (3, 1))


def build(stage: Stage) -> None:
    """A laboratory bench from the front."""
    cool = 0xFFE2F2FF
    lamps = (Lamp(-1.6, 2.7, 7.2, 3.4, cool), Lamp(1.6, 2.7, 7.2, 3.4, cool))
    room = Room(stage, width=8.6, height=3.0, lamps=lamps)
    floor = room.stuff("aeb6b8", 0.3)
    build_shell(room, Shell(floor, walls="panels", floor="tiles", windows=(_WINDOW,), view="city"))
    room.put(8.2, _wall, name="wall")
    build_air(room, (_WINDOW,))
    room.put(6.5, _bench, name="bench")
    room.mark(-0.9)
    room.mark(0.9)
    room.mark(-1.9, 6.0)
    room.mark(2.1, 6.0)
    room.spot(0.2, 0.95, 6.5)
    room.spot(-1.4, 0.95, 6.5)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _chart(pen: Pen) -> None:
    """The elements as a field of small squares."""
    with pen.sheet(-0.1, 8.95, 1.45):
        pen.bar(-1.05, -0.05, 1.05, 1.15, lighter(pen.pale, 0.2), 0.01, 0.2)
        for tint, lot in ((pen.main, 0), (pen.accent, 1), (mix(pen.main, pen.pale, 0.5), 2)):
            cells = skia.Path()
            for column in range(16):
                for row in range(7):
                    gap = (row == 0 and 0 < column < 15) or (row < 3 and 1 < column < 10)
                    kind = 1 if column > 13 else 2 if column > 9 else 0
                    if not gap and kind == lot:
                        cells.addRect(
                            rect(
                                -0.98 + column * 0.123,
                                0.95 - row * 0.15,
                                -0.875 + column * 0.123,
                                1.08 - row * 0.15,
                            )
                        )
            pen.fill(cells, tint, 0.2)


def _wall(pen: Pen) -> None:
    _chart(pen)
    door(pen, 3.55, mix(pen.main, pen.pale, 0.3))
    counter(pen, -4.1, 0.9, 8.1, mix(pen.pale, pen.main, 0.2), pen.dark)
    pen.box(1.2, 0.9, 8.1, 2.8, 2.5, 8.95, pen.metal)
    pen.box(1.15, 0, 8.05, 2.85, 0.92, 8.95, mix(pen.pale, pen.main, 0.2))
    with pen.sheet(2.0, 8.1, 0.95):
        pen.bar(-0.7, 0, 0.7, 1.2, darker(pen.metal, 0.55), 0.02, 0.3)
        pen.bar(-0.7, 0.55, 0.7, 1.2, mix(pen.metal, pen.room.light.sky[2], 0.4), 0.02, 0.6)
        _flask(pen, -0.3, 0.02, 0.3, ink("7fe08a"))
        _flask(pen, 0.25, 0.02, 0.24, ink("ffb05a"))
    pipes(pen, -4.3, 4.3, 2.62, 8.9, pen.metal, 2)
    for x in (-1.6, 1.6):
        tube(pen, x, 7.2, 1.8)
    computer(pen, -3.3, 8.3, 0.93)
    with pen.sheet(-0.7, 8.3, 0.93):
        for i in range(5):
            _flask(
                pen,
                -0.5 + i * 0.28,
                0,
                0.26,
                (pen.accent, ink("6fc7e8"), ink("9be07f"), pen.main, ink("ffd06a"))[i],
            )


def _flask(pen: Pen, x: float, y: float, h: float, liquid: int) -> None:
    """A conical flask, half full; its liquid glows a little where it is dark."""
    glass = lighter(pen.pale, 0.35)
    w = h * 0.42
    body = skia.Path()
    body.addPoly(
        [
            skia.Point(x - w, y),
            skia.Point(x - w * 0.25, y + h * 0.62),
            skia.Point(x - w * 0.25, y + h),
            skia.Point(x + w * 0.25, y + h),
            skia.Point(x + w * 0.25, y + h * 0.62),
            skia.Point(x + w, y),
        ],
        True,
    )
    if pen.lamplit:
        pen.shine(x, y + h * 0.25, h * 0.9, liquid, 0.35)
    pen.canvas.drawPath(body, paint(fade(pen.tone(glass, x, y, 7.0), 0.45)))
    pen.poly(
        [
            (x - w * 0.92, y + 0.01),
            (x - w * 0.5, y + h * 0.38),
            (x + w * 0.5, y + h * 0.38),
            (x + w * 0.92, y + 0.01),
        ],
        liquid,
    )
    pen.bar(x - w * 0.34, y + h * 0.96, x + w * 0.34, y + h * 1.02, glass, 0.01)


def _bench(pen: Pen) -> None:
    counter(pen, -2.2, 2.6, 6.3, pen.main, lighter(pen.pale, 0.2), 0.94, 0.8)
    for x in (-2.75, 3.1):
        stool(pen, x, 6.3, pen.dark, 0.68)
    with pen.sheet(0.1, 6.6, 0.95):
        for x, h, tint in (
            (-0.5, 0.34, pen.accent),
            (-0.2, 0.24, ink("6fc7e8")),
            (0.1, 0.3, ink("9be07f")),
        ):
            _flask(pen, x, 0, h, tint)
        pen.bar(0.42, 0, 0.46, 0.6, pen.metal)
        pen.bar(0.3, 0, 0.6, 0.03, pen.metal)
        pen.line([(0.44, 0.5), (0.66, 0.5)], pen.metal, 0.02)
        pen.bar(0.62, 0.26, 0.7, 0.56, mix(pen.pale, ink("6fc7e8"), 0.5), 0.03)
    with pen.sheet(-1.6, 6.6, 0.95):
        pen.poly(
            [
                (-0.16, 0),
                (0.18, 0),
                (0.18, 0.05),
                (0.04, 0.1),
                (0.12, 0.36),
                (0.02, 0.5),
                (-0.08, 0.46),
                (-0.02, 0.32),
                (-0.06, 0.1),
                (-0.16, 0.06),
            ],
            pen.dark,
        )
    with pen.sheet(1.75, 6.6, 0.95):
        screen(pen, 0, 0.08, 0.6, 0.4, ink("8fe0c0"))
        pen.bar(-0.14, 0, 0.14, 0.07, pen.metal)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    stool(pen, x - 0.2, 3.7, pen.dark, 0.72)
    with pen.sheet(-x, 3.6):
        pen.bar(-0.9, -0.5, 0.14, 3.2, darker(pen.metal, 0.3), lit=0)
        pen.bar(0.14, -0.5, 0.18, 3.2, pen.metal, lit=0)
