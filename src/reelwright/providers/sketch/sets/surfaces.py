"""Surfaces: boards, tiles, bricks and panels, drawn as one path in the room's perspective."""

from collections.abc import Callable
from typing import Literal

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, darker, fade, lighter, luma, paint, polygon
from reelwright.providers.sketch.sets.pens import UP, Pen

Surface = Literal[
    "plain",
    "boards",
    "planks",
    "tiles",
    "checker",
    "carpet",
    "stone",
    "brick",
    "paper",
    "panels",
    "steel",
]

Place = Callable[[float, float], tuple[float, float, float]]
Pairs = list[tuple[tuple[float, float], tuple[float, float]]]

_NEAR = 2.6


def floor_marks(pen: Pen, kind: Surface, base: Color, half: float, back: float) -> None:
    """The joints and pattern of a floor, from wall to wall."""
    dim = fade(darker(pen.tone(base, 0, 0, 6.0, UP), 0.5), 0.34)
    if kind == "boards":
        _boards(pen, half, back, dim)
    elif kind in ("tiles", "stone", "steel"):
        step = {"tiles": 0.5, "stone": 0.9, "steel": 1.2}[kind]
        _grid(pen, half, back, dim, step)
    elif kind == "checker":
        _checker(pen, half, back, fade(darker(pen.tone(base, 0, 0, 6.0, UP), 0.55), 0.5))


def _boards(pen: Pen, half: float, back: float, color: Color) -> None:
    pairs, rng = [], pen.rng
    step, i = 0.24, 0
    while -half + i * step < half:
        x = -half + i * step
        pairs.append(((x, 0, _NEAR), (x, 0, back)))
        z = _NEAR + rng.uniform(0.2, 1.6)
        while z < back:
            pairs.append(((x, 0, z), (x + step, 0, z)))
            z += rng.uniform(1.2, 2.6)
        i += 1
    pen.lines(pairs, color, 1.6)


def _grid(pen: Pen, half: float, back: float, color: Color, step: float) -> None:
    pairs = []
    x = -half
    while x <= half:
        pairs.append(((x, 0, _NEAR), (x, 0, back)))
        x += step
    z = back
    while z > _NEAR:
        pairs.append(((-half, 0, z), (half, 0, z)))
        z -= step
    pen.lines(pairs, color, 1.6)


def _checker(pen: Pen, half: float, back: float, color: Color, step: float = 0.6) -> None:
    path, at = skia.Path(), pen.room.at
    for j in range(int((back - _NEAR) / step) + 1):
        z1, z0 = back - j * step, max(_NEAR, back - (j + 1) * step)
        for i in range(int(2 * half / step) + 1):
            if (i + j) % 2:
                x0, x1 = -half + i * step, min(half, -half + (i + 1) * step)
                path.addPath(polygon([at(x0, 0, z0), at(x1, 0, z0), at(x1, 0, z1), at(x0, 0, z1)]))
    pen.canvas.drawPath(path, paint(color))


def wall_marks(pen: Pen, kind: Surface, base: Color, side: int) -> None:
    """The pattern of a wall: side 0 is the back wall, -1 and 1 the walls to the left and right."""
    if kind != "paper" and kind not in _WALLS:
        return
    room = pen.room
    tone = pen.tone(base, side * room.width / 2, 1.4, room.back - (0.5 if side == 0 else 2.0))
    mark = darker(tone, 0.4) if luma(tone) > 0.2 else lighter(tone, 0.16)
    start, end = (-room.width / 2, room.width / 2) if side == 0 else (_NEAR, room.back)

    def place(along: float, y: float) -> tuple[float, float, float]:
        return (along, y, room.back) if side == 0 else (side * room.width / 2, y, along)

    if kind == "paper":
        _stripes(pen, place, (start, end), fade(mark, 0.16))
        return
    pairs = _WALLS[kind](pen, start, end)
    pen.lines(
        [(place(*a), place(*b)) for a, b in pairs],
        fade(mark, _STRENGTH[kind]),
        _WIDTH.get(kind, 1.5),
    )


def _brick(pen: Pen, start: float, end: float) -> Pairs:
    pairs: Pairs = []
    y, row = 0.0, 0
    while y < pen.room.height:
        pairs.append(((start, y), (end, y)))
        x = start + (0.18 if row % 2 else 0.0)
        while x < end:
            if pen.rng.random() < 0.8:
                pairs.append(((x, y), (x, y + 0.16)))
            x += 0.36
        y, row = y + 0.16, row + 1
    return pairs


def _tiles(pen: Pen, start: float, end: float) -> Pairs:
    rows = int(min(2.2, pen.room.height) / 0.2)
    columns = int((end - start) / 0.2) + 1
    level: Pairs = [((start, r * 0.2), (end, r * 0.2)) for r in range(rows + 1)]
    return level + [((start + c * 0.2, 0.0), (start + c * 0.2, rows * 0.2)) for c in range(columns)]


def _stripes(pen: Pen, place: Place, span: tuple[float, float], color: Color) -> None:
    path, h, at = skia.Path(), pen.room.height, pen.room.at
    x = span[0] + 0.1
    while x < span[1] - 0.12:
        path.addPath(
            polygon([at(*place(*p)) for p in ((x, 0), (x + 0.12, 0), (x + 0.12, h), (x, h))])
        )
        x += 0.32
    pen.canvas.drawPath(path, paint(color))


def _planks(pen: Pen, start: float, end: float) -> Pairs:
    return [((start, r * 0.28), (end, r * 0.28)) for r in range(1, int(pen.room.height / 0.28) + 1)]


def _stone(pen: Pen, start: float, end: float) -> Pairs:
    pairs: Pairs = []
    y, row = 0.0, 0
    while y < pen.room.height:
        pairs.append(((start, y), (end, y)))
        x = start + (0.35 if row % 2 else 0.0) + pen.rng.uniform(0, 0.2)
        while x < end:
            pairs.append(((x, y), (x, y + 0.42)))
            x += pen.rng.uniform(0.6, 0.95)
        y, row = y + 0.42, row + 1
    return pairs


def _panels(pen: Pen, start: float, end: float) -> Pairs:
    h, count = pen.room.height, int((end - start) / 1.25) + 1
    seams: Pairs = [((start + c * 1.25, 0.0), (start + c * 1.25, h)) for c in range(count)]
    return [*seams, ((start, h * 0.42), (end, h * 0.42))]


_WALLS = {
    "brick": _brick,
    "tiles": _tiles,
    "planks": _planks,
    "boards": _planks,
    "stone": _stone,
    "panels": _panels,
    "steel": _panels,
}
_STRENGTH = {"brick": 0.38, "tiles": 0.32, "planks": 0.4, "boards": 0.4, "stone": 0.42, "panels": 0.4, "steel": 0.55}  # fmt: skip
_WIDTH = {"steel": 2.5}
