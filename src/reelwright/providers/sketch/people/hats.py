"""Hats: eight, from the front and from behind, in head units."""

from collections.abc import Callable, Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, smooth
from reelwright.providers.sketch.people.planes import dark_half, rim, within
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Point
from reelwright.providers.sketch.people.tones import Tone, tone

Points = Sequence[Point]
_CROWN: Points = [
    (-47, -74),
    (-47, -94),
    (-34, -110),
    (-8, -117),
    (18, -113),
    (35, -99),
    (38, -80),
    (12, -77),
    (-20, -74),
]


def draw_hat(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """The sitter's hat, if there is one."""
    wear = HATS.get(sitter.look.hat)
    if wear is not None:
        wear(canvas, sitter)


def _form(
    canvas: "skia.Canvas", sitter: Sitter, t: Tone, points: Points, tension: float = 0.45
) -> "skia.Path":
    path = smooth(points, tension=tension)
    turn = -24.0 if sitter.behind else 0.0
    canvas.drawPath(path, paint(t.lit))
    canvas.drawPath(within(dark_half(sitter.side, turn - 14), path), paint(t.mid))
    canvas.drawPath(within(dark_half(sitter.side, turn + 6), path), paint(t.shade))
    if sitter.fine:
        canvas.drawPath(rim(path, sitter.side, 1.7, 0.8), paint(fade(sitter.light.key, 0.5)))
    return path


def _under_brim(canvas: "skia.Canvas", sitter: Sitter, points: Points) -> None:
    """The shade a brim throws on the brow."""
    if not sitter.behind:
        canvas.drawPath(smooth(points), paint(fade(sitter.skin.deep, 0.42)))


def _line(
    canvas: "skia.Canvas", t: Tone, *points: Point, width: float = 1.6, alpha: float = 0.55
) -> None:
    canvas.drawPath(smooth(points, closed=False), paint(fade(t.deep, alpha), stroke=width))


def _cap(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second
    _under_brim(canvas, sitter, [(-20, -74), (10, -74), (33, -74), (33, -64), (8, -67)])
    _form(canvas, sitter, t, _CROWN)
    _line(canvas, t, (-6, -116), (4, -98), (8, -78))
    _line(canvas, t, (-12, -116), (-30, -100), (-34, -76))
    if not sitter.behind:
        peak = [(-14, -77), (8, -84), (34, -82), (56, -74), (64, -66), (50, -66), (28, -71), (4, -70)]  # fmt: skip
        _form(canvas, sitter, Tone(t.base, t.mid, t.shade, t.deep, t.deep), peak)
    canvas.drawCircle(-5, -117, 2.6, paint(t.mid))


def _fedora(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, band = sitter.cloth, sitter.second
    _under_brim(canvas, sitter, [(-26, -74), (10, -76), (33, -76), (33, -58), (8, -62), (-22, -60)])
    _form(canvas, sitter, t, [(-44, -80), (-42, -104), (-34, -122), (-16, -128), (-2, -120), (14, -127),
        (28, -118), (34, -98), (36, -80)])  # fmt: skip
    ribbon = smooth(
        [(-45, -93), (-6, -87), (36, -92), (37, -80), (-4, -76), (-46, -80)], tension=0.3
    )
    canvas.drawPath(
        ribbon, paint(shader=linear((-40, 0), (36, 0), [band.mid, band.lit, band.shade]))
    )
    brim = [(-66, -74), (-48, -86), (-30, -80), (4, -77), (34, -81), (50, -88), (62, -78), (46, -70), (8, -66),
        (-34, -67)]  # fmt: skip
    _form(canvas, sitter, t, brim)
    _line(canvas, t, (-12, -124), (2, -112), (12, -102))


def _beanie(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second
    _form(canvas, sitter, t, [(-46, -74), (-46, -96), (-30, -116), (-6, -122), (20, -116), (36, -98), (38, -78),
        (10, -74), (-22, -72)])  # fmt: skip
    for x in (-30, -18, -5, 8, 20):
        _line(canvas, t, (x * 0.55 - 3, -119), (x, -98), (x + 2, -78), alpha=0.35)
    cuff = smooth([(-49, -72), (-48, -88), (-10, -86), (22, -88), (39, -90), (40, -76), (10, -71),
        (-22, -68)], tension=0.4)  # fmt: skip
    canvas.drawPath(
        cuff,
        paint(
            shader=linear(
                (sitter.side * 40, 0),
                (-sitter.side * 40, 0),
                [mix(t.lit, ink("ffffff"), 0.08), t.shade],
            )
        ),
    )
    for x in range(-42, 38, 7):
        _line(canvas, t, (x, -86), (x + 1, -74), alpha=0.4, width=1.3)


def _straw(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, band = tone(ink("dcc07c"), sitter.light), sitter.second
    _under_brim(canvas, sitter, [(-26, -74), (10, -76), (33, -76), (33, -56), (8, -59), (-22, -57)])
    _form(
        canvas,
        sitter,
        t,
        [(-42, -80), (-40, -106), (-24, -120), (0, -123), (22, -118), (34, -102), (36, -80)],
    )
    canvas.drawPath(
        smooth([(-43, -94), (-4, -87), (36, -93), (37, -80), (-4, -75), (-44, -80)], tension=0.3),
        paint(band.mid),
    )
    _form(canvas, sitter, t, [(-80, -68), (-56, -82), (-20, -80), (20, -80), (54, -84), (74, -72), (46, -66),
        (4, -63), (-44, -63)])  # fmt: skip
    for y in (-72, -69):
        _line(canvas, t, (-66, y), (-10, y + 3), (60, y), alpha=0.35, width=1.1)
    for y in (-102, -109, -115):
        _line(canvas, t, (-36, y), (0, y + 4), (30, y), alpha=0.3, width=1.1)


def _helmet(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = tone(mix(ink("8b949c"), sitter.second.base, 0.35), sitter.light)
    path = _form(canvas, sitter, t, [(-50, -64), (-52, -92), (-36, -114), (-6, -121), (22, -116), (40, -98),
        (42, -74), (34, -76), (10, -79), (-16, -76), (-24, -64), (-30, -46), (-42, -44)])  # fmt: skip
    canvas.save()
    canvas.clipPath(path, True)
    ridge = smooth([(-14, -122), (6, -104), (12, -78)], closed=False)
    canvas.drawPath(ridge, paint(t.deep, stroke=5))
    ridge.offset(sitter.side * 2.2, 0)
    canvas.drawPath(ridge, paint(t.lit, stroke=2))
    canvas.restore()
    rim = smooth([(42, -74), (10, -79), (-16, -76), (-24, -64), (-30, -46)], closed=False)
    canvas.drawPath(rim, paint(mix(t.deep, t.mid, 0.4), stroke=4.5))
    if not sitter.behind:
        strap = smooth([(-29, -46), (-22, -18), (-4, -4), (10, 2)], closed=False)
        canvas.drawPath(strap, paint(mix(ink("3a2c22"), sitter.light.near, 0.3), stroke=3.4))


def _scarf(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = sitter.second
    if sitter.behind:
        _form(canvas, sitter, t, [(0, -112), (26, -106), (44, -84), (46, -50), (34, -22), (8, 22), (-10, 20),
            (-36, -22), (-48, -50), (-46, -84), (-26, -106)])  # fmt: skip
        return
    _form(canvas, sitter, t, [
        (-16, -6), (-27, -30), (-27, -58), (-18, -80), (2, -90), (22, -88), (35, -74), (40, -78), (36, -100), (16, -112), (-12, -113),
        (-38, -103), (-52, -80), (-54, -46), (-48, -14), (-38, 10), (-10, 22), (12, 20), (24, 8), (14, 6), (-4, 4),
    ])  # fmt: skip
    for line in (
        ((-10, -106), (-36, -84), (-38, -30)),
        ((6, -102), (-26, -82), (-32, -36)),
        ((-46, -60), (-44, -20), (-28, 6)),
    ):
        _line(canvas, t, *line, alpha=0.45)
    _form(canvas, sitter, t, [(6, 4), (16, 0), (24, 6), (22, 16), (34, 40), (22, 42), (12, 20), (2, 40),
        (-8, 36), (4, 14)])  # fmt: skip


def _police(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t, dark = tone(ink("27324e"), sitter.light), tone(ink("15171d"), sitter.light)
    _under_brim(canvas, sitter, [(-22, -74), (10, -74), (33, -74), (33, -63), (8, -66)])
    _form(canvas, sitter, t, [(-58, -98), (-42, -114), (-6, -122), (30, -117), (50, -102), (42, -90), (0, -86),
        (-46, -88)])  # fmt: skip
    _form(
        canvas,
        sitter,
        dark,
        [(-47, -90), (-6, -85), (40, -90), (38, -76), (0, -72), (-46, -76)],
        0.3,
    )
    if not sitter.behind:
        _form(
            canvas,
            sitter,
            dark,
            [(-16, -77), (10, -80), (38, -80), (52, -70), (40, -64), (14, -68), (-8, -68)],
        )
        badge = smooth(
            [(10, -108), (18, -110), (25, -107), (24, -96), (18, -90), (11, -96)], tension=0.3
        )
        canvas.drawPath(badge, paint(tone(ink("d8b255"), sitter.light).lit))


def _crown(canvas: "skia.Canvas", sitter: Sitter) -> None:
    t = tone(ink("d9ab3f"), sitter.light)
    points = [(-46, -82), (-52, -114), (-36, -102), (-26, -124), (-12, -104), (2, -128), (14, -104), (28, -122),
        (32, -100), (46, -110), (38, -80), (4, -75), (-24, -76)]  # fmt: skip
    _form(canvas, sitter, t, points, 0.06)
    band = smooth([(-47, -92), (-6, -85), (39, -90), (38, -80), (0, -74), (-46, -81)], tension=0.3)
    canvas.drawPath(band, paint(shader=linear((-40, 0), (38, 0), [t.shade, t.lit, t.shade])))
    jewel = sitter.second
    for x, y in ((-30, -84), (-10, -81.5), (10, -81.5), (28, -84)):
        canvas.drawCircle(x, y, 2.8, paint(jewel.lit))


HATS: dict[str, Callable[["skia.Canvas", Sitter], None]] = {
    "cap": _cap, "fedora": _fedora, "beanie": _beanie, "straw": _straw, "helmet": _helmet,
    "scarf": _scarf, "police": _police, "crown": _crown,
}  # fmt: skip
