"""A theatre: the stage between red curtains, footlights, a painted cloth, rows of seats in the dark."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.furniture.hangings import plant
from reelwright.providers.sketch.sets.furniture.seats import chair
from reelwright.providers.sketch.sets.furniture.storage import crate
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.stage import Stage


def build(stage: Stage) -> None:
    """The boards, seen from the stalls."""
    spot, fill = Lamp(0.0, 2.2, 6.2, 2.9, 0xFFFFF0CC), Lamp(-1.8, 0.6, 6.8, 2.0, 0xFFFFB880, 0.75)
    room = Room(
        stage,
        width=9.6,
        height=4.4,
        back=9.4,
        lamps=(spot, fill, Lamp(1.8, 0.6, 6.8, 2.0, 0xFFFFB880, 0.75)),
        windowless=True,
    )
    floor = room.stuff("86603f", 0.15)
    build_shell(room, Shell(floor, ceiling=ink("17131a"), skirting=False))
    room.put(9.0, _cloth, name="backcloth")
    room.put(7.6, _wings, name="wings")
    room.put(6.6, _set, name="set")
    room.put(6.0, _beam, glow=True, blur=6.0, name="spotlight")
    room.mark(-0.6)
    room.mark(0.6)
    room.mark(1.9, 6.2, seat=0.46)
    room.mark(-1.9, 6.2)
    room.spot(0.0, 0.0, 5.3)
    room.spot(-2.4, 0.7, 6.8)
    room.put(4.55, _arch, name="arch")
    room.put(3.4, _stalls, blur=2.5, name="stalls")


def _cloth(pen: Pen) -> None:
    """The painted backcloth: hills under a moon."""
    with pen.sheet(0, 9.2):
        sky = mix(pen.main, pen.room.stuff("6f8fb8"), 0.4)
        pen.bar(-4.0, 0, 4.0, 4.3, lighter(sky, 0.1), lit=0)
        pen.disc(1.6, 2.9, 0.5, mix(pen.pale, pen.accent, 0.2))
        for lift, tone in ((1.9, 0.15), (1.3, 0.32), (0.8, 0.48)):
            pen.blob(
                [
                    (-4.4, 0),
                    (-4.2, lift),
                    (-2.4, lift + 0.3),
                    (-0.6, lift - 0.2),
                    (1.2, lift + 0.25),
                    (3.0, lift - 0.15),
                    (4.3, lift + 0.2),
                    (4.4, 0),
                ],
                darker(sky, tone),
                0,
            )
        for x, h in ((-2.9, 1.6), (-2.4, 1.2), (2.7, 1.4)):
            pen.poly([(x - 0.34, 0.6), (x, 0.6 + h), (x + 0.34, 0.6)], darker(sky, 0.55), 0.4)


def _drape(pen: Pen, x: float, z: float, w: float, base: int, folds: int) -> None:
    """One curtain, falling from above; w to the right of x."""
    deep = skia.Path()
    for i in range(folds):
        a, b = w * i / folds, w * (i + 0.46) / folds
        deep.addRect(rect(a, 0.02, b, 4.8))
    with pen.sheet(x, z):
        pen.bar(0, 0.04, w, 4.8, base, 0, 0)
        pen.fill(deep, darker(base, 0.25), 0)
        bright = skia.Path()
        for i in range(folds):
            a = w * (i + 0.62) / folds
            bright.addRect(rect(a, 0.04, a + w * 0.12 / folds, 4.8))
        pen.fill(bright, lighter(base, 0.14), 0)


def _wings(pen: Pen) -> None:
    red = mix(pen.accent, ink("7a1420"), 0.45)
    for z, reach in ((8.4, 2.9), (7.2, 3.2)):
        _drape(pen, -reach - 1.6, z, 1.6, darker(red, 0.3), 6)
        _drape(pen, reach, z, 1.6, darker(red, 0.3), 6)


def _set(pen: Pen) -> None:
    chair(pen, 1.9, 6.5, pen.wood, -1)
    crate(pen, -2.4, 6.8, 0.7)
    with pen.sheet(2.7, 6.9):
        pen.bar(-0.05, 0, 0.05, 2.0, pen.dark)
        pen.bar(-0.03, 1.9, 0.4, 1.97, pen.dark)
        pen.poly(
            [(0.22, 1.9), (0.14, 1.66), (0.5, 1.66), (0.42, 1.9)], pen.room.stuff("c99a4a", 0.1)
        )
        pen.shine(0.32, 1.66, 0.5, ink("ffe0a0"), 0.5)
    plant(pen, -3.1, 6.5, 1.3)
    brass = pen.room.stuff("c99a4a", 0.1)
    for i in range(9):
        with pen.sheet(-2.4 + i * 0.6, 5.05):
            pen.poly([(-0.1, 0), (-0.08, 0.12), (0.08, 0.12), (0.1, 0)], brass)


def _beam(pen: Pen) -> None:
    a, floor = pen.room.at(-2.6, 4.4, 7.0), pen.room.at(0.0, 0.0, 5.6)
    path = skia.Path()
    path.addPoly(
        [
            skia.Point(a[0] - 16, a[1]),
            skia.Point(a[0] + 16, a[1]),
            skia.Point(floor[0] + 330, floor[1]),
            skia.Point(floor[0] - 330, floor[1]),
        ],
        True,
    )
    light = ink("fff2d0")
    pen.canvas.drawPath(
        path, paint(shader=linear(a, floor, [fade(light, 0.34), fade(light, 0.07)]))
    )
    pen.canvas.save()
    pen.canvas.translate(*floor)
    pen.canvas.scale(1, 0.22)
    glow = [fade(light, 0.42), fade(light, 0.3), fade(light, 0)]
    pen.canvas.drawCircle(
        0,
        0,
        340,
        paint(shader=skia.GradientShader.MakeRadial(skia.Point(0, 0), 340, glow, [0, 0.75, 1])),
    )
    pen.canvas.restore()


def _arch(pen: Pen) -> None:
    """The great curtain, drawn aside, and its pelmet with a golden fringe."""
    red, gold = mix(pen.accent, ink("8a1422"), 0.5), pen.room.stuff("c99a4a", 0.08)
    wide = pen.room.stage.right / pen.room.scale(4.55) + 0.1
    inner = max(0.75, min(2.05, pen.room.stage.width / 2 / pen.room.scale(4.55) - 0.35))
    span = wide - inner
    for x in (-wide, inner):
        _drape(pen, x, 4.55, span, red, max(4, int(span / 0.2)))
    with pen.sheet(0, 4.5):
        for side in (-1, 1):
            pen.bar(side * (inner + 0.02), 1.0, side * (inner + 0.36), 1.1, gold, 0.03)
            pen.line([(side * (inner + 0.19), 1.0), (side * (inner + 0.19), 0.78)], gold, 0.04)
        count = int(2 * wide / 0.5)
        for i in range(count):
            a = -wide + i * 2 * wide / count
            pen.blob(
                [(a, 3.0), (a + 0.02, 2.42), (a + 0.25, 2.28), (a + 0.48, 2.42), (a + 0.5, 3.0)],
                red if i % 2 else darker(red, 0.15),
            )
            pen.line([(a + 0.03, 2.4), (a + 0.25, 2.27), (a + 0.47, 2.4)], gold, 0.03)


def _stalls(pen: Pen) -> None:
    """The heads of the seats, and of a few who came early."""
    path = skia.Path()
    half = pen.room.stage.right
    x = -half
    while x < half:
        path.addRoundRect(skia.Rect(x, 640, x + 104, 900), 30, 34)
        if pen.rng.random() < 0.3 and abs(x + 50) > 190:
            path.addCircle(x + 52, 622, 27)
            path.addRoundRect(skia.Rect(x + 8, 648, x + 96, 900), 34, 30)
        x += 112
    pen.canvas.drawPath(path, paint(pen.tone(mix(pen.accent, ink("120a10"), 0.75), 0, 0.3, 3.4)))
