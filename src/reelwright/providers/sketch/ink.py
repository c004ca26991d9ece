"""Ink: colours, paints and paths, in as few signs as drawing needs."""

from collections.abc import Sequence

from reelwright.engines.media.pencil import skia

Color = int

_RAMP = 128  # rows of a gradient's image


def ink(hexadecimal: str, alpha: float = 1.0) -> Color:
    """A colour from `rrggbb`, with alpha 0.0 to 1.0."""
    return (int(alpha * 255 + 0.5) << 24) | int(hexadecimal.lstrip("#"), 16)


def rgb(color: Color) -> tuple[int, int, int]:
    """Red, green, blue, 0 to 255."""
    return (color >> 16) & 255, (color >> 8) & 255, color & 255


def mix(a: Color, b: Color, t: float) -> Color:
    """`t` of the way from a to b, alpha included; t is held between 0 and 1.

    Two channels are worked on at once, as halves of one number: this is the most called function.
    """
    k = 0 if t <= 0 else 256 if t >= 1 else int(t * 256 + 0.5)
    j = 256 - k
    even = ((a & 0xFF00FF) * j + (b & 0xFF00FF) * k + 0x800080) >> 8 & 0xFF00FF
    odd = ((a >> 8 & 0xFF00FF) * j + (b >> 8 & 0xFF00FF) * k + 0x800080) & 0xFF00FF00
    return even | odd


def fade(color: Color, alpha: float) -> Color:
    """The colour with its alpha set to 0.0 to 1.0."""
    return (int(min(1.0, max(0.0, alpha)) * 255 + 0.5) << 24) | (color & 0xFFFFFF)


def lighter(color: Color, t: float) -> Color:
    """`t` of the way to white."""
    return mix(color, 0xFFFFFFFF, t)


def darker(color: Color, t: float) -> Color:
    """`t` of the way to black."""
    return mix(color, 0xFF000000, t)


def greyed(color: Color, t: float) -> Color:
    """`t` of the way to the grey of the same brightness."""
    r, g, b = rgb(color)
    y = int(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return mix(color, (color & 0xFF000000) | (y << 16) | (y << 8) | y, t)


def luma(color: Color) -> float:
    """Brightness 0.0 to 1.0."""
    r, g, b = rgb(color)
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255


def paint(
    color: Color | None = None,
    *,
    shader: "skia.Shader | None" = None,
    blur: float = 0.0,
    mode: "skia.BlendMode | None" = None,
    stroke: float = 0.0,
    alpha: float | None = None,
) -> "skia.Paint":
    """An antialiased paint; `stroke` > 0 draws lines with round ends; `blur` is a sigma in units."""
    p = skia.Paint(AntiAlias=True)
    if color is not None:
        p.setColor(color)
    if shader is not None:
        p.setShader(shader)
    if blur:
        p.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if mode is not None:
        p.setBlendMode(mode)
    if stroke:
        p.setStyle(skia.Paint.kStroke_Style)
        p.setStrokeWidth(stroke)
        p.setStrokeCap(skia.Paint.kRound_Cap)
        p.setStrokeJoin(skia.Paint.kRound_Join)
    if alpha is not None:
        p.setAlphaf(alpha)
    return p


Point = tuple[float, float]


def linear(
    a: Point, b: Point, colors: Sequence[Color], stops: Sequence[float] | None = None
) -> "skia.Shader":
    """A gradient along the line from a to b."""
    return skia.GradientShader.MakeLinear(
        [skia.Point(*a), skia.Point(*b)], list(colors), list(stops) if stops else None
    )


def radial(
    c: Point, r: float, colors: Sequence[Color], stops: Sequence[float] | None = None
) -> "skia.Shader":
    """A gradient from the centre c outward to r."""
    return skia.GradientShader.MakeRadial(
        skia.Point(*c), r, list(colors), list(stops) if stops else None
    )


def ramp(
    y0: float,
    y1: float,
    colors: Sequence[Color],
    stops: Sequence[float] | None = None,
    *,
    across: bool = False,
) -> "skia.Shader":
    """A gradient from y0 down to y1 (`across`: from x0 to x1) as a stretched image.

    The same picture as a gradient shader's, thirty times as fast on a full frame.
    """
    wide, high = (_RAMP, 1) if across else (1, _RAMP)
    strip = skia.Surface(wide, high)
    shader = linear((0, 0), (wide, 0) if across else (0, high), colors, stops)
    strip.getCanvas().drawRect(skia.Rect(0, 0, wide, high), paint(shader=shader))
    place, scale = skia.Matrix(), (y1 - y0) / _RAMP
    place.setScale(*((scale, 1) if across else (1, scale)))
    place.postTranslate(*((y0, 0) if across else (0, y0)))
    clamp, soft = skia.TileMode.kClamp, skia.SamplingOptions(skia.FilterMode.kLinear)
    return strip.makeImageSnapshot().makeShader(clamp, clamp, soft, place)


def rect(x0: float, y0: float, x1: float, y1: float) -> "skia.Rect":
    """A rectangle from two corners."""
    return skia.Rect(x0, y0, x1, y1)


def polygon(points: Sequence[Point], *, closed: bool = True) -> "skia.Path":
    """A path of straight lines."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 0.5) -> "skia.Path":
    """A path of soft curves through all the points (Catmull-Rom)."""
    path = skia.Path()
    n = len(points)
    path.moveTo(*points[0])
    last = n if closed else n - 1
    for i in range(last):
        p1, p2 = points[i], points[(i + 1) % n]
        p0 = points[(i - 1) % n] if closed or i else p1
        p3 = points[(i + 2) % n] if closed or i + 2 < n else p2
        k = tension / 3 * 2
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) * k / 2, p1[1] + (p2[1] - p0[1]) * k / 2,
            p2[0] - (p3[0] - p1[0]) * k / 2, p2[1] - (p3[1] - p1[1]) * k / 2,
            p2[0], p2[1],
        )  # fmt: skip
    if closed:
        path.close()
    return path


def form(
    canvas: "skia.Canvas",
    path: "skia.Path",
    lit: Color,
    shade: Color,
    side: int,
    edge: float,
    soft: float,
) -> None:
    """Fill a path as a lit body: `lit` shows as an edge of width `edge` on the key's side, `shade` fills the rest.

    `side` is 1 when the light comes from the right; `soft` blurs the border between the two.
    """
    canvas.save()
    canvas.clipPath(path, True)
    canvas.drawPath(path, paint(lit))
    body = skia.Path(path)
    body.offset(-side * edge, edge * 0.35)
    canvas.drawPath(body, paint(shade, blur=soft))
    canvas.restore()
