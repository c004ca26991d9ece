"""A lighthouse's lamp room: the great lens on its table, panes all round over the sea, a brass rail."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, linear, mix, paint, rect
from reelwright.providers.sketch.sets.furniture.storage import crate
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air, halo
from reelwright.providers.sketch.stage import Stage

_WINDOWS = tuple(
    Window(x, 0.95, 1.42, 1.75, (2, 2), frame="6e4a38") for x in (-3.2, -1.6, 0.0, 1.6, 3.2)
)
_LENS = (0.0, 1.55, 7.2)


def build(stage: Stage) -> None:
    """The lamp room at the top of the tower."""
    lamps = (Lamp(*_LENS, reach=3.6, color=0xFFFFE9B8),)
    room = Room(stage, width=8.4, height=3.1, lamps=lamps)
    floor, trim = room.stuff("5b5650", 0.3), room.stuff("8a4a38", 0.35)
    shell = Shell(
        floor, walls="planks", floor="stone", windows=_WINDOWS, view="sea", wainscot=0.85, trim=trim
    )
    build_shell(room, shell)
    room.put(8.4, _rail, name="rail")
    build_air(room, (_WINDOWS[1], _WINDOWS[3]))
    room.put(7.2, _lens, name="lens")
    room.put(7.0, _beam, glow=True, blur=6.0, name="beam")
    room.put(6.2, _things, name="things")
    room.mark(-1.0)
    room.mark(1.0)
    room.mark(-2.0, 6.2)
    room.mark(1.9, 6.0)
    room.spot(1.95, 0.8, 6.6)
    room.spot(0.4, 0.0, 5.2)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _rail(pen: Pen) -> None:
    brass = pen.room.stuff("c99a4a", 0.1)
    with pen.sheet(0, 8.5):
        for y in (0.75, 1.02):
            pen.bar(-4.2, y, 4.2, y + 0.05, brass, 0.02, 0.2)
        for i in range(-4, 5):
            pen.bar(i * 0.95 - 0.025, 0, i * 0.95 + 0.025, 1.08, brass, 0.01)
            pen.disc(i * 0.95, 1.1, 0.05, brass)


def _crystal(pen: Pen) -> None:
    """The lens itself: an egg of glass cut into rings."""
    glassy = ink("fff3c8") if pen.lamplit else mix(pen.room.light.sky[2], pen.pale, 0.3)
    path = skia.Path()
    path.addRoundRect(rect(-0.6, 0.78, 0.6, 2.32), 0.4, 0.5)
    edge = mix(glassy, pen.room.stuff("6d9a94", 0.1), 0.55)
    pen.canvas.drawPath(
        path,
        paint(shader=linear((-0.6, 0), (0.6, 0), [edge, lighter(glassy, 0.4), edge], [0, 0.5, 1])),
    )
    rings = skia.Path()
    for i in range(1, 9):
        h = 0.09 * i
        rings.addOval(rect(-0.58, 1.55 - h, 0.58, 1.55 + h))
    pen.canvas.drawPath(rings, paint(fade(darker(edge, 0.45), 0.6), stroke=0.018))


def _lens(pen: Pen) -> None:
    x, _, z = _LENS
    brass, iron = pen.room.stuff("c99a4a", 0.1), pen.room.stuff("43484e", 0.2)
    pen.shadow(x, z, 1.9, 1.2, 0.6)
    with pen.sheet(x, z):
        pen.poly(
            [
                (-0.75, 0),
                (-0.6, 0.25),
                (-0.34, 0.4),
                (-0.3, 0.7),
                (0.3, 0.7),
                (0.34, 0.4),
                (0.6, 0.25),
                (0.75, 0),
            ],
            iron,
        )
        pen.bar(-0.66, 0.68, 0.66, 0.78, brass, 0.03)
        _crystal(pen)
        for a in (-0.6, -0.36, 0.0, 0.36, 0.6):
            pen.bar(a - 0.022, 0.78, a + 0.022, 2.3, brass, 0.01)
        pen.bar(-0.66, 2.26, 0.66, 2.36, brass, 0.03)
        pen.poly([(-0.5, 2.36), (-0.16, 2.7), (0.16, 2.7), (0.5, 2.36)], iron)
        pen.bar(-0.05, 2.7, 0.05, 3.1, iron)
        if pen.lamplit:
            pen.shine(0, 1.55, 1.5, ink("fff0c0"), 0.75)
            pen.canvas.drawCircle(0, 1.55, 0.15, paint(ink("fffdf0")))


def _beam(pen: Pen) -> None:
    if not pen.lamplit:
        return
    light = ink("fff0c0")
    x, y = pen.room.at(*_LENS)
    for side in (-1, 1):
        far = side * (pen.room.stage.right + 100)
        path = skia.Path()
        path.addPoly(
            [
                skia.Point(x, y - 26),
                skia.Point(far, y - 190),
                skia.Point(far, y + 10),
                skia.Point(x, y + 26),
            ],
            True,
        )
        pen.canvas.drawPath(
            path,
            paint(shader=linear((x, y), (far, y - 90), [fade(light, 0.42), fade(light, 0.04)])),
        )
    halo(pen, _LENS, 1.4, light, 0.45)


def _things(pen: Pen) -> None:
    crate(pen, -3.2, 6.6, 0.7)
    pen.shadow(1.95, 6.8, 1.2, 0.8, 0.5)
    pen.box(1.45, 0, 6.5, 1.53, 0.76, 6.6, pen.wood)
    pen.box(2.4, 0, 6.5, 2.48, 0.76, 6.6, pen.wood)
    pen.box(1.4, 0.74, 6.4, 2.52, 0.79, 7.0, lighter(pen.wood, 0.1))
    with pen.sheet(1.95, 6.6, 0.79):
        pen.bar(-0.42, 0, -0.06, 0.05, pen.main)
        pen.bar(-0.4, 0.05, -0.08, 0.08, pen.pale)
        pen.bar(0.14, 0, 0.34, 0.22, pen.accent, 0.03)
        pen.line([(0.15, 0.22), (0.24, 0.34), (0.33, 0.22)], pen.metal, 0.015)
    with pen.sheet(3.3, 6.7):
        for r in (0.36, 0.28, 0.2):
            ring = [
                (r * math.cos(i * 0.4), 0.1 + r * 0.3 * math.sin(i * 0.4) + (0.36 - r) * 0.4)
                for i in range(16)
            ]
            pen.line([*ring, ring[0]], pen.room.stuff("b89a66", 0.1), 0.07)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    brass = pen.room.stuff("c99a4a", 0.1)
    with pen.sheet(0, 3.6):
        pen.bar(-x - 0.9, 0.12, x + 0.9, 0.17, brass, 0.02, 0.1)
        for side in (-1, 1):
            pen.bar(side * (x - 0.16), -0.6, side * (x - 0.08), 0.2, brass, 0.02)
            pen.bar(side * (x - 0.02), -0.5, side * (x + 0.9), 3.2, pen.room.stuff("6e4a38"), lit=0)
