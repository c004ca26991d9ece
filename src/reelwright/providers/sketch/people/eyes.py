"""Eyes: lids, iris, light point, lashes: what moves with every blink and glance."""

from dataclasses import dataclass

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, smooth
from reelwright.providers.sketch.people.expressions import Expression
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.strokes import line, patch

LINE = -50.0  # the height of the eyes above the chin


@dataclass(frozen=True, slots=True)
class Socket:
    """One eye's place: centre, half width, height (1 for a man's), and whether it is the one turned away."""

    x: float
    y: float
    w: float
    h: float
    far: bool


def sockets(sitter: Sitter) -> tuple[Socket, Socket]:
    """The far and the near eye of a sitter."""
    big = {"child": 1.22, "teen": 1.1, "young": 1.04}.get(sitter.look.age, 1.0)
    if sitter.look.sex == "woman":
        big *= 1.07
    y = LINE + (4.0 if sitter.look.age == "child" else 0.0)
    gap = sitter.vary("gap", -0.7, 0.7)
    return (
        Socket(23.4 + gap * 0.6, y - 0.4, 6.0 * big, 0.5 + 0.5 * big, far=True),
        Socket(-2.6 - gap, y, 8.0 * big, 0.5 + 0.5 * big, far=False),
    )


def draw_eyes(
    canvas: "skia.Canvas", sitter: Sitter, e: Expression, blink: float, gaze: float
) -> None:
    """Both eyes. `gaze` is in the mirror of the sitter: 1 looks ahead (right)."""
    for socket in sockets(sitter):
        (_eye if sitter.fine else _far_off)(canvas, sitter, socket, e, blink, gaze)


def _far_off(
    canvas: "skia.Canvas", sitter: Sitter, s: Socket, e: Expression, blink: float, gaze: float
) -> None:
    dark = paint(mix(sitter.skin.deep, ink("120c10"), 0.75), stroke=3.2)
    if blink > 0.5 or e.lid < 0.35:
        canvas.drawLine(s.x - s.w * 0.8, s.y + 1, s.x + s.w * 0.8, s.y + 1, dark)
        return
    half = 3.4 * min(1.35, e.lid)
    canvas.drawOval(
        skia.Rect(s.x - s.w * 0.9, s.y - half, s.x + s.w * 0.9, s.y + half),
        paint(fade(_white(sitter, s), 0.8)),
    )
    x = s.x + 1.2 + gaze * 2.6
    canvas.drawOval(
        skia.Rect(x - 3.4, s.y - half - 0.6, x + 3.4, s.y + half),
        paint(mix(sitter.iris, ink("140d10"), 0.7)),
    )
    canvas.drawLine(
        s.x - s.w, s.y - half, s.x + s.w, s.y - half - 0.4, paint(dark.getColor(), stroke=1.9)
    )


def _white(sitter: Sitter, s: Socket) -> Color:
    away = (s.far and sitter.side < 0) or (not s.far and sitter.side > 0)
    lit = mix(
        sitter.light.lit(ink("f3eee6"), 0.4), sitter.light.near, 0.12 * (1 - sitter.light.strength)
    )
    return mix(lit, sitter.skin.shade, 0.42 if away else 0.2)


def _eye(
    canvas: "skia.Canvas", sitter: Sitter, s: Socket, e: Expression, blink: float, gaze: float
) -> None:
    lid = max(0.0, e.lid) * (1 - min(1.0, max(0.0, blink)))
    if e.under > 1.8 and lid < 0.45:
        lid = 0.0
    droop = 1.0 if sitter.look.age == "old" else 0.0
    slant = sitter.vary("slant", -0.6, 1.3) - droop - (1.0 if e.outer < -1.5 else 0.0)
    inner, outer = (-1, 1) if s.far else (1, -1)
    a = (s.x + inner * s.w, s.y + 1.4)  # the corner by the nose
    b = (s.x + outer * s.w, s.y + 0.2 - slant)
    up = 5.9 * s.h * lid - 0.6 * (1 - lid)
    low = 3.9 * s.h - max(0.0, e.under) * 0.8
    shut = lid < 0.1
    if shut:  # a smile pushes closed lids up into arcs
        up, low = (4.4, 3.4) if e.under > 1.0 else (-3.2, 3.4)
    upper = [
        (a[0] + (b[0] - a[0]) * 0.30, s.y - up * 0.93),
        (a[0] + (b[0] - a[0]) * 0.68, s.y - up),
    ]
    if not shut:
        path = smooth(
            [
                a,
                *upper,
                b,
                (s.x + outer * s.w * 0.38, s.y + low),
                (s.x + inner * s.w * 0.45, s.y + low * 0.92),
            ],
            tension=0.55,
        )
        canvas.save()
        canvas.clipPath(path, True)
        _ball(canvas, sitter, s, up, gaze, e)
        canvas.restore()
    _lids(canvas, sitter, s, (a, *upper, b), low, lid)


def _ball(
    canvas: "skia.Canvas", sitter: Sitter, s: Socket, up: float, gaze: float, e: Expression
) -> None:
    canvas.drawPaint(paint(_white(sitter, s)))
    r = s.w * (0.64 if not s.far else 0.70)
    x = s.x + 0.9 + gaze * s.w * 0.42
    y = s.y - 0.7 + e.look * 0.7
    flat = 0.9 if s.far else 1.0
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(flat, 1)
    iris = sitter.iris
    dim = 0.25 + 0.4 * (1 - sitter.light.strength)
    canvas.drawCircle(
        0, 0, r, paint(mix(mix(iris, ink("0e0a0c"), 0.62), sitter.light.near, dim * 0.4))
    )
    inside = linear(
        (0, -r),
        (0, r * 0.9),
        [mix(iris, ink("0e0a0c"), 0.5), mix(iris, ink("ffffff"), 0.22 * (1 - dim))],
    )
    canvas.drawCircle(0, 0, r * 0.84, paint(shader=inside))
    canvas.drawCircle(0, 0, r * 0.44, paint(ink("0c090b")))
    canvas.restore()
    shade = linear(
        (0, s.y - up),
        (0, s.y - up + 5.4),
        [fade(sitter.skin.deep, 0.75), fade(sitter.skin.deep, 0)],
    )
    canvas.drawRect(
        skia.Rect(s.x - s.w, s.y - up - 1, s.x + s.w, s.y - up + 6), paint(shader=shade)
    )
    point = sitter.side * r * 0.36
    spark = mix(ink("ffffff"), sitter.light.key, 0.25)
    canvas.drawCircle(x + point, y - r * 0.42, r * 0.25, paint(fade(spark, 0.96)))
    canvas.drawCircle(x - point * 0.9, y + r * 0.46, r * 0.13, paint(fade(spark, 0.45)))


def _lids(
    canvas: "skia.Canvas", sitter: Sitter, s: Socket, top: tuple, low: float, lid: float
) -> None:
    """The upper lid's line, thicker outward, and what a close-up adds."""
    a, p, q, b = top
    woman = sitter.look.sex == "woman"
    lash = mix(mix(sitter.hair.base, ink("1a1114"), 0.72), sitter.skin.deep, 0.12)
    thick = 1.9 if woman else 1.35
    out = 1 if s.far else -1
    flick = (b[0] + out * (2.0 if woman else 0.8), b[1] - (1.3 if woman else 0.2))
    if lid < 0.1:
        line(canvas, lash, thick, a, p, q, flick)
    else:
        over, under = (
            ((p[0], p[1] - thick * 0.5), (q[0], q[1] - thick)),
            ((q[0], q[1] + 0.5), (p[0], p[1] + 0.4)),
        )
        patch(canvas, lash, (a, *over, flick, *under), 0.5)
        line(canvas, lash, 0.8, a, p, q, flick)
    if sitter.finest:
        deep = fade(sitter.skin.deep, 0.55)
        line(
            canvas,
            deep,
            0.9,
            (a[0], a[1] - 2.6),
            (p[0], p[1] - 3.2),
            (q[0], q[1] - 3.3),
            (b[0] + out * 1.6, b[1] - 1.8),
        )
        edge = fade(mix(lash, sitter.skin.shade, 0.5), 0.6)
        inner, outer = a[0] * 0.9 + s.x * 0.1, b[0] * 0.9 + s.x * 0.1
        line(
            canvas,
            edge,
            0.7,
            (inner, s.y + low * 0.75),
            (s.x, s.y + low + 0.3),
            (outer, s.y + low * 0.6),
        )
