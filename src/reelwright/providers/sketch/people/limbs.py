"""Limbs: tapered forms along two bones, lit on the key's side."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, linear, mix, paint, smooth
from reelwright.providers.sketch.people.planes import rim, turned_away
from reelwright.providers.sketch.people.sitter import Sitter
from reelwright.providers.sketch.people.skeletons import Limb, Point
from reelwright.providers.sketch.people.tones import Tone


def along_widths(
    limb: Limb, widths: tuple[float, ...], start: float = 0.0, stop: float = 2.0
) -> "skia.Path":
    """The outline around a limb from `start` to `stop` (0 root, 1 joint, 2 end), half widths in between."""
    n = len(widths)
    spots = [start + (stop - start) * i / (n - 1) for i in range(n)]
    centres = [limb.along(t) for t in spots]
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(centres):
        ax, ay = centres[max(0, i - 1)]
        bx, by = centres[min(n - 1, i + 1)]
        span = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / span, (bx - ax) / span
        w = widths[i]
        left.append((x + nx * w, y + ny * w))
        right.append((x - nx * w, y - ny * w))
    return smooth([*left, *reversed(right)], tension=0.5)


def fill(
    canvas: "skia.Canvas",
    sitter: Sitter,
    path: "skia.Path",
    tone: Tone,
    edge: float,
    away: bool = False,
) -> None:
    """A round part in planes: lit on the key's side over `edge` units, in shadow beyond it.

    `away`: it belongs to the far side of the body and is darker.
    """
    lit, mid = (tone.mid, tone.shade) if away else (tone.lit, tone.mid)
    canvas.drawPath(path, paint(lit))
    if sitter.fine:
        canvas.drawPath(turned_away(path, sitter.side, edge, edge * 0.22), paint(mid))
    dark = mix(tone.shade, tone.deep, 0.3 if away else 0.0)
    canvas.drawPath(turned_away(path, sitter.side, edge * 1.7, edge * 0.34), paint(dark))
    _outline(canvas, sitter, path)


def sleeve(
    canvas: "skia.Canvas",
    sitter: Sitter,
    arm: Limb,
    path: "skia.Path",
    tone: Tone,
    edge: float,
    away: bool,
) -> None:
    """An arm's form, whose planes fade into the shoulder it grows from."""
    key = (sitter.side > 0) == away  # the shoulder on the key's side is lit
    lit = mix(tone.lit, tone.mid, 0.5) if away else tone.lit
    top, low = arm.along(0.04), arm.along(0.4)
    if key:
        canvas.drawPath(path, paint(lit))
    else:
        canvas.drawPath(path, paint(shader=linear(top, low, [tone.shade, lit])))
    if sitter.fine:
        canvas.drawPath(
            turned_away(path, sitter.side, edge, edge * 0.22), paint(fade(tone.mid, 0.6))
        )
    dark = turned_away(path, sitter.side, edge * 1.6, edge * 0.34)
    if key:
        canvas.drawPath(dark, paint(shader=linear(top, low, [fade(tone.shade, 0), tone.shade])))
    else:
        canvas.drawPath(dark, paint(tone.shade))
    if key:
        _outline(canvas, sitter, path)


def cloak(canvas: "skia.Canvas", sitter: Sitter, path: "skia.Path", tone: Tone) -> None:
    """A wide piece of cloth: it turns from the key slowly."""
    box = path.getBounds()
    side = sitter.side
    x, half = box.centerX(), box.width() / 2
    shade = linear((x + side * half, box.top()), (x - side * half * 0.8, box.top() + box.height() * 0.5),
                   [tone.lit, tone.lit, tone.mid, tone.shade], [0.0, 0.28, 0.55, 0.95])  # fmt: skip
    canvas.drawPath(path, paint(shader=shade))
    _outline(canvas, sitter, path)


def _outline(canvas: "skia.Canvas", sitter: Sitter, path: "skia.Path") -> None:
    """In weak light the key draws an edge, so that dark clothes stand out from a dark ground."""
    weak = 0.8 - sitter.light.strength
    if weak > 0:
        width = 1.6 + 40 / sitter.size
        edge = rim(path, sitter.side, width, width * 0.5)
        canvas.drawPath(edge, paint(fade(sitter.light.key, min(0.7, 0.25 + weak))))
