"""Inside a car, seen through the windscreen: seats, the rear window and the road behind, the wheel."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import TimeOfDay, Weather
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.outlooks import outlook
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.stage import Stage

_REAR = skia.Rect(-225, 130, 225, 300)


def build(stage: Stage) -> None:
    """Two seats in front, the world going by behind."""
    lamp = Lamp(0.35, 0.9, 2.7, 1.5, 0xFFBFD8E8)
    room = Room(
        stage, width=3.0, height=1.5, back=5.2, horizon=258.0, eye=1.05, lamps=(lamp,), figures=3.15
    )
    room.lamps = (lamp, Lamp(-0.6, 1.2, 3.0, 1.8, power=0.5))
    view = ("city", "trees", "hills")[stage.variant % 3]
    around = [skia.Rect(stage.left, 60, stage.right, 420)]
    outlook(room, view, around, _road)
    room.put(5.0, _shell, name="shell")
    room.put(3.5, _seats, name="seats")
    # legs are stretched out in a car: its seats are lower than chairs, and the dashboard hides it
    room.mark(-0.42, seat=0.45, floor=-0.15)
    room.mark(0.42, seat=0.45, floor=-0.15)
    room.mark(0.0, 4.3, seat=0.45, floor=-0.15)
    room.spot(0.05, 0.72, 2.9)
    room.spot(0.5, 0.72, 2.8)
    room.put(2.85, _dash, name="dashboard")
    room.put(2.7, _screen, name="windscreen")


def _road(pen: Pen) -> None:
    """The street that falls away behind the car, with the lights of those who follow."""
    light, y = pen.room.light, pen.room.horizon
    base = light.far(light.dark(ink("5c5f66")), 0.7)
    path = skia.Path()
    path.addPoly(
        [skia.Point(*p) for p in ((-30, y), (30, y), (420, y + 190), (-420, y + 190))], True
    )
    pen.canvas.drawPath(path, paint(base))
    dashes = skia.Path()
    for t in (0.12, 0.26, 0.44, 0.68):
        dashes.addRect(rect(-2 - 8 * t, y + 150 * t, 2 + 8 * t, y + 150 * (t + 0.08)))
    pen.canvas.drawPath(dashes, paint(fade(lighter(base, 0.6), 0.8)))
    lamps = skia.Path()
    for x, t in ((-66, 0.3), (-40, 0.3), (30, 0.14), (44, 0.14)):
        lamps.addCircle(x, y + 110 * t, 4 + 9 * t)
    if light.lamps:
        pen.canvas.drawPath(lamps, paint(ink("fff2cf")))
        for x in (-66, -40):
            pen.shine(x, y + 33, 44, ink("ffe9b0"), 0.5)


def _opening(
    x0: float, y0: float, x1: float, y1: float, lean: float, r: float = 26.0
) -> "skia.Path":
    """A window of a car: a rounded shape, narrower at its top by lean on each side."""
    path = skia.Path()
    path.moveTo(x0 + lean + r, y0)
    path.lineTo(x1 - lean - r, y0)
    path.quadTo(x1 - lean, y0, x1 - lean + r * 0.4, y0 + r)
    path.lineTo(x1 - r * 0.3, y1 - r)
    path.quadTo(x1, y1, x1 - r, y1)
    path.lineTo(x0 + r, y1)
    path.quadTo(x0, y1, x0 + r * 0.3, y1 - r)
    path.lineTo(x0 + lean - r * 0.4, y0 + r)
    path.quadTo(x0 + lean, y0, x0 + lean + r, y0)
    path.close()
    return path


def _shell(pen: Pen) -> None:
    """The rear of the cabin: roof, pillars, side windows, the back seat."""
    stage, room = pen.room.stage, pen.room
    lining = room.stuff("8f8a80", 0.4)
    openings = [_opening(_REAR.left(), _REAR.top(), _REAR.right(), _REAR.bottom(), 34)]
    for side in (-1, 1):
        a, b = side * 300, side * 760
        window = skia.Path()
        window.addPoly(
            [skia.Point(*p) for p in ((a, 150), (b, 70), (b, 372), (a * 0.93, 318))], True
        )
        openings.append(window)
    body = skia.Path()
    body.addRect(stage.everything)
    for one in openings:
        body.addPath(one)
    body.setFillType(skia.PathFillType.kEvenOdd)
    tone = pen.tone(lining, 0.0, 1.2, 4.6, (0, -0.6, -0.8))
    shade = linear((0, 40), (0, 470), [darker(tone, 0.5), tone, darker(tone, 0.35)], [0, 0.35, 1])
    pen.wash(body, lambda: pen.canvas.drawPaint(paint(shader=shade)))
    doors = skia.Path()
    for side in (-1, 1):
        a, b = side * 262, side * 900
        doors.addPoly([skia.Point(*p) for p in ((a, 350), (b, 400), (b, 900), (a, 900))], True)
    pen.canvas.drawPath(doors, paint(darker(pen.tone(pen.main, 0.0, 0.6, 4.0), 0.25)))
    edge = paint(darker(tone, 0.55), stroke=7)
    for one in openings:
        pen.canvas.drawPath(one, edge)
    if room.light.weather in (Weather.RAIN, Weather.STORM):
        _drops(pen, _REAR, 46)
    wires = skia.Path()
    for i in range(5):
        wires.moveTo(_REAR.left() + 34, 160 + i * 27)
        wires.lineTo(_REAR.right() - 34, 160 + i * 27)
    pen.canvas.drawPath(wires, paint(fade(darker(tone, 0.6), 0.4), stroke=1))
    _back_seat(pen)


def _back_seat(pen: Pen) -> None:
    with pen.sheet(0, 4.75):
        back = pen.room.stuff("57504a", 0.35)
        pen.bar(-1.05, 0.1, 1.05, 0.98, back, 0.12)
        for x in (-0.52, 0.52):
            pen.bar(x - 0.44, 0.3, x + 0.44, 0.95, lighter(back, 0.06), 0.1)
            pen.bar(x - 0.16, 0.9, x + 0.16, 1.14, back, 0.07)


def _drops(pen: Pen, box: "skia.Rect", count: int) -> None:
    path = skia.Path()
    for _ in range(count):
        x, y = pen.rng.uniform(box.left(), box.right()), pen.rng.uniform(box.top(), box.bottom())
        path.moveTo(x, y)
        path.lineTo(x + pen.rng.uniform(-3, 3), y + pen.rng.uniform(4, 20))
    color = fade(lighter(pen.room.light.sky[3], 0.5), 0.5)
    pen.canvas.drawPath(path, paint(color, stroke=2.2))


def _seats(pen: Pen) -> None:
    base = mix(pen.main, pen.dark, 0.45)
    for x in (-0.42, 0.42):
        with pen.sheet(x, 3.5):
            pen.blob(
                [(-0.36, 0.0), (-0.38, 0.6), (-0.28, 1.0), (0.28, 1.0), (0.38, 0.6), (0.36, 0.0)],
                base,
            )
            pen.bar(-0.17, 0.15, 0.17, 0.88, lighter(base, 0.08), 0.06)
            for a in (-0.08, 0.08):
                pen.bar(a - 0.012, 0.9, a + 0.012, 1.06, pen.metal)
            pen.bar(-0.17, 1.02, 0.17, 1.24, base, 0.08)
            pen.line([(0.24, 1.1), (-0.14, 0.3)], pen.dark, 0.045)


def _dash(pen: Pen) -> None:
    """Wheel, dials and dashboard, low in the frame."""
    stage, room = pen.room.stage, pen.room
    deep = mix(room.stuff("2f2c2c", 0.2), room.light.near, 0.35)
    top = skia.Path()
    top.moveTo(stage.left, 640)
    top.cubicTo(-520, 580, -430, 546, -270, 542)
    top.cubicTo(-170, 506, -30, 526, -10, 544)
    top.lineTo(330, 544)
    top.cubicTo(490, 552, 560, 584, stage.right, 640)
    top.lineTo(stage.right, stage.bottom)
    top.lineTo(stage.left, stage.bottom)
    top.close()
    x, y, r = -175.0, 584.0, 138.0
    wheel = skia.Path()
    wheel.addOval(rect(x - r, y - r * 0.86, x + r, y + r * 0.86))
    pen.canvas.drawPath(wheel, paint(darker(deep, 0.25), stroke=20))
    pen.canvas.drawPath(wheel, paint(fade(lighter(deep, 0.35), 0.5), stroke=4))
    pen.canvas.drawPath(
        top, paint(shader=linear((0, 520), (0, 720), [lighter(deep, 0.14), darker(deep, 0.35)]))
    )
    rim = fade(lighter(room.light.key, 0.1), 0.35 * room.light.strength)
    pen.canvas.drawPath(top, paint(rim, stroke=2.5))
    if room.light.lamps:
        pen.shine(x, 576, 120, ink("8fd0c8"), 0.3)
        dials = skia.Path()
        for i in range(9):
            a = math.pi * (0.12 + 0.76 * i / 8)
            for cx in (x - 40, x + 40):
                dials.addCircle(cx - 30 * math.cos(a), 604 - 30 * math.sin(a), 2)
        pen.canvas.drawPath(dials, paint(ink("a8efe0")))


def _screen(pen: Pen) -> None:
    """The windscreen's frame, the mirror, reflections and, when it is wet, drops and wipers."""
    stage, room = pen.room.stage, pen.room
    half = max(300.0, stage.width / 2 - 26)
    glass = _opening(-half, 26, half, 700, min(110.0, half * 0.16), 60)
    frame = skia.Path()
    frame.addRect(stage.everything)
    frame.addPath(glass)
    frame.setFillType(skia.PathFillType.kEvenOdd)
    body = mix(pen.tone(pen.accent, 0, 1.0, 2.2), room.light.near, 0.25)
    shade = linear((0, -60), (0, 720), [darker(body, 0.4), body])
    pen.wash(frame, lambda: pen.canvas.drawPaint(paint(shader=shade)))
    pen.canvas.drawPath(glass, paint(ink("101216"), stroke=9))
    box = rect(-66, 44, 66, 84)
    pen.canvas.drawRect(rect(-5, 20, 5, 50), paint(ink("16181d")))
    pen.canvas.drawRoundRect(box, 16, 16, paint(ink("16181d")))
    sky = [mix(c, room.light.near, 0.35) for c in room.light.sky[1:]]
    pen.canvas.drawRoundRect(
        box.makeInset(5, 5), 12, 12, paint(shader=linear((-60, 0), (60, 0), sky))
    )
    _reflections(pen, half)
    if room.light.weather in (Weather.RAIN, Weather.STORM):
        _drops(pen, rect(-half + 60, 40, half - 60, 560), 190)
    blade = skia.Path()
    for x, lean in ((-250, -120), (120, -120)):
        blade.moveTo(x, 700)
        blade.lineTo(x + lean, 560)
    pen.canvas.drawPath(blade, paint(ink("14161a"), stroke=6))


def _reflections(pen: Pen, half: float) -> None:
    """Bands of sky on the glass."""
    light = pen.room.light
    shine = skia.Path()
    for a, w in ((-0.62, 0.16), (-0.36, 0.05), (0.5, 0.12)):
        points = ((a, 690), (a + w, 690), (a + w + 0.3, 36), (a + 0.3, 36))
        shine.addPoly([skia.Point(half * x, y) for x, y in points], True)
    much = 0.05 if light.time in (TimeOfDay.NIGHT, TimeOfDay.DUSK) else 0.09
    pen.canvas.drawPath(shine, paint(fade(lighter(light.sky[3], 0.4), much)))
