"""The bridge of a spaceship: a wide window on the stars, consoles, a captain's chair, ribs of light."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, ink, lighter, mix, paint
from reelwright.providers.sketch.sets.furniture.machines import console, pipes, screen
from reelwright.providers.sketch.sets.outlooks import deep_space
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_body
from reelwright.providers.sketch.sets.windows import halo
from reelwright.providers.sketch.stage import Stage

_PANE = (-2.9, 1.05, 2.9, 2.75)


def build(stage: Stage) -> None:
    """The bridge; it is always night outside."""
    lamps = (
        Lamp(-2.7, 1.4, 7.6, 3.0, 0xFF9FD8FF),
        Lamp(2.7, 1.4, 7.6, 3.0, 0xFF9FD8FF),
        Lamp(0.0, 2.6, 6.2, 2.2, 0xFFFFD9A8, 0.6),
    )
    room = Room(stage, width=9.0, height=3.3, back=9.4, lamps=lamps, windowless=True)
    room.put(60.0, deep_space, name="outlook")
    hole = skia.Rect(*room.at(_PANE[0], _PANE[3], 9.4), *room.at(_PANE[2], _PANE[1], 9.4))
    floor = room.stuff("4c525c", 0.25)
    shell = Shell(floor, walls="steel", floor="steel", ceiling=darker(room.wall, 0.45))
    build_body(room, shell, [hole])
    room.put(9.0, _window, name="window")
    room.put(7.6, _consoles, name="consoles")
    room.put(7.0, _glow, glow=True, blur=5.0, name="glow")
    room.put(6.1, _chair, name="chair")
    room.mark(-0.95)
    room.mark(0.95)
    room.mark(-2.1, 6.4)
    room.mark(0.0, 6.0, seat=0.5)
    room.mark(2.1, 6.4)
    room.spot(-2.2, 0.95, 7.0)
    room.spot(0.6, 0.0, 5.4)
    room.put(3.6, _foreground, blur=3.0, name="foreground")


def _window(pen: Pen) -> None:
    x0, y0, x1, y1 = _PANE
    with pen.sheet(0, 9.3):
        frame = pen.metal
        pen.poly(
            [(x0 - 0.25, y0 - 0.15), (x1 + 0.25, y0 - 0.15), (x1, y0 + 0.02), (x0, y0 + 0.02)],
            lighter(frame, 0.1),
            0.2,
        )
        pen.poly(
            [(x0 - 0.25, y1 + 0.2), (x1 + 0.25, y1 + 0.2), (x1, y1), (x0, y1)],
            darker(frame, 0.3),
            0.2,
        )
        for x in (x0, -1.0, 1.0, x1):
            pen.poly(
                [(x - 0.08, y0), (x + 0.08, y0), (x * 1.04 + 0.06, y1), (x * 1.04 - 0.06, y1)],
                frame,
                0.6,
            )
    for side in (-1, 1):
        with pen.sheet(side * 3.75, 8.8):
            screen(pen, 0, 1.35, 0.7, 0.9, ink("7fd4ff") if side < 0 else ink("ffb870"))
    for z in (8.4, 6.6):
        y = 3.3
        pen.face(
            [(-4.5, y, z), (4.5, y, z), (4.5, y, z + 0.35), (-4.5, y, z + 0.35)],
            pen.tone(pen.metal, 0, y, z, (0, -1, 0)),
        )
        pen.face(
            [
                (-1.4, y - 0.01, z + 0.1),
                (1.4, y - 0.01, z + 0.1),
                (1.4, y - 0.01, z + 0.22),
                (-1.4, y - 0.01, z + 0.22),
            ],
            ink("dff2ff"),
        )
    pipes(pen, -4.5, 4.5, 2.98, 9.2, pen.metal, 2)


def _consoles(pen: Pen) -> None:
    cyan = ink("7fe0ff")
    console(pen, -1.5, 1.5, 8.2, pen.metal, cyan)
    console(pen, -4.2, -1.9, 6.9, pen.main, cyan)
    console(pen, 1.9, 4.2, 6.9, pen.main, mix(pen.accent, cyan, 0.3))
    for x in (-3.3, -2.5, 2.5, 3.3):
        with pen.sheet(x, 7.4, 1.0):
            screen(pen, 0, 0, 0.6, 0.4, cyan if x < 0 else ink("ffb870"))


def _glow(pen: Pen) -> None:
    for x in (-3.0, 3.0):
        halo(pen, (x, 1.15, 7.2), 1.3, ink("5fb8ff"), 0.3)
    halo(pen, (0, 1.0, 8.2), 1.5, ink("5fb8ff"), 0.22)


def _chair(pen: Pen) -> None:
    pen.shadow(0, 6.2, 1.2, 0.9, 0.6)
    pen.box(-1.3, 0, 5.9, 1.3, 0.1, 7.0, pen.metal)
    base = mix(pen.accent, pen.dark, 0.35)
    with pen.sheet(0, 6.3, 0.1):
        pen.bar(-0.1, 0, 0.1, 0.35, pen.metal)
        pen.blob(
            [(-0.4, 0.4), (-0.46, 1.0), (-0.3, 1.35), (0.3, 1.35), (0.46, 1.0), (0.4, 0.4)], base
        )
        pen.bar(-0.26, 0.45, 0.26, 1.25, lighter(base, 0.1), 0.1)
        pen.bar(-0.42, 0.32, 0.42, 0.5, base, 0.08)
        for side in (-1, 1):
            pen.bar(side * 0.4, 0.62, side * 0.62, 0.72, pen.metal, 0.03)
            pen.bare(side * 0.46, 0.69, side * 0.58, 0.715, ink("7fe0ff"), 0.01)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.6)
    for side in (-1, 1):
        with pen.sheet(side * x, 3.6):
            pen.poly(
                [
                    (side * -0.1, -0.5),
                    (side * 0.9, -0.5),
                    (side * 0.9, 3.4),
                    (side * -0.35, 3.4),
                    (side * 0.02, 2.2),
                ],
                darker(pen.metal, 0.3),
                0,
            )
            for i in range(4):
                pen.bare(
                    side * 0.08,
                    0.5 + i * 0.35,
                    side * 0.16,
                    0.6 + i * 0.35,
                    ink("7fe0ff") if i else pen.accent,
                    0.02,
                )
    path = skia.Path()
    path.addRect(skia.Rect(pen.room.stage.left, 690, pen.room.stage.right, 900))
    pen.canvas.drawPath(path, paint(pen.tone(darker(pen.dark, 0.3), 0, 0, 3.6)))
