"""A cave: its mouth in the far wall, hanging and standing stones, a pool, a fire or lantern at night."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    darker,
    fade,
    ink,
    lighter,
    linear,
    mix,
    paint,
    radial,
    smooth,
)
from reelwright.providers.sketch.sets.outlooks import outlook
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.windows import halo
from reelwright.providers.sketch.stage import Stage

_FIRE = (1.75, 0.3, 6.4)
_STONES = (
    (-3.4, 6.6, 0.7),
    (-2.9, 6.2, 0.4),
    (3.6, 6.6, 0.9),
    (0.95, 6.5, 0.42),
    (2.55, 6.6, 0.42),
    (-1.1, 7.4, 0.3),
)
_MOUTH = (
    (-190, 470),
    (-205, 330),
    (-160, 220),
    (-70, 165),
    (30, 180),
    (95, 260),
    (110, 380),
    (90, 480),
)


def build(stage: Stage) -> None:
    """A cave that opens on the land."""
    fire = Lamp(*_FIRE, reach=3.2, color=0xFFFFA65A, power=1.0)
    room = Room(stage, width=16.0, height=6.0, back=11.0, lamps=(fire,), windowless=True)
    view = ("sea", "trees", "hills")[stage.variant % 3]
    outlook(room, view, [skia.Rect(-215, 150, 120, 490)])
    room.put(11.0, _back, name="back")
    room.put(8.0, _middle, name="middle")
    room.put(7.0, _day, glow=True, blur=10.0, name="air")
    room.put(6.2, _ground, name="ground")
    room.put(5.9, _warm, glow=True, blur=6.0, name="firelight")
    room.mark(-0.7)
    room.mark(0.6)
    room.mark(-1.9, 6.0)
    room.mark(0.9, 6.2, seat=0.4)
    room.mark(2.5, 6.2, seat=0.4)
    room.spot(0.1, 0.0, 5.4)
    room.spot(2.2, 0.0, 5.8)
    room.put(3.5, _foreground, blur=4.0, name="foreground")


def _rock(pen: Pen, depth: float) -> Color:
    """The stone's colour: warm by the fire (depth 1), cool and pale toward the mouth (depth 0)."""
    light = pen.room.light
    stone = mix(pen.room.stuff("6d6258", 0.45), light.near, 0.28 + 0.18 * depth)
    return mix(stone, light.sky[3], 0.26 * (1 - depth) * (1.0 if light.strength > 0.5 else 0.5))


def _hole(points: tuple[Point, ...]) -> "skia.Path":
    path = smooth(points)
    path.toggleInverseFillType()
    return path


def _back(pen: Pen) -> None:
    stage = pen.room.stage
    pen.canvas.save()
    pen.canvas.clipPath(_hole(_MOUTH), True)
    far, near = _rock(pen, 0.1), _rock(pen, 0.8)
    everything = skia.Path()
    everything.addRect(stage.everything)
    shade = linear((-60, 0), (760, 0), [lighter(far, 0.06), darker(near, 0.45)])
    dark = linear((-60, 0), (-760, 0), [fade(darker(near, 0.5), 0), darker(near, 0.5)])

    def tint() -> None:
        pen.canvas.drawPaint(paint(shader=shade))
        pen.canvas.drawPaint(paint(shader=dark))

    pen.wash(everything, tint)
    cracks = skia.Path()
    for _ in range(26):
        x, y = pen.rng.uniform(-700, 700), pen.rng.uniform(-60, 470)
        cracks.moveTo(x, y)
        for _ in range(3):
            x, y = x + pen.rng.uniform(-40, 40), y + pen.rng.uniform(14, 46)
            cracks.lineTo(x, y)
    pen.canvas.drawPath(cracks, paint(fade(darker(far, 0.5), 0.4), stroke=2.5))
    pen.canvas.restore()
    rim = paint(fade(lighter(pen.room.light.sky[3], 0.2), 0.5), stroke=5)
    pen.canvas.drawPath(smooth(_MOUTH), rim)


def _teeth(pen: Pen, y: float, size: float, down: int, step: float) -> "skia.Path":
    """A row of hanging (down = 1) or standing (-1) stones from side to side of the frame."""
    stage, path = pen.room.stage, skia.Path()
    edge = stage.top if down > 0 else stage.bottom
    path.moveTo(stage.left - 40, edge)
    x = stage.left - 40
    path.lineTo(x, y)
    while x < stage.right + 40:
        w = step * pen.rng.uniform(0.5, 1.3)
        middle = min(1.0, abs(x + w / 2) / 420)
        tip = y + down * size * pen.rng.uniform(0.25, 1.0) * (0.25 + 0.95 * middle)
        path.cubicTo(x + w * 0.3, y + down * 8, x + w * 0.44, tip - down * 20, x + w * 0.5, tip)
        path.cubicTo(x + w * 0.56, tip - down * 20, x + w * 0.7, y + down * 8, x + w, y)
        x += w
    path.lineTo(x, edge)
    path.close()
    return path


def _middle(pen: Pen) -> None:
    top, base = _teeth(pen, 60, 260, 1, 130), _rock(pen, 0.45)
    pen.canvas.drawPath(top, paint(shader=linear((0, -60), (0, 330), [darker(base, 0.55), base])))
    low = _teeth(pen, 520, 170, -1, 150)
    pen.canvas.drawPath(
        low, paint(shader=linear((0, 350), (0, 560), [lighter(base, 0.06), darker(base, 0.3)]))
    )


def _ground(pen: Pen) -> None:
    stage, base = pen.room.stage, _rock(pen, 0.7)
    path = skia.Path()
    path.addRect(skia.Rect(stage.left, 500, stage.right, stage.bottom))
    cold = linear((0, 490), (0, 740), [lighter(base, 0.04), darker(base, 0.55)])
    warm = pen.tone(pen.room.stuff("7a6a5a", 0.4), 1.75, 0, 6.0, (0, 1, 0))

    def tint() -> None:
        pen.canvas.drawPaint(paint(shader=cold))
        x, y = pen.room.at(_FIRE[0], 0, _FIRE[2])
        pen.canvas.translate(x, y)
        pen.canvas.scale(1, 0.3)
        glow = [fade(warm, 0.95), fade(warm, 0.5), fade(warm, 0)]
        pen.canvas.drawCircle(0, 0, 560, paint(shader=radial((0, 0), 560, glow)))

    pen.wash(path, tint)
    x, y = pen.room.at(-1.9, 0, 7.0)
    water = linear(
        (0, y - 20), (0, y + 26), [pen.room.light.sky[3], mix(pen.room.light.sky[2], base, 0.65)]
    )
    shore = ((-190, 0), (-90, -20), (120, -17), (215, 4), (70, 24), (-120, 22))
    pool = smooth([(x + a, y + b) for a, b in shore])
    pen.canvas.drawPath(pool, paint(shader=water, alpha=0.7))
    _stones(pen)
    _fire(pen)


def _stones(pen: Pen) -> None:
    """Boulders on the ground; two of them are seats by the fire."""
    for x, z, r in _STONES:
        pen.shadow(x, z, r * 1.5, r, 0.6)
        outline = ((-1, 0), (-0.85, 0.6), (-0.2, 1), (0.5, 0.85), (1, 0.3), (0.95, 0))
        with pen.sheet(x, z):
            pen.blob([(r * a, r * b) for a, b in outline], pen.room.stuff("7a6d60", 0.4))


def _fire(pen: Pen) -> None:
    with pen.sheet(_FIRE[0], _FIRE[2]):
        for a in (-1, 1):
            pen.line([(-0.3 * a, 0.03), (0.25 * a, 0.16)], pen.wood, 0.09)
        for scale, color in ((1.0, "e8602c"), (0.7, "ffa03c"), (0.4, "ffe6a0")):
            flame = smooth(
                [
                    (-0.2 * scale, 0.1),
                    (-0.16 * scale, 0.1 + 0.3 * scale),
                    (-0.04, 0.1 + 0.4 * scale),
                    (0.02, 0.1 + 0.62 * scale),
                    (0.1 * scale, 0.1 + 0.34 * scale),
                    (0.2 * scale, 0.1 + 0.26 * scale),
                    (0.18 * scale, 0.1),
                ]
            )
            pen.canvas.drawPath(flame, paint(ink(color)))


def _day(pen: Pen) -> None:
    light = pen.room.light
    if light.strength > 0.5:
        halo(pen, (-0.45, 1.4, 11.0), 3.0, light.sky[2], 0.3 * light.strength)
        beam = [(-1.6, 2.6, 11.0), (0.9, 2.4, 11.0), (2.2, 0, 6.0), (-2.6, 0, 6.0)]
        path = skia.Path()
        path.addPoly([skia.Point(*pen.room.at(*p)) for p in beam], True)
        pen.canvas.drawPath(
            path,
            paint(
                shader=linear((0, 200), (0, 620), [fade(light.key, 0.26), fade(light.key, 0.02)])
            ),
        )


def _warm(pen: Pen) -> None:
    halo(pen, (_FIRE[0], 0.5, _FIRE[2]), 1.9, ink("ff9a4a"), 0.42)


def _foreground(pen: Pen) -> None:
    stage = pen.room.stage
    deep = darker(_rock(pen, 1.0), 0.72)
    path = _teeth(pen, -60, 150, 1, 210)
    for side in (-1, 1):
        a, b = side * (stage.width / 2 + 300), side * (stage.width / 2 - 70)
        path.addPath(
            smooth(
                [
                    (a, 900),
                    (a, -200),
                    (b + side * 50, -190),
                    (b + side * 34, 130),
                    (b + side * 70, 330),
                    (b + side * 10, 540),
                    (b - side * 60, 720),
                    (b - side * 90, 900),
                ]
            )
        )
    pen.canvas.drawPath(path, paint(deep))
