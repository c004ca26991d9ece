"""The shell of a room: back wall, side walls, ceiling and floor, under its lamps' pools of light."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    darker,
    fade,
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
from reelwright.providers.sketch.sets.surfaces import Surface, floor_marks, wall_marks
from reelwright.providers.sketch.sets.windows import (
    NEAR,
    Window,
    draw_back_window,
    draw_patches,
    draw_side_window,
    hole_of,
)

_NOWHERE = (9.0, 9.0, 0.0)  # out of every lamp's reach


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
    holes = [rect(*hole_of(room, w)[0], *hole_of(room, w)[1]) for w in shell.windows if not w.side]
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
            (draw_side_window if window.side else draw_back_window)(pen, window)
        draw_patches(pen, shell.windows)

    room.put(room.back, draw, name="shell")


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
