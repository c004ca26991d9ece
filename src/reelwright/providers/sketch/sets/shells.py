"""The shell of a room: back wall, side walls, ceiling, floor, windows, and the light they let in."""

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
    mix,
    paint,
    polygon,
    radial,
    rect,
)
from reelwright.providers.sketch.sets.outlooks import outlook
from reelwright.providers.sketch.sets.pens import DOWN, LEFT, RIGHT, UP, Pen
from reelwright.providers.sketch.sets.rooms import Room
from reelwright.providers.sketch.sets.spaces import Space
from reelwright.providers.sketch.sets.surfaces import Surface, floor_marks, wall_marks

_NOWHERE = (9.0, 9.0, 0.0)  # out of every lamp's reach
NEAR = 2.5  # metres: nearer than this nothing of the shell shows


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


@dataclass(frozen=True, slots=True)
class Shell:
    """How a room is built. Colours are before light; `walls` and `floor` name surfaces."""

    floor_color: Color
    walls: Surface = "plain"
    floor: Surface = "boards"
    windows: tuple[Window, ...] = ()
    wainscot: float = 0.0
    trim: Color | None = None
    ceiling: Color | None = None
    skirting: bool = True
    view: str = "city"


def build_shell(room: Room, shell: Shell) -> None:
    """Add the view behind the windows and the room's body, as layers."""
    holes = [rect(*_hole(room, w)[0], *_hole(room, w)[1]) for w in shell.windows if not w.side]
    if holes:
        outlook(room, shell.view, holes)
    build_body(room, shell, holes)


def build_body(room: Room, shell: Shell, holes: "Sequence[skia.Rect]") -> None:
    """Add the room's body as a layer; `holes` in its back wall (in frame units) stay open."""

    def draw(pen: Pen) -> None:
        pen.canvas.save()
        for hole in holes:
            pen.canvas.clipRect(hole, skia.ClipOp.kDifference)
        _floor(pen, shell)
        _ceiling(pen, shell)
        _side_walls(pen, shell)
        _back_wall(pen, shell)
        pen.canvas.restore()
        for window in shell.windows:
            (_side_window if window.side else _back_window)(pen, window)
        _patches(pen, shell.windows)

    room.put(room.back, draw, name="shell")


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


def _hole(room: Space, w: Window) -> tuple[tuple[float, float], tuple[float, float]]:
    return room.at(w.x - w.w / 2, w.y + w.h, room.back), room.at(w.x + w.w / 2, w.y, room.back)


def _pool(pen: Pen, base: Color, y: float, normal: tuple[float, float, float]) -> None:
    """The lamps' pools of light on the floor or ceiling at height y, or on the back wall."""
    room = pen.room
    if not room.lamplit:
        return
    upright = normal[1] == 0
    for lamp in room.lamps:
        z, height = (room.back, lamp.y) if upright else (lamp.z, y)
        away = (room.back - lamp.z) if upright else abs(lamp.y - y)
        much = lamp.power * max(0.0, 1 - 0.6 * away / lamp.reach) * (1.0 if room.dark else 0.4)
        if much <= 0.04:
            continue
        lit = room.tone(base, (lamp.x, (height + lamp.y) / 2, z), normal)
        lit = mix(lit, lamp.color, 0.30)
        stops = [fade(lit, f * much) for f in (0.95, 0.6, 0.2, 0.0)]
        r = lamp.reach * 1.25 * room.scale(z)
        pen.canvas.save()
        pen.canvas.translate(*room.at(lamp.x, height, z))
        pen.canvas.scale(1, 1.0 if upright else 0.36)
        pen.canvas.drawCircle(0, 0, r, paint(shader=radial((0, 0), r, stops, [0, 0.35, 0.7, 1])))
        pen.canvas.restore()


def _floor(pen: Pen, shell: Shell) -> None:
    room, stage, base = pen.room, pen.room.stage, shell.floor_color
    top = room.at(0, 0, room.back)[1]
    box = rect(stage.left, top, stage.right, stage.bottom)
    near, far = room.tone(base, (0, 0, 4.6), UP), room.tone(base, (0, 0, room.back), UP)
    if room.dark:
        near = far = room.tone(base, _NOWHERE, UP)

    def tint() -> None:
        shade = linear((0, top), (0, 760), [mix(far, near, 0.3), darker(near, 0.32)])
        pen.canvas.drawRect(box.makeOutset(0, 20), paint(shader=shade))
        _pool(pen, base, 0.0, UP)
        edge = fade(room.light.near, 0.42)
        fall = linear((0, top), (0, top + 30), [edge, fade(edge, 0)])
        pen.canvas.drawRect(rect(stage.left, top - 20, stage.right, top + 30), paint(shader=fall))

    pen.wash(_area(box), tint)
    pen.canvas.save()
    pen.canvas.clipRect(box)
    floor_marks(pen, shell.floor, base, room.width / 2, room.back)
    pen.canvas.restore()


def _ceiling(pen: Pen, shell: Shell) -> None:
    room, stage = pen.room, pen.room.stage
    y = room.at(0, room.height, room.back)[1]
    base = shell.ceiling if shell.ceiling is not None else lighter(room.wall, 0.25)
    far = room.tone(base, _NOWHERE if room.dark else (0, room.height, room.back), DOWN)
    box = rect(stage.left, stage.top, stage.right, y)

    def tint() -> None:
        shade = linear((0, y), (0, -60), [far, darker(far, 0.45)])
        pen.canvas.drawRect(box.makeOutset(0, 20), paint(shader=shade))
        _pool(pen, base, room.height, DOWN)

    pen.wash(_area(box), tint)


def _side_walls(pen: Pen, shell: Shell) -> None:
    room = pen.room
    h, b, base = room.height, room.back, room.wall
    for side in (-1, 1):
        x, normal = side * room.width / 2, LEFT if side > 0 else RIGHT
        path = polygon([room.at(*c) for c in ((x, 0, b), (x, h, b), (x, h, NEAR), (x, 0, NEAR))])
        inner, outer = room.at(x, 1, b)[0], room.at(x, 1, NEAR)[0]
        far = room.tone(base, (x, 1.2, b - 0.5), normal)
        near = room.tone(base, (x, 1.2, 4.6), normal)
        if room.dark:
            gloom = room.tone(base, _NOWHERE, normal)
            far, near = mix(gloom, far, 0.6), mix(gloom, near, 0.5)
        tones = [darker(far, 0.10), near, darker(near, 0.4)]
        shade = linear((inner, 0), (outer, 0), tones, [0, 0.4, 1])
        pen.wash(path, lambda shade=shade: pen.canvas.drawPaint(paint(shader=shade)))
        wall_marks(pen, shell.walls, base, side=side)
        if shell.skirting:
            foot = [(x, 0, b), (x, 0.12, b), (x, 0.12, NEAR), (x, 0, NEAR)]
            trim = shell.trim if shell.trim is not None else darker(base, 0.3)
            pen.face(foot, room.tone(trim, (x, 0.1, 6.0), normal))


def _back_wall(pen: Pen, shell: Shell) -> None:
    room, half = pen.room, pen.room.width / 2
    a, b = room.at(-half, room.height, room.back), room.at(half, 0, room.back)
    box, base = rect(*a, *b), room.wall
    tones = [room.tone(base, (x, 1.4, room.back - 0.4)) for x in (-half, 0.0, half)]
    if room.dark:
        tones = [room.tone(base, _NOWHERE)] * 3

    def tint() -> None:
        pen.canvas.drawRect(
            box.makeOutset(20, 20), paint(shader=linear((a[0], 0), (b[0], 0), tones))
        )
        _pool(pen, base, 0.0, (0, 0, -1))
        _corners(pen, box)

    pen.wash(_area(box.makeOutset(1, 1)), tint)
    pen.canvas.save()
    pen.canvas.clipRect(box)
    wall_marks(pen, shell.walls, base, side=0)
    pen.canvas.restore()
    _trims(pen, shell)


def _area(box: "skia.Rect") -> "skia.Path":
    path = skia.Path()
    path.addRect(box)
    return path


def _corners(pen: Pen, box: "skia.Rect") -> None:
    """The dimness that gathers where walls meet."""
    dim = fade(pen.room.light.near, 0.30)
    reach = 90.0
    for edge in (box.left(), box.right()):
        way = reach if edge < 0 else -reach
        shade = linear((edge, 0), (edge + way, 0), [dim, fade(dim, 0)])
        pen.canvas.drawRect(rect(min(edge, edge + way), box.top(), max(edge, edge + way), box.bottom()), paint(shader=shade))  # fmt: skip
    shade = linear((0, box.top()), (0, box.top() + 70), [dim, fade(dim, 0)])
    pen.canvas.drawRect(
        rect(box.left(), box.top(), box.right(), box.top() + 70), paint(shader=shade)
    )


def _trims(pen: Pen, shell: Shell) -> None:
    half, room = pen.room.width / 2, pen.room
    trim = shell.trim if shell.trim is not None else darker(room.wall, 0.3)
    with pen.sheet(0, room.back):
        if shell.wainscot:
            for i in range(-6, 6):
                x, w = i * half / 6, half / 6
                pen.bar(x, 0, x + w, shell.wainscot, trim, lit=0)
                pen.bar(
                    x + 0.08,
                    0.2,
                    x + w - 0.08,
                    shell.wainscot - 0.1,
                    lighter(trim, 0.08),
                    0.01,
                    0.4,
                )
            pen.bar(-half, shell.wainscot, half, shell.wainscot + 0.06, lighter(trim, 0.18), lit=0)
        if shell.skirting:
            pen.bar(-half, 0, half, 0.13, trim, lit=0)
            pen.bar(-half, room.height - 0.07, half, room.height, lighter(trim, 0.15), lit=0)


def _weather(pen: Pen, box: "skia.Rect") -> None:
    """Rain runs down a pane, snow sits on its sill."""
    weather, rng = pen.room.light.weather, pen.rng
    if weather in (Weather.RAIN, Weather.STORM):
        path = skia.Path()
        for _ in range(int(box.width() * box.height() / 420)):
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


def _back_window(pen: Pen, w: Window) -> None:
    room = pen.room
    a, b = _hole(room, w)
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


def _side_window(pen: Pen, w: Window) -> None:
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


def _patches(pen: Pen, windows: Sequence[Window]) -> None:
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
