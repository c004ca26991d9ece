"""Things of the street: lamps, cars, fences, benches, signs, poles, bins."""

import itertools

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    darker,
    fade,
    ink,
    lighter,
    mix,
    paint,
    polygon,
    rect,
)
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import cone, halo, pool
from reelwright.providers.sketch.sets.scenery.ground import mirror

IRON, WOOD, CONCRETE, ASPHALT, CHROME = (
    ink(c) for c in ("3c4248", "8d6f52", "9c9a94", "55585c", "c9ced2")
)


def lamp(
    brush: Brush, x: float, y: float, m: float, *, arm: int = 1, tall: float = 5.0
) -> tuple[float, float]:
    """A street lamp with an arm to the left (-1) or right (1), or a lantern (0); where its light is."""
    top = y - tall * m
    brush.cast(x, y, 0.14 * m, tall * m)
    pole = polygon([(x - 0.09 * m, y), (x - 0.05 * m, top), (x + 0.05 * m, top), (x + 0.09 * m, y)])
    brush.body(pole, IRON, 0.05 * m)
    brush.box(x - 0.15 * m, y - 0.8 * m, x + 0.15 * m, y, brush.dark(IRON))
    bulb = brush.light.lamp if brush.light.lamps else brush.lit(ink("e6e2d4"))
    if not arm:
        brush.shape(
            [
                (x - 0.14 * m, top),
                (x - 0.23 * m, top - 0.54 * m),
                (x + 0.23 * m, top - 0.54 * m),
                (x + 0.14 * m, top),
            ],
            bulb,
        )
        brush.shape(
            [(x - 0.31 * m, top - 0.54 * m), (x, top - 0.84 * m), (x + 0.31 * m, top - 0.54 * m)],
            brush.dark(IRON),
        )
        return x, top - 0.3 * m
    path = skia.Path()
    path.moveTo(x, top + 0.1 * m)
    path.quadTo(x, top - 0.5 * m, x + arm * 1.1 * m, top - 0.45 * m)
    brush.canvas.drawPath(path, paint(brush.dark(IRON), stroke=0.09 * m))
    bx = x + arm * 1.25 * m
    brush.oval(bx - 0.36 * m, top - 0.56 * m, bx + 0.36 * m, top - 0.3 * m, brush.dark(IRON))
    brush.oval(bx - 0.28 * m, top - 0.44 * m, bx + 0.28 * m, top - 0.28 * m, bulb)
    return bx, top - 0.36 * m


def lamplight(
    brush: Brush, x: float, y: float, foot: float, m: float, *, soft: bool = False
) -> None:
    """The light of one street lamp whose bulb is at (x, y) over ground at `foot`; `soft` ground is no mirror."""
    halo(brush, x, y, 1.6 * m, 0.6)
    cone(brush, (x, y), (x, foot), 2.0 * m, 0.12)
    pool(brush, x, foot, 3.0 * m, 0.36)
    if brush.wet and not soft:
        mirror(brush, [(x, foot + 0.1 * m, 0.3 * m, brush.light.lamp)], 1.3 * m)


def headlight(brush: Brush, x: float, y: float, m: float, *, facing: int = 1) -> None:
    """The light before a car's lamps."""
    halo(brush, x + facing * 2.05 * m, y - 0.65 * m, 0.9 * m, 0.7)
    pool(brush, x + facing * 3.6 * m, y, 1.9 * m, 0.3)
    halo(brush, x - facing * 2.1 * m, y - 0.68 * m, 0.4 * m, 0.5, ink("ff5a48"))


def car(brush: Brush, x: float, y: float, m: float, color: Color, *, facing: int = 1) -> None:
    """A saloon from its side, 4.3 m long; `facing` is where it would drive."""
    canvas = brush.canvas
    brush.cast(x, y, 4.1 * m, 1.0 * m)
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(facing * m, m)
    _bodywork(brush, color, brush.side * facing)
    for wheel in (-1.3, 1.32):
        canvas.drawCircle(wheel, -0.32, 0.36, paint(brush.dark(ink("24262a"))))
        canvas.drawCircle(wheel, -0.32, 0.19, paint(brush.flat(CHROME)))
    on = brush.light.lamps
    front, rear = (
        (ink("fff2cf"), ink("ff5a48")) if on else (brush.lit(CHROME), brush.flat(ink("a8332c")))
    )
    brush.oval(1.92, -0.74, 2.16, -0.56, front)
    brush.box(-2.16, -0.78, -2.02, -0.58, rear)
    brush.box(0.02, -0.84, 0.24, -0.79, brush.dark(color))
    canvas.restore()


def _bodywork(brush: Brush, color: Color, side: int) -> None:
    """Sheet metal and glass, in metres; `side` is where the light comes from, seen by the car."""
    body = skia.Path()
    body.moveTo(-2.15, -0.32)
    body.cubicTo(-2.2, -0.7, -2.12, -0.88, -1.9, -0.9)
    body.lineTo(-1.45, -0.95)
    body.cubicTo(-1.15, -1.4, -0.8, -1.46, -0.2, -1.46)
    body.cubicTo(0.4, -1.46, 0.6, -1.3, 0.98, -0.96)
    body.cubicTo(1.6, -0.92, 2.05, -0.82, 2.15, -0.6)
    body.lineTo(2.17, -0.32)
    body.close()
    brush.fill(body, brush.flat(color))
    brush.canvas.save()
    brush.canvas.clipPath(body, True)
    brush.box(-3, -0.62, 3, 0, brush.dark(color))
    brush.box(*((0.9, -2, 3, -0.62) if side > 0 else (-3, -2, -1.2, -0.62)), brush.lit(color))
    roof = brush.flat(SNOW) if brush.snowy else brush.lit(lighter(color, 0.15))
    brush.box(-3, -2, 3, -1.38, roof)
    brush.canvas.restore()
    glass = mix(brush.glass(), brush.dark(IRON), 0.25)
    brush.shape([(-1.28, -0.95), (-0.9, -1.32), (-0.28, -1.35), (-0.28, -0.95)], glass)
    brush.shape([(-0.18, -0.95), (-0.18, -1.35), (0.26, -1.33), (0.76, -0.95)], glass)


def bench(brush: Brush, x: float, y: float, m: float, wood: Color = WOOD) -> None:
    """A park bench, 1.8 m long, seat at 0.45 m."""
    brush.cast(x, y, 1.7 * m, 0.7 * m)
    legs = skia.Path()
    for side in (-0.75, 0.75):
        legs.addRect(rect(x + side * m - 0.05 * m, y - 0.85 * m, x + side * m + 0.05 * m, y))
    brush.fill(legs, brush.dark(IRON))
    for i, low in enumerate((0.82, 0.66, 0.45)):
        tone = brush.lit(SNOW if brush.snowy and i == 2 else wood) if i == 2 else brush.flat(wood)
        brush.box(x - 0.92 * m, y - (low + 0.06) * m, x + 0.92 * m, y - (low - 0.05) * m, tone)
    brush.box(x - 0.92 * m, y - 0.4 * m, x + 0.92 * m, y - 0.34 * m, brush.dark(wood))


def pickets(
    brush: Brush, x0: float, x1: float, y: float, m: float, color: Color, *, tall: float = 0.95
) -> None:
    """A picket fence in two paths."""
    boards, rails = skia.Path(), skia.Path()
    step, x = 0.24 * m, x0
    while x < x1:
        boards.addPath(
            polygon(
                [
                    (x, y),
                    (x, y - (tall - 0.12) * m),
                    (x + step * 0.32, y - tall * m),
                    (x + step * 0.64, y - (tall - 0.12) * m),
                    (x + step * 0.64, y),
                ]
            )
        )
        x += step
    for low in (0.28, 0.66):
        rails.addRect(rect(x0, y - (low + 0.07) * m, x1, y - low * m))
    brush.fill(rails, brush.dark(color))
    brush.fill(boards, mix(brush.flat(color), brush.lit(color), 0.5))
    if brush.snowy:
        brush.box(x0, y - 0.09 * m, x1, y + 0.03 * m, brush.flat(SNOW))


def rail_fence(
    brush: Brush,
    x0: float,
    x1: float,
    y: float,
    m: float,
    color: Color = WOOD,
    *,
    tall: float = 1.2,
) -> None:
    """A field fence: posts and two rails."""
    posts, rails, tops = skia.Path(), skia.Path(), skia.Path()
    step, x = 2.2 * m, x0
    while x < x1 + step:
        posts.addRect(rect(x - 0.08 * m, y - tall * m, x + 0.08 * m, y + 0.05 * m))
        tops.addRect(rect(x - 0.08 * m, y - (tall + 0.06) * m, x + 0.08 * m, y - tall * m))
        for low in (0.4, 0.85):
            sag = brush.rng.uniform(-0.05, 0.05) * m
            rails.addPath(
                polygon(
                    [
                        (x, y - low * m + sag),
                        (x + step, y - low * m),
                        (x + step, y - (low + 0.1) * m),
                        (x, y - (low + 0.1) * m + sag),
                    ]
                )
            )
        x += step
    brush.fill(rails, brush.flat(color))
    brush.fill(posts, brush.dark(color))
    brush.fill(tops, brush.lit(SNOW if brush.snowy else color))


def mesh_fence(
    brush: Brush, x0: float, x1: float, y: float, m: float, *, tall: float = 2.2
) -> None:
    """Chain link between iron posts."""
    mesh, posts = skia.Path(), skia.Path()
    step, h = 0.34 * m, tall * m
    x = x0 - h
    while x < x1:
        mesh.moveTo(max(x, x0), y - max(0.0, x0 - x))
        mesh.lineTo(min(x + h, x1), y - min(h, x1 - x))
        mesh.moveTo(min(x + h, x1), y - h + min(h, x1 - x))
        mesh.lineTo(max(x, x0), y - h + max(0.0, x0 - x))
        x += step
    at = x0
    while at <= x1:
        posts.addRect(rect(at - 0.05 * m, y - h - 0.1 * m, at + 0.05 * m, y))
        at += 2.6 * m
    posts.addRect(rect(x0, y - h - 0.03 * m, x1, y - h + 0.03 * m))
    brush.canvas.drawPath(mesh, paint(fade(brush.flat(CHROME), 0.5), stroke=max(0.7, 0.016 * m)))
    brush.fill(posts, brush.flat(IRON))


def pole(brush: Brush, x: float, y: float, m: float, *, tall: float = 8.0, arms: int = 1) -> float:
    """A wooden pole for wires; the height of its cross arm."""
    top = y - tall * m
    brush.cast(x, y, 0.24 * m, tall * m)
    brush.pillar(
        x,
        y,
        0.14 * m,
        0.09 * m,
        y - top,
        WOOD,
        0.09 * m,
    )
    for i in range(arms):
        low = top + (0.5 + 0.8 * i) * m
        brush.box(x - 1.1 * m, low, x + 1.1 * m, low + 0.14 * m, brush.dark(WOOD))
    return top + 0.5 * m


def wires(brush: Brush, points: list[tuple[float, float]], sag: float, width: float = 1.2) -> None:
    """Wires that hang between points, one path."""
    path = skia.Path()
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        path.moveTo(x0, y0)
        path.quadTo((x0 + x1) / 2, (y0 + y1) / 2 + sag, x1, y1)
    brush.canvas.drawPath(path, paint(fade(brush.dark(IRON), 0.8), stroke=width))


def sign(
    brush: Brush,
    x: float,
    y: float,
    m: float,
    color: Color,
    *,
    tall: float = 2.4,
    size: float = 0.7,
) -> None:
    """A round-cornered sign without words on a post."""
    brush.cast(x, y, 0.1 * m, tall * m)
    brush.box(x - 0.05 * m, y - tall * m, x + 0.05 * m, y, brush.flat(IRON))
    half = size * m / 2
    cy = y - tall * m
    canvas = brush.canvas
    canvas.drawRoundRect(
        rect(x - half, cy - half, x + half, cy + half),
        half * 0.3,
        half * 0.3,
        paint(brush.lit(lighter(color, 0.75))),
    )
    canvas.drawRoundRect(
        rect(x - half * 0.84, cy - half * 0.84, x + half * 0.84, cy + half * 0.84),
        half * 0.24,
        half * 0.24,
        paint(brush.flat(color)),
    )
    brush.box(
        x - half * 0.5,
        cy - half * 0.12,
        x + half * 0.5,
        cy + half * 0.12,
        brush.lit(lighter(color, 0.75)),
    )


def bin_(brush: Brush, x: float, y: float, m: float, color: Color = IRON) -> None:
    """A dustbin with a lid."""
    brush.cast(x, y, 0.55 * m, 0.9 * m)
    brush.pillar(
        x,
        y,
        0.26 * m,
        0.32 * m,
        0.82 * m,
        color,
        0.22 * m,
    )
    brush.box(
        x - 0.37 * m,
        y - 0.94 * m,
        x + 0.37 * m,
        y - 0.82 * m,
        brush.lit(SNOW if brush.snowy else lighter(color, 0.2)),
    )


def crate(
    brush: Brush, x: float, y: float, m: float, size: float = 0.8, wood: Color = WOOD
) -> None:
    """A wooden box with a lit lid and a brace."""
    half, h = size * m / 2, size * m * 0.85
    brush.cast(x, y, size * m, h)
    brush.box(x - half, y - h, x + half, y, brush.flat(wood))
    end = half * 0.5
    brush.box(
        *(
            (x - half, y - h, x - half + end, y)
            if brush.side > 0
            else (x + half - end, y - h, x + half, y)
        ),
        brush.dark(wood, 0.8),
    )
    brush.box(x - half, y - h, x + half, y - h * 0.86, brush.lit(SNOW if brush.snowy else wood))
    brush.line(
        [(x - half * 0.9, y - h * 0.08), (x + half * 0.9, y - h * 0.82)],
        brush.dark(darker(wood, 0.1)),
        0.07 * m,
    )


def hydrant(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    """A fire hydrant: red iron with a touch of `color`."""
    color = mix(ink("b04a3c"), color, 0.35)
    brush.cast(x, y, 0.3 * m, 0.8 * m)
    path = polygon(
        [
            (x - 0.13 * m, y),
            (x - 0.13 * m, y - 0.6 * m),
            (x, y - 0.8 * m),
            (x + 0.13 * m, y - 0.6 * m),
            (x + 0.13 * m, y),
        ]
    )
    path.addRect(rect(x - 0.24 * m, y - 0.52 * m, x + 0.24 * m, y - 0.36 * m))
    path.addRect(rect(x - 0.2 * m, y - 0.08 * m, x + 0.2 * m, y))
    brush.body(path, color, 0.1 * m)


def flag(brush: Brush, x: float, y: float, tall: float, long: float, color: Color) -> None:
    """A pole of `tall` units and a flag in the wind, `long` units long."""
    top, high = y - tall, long * 0.6
    brush.line([(x, y), (x, top)], brush.dark(IRON), max(2.5, long * 0.05))
    cloth = skia.Path()
    cloth.moveTo(x + 1, top + 2)
    cloth.cubicTo(x + long * 0.34, top - 10, x + long * 0.62, top + 14, x + long, top + 2)
    cloth.lineTo(x + long, top + high)
    cloth.cubicTo(
        x + long * 0.62, top + high + 12, x + long * 0.34, top + high - 12, x + 1, top + high
    )
    cloth.close()
    brush.body(cloth, color, long * 0.35)
