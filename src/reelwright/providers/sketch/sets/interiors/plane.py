"""A plane's cabin: rows of seats down the aisle, oval windows, lockers overhead, reading lights."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.pens import LEFT, RIGHT, UP
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import halo
from reelwright.providers.sketch.stage import Stage

_ROWS = (12.0, 10.8, 9.6, 8.4, 7.2, 6.1)


def build(stage: Stage) -> None:
    """The cabin, along the aisle."""
    lamps = (Lamp(0.0, 2.2, 6.0, 2.6, 0xFFFFE6C4), Lamp(0.0, 2.2, 10.5, 2.8, 0xFFFFE6C4, 0.9))
    room = Room(stage, width=4.4, height=2.35, back=14.0, lamps=lamps, horizon=346.0)
    floor = room.stuff("555c68", 0.3)
    build_shell(
        room, Shell(floor, floor="carpet", ceiling=lighter(room.wall, 0.35), skirting=False)
    )
    room.put(13.0, _end, name="end")
    room.put(10.0, _sides, name="sides")
    room.put(8.0, lambda pen: _rows(pen, _ROWS[:4]), name="far rows")
    room.put(7.0, _day, glow=True, blur=6.0, name="air")
    room.put(6.6, lambda pen: _rows(pen, _ROWS[4:]), name="near rows")
    room.mark(-0.28)
    room.mark(0.34, 5.4)
    room.mark(0.0, 8.6)
    room.mark(-1.2, 5.6, seat=0.46)
    room.mark(1.2, 5.6, seat=0.46)
    room.spot(0.0, 0.0, 5.4)
    room.spot(0.95, 1.1, 6.0)
    room.put(3.7, _front, blur=2.5, name="foreground")


def _end(pen: Pen) -> None:
    with pen.sheet(0, 13.9):
        pen.bar(-2.2, 0, 2.2, 2.35, mix(pen.wall, pen.pale, 0.35), lit=0.3)
        pen.bar(-0.5, 0, 0.5, 2.0, mix(pen.main, pen.pale, 0.2), 0.05, 0.4)
        pen.poly([(-0.5, 0), (-0.42, 2.0), (0.0, 2.0), (-0.12, 0)], pen.main)
        for x in (-1.4, 1.4):
            pen.bar(x - 0.4, 1.1, x + 0.4, 1.7, pen.dark, 0.04)
            pen.bare(x - 0.36, 1.14, x + 0.36, 1.66, ink("3f76a8"), 0.02)
        pen.bare(-0.16, 2.08, 0.16, 2.2, ink("ffb35c"), 0.02)


def _sides(pen: Pen) -> None:
    """Windows, lockers, the carpet and its lights."""
    room = pen.room
    _panes(pen)
    for side in (-1, 1):
        _locker(pen, side)
    strip = pen.tone(pen.main, 0, 0.0, 8.0, UP)
    pen.face([(-0.42, 0, 2.8), (0.42, 0, 2.8), (0.42, 0, 13.9), (-0.42, 0, 13.9)], strip)
    lights = skia.Path()
    for side in (-1, 1):
        for i in range(12):
            px, py = room.at(side * 0.45, 0, 13.0 - i * 0.8)
            lights.addCircle(px, py, 1.5 + i * 0.1)
    pen.canvas.drawPath(lights, paint(ink("ffe7a8", 0.9 if pen.lamplit else 0.5)))


def _panes(pen: Pen) -> None:
    """The oval windows of both sides, as two paths."""
    room, sky = pen.room, pen.room.light.sky
    panes, rims = skia.Path(), skia.Path()
    for side in (-1, 1):
        x = side * 2.19
        z = 13.4
        while z > 3.2:
            (x0, y0), (x1, y1) = room.at(x, 1.5, z), room.at(x, 1.1, z - 0.42)
            box = rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            panes.addRoundRect(box, box.width() * 0.45, box.height() * 0.3)
            rim = box.makeOutset(3 + box.width() * 0.08, 4 + box.height() * 0.05)
            rims.addRoundRect(rim, rim.width() * 0.45, rim.height() * 0.3)
            z -= 1.0
    pen.canvas.drawPath(rims, paint(pen.tone(lighter(pen.pale, 0.25), 0, 1.3, 8.0)))
    pen.canvas.drawPath(panes, paint(shader=linear((0, 250), (0, 470), [sky[1], sky[2], sky[3]])))


def _locker(pen: Pen, side: int) -> None:
    """The lockers overhead of one side, and their shadowed underside."""
    x = side * 2.19
    base, normal = lighter(pen.pale, 0.1), LEFT if side > 0 else RIGHT
    inner = side * 1.5
    under = pen.tone(base, inner, 1.8, 8.0, (-side * 0.4, -0.8, 0))
    front = pen.tone(base, inner, 2.0, 8.0, normal)
    pen.face([(x, 1.78, 1.7), (inner, 1.78, 1.7), (inner, 1.78, 14), (x, 1.78, 14)], under)
    pen.face(
        [
            (inner, 1.78, 1.7),
            (inner * 0.94, 2.25, 1.7),
            (inner * 0.94, 2.25, 14),
            (inner, 1.78, 14),
        ],
        front,
    )
    seams = [((inner, 1.8, a), (inner * 0.94, 2.24, a)) for a in (4.4, 6.0, 7.6, 9.2, 10.8, 12.4)]
    pen.lines(seams, darker(front, 0.35), 2)


def _rows(pen: Pen, rows: tuple[float, ...]) -> None:
    """Seat backs, from behind, in threes to each side of the aisle."""
    for z in rows:
        for side in (-1, 1):
            pen.shadow(side * 1.25, z, 1.6, 0.5, 0.45)
            for i in range(3):
                x = side * (0.68 + i * 0.54)
                if abs(x) > 2.05:
                    continue
                base = pen.main if (i + int(z)) % 3 else darker(pen.main, 0.08)
                with pen.sheet(x, z):
                    pen.bar(-0.24, 0.3, 0.24, 1.12, base, 0.08)
                    pen.bar(-0.2, 0.94, 0.2, 1.22, lighter(pen.pale, 0.1), 0.06)
                    pen.bar(-0.17, 0.42, 0.17, 0.66, darker(base, 0.25), 0.02, 0.4)
                    pen.bar(-0.12, 0.73, 0.12, 0.89, pen.dark, 0.015)
                    if pen.rng.random() < 0.4:
                        pen.bare(-0.1, 0.75, 0.1, 0.87, fade(ink("7fc4ff"), 0.9), 0.01)
                    pen.bar(-0.28, 0.52, -0.23, 0.64, pen.dark, 0.02)


def _day(pen: Pen) -> None:
    light = pen.room.light
    if light.strength < 0.5 or light.lamps:
        return
    for z in (12.0, 10.0, 8.0, 6.0):
        halo(pen, (light.side * 2.1, 1.2, z), 0.9, light.key, 0.3 * light.strength)


def _front(pen: Pen) -> None:
    x = max(0.62, min(1.3, pen.room.stage.width / 2 / pen.room.scale(3.7) - 0.1))
    accent = mix(pen.accent, pen.main, 0.4)
    for side in (-1, 1):
        with pen.sheet(side * x, 3.7):
            for i in range(3):
                a = side * i * 0.56
                pen.bar(a - 0.26, -0.6, a + 0.26, 0.98, pen.main, 0.1)
                pen.bar(a - 0.2, 0.8, a + 0.2, 1.08, accent, 0.07)
