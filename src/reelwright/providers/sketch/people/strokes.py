"""Strokes: soft lines through points, and closed soft shapes, in one call each."""

from collections.abc import Sequence

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, paint, smooth
from reelwright.providers.sketch.people.skeletons import Point


def line(canvas: "skia.Canvas", color: Color, width: float, *points: Point) -> None:
    """A soft line with round ends."""
    canvas.drawPath(smooth(points, closed=False), paint(color, stroke=width))


def patch(
    canvas: "skia.Canvas", color: Color, points: Sequence[Point], tension: float = 0.42
) -> None:
    """A soft closed shape in one colour."""
    canvas.drawPath(smooth(points, tension=tension), paint(color))
