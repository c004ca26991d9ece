"""Outlooks: what lies beyond a window."""

import random
from collections.abc import Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, radial
from reelwright.providers.sketch.sets.pens import Pen
from reelwright.providers.sketch.sets.rooms import Furnish, Room
from reelwright.providers.sketch.sky import draw_sky


def outlook(
    room: Room, kind: str, windows: "Sequence[skia.Rect]", also: Furnish | None = None
) -> None:
    """Put the world outside behind the windows (in frame units): city, trees, sea, hills, yard.

    It is drawn a little wider than the windows, because it moves less than the wall does; `also`
    adds what else is out there.
    """

    def beyond(pen: Pen) -> None:
        area = skia.Path()
        for window in windows:
            area.addRect(window.makeOutset(70, 40))
        pen.canvas.save()
        pen.canvas.clipPath(area)
        _sky(pen, area.getBounds())
        _LANDS[kind](pen)
        if also is not None:
            also(pen)
        pen.canvas.restore()

    room.put(40.0, beyond, name="outlook")


def _sky(pen: Pen, area: "skia.Rect") -> None:
    room = pen.room
    box = skia.Rect(area.left(), min(area.top(), 60.0), area.right(), room.horizon + 40)
    draw_sky(pen.canvas, room.light, box, pen.rng, horizon=room.horizon)


def _ground(pen: Pen, color: Color) -> None:
    stage = pen.room.stage
    box = skia.Rect(stage.left, pen.room.horizon, stage.right, stage.bottom)
    pen.canvas.drawRect(box, paint(color))


def _far(pen: Pen, hexadecimal: str, depth: float) -> Color:
    light = pen.room.light
    return light.far(light.dark(ink(hexadecimal)), depth)


def _city(pen: Pen) -> None:
    light, y, rng = pen.room.light, pen.room.horizon + 90, pen.rng
    _ground(pen, _far(pen, "5d6672", 0.7))
    for depth, tall, wide in ((0.05, 290, 80), (0.45, 190, 120)):
        path, panes = skia.Path(), skia.Path()
        x = pen.room.stage.left
        while x < pen.room.stage.right:
            w, h = wide * rng.uniform(0.7, 1.4), tall * rng.uniform(0.45, 1.0)
            path.addRect(skia.Rect(x, y - h, x + w, y + 60))
            _panes(panes, x, y - h, w, h, rng)
            x += w + rng.choice((0, 0, 14, 30))
        pen.canvas.drawPath(path, paint(_far(pen, "56606e", depth)))
        glass = ink("ffd58f", 0.85) if light.lamps else fade(light.sky[1], 0.35)
        pen.canvas.drawPath(panes, paint(glass))


def _panes(path: "skia.Path", x: float, top: float, w: float, h: float, rng: random.Random) -> None:
    for row in range(int(h // 24)):
        for column in range(int((w - 12) // 16)):
            if rng.random() < 0.3:
                a, b = x + 10 + column * 16, top + 12 + row * 24
                path.addRect(skia.Rect(a, b, a + 7, b + 11))


def _trees(pen: Pen) -> None:
    y, rng = pen.room.horizon + 70, pen.rng
    _ground(pen, _far(pen, "7f9a5c", 0.75))
    for depth, size, count in ((0.1, 120, 26), (0.5, 90, 16)):
        path = skia.Path()
        for i in range(count):
            x = pen.room.stage.left + (i + rng.random()) * pen.room.stage.width * 1.5 / count
            r = size * rng.uniform(0.35, 0.62)
            path.addRect(skia.Rect(x - r * 0.08, y - r, x + r * 0.08, y + 20))
            for dx, dy, f in ((0, 1.5, 1), (-0.5, 1.05, 0.7), (0.55, 1.1, 0.72)):
                path.addCircle(x + dx * r, y - dy * r, f * r)
        pen.canvas.drawPath(path, paint(_far(pen, "4d6b3e", depth)))


def _hills(pen: Pen) -> None:
    stage, y = pen.room.stage, pen.room.horizon
    for depth, lift, tone in ((0.05, 70, "6a7a86"), (0.4, 26, "6f8a58"), (0.7, -26, "7f9a5c")):
        path = skia.Path()
        path.moveTo(stage.left, stage.bottom)
        path.lineTo(stage.left, y - lift)
        x, up = stage.left, 1
        while x < stage.right:
            step = pen.rng.uniform(150, 330)
            path.quadTo(x + step / 2, y - lift - up * pen.rng.uniform(10, 46), x + step, y - lift)
            x, up = x + step, -up
        path.lineTo(x, stage.bottom)
        pen.canvas.drawPath(path, paint(_far(pen, tone, depth)))


def _sea(pen: Pen) -> None:
    stage, light, y = pen.room.stage, pen.room.light, pen.room.horizon
    deep = mix(_far(pen, "2f6178", 0.6), light.sky[2], 0.25)
    shade = linear((0, y), (0, y + 220), [mix(deep, light.sky[3], 0.55), deep])
    pen.canvas.drawRect(skia.Rect(stage.left, y, stage.right, stage.bottom), paint(shader=shade))
    path = skia.Path()
    for _ in range(90):
        t = pen.rng.random() ** 2
        x, w = pen.rng.uniform(stage.left, stage.right), 12 + 60 * t
        path.moveTo(x, y + 6 + 200 * t)
        path.lineTo(x + w, y + 6 + 200 * t)
    pen.canvas.drawPath(path, paint(fade(light.sky[3], 0.4), stroke=2))


def deep_space(pen: Pen) -> None:
    """Stars, a nebula and a planet: what a ship's window shows at any hour."""
    rng, box = pen.rng, skia.Rect(-560, 0, 560, 430)
    pen.canvas.drawRect(box, paint(ink("060914")))
    colors = [ink("3c4f96", 0.65), ink("5b2f6e", 0.32), ink("060914", 0.0)]
    path = skia.Path()
    path.addRect(box)

    def tint() -> None:
        pen.canvas.drawPaint(paint(ink("060914")))
        pen.canvas.drawPaint(paint(shader=radial((180, 120), 620, colors)))

    pen.wash(path, tint)
    stars = skia.Path()
    for _ in range(190):
        r = 0.6 + 1.5 * rng.random() ** 4
        stars.addCircle(rng.uniform(-560, 560), rng.uniform(0, 430), r)
    pen.canvas.drawPath(stars, paint(ink("e8eeff", 0.85)))
    x, y, r = -170.0, 210.0, 120.0
    rock = [ink("ffcf9a"), ink("c9745a"), ink("47243f"), ink("0a0a18")]
    ball = radial((x + 60, y - 50), r * 1.8, rock, [0, 0.35, 0.72, 1])
    pen.canvas.drawCircle(x, y, r, paint(shader=ball))


def _yard(pen: Pen) -> None:
    stage, y = pen.room.stage, pen.room.horizon
    _ground(pen, _far(pen, "8a8478", 0.7))
    wall = linear((0, y - 160), (0, y + 60), [_far(pen, "a5684e", 0.4), _far(pen, "6e4a3c", 0.7)])
    pen.canvas.drawRect(skia.Rect(stage.left, y - 90, stage.right, y + 60), paint(shader=wall))
    _trees(pen)


_LANDS = {
    "city": _city,
    "trees": _trees,
    "hills": _hills,
    "sea": _sea,
    "yard": _yard,
}
