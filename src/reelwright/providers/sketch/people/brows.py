"""Brows: what an expression does around the eyes, and what stays while lids and lips move."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, smooth
from reelwright.providers.sketch.people.expressions import Expression
from reelwright.providers.sketch.people.eyes import Socket, sockets
from reelwright.providers.sketch.people.sitter import Sitter


def draw_brows(canvas: "skia.Canvas", sitter: Sitter, e: Expression) -> None:
    """Sockets, brows and the furrow between them."""
    for socket in sockets(sitter):
        if sitter.fine:
            _hollow(canvas, sitter, socket, e)
        _brow(canvas, sitter, socket, e)
    if sitter.fine and e.frown > 0.2:
        _furrow(canvas, sitter, e)


def _hollow(canvas: "skia.Canvas", sitter: Sitter, s: Socket, e: Expression) -> None:
    """The socket's shade, between brow and lid, and under the eye."""
    skin = sitter.skin
    deep = 0.42 if sitter.look.age in {"middle", "old"} else 0.3
    top = smooth(
        [
            (s.x - s.w * 1.35, s.y + 1),
            (s.x - s.w * 0.9, s.y - 8),
            (s.x + s.w * 0.6, s.y - 9),
            (s.x + s.w * 1.3, s.y - 1),
            (s.x + s.w * 0.4, s.y + 5.5),
            (s.x - s.w * 0.7, s.y + 5.5),
        ]
    )
    canvas.drawPath(
        top,
        paint(
            shader=linear(
                (0, s.y - 9),
                (0, s.y + 6),
                [fade(skin.shade, deep * 1.3), fade(skin.shade, deep * 0.35)],
            )
        ),
    )
    bag = {"old": 0.55, "middle": 0.3}.get(sitter.look.age, 0.0) + (
        0.35 if e.lid < 0.55 and e.corner < 0 else 0.0
    )
    if bag:
        line = smooth(
            [(s.x - s.w * 0.8, s.y + 6.4), (s.x, s.y + 8.6), (s.x + s.w * 0.8, s.y + 6.6)],
            closed=False,
        )
        canvas.drawPath(line, paint(fade(skin.deep, bag * 0.7), stroke=1.1))


def _brow(canvas: "skia.Canvas", sitter: Sitter, s: Socket, e: Expression) -> None:
    woman, look = sitter.look.sex == "woman", sitter.look
    thick = (
        (2.5 if woman else 4.0)
        * sitter.vary("brow", 0.8, 1.25)
        * (0.85 if look.age == "child" else 1)
    )
    if not sitter.fine:
        thick = max(thick, 3.0)
    out = 1 if s.far else -1
    lift = e.odd * (4.6 if s.far else -1.0)
    y = s.y - (12.4 if sitter.fine else 14.2) - (1.0 if woman else 0.0)
    arch = sitter.vary("arch", 0.6, 2.4) + (0.8 if woman else 0.0)
    inner = (s.x - out * s.w * 0.92, y + (1.2 if sitter.fine else -0.4) - e.inner - lift * 0.6)
    middle = (s.x + out * s.w * 0.28, y - arch - (e.inner + e.outer) * 0.5 - lift)
    outer = (s.x + out * s.w * 1.28, y + 1.3 - e.outer - lift * 0.9)
    path = smooth([
        inner, (middle[0] - out * s.w * 0.4, (inner[1] + middle[1]) / 2 - thick * 0.22), (middle[0], middle[1] - thick * 0.1),
        outer, (middle[0], middle[1] + thick * 0.62), (inner[0] + out * 0.6, inner[1] + thick * 0.85),
    ], tension=0.45)  # fmt: skip
    shade = mix(sitter.hair.shade, sitter.skin.deep, 0.3)
    if look.hair_colour in {"black", "dark", "white"}:
        shade = mix(sitter.hair.mid, sitter.skin.deep, 0.12)
    canvas.drawPath(path, paint(fade(shade, 0.94)))


def _furrow(canvas: "skia.Canvas", sitter: Sitter, e: Expression) -> None:
    mark = paint(fade(sitter.skin.deep, 0.55 * min(1.0, e.frown)), stroke=1.2)
    for x, d in ((8.6, -0.8), (14.2, 0.8)):
        canvas.drawPath(smooth([(x + d, -66), (x, -63), (x + d * 0.3, -59.5)], closed=False), mark)
    if e.nose > 0.3:
        for y in (-50.5, -47.5):
            canvas.drawPath(
                smooth([(9, y + 0.8), (12.5, y - 0.6), (16, y + 0.8)], closed=False), mark
            )


def draw_tears(canvas: "skia.Canvas", sitter: Sitter, e: Expression) -> None:
    """What runs down the cheeks, if anything does."""
    if e.tears < 0.2 or not sitter.fine:
        return
    water = mix(sitter.light.key, ink("dff1ff"), 0.6)
    for s in sockets(sitter):
        x = s.x - (1.5 if s.far else 0.5)
        run = smooth([(x, s.y + 4.5), (x + 0.6, s.y + 14), (x - 0.4, s.y + 24)], closed=False)
        canvas.drawPath(run, paint(fade(water, 0.55 * e.tears), stroke=1.7))
        canvas.drawOval(
            skia.Rect(x - 2.0, s.y + 22, x + 1.4, s.y + 27.4),
            paint(fade(water, 0.9 * min(1.0, e.tears))),
        )
        canvas.drawPath(
            smooth(
                [(s.x - s.w * 0.7, s.y + 3.4), (s.x, s.y + 4.6), (s.x + s.w * 0.7, s.y + 3.4)],
                closed=False,
            ),
            paint(fade(water, 0.8), stroke=1.2),
        )
