"""Limbs: tapered forms along two bones, lit on the key's side."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import paint, smooth
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
    """A body part in two planes: lit on the key's side over `edge` units, in shadow beyond it.

    `away`: it belongs to the far side of the body and is darker.
    """
    lit, shade = (tone.mid, tone.shade) if away else (tone.lit, tone.shade)
    canvas.drawPath(path, paint(lit))
    canvas.save()
    canvas.clipPath(path, True)
    dark = skia.Path(path)
    dark.offset(-sitter.side * edge, edge * 0.22)
    canvas.drawPath(dark, paint(tone.mid if not away else shade))
    if sitter.fine or True:
        dark.offset(-sitter.side * edge * 0.75, edge * 0.1)
        canvas.drawPath(dark, paint(shade))
    canvas.restore()
