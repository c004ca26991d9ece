"""Machines and apparatus: computers, screens, hospital gear, pipes, benches of tools."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    darker,
    fade,
    ink,
    lighter,
    linear,
    mix,
    paint,
    rect,
)
from reelwright.providers.sketch.sets.pens import Pen


def screen(pen: Pen, x: float, y: float, w: float, h: float, color: Color | None = None) -> None:
    """A lit screen on a sheet, with lines of something on it."""
    tint = color if color is not None else ink("7fd4ff")
    pen.bar(x - w / 2 - 0.02, y - 0.02, x + w / 2 + 0.02, y + h + 0.02, pen.dark, 0.02)
    shade = linear(
        (x, y + h), (x, y), [mix(tint, ink("0a1420"), 0.45), mix(tint, ink("0a1420"), 0.72)]
    )
    pen.canvas.drawRect(rect(x - w / 2, y, x + w / 2, y + h), paint(shader=shade))
    path = skia.Path()
    rows = max(2, int(h / 0.07))
    for i in range(rows):
        a = x - w * 0.42
        b = y + h * (0.12 + 0.8 * i / rows)
        path.addRect(rect(a, b, a + w * pen.rng.uniform(0.2, 0.8), b + h * 0.3 / rows))
    pen.canvas.drawPath(path, paint(fade(lighter(tint, 0.4), 0.85)))


def computer(pen: Pen, x: float, z: float, y: float) -> None:
    """A computer with screen and keyboard on a top at height y, seen from the front."""
    with pen.sheet(x, z, y):
        pen.bar(-0.1, 0, 0.1, 0.02, pen.metal)
        pen.bar(-0.025, 0, 0.025, 0.14, pen.metal)
        if pen.lamplit:
            pen.shine(0, 0.3, 0.6, ink("7fc4ff"), 0.28)
        screen(pen, 0, 0.12, 0.5, 0.32)


def monitor_back(pen: Pen, x: float, z: float, y: float) -> None:
    """A computer seen from behind, its light on the rim only."""
    with pen.sheet(x, z, y):
        pen.bar(-0.1, 0, 0.1, 0.02, pen.metal)
        pen.bar(-0.03, 0, 0.03, 0.16, pen.metal)
        pen.bar(-0.27, 0.1, 0.27, 0.46, pen.dark, 0.02)
        pen.disc(0, 0.28, 0.04, lighter(pen.dark, 0.2))


def console(pen: Pen, x0: float, x1: float, z: float, base: Color, glow: Color) -> None:
    """A control desk with a slanted panel of lights; z is its near edge."""
    pen.shadow((x0 + x1) / 2, z, (x1 - x0), 0.7, 0.55)
    pen.box(x0, 0, z + 0.1, x1, 0.72, z + 0.6, base)
    rng, at = pen.rng, pen.room.at
    top = pen.tone(lighter(base, 0.1), (x0 + x1) / 2, 0.8, z, (0, 0.8, -0.6))
    pen.face([(x0, 0.72, z), (x1, 0.72, z), (x1, 0.98, z + 0.55), (x0, 0.98, z + 0.55)], top)
    pen.face([(x0, 0.66, z), (x1, 0.66, z), (x1, 0.72, z), (x0, 0.72, z)], darker(top, 0.4))
    for color, count in ((glow, 26), (ink("ffb45e"), 14), (ink("f4f7ff"), 10)):
        path = skia.Path()
        for _ in range(int(count * (x1 - x0) / 2)):
            a, t = rng.uniform(x0 + 0.06, x1 - 0.1), rng.uniform(0.12, 0.85)
            px, py = at(a, 0.72 + 0.26 * t, z + 0.55 * t)
            path.addRoundRect(rect(px, py, px + rng.choice((5, 9, 16)), py + 4), 1.5, 1.5)
        pen.canvas.drawPath(path, paint(color))


def hospital_bed(
    pen: Pen, x: float, z: float, base: Color, sheets: Color, turn: float = 1.0
) -> None:
    """A hospital bed from the side: wheels, rails, raised head; turn 1 has the head at the left."""
    pen.shadow(x, z, 2.3, 0.9, 0.55)
    with pen.sheet(x, z, turn=turn):
        for a in (-0.85, 0.85):
            pen.disc(a, 0.08, 0.08, pen.dark)
            pen.bar(a - 0.025, 0.12, a + 0.025, 0.46, pen.metal)
        pen.bar(-1.0, 0.42, 1.0, 0.5, pen.metal, 0.02)
        pen.poly(
            [(-1.0, 0.5), (-1.04, 1.0), (-0.98, 1.04), (-0.3, 0.68), (1.0, 0.68), (1.0, 0.5)],
            sheets,
        )
        pen.blob([(-1.0, 0.92), (-0.92, 1.12), (-0.62, 0.98), (-0.62, 0.82)], lighter(sheets, 0.3))
        pen.poly([(-0.25, 0.4), (-0.25, 0.72), (0.2, 0.76), (1.02, 0.72), (1.02, 0.36)], base)
        for i in range(4):
            pen.line([(i * 0.25, 0.7), (i * 0.25 + 0.05, 0.42)], darker(base, 0.16), 0.02)
        for a in (-1.07, 1.05):
            pen.bar(a - 0.03, 0.3, a + 0.03, 1.12 if a < 0 else 0.92, pen.metal, 0.03)
        pen.line([(-0.5, 0.6), (-0.5, 0.92), (0.3, 0.92), (0.3, 0.6)], pen.metal, 0.03)


def drip(pen: Pen, x: float, z: float) -> None:
    """A drip stand with a bag."""
    pen.shadow(x, z, 0.4, 0.4, 0.4)
    with pen.sheet(x, z):
        pen.line([(-0.2, 0.03), (0, 0.1), (0.2, 0.03)], pen.metal, 0.03)
        pen.bar(-0.012, 0.05, 0.012, 1.95, pen.metal)
        pen.line([(-0.16, 1.9), (-0.16, 1.95), (0.16, 1.95), (0.16, 1.9)], pen.metal, 0.02)
        pen.bar(0.09, 1.58, 0.23, 1.88, lighter(pen.pale, 0.4), 0.03)
        pen.line([(0.16, 1.58), (0.2, 1.2), (0.1, 0.9)], lighter(pen.pale, 0.3), 0.012)


def heart_monitor(pen: Pen, x: float, z: float) -> None:
    """A monitor on a trolley with a green trace."""
    pen.shadow(x, z, 0.5, 0.4, 0.45)
    with pen.sheet(x, z):
        pen.bar(-0.2, 0.06, 0.2, 0.12, pen.metal)
        pen.bar(-0.03, 0.1, 0.03, 0.95, pen.metal)
        pen.bar(-0.26, 0.92, 0.26, 1.36, pen.pale, 0.03)
        pen.bare(-0.22, 0.97, 0.22, 1.32, ink("0d1f22"), 0.01)
        trace = [(-0.21, 1.14), (-0.1, 1.14), (-0.07, 1.18), (-0.04, 1.04), (0.0, 1.29), (0.04, 1.08), (0.07, 1.14), (0.21, 1.14)]  # fmt: skip
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in trace], False)
        pen.canvas.drawPath(path, paint(ink("6bf0a0"), stroke=0.016))


def pipes(pen: Pen, x0: float, x1: float, y: float, z: float, base: Color, count: int = 3) -> None:
    """Pipes along a wall with joints."""
    with pen.sheet(x0, z, y):
        for i in range(count):
            h = 0.16 - i * 0.04
            b = sum(0.16 - k * 0.04 + 0.08 for k in range(i))
            path = skia.Path()
            path.addRect(rect(0, b, x1 - x0, b + h))
            pen.fill(path, base, 0.3)
            pen.bar(0, b + h * 0.62, x1 - x0, b + h * 0.84, lighter(base, 0.35), lit=0)
            for k in range(1, 4):
                a = (x1 - x0) * k / 4 + i * 0.2
                pen.bar(a, b - 0.02, a + 0.09, b + h + 0.02, darker(base, 0.2), 0.01)


def workbench(pen: Pen, x: float, z: float, w: float = 2.4) -> None:
    """A heavy bench with a vice, boxes and tools on a board above it; z is its near edge."""
    pen.shadow(x, z + 0.3, w, 0.9, 0.55)
    a, b = x - w / 2, x + w / 2
    for lx in (a + 0.05, b - 0.2):
        pen.box(lx, 0, z + 0.08, lx + 0.14, 0.84, z + 0.22, pen.wood)
    pen.box(a + 0.1, 0.2, z + 0.12, b - 0.1, 0.26, z + 0.6, darker(pen.wood, 0.2))
    with pen.sheet(x, z + 0.2, 0.26):
        pen.bar(-w * 0.36, 0, -w * 0.14, 0.3, pen.accent, 0.01)
        pen.bar(-w * 0.1, 0, w * 0.08, 0.22, pen.main, 0.01)
        pen.bar(w * 0.12, 0, w * 0.34, 0.34, darker(pen.wood, 0.3), 0.01)
    pen.box(a, 0.84, z, b, 0.93, z + 0.7, lighter(pen.wood, 0.06))
    with pen.sheet(x + w * 0.32, z + 0.06, 0.93):
        pen.bar(-0.12, 0, 0.12, 0.1, pen.metal, 0.02)
        pen.bar(-0.14, 0.08, -0.02, 0.24, darker(pen.metal, 0.1), 0.02)
        pen.bar(0.02, 0.08, 0.14, 0.24, pen.metal, 0.02)
        pen.bar(-0.3, 0.14, 0.02, 0.17, pen.metal)


def tool_wall(pen: Pen, x: float, y: float, w: float, h: float) -> None:
    """Tools on a board on the back wall."""
    with pen.sheet(x, pen.room.back - 0.05, y):
        pen.bar(-w / 2, 0, w / 2, h, mix(pen.wood, pen.pale, 0.35), lit=0.3)
        count = int(w / 0.24)
        for i in range(count):
            a, t = -w / 2 + 0.14 + i * 0.24, h * pen.rng.uniform(0.4, 0.7)
            top, kind = h - 0.1, pen.rng.randrange(4)
            handle = pen.accent if pen.rng.random() < 0.3 else pen.wood
            pen.bar(a - 0.015, top - t, a + 0.015, top, pen.metal if kind else handle)
            if kind == 0:
                pen.bar(a - 0.08, top - 0.08, a + 0.08, top, pen.dark, 0.01)
            elif kind == 1:
                pen.bar(a - 0.03, top - t, a + 0.03, top - t * 0.5, handle, 0.02)
            elif kind == 2:
                pen.poly(
                    [
                        (a - 0.02, top),
                        (a + 0.08, top - 0.05),
                        (a + 0.03, top - t),
                        (a - 0.02, top - t),
                    ],
                    pen.metal,
                )
            else:
                pen.disc(a, top - 0.04, 0.05, pen.metal)
