"""Hair: how a cut is drawn: one mass in two planes, a band of shine, a few strands."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, mix, paint, radial, smooth
from reelwright.providers.sketch.people.cuts import CUTS, Cut, Points
from reelwright.providers.sketch.people.planes import dark_half, rim, within
from reelwright.providers.sketch.people.sitter import Sitter


def cut_of(sitter: Sitter) -> Cut:
    """The sitter's cut."""
    return CUTS[sitter.look.hair]


def draw_back_hair(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What hangs behind the neck."""
    cut = cut_of(sitter)
    if cut.back:
        canvas.drawPath(smooth(cut.back), paint(mix(sitter.hair.shade, sitter.hair.deep, 0.5)))
        if sitter.look.hair in {"ponytail", "bun"}:
            _mass(canvas, sitter, cut.back, cut)


def draw_hair(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What lies on the skull and falls beside the face."""
    cut = cut_of(sitter)
    if cut.stubbly:
        _crop(canvas, sitter, cut)
    elif cut.cap:
        for points in cut.front:
            _mass(canvas, sitter, points, Cut(), plain=True)
        _mass(canvas, sitter, cut.cap, cut)
    if sitter.look.hair == "mohawk":
        sides = smooth([(-25, -46), (-22, -62), (-14, -80), (4, -92), (-18, -99), (-38, -86), (-43, -66),
            (-38, -44), (-31, -46)])  # fmt: skip
        canvas.drawPath(sides, paint(fade(sitter.hair.shade, 0.42)))
    if sitter.look.hair in {"bald", "receding"} and sitter.fine:
        _polish(canvas, sitter)


def draw_hair_behind(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """The head from behind: the cut's nape, and what is tied up."""
    cut = cut_of(sitter)
    if cut.nape:
        if cut.stubbly:
            canvas.drawPath(smooth(cut.nape), paint(mix(sitter.hair.mid, sitter.skin.shade, 0.35)))
        else:
            _mass(
                canvas,
                sitter,
                cut.nape,
                Cut(strands=_FALLING if not cut.curl else (), curl=cut.curl),
            )
    else:
        _polish(canvas, sitter)
    tied = {"ponytail": _TAIL, "bun": _KNOT}.get(sitter.look.hair)
    if tied:
        _mass(canvas, sitter, tied, Cut())
    if sitter.look.hair == "braids":
        for way in (1, -1):
            _mass(
                canvas,
                sitter,
                tuple((way * x * 0.7, y) for x, y in CUTS["braids"].front[0]),
                Cut(),
                plain=True,
            )


_TAIL: Points = ((0, -84), (12, -78), (16, -50), (12, 0), (2, 34), (-8, 6), (-14, -46), (-11, -78))
_KNOT: Points = ((0, -124), (16, -118), (20, -102), (12, -88), (-12, -88), (-20, -102), (-15, -118))
_FALLING: tuple[Points, ...] = (
    ((3, -93), (-18, -88), (-34, -58)), ((3, -93), (-8, -66), (-18, -30)), ((3, -93), (4, -60), (2, -26)),
    ((3, -93), (16, -68), (20, -32)), ((3, -93), (26, -84), (37, -58)),
)  # fmt: skip


def _curled(form: "skia.Path", points: Points, curl: float) -> "skia.Path":
    """The form with round locks along its edge."""
    path = skia.Path(form)
    n = len(points)
    area = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True)
    )
    way = skia.PathDirection.kCW if area > 0 else skia.PathDirection.kCCW
    for i, (x, y) in enumerate(points):
        nx, ny = points[(i + 1) % n]
        steps = max(1, int(math.hypot(nx - x, ny - y) / curl))
        for k in range(steps):
            t = k / steps
            r = curl * (0.78 + 0.3 * ((i * 7 + k * 5) % 4) / 3)
            path.addCircle(x + (nx - x) * t, y + (ny - y) * t, r, way)
    return path


def _mass(
    canvas: "skia.Canvas", sitter: Sitter, points: Points, cut: Cut, plain: bool = False
) -> None:
    hair, side = sitter.hair, sitter.side
    form = smooth(points)
    path = _curled(form, points, cut.curl) if cut.curl else form
    canvas.drawPath(path, paint(mix(hair.lit, hair.mid, 0.2)))
    canvas.save()
    if cut.curl:  # so many locks are cheaper to clip than to cut
        canvas.clipPath(path, True)
    dark = mix(hair.shade, hair.deep, 0.22)
    if sitter.behind:
        soft = linear((side * 22, 0), (-side * 26, 0), [fade(dark, 0), dark])
        canvas.drawPath(form if not cut.curl else path, paint(shader=soft))
    else:
        for depth, color in ((-9.0, mix(hair.mid, hair.shade, 0.25)), (8.0, dark)):
            half = dark_half(side, depth)
            canvas.drawPath(half if cut.curl else within(half, form), paint(color))
    canvas.restore()
    if not sitter.fine:
        return
    if cut.curl:
        _locks(canvas, sitter, form, cut.curl)
        return
    if not plain:
        _shine(canvas, sitter, path)
    for strand in cut.strands:
        line = smooth(strand, closed=False)
        canvas.drawPath(line, paint(fade(hair.deep, 0.5), stroke=1.7))
        if sitter.finest:
            line.offset(side * 2.2, -1.2)
            canvas.drawPath(line, paint(fade(hair.lit, 0.45), stroke=1.2))
    half = skia.Path()
    half.addRect(skia.Rect(12, -170, 160, 120) if side > 0 else skia.Rect(-160, -170, -12, 120))
    bright = mix(sitter.light.key, hair.lit, 0.4)
    canvas.drawPath(within(rim(path, side, 1.7, 1.2), half), paint(fade(bright, 0.7)))


def _shine(canvas: "skia.Canvas", sitter: Sitter, path: "skia.Path") -> None:
    """A band where the skull's curve throws the key back."""
    side, top = sitter.side, path.getBounds().top()
    band = smooth([
        (side * 34 - 6, top + 22), (side * 20 - 6, top + 12), (side * 2 - 6, top + 9), (-side * 12 - 6, top + 12),
        (side * 2 - 6, top + 15), (side * 18 - 6, top + 20), (side * 30 - 6, top + 33),
    ])  # fmt: skip
    bright = mix(sitter.hair.lit, sitter.light.key, 0.5)
    canvas.drawPath(within(band, path), paint(fade(bright, 0.34)))


def _locks(canvas: "skia.Canvas", sitter: Sitter, path: "skia.Path", curl: float) -> None:
    hair, side, box = sitter.hair, sitter.side, path.getBounds()
    step = curl * 1.9
    dark, bright = paint(fade(hair.deep, 0.42), stroke=1.5), paint(fade(hair.lit, 0.5), stroke=1.4)
    rows, columns = int(box.height() / step) + 1, int(box.width() / step) + 1
    for row in range(rows):
        for column in range(columns):
            x = box.left() + (column + 0.5 * (row % 2)) * step + ((row * 5 + column * 3) % 4 - 1.5)
            y = box.top() + row * step + ((row * 3 + column * 7) % 5 - 2)
            if not path.contains(x, y):
                continue
            oval = skia.Rect(x - curl * 0.7, y - curl * 0.6, x + curl * 0.7, y + curl * 0.6)
            start = (row * 67 + column * 113) % 360
            canvas.drawArc(oval, start, 200, False, dark)
            if (x - box.centerX()) * side > -8 and y < box.centerY() + 10:
                canvas.drawArc(oval, start + 180, 110, False, bright)


def _crop(canvas: "skia.Canvas", sitter: Sitter, cut: Cut) -> None:
    path = smooth(cut.cap)
    hair, side = sitter.hair, sitter.side
    shade = linear((side * 40, -100), (-side * 34, -50), [hair.lit, hair.shade])
    canvas.drawPath(path, paint(shader=shade, alpha=1 - cut.stubbly))


def _polish(canvas: "skia.Canvas", sitter: Sitter) -> None:
    x = sitter.side * 13
    glow = radial((x, -88), 15, [fade(sitter.light.key, 0.6), fade(sitter.light.key, 0)])
    canvas.drawOval(skia.Rect(x - 15, -99, x + 15, -77), paint(shader=glow))
