"""Windows: openings in the walls, the weather on their panes, and the light they let in."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import TimeOfDay, Weather
from reelwright.providers.sketch.ink import (
    Color,
    darker,
    fade,
    ink,
    lighter,
    linear,
    paint,
    polygon,
    radial,
    rect,
)
from reelwright.providers.sketch.sets.pens import LEFT, RIGHT, Pen
from reelwright.providers.sketch.sets.rooms import Room
from reelwright.providers.sketch.sets.spaces import Space

NEAR = 2.5  # metres: nearer than this nothing of a room shows


@dataclass(frozen=True, slots=True)
class Window:
    """An opening in the back wall; x is its middle, y its sill, `panes` counts columns and rows.

    With `side` it is in the wall the key comes from, and x is its distance from the camera.
    """

    x: float
    y: float = 0.9
    w: float = 1.6
    h: float = 1.4
    panes: tuple[int, int] = (2, 2)
    side: bool = False
    frame: str = "d9d2c2"


def build_air(room: Room, windows: Sequence[Window]) -> None:
    """The shafts of light in the air; add it after what they fall in front of."""
    light = room.light
    if light.time in (TimeOfDay.NIGHT, TimeOfDay.DUSK) or light.strength < 0.5:
        return

    def draw(pen: Pen) -> None:
        for window in windows:
            if not window.side:
                bright = light.sky[2]
                y = window.y + window.h / 2
                halo(pen, (window.x, y, room.back), 0.85 * window.w, bright, 0.2 * light.strength)
            _shaft(pen, window)

    last = room.figures / room.stage.layers[-1].depth  # light falls in front of what stands there
    room.put(last, draw, blur=7.0, glow=True, name="air")


def halo(pen: Pen, at: tuple[float, float, float], r: float, color: Color, much: float) -> None:
    """A free halo in the room (r in metres), for a glow layer."""
    px, py = pen.room.at(*at)
    k = r * pen.room.scale(at[2])
    stops = [fade(color, much), fade(color, much * 0.3), fade(color, 0)]
    pen.canvas.drawCircle(px, py, k, paint(shader=radial((px, py), k, stops, [0, 0.35, 1])))


def hole_of(room: Space, w: Window) -> tuple[tuple[float, float], tuple[float, float]]:
    return room.at(w.x - w.w / 2, w.y + w.h, room.back), room.at(w.x + w.w / 2, w.y, room.back)


def _weather(pen: Pen, box: "skia.Rect") -> None:
    """Rain runs down a pane, snow sits on its sill."""
    weather, rng = pen.room.light.weather, pen.rng
    if weather in (Weather.RAIN, Weather.STORM):
        path = skia.Path()
        for _ in range(int(box.width() * box.height() / 650)):
            x, y = rng.uniform(box.left(), box.right()), rng.uniform(box.top(), box.bottom())
            path.moveTo(x, y)
            path.lineTo(x + rng.uniform(-2, 2), min(box.bottom(), y + rng.uniform(3, 26)))
        pen.canvas.drawPath(
            path, paint(fade(lighter(pen.room.light.sky[3], 0.5), 0.42), stroke=1.5)
        )
    elif weather is Weather.SNOW:
        path = skia.Path()
        for _ in range(int(box.width() * box.height() / 500)):
            path.addCircle(rng.uniform(box.left(), box.right()), rng.uniform(box.top(), box.bottom()), rng.uniform(0.8, 2.6))  # fmt: skip
        path.addOval(rect(box.left() - 2, box.bottom() - 9, box.right() + 2, box.bottom() + 6))
        pen.canvas.drawPath(path, paint(ink("eef3fa", 0.9)))


def draw_back_window(pen: Pen, w: Window) -> None:
    room = pen.room
    a, b = hole_of(room, w)
    box = rect(*a, *b)
    pen.canvas.save()
    pen.canvas.clipRect(box)
    glass = linear(
        a, b, [ink("ffffff", 0.16), ink("ffffff", 0.0), ink("ffffff", 0.08)], [0, 0.5, 1]
    )
    pen.canvas.drawRect(box, paint(shader=glass))
    _weather(pen, box)
    pen.canvas.restore()
    frame, t = room.stuff(w.frame), 0.07
    with pen.sheet(w.x, room.back, w.y):
        x = w.w / 2
        for i in range(1, w.panes[0]):
            c = -x + w.w * i / w.panes[0]
            pen.bar(c - 0.022, 0, c + 0.022, w.h, frame, lit=0)
        for i in range(1, w.panes[1]):
            c = w.h * i / w.panes[1]
            pen.bar(-x, c - 0.022, x, c + 0.022, frame, lit=0)
        pen.bar(-x - t, 0, -x, w.h, frame, lit=0.5)
        pen.bar(x, 0, x + t, w.h, frame, lit=0.5)
        pen.bar(-x - t, w.h, x + t, w.h + t, frame, lit=0)
        pen.bar(-x - t - 0.06, -0.09, x + t + 0.06, 0, lighter(frame, 0.1), lit=0.3)
        pen.bar(-x - t, -0.16, x + t, -0.09, darker(frame, 0.4), lit=0)


def draw_side_window(pen: Pen, w: Window) -> None:
    """A window in the key's own wall: bright panes in steep perspective."""
    room = pen.room
    x, sky = room.light.side * room.width / 2, room.light.sky
    frame = room.tone(room.stuff(w.frame), (x, 1.5, w.x), LEFT if x > 0 else RIGHT)
    z0, z1, y1, e = w.x - w.w / 2, w.x + w.w / 2, w.y + w.h, 0.09
    pen.face(
        [(x, w.y - e, z0 - e), (x, y1 + e, z0 - e), (x, y1 + e, z1 + e), (x, w.y - e, z1 + e)],
        frame,
    )
    top, low = room.at(x, y1, w.x)[1], room.at(x, w.y, w.x)[1]
    shade = paint(shader=linear((0, top), (0, low), [sky[1], sky[2], sky[3]]))
    path = skia.Path()
    for c in range(w.panes[0]):
        for r in range(w.panes[1]):
            za, zb = (z0 + (z1 - z0) * (c + i) / w.panes[0] for i in (0.04, 0.96))
            ya, yb = (w.y + w.h * (r + i) / w.panes[1] for i in (0.04, 0.96))
            path.addPath(
                polygon([room.at(x, *p) for p in ((ya, za), (yb, za), (yb, zb), (ya, zb))])
            )
    pen.canvas.drawPath(path, shade)


def _ray(pen: Pen, w: Window) -> tuple[float, float, float]:
    light = pen.room.light
    slope = 0.45 + 0.45 * light.height
    if w.side:
        return (-light.side, -slope, -0.12)
    return (-0.55 * light.side, -slope, -0.9)


def _landing(pen: Pen, w: Window, u: float, v: float) -> tuple[float, float]:
    """Where the sun through a point of the window (u, v from 0 to 1) meets the floor: x and z."""
    room, ray = pen.room, _ray(pen, w)
    y = w.y + w.h * v
    t = y / -ray[1]
    along = (u - 0.5) * w.w
    if w.side:
        return room.light.side * room.width / 2 + ray[0] * t, w.x + along + ray[2] * t
    return w.x + along + ray[0] * t, room.back + ray[2] * t


def draw_patches(pen: Pen, windows: Sequence[Window]) -> None:
    """The windows' bright shapes on the floor, pane by pane."""
    room, light = pen.room, pen.room.light
    night = light.time is TimeOfDay.NIGHT
    much = 0.13 if night else 0.8 * max(0.0, light.strength - 0.35)
    if room.light.time is TimeOfDay.DUSK or much <= 0.02:
        return
    half, path = room.width / 2, skia.Path()
    for w in windows:
        for c in range(w.panes[0]):
            for r in range(w.panes[1]):
                us = [(c + i) / w.panes[0] for i in (0.05, 0.95)]
                vs = [(r + i) / w.panes[1] for i in (0.05, 0.95)]
                spots = [_landing(pen, w, u, v) for u, v in ((us[0], vs[0]), (us[1], vs[0]), (us[1], vs[1]), (us[0], vs[1]))]  # fmt: skip
                held = [(min(half, max(-half, x)), min(room.back, max(NEAR, z))) for x, z in spots]
                path.addPath(polygon([room.at(x, 0, z) for x, z in held]))
    key = ink("9fc0ff") if night else lighter(light.key, 0.15)
    pen.canvas.drawPath(path, paint(fade(key, much)))


def _shaft(pen: Pen, w: Window) -> None:
    room, light = pen.room, pen.room.light
    half = room.width / 2
    if w.side:
        x, z = light.side * half, w.x
        top = [(x, w.y + w.h, z + w.w / 2), (x, w.y, z - w.w / 2)]
    else:
        top = [
            (w.x - light.side * w.w / 2, w.y + w.h, room.back),
            (w.x + light.side * w.w / 2, w.y, room.back),
        ]
    u = 0.0 if light.side > 0 else 1.0
    far, near = _landing(pen, w, u, 1.0), _landing(pen, w, 1 - u, 0.0)
    land = [(min(half, max(-half, x)), 0.0, min(room.back, max(NEAR, z))) for x, z in (near, far)]
    points = [room.at(*p) for p in (top[0], top[1], *land)]
    start, end = points[0], points[3]
    shade = linear(start, end, [fade(light.key, 0.30 * light.strength), fade(light.key, 0.03)])
    pen.canvas.drawPath(polygon(points), paint(shader=shade))
