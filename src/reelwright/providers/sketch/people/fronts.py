"""Fronts: collars, lapels, buttons, pockets, belts, in chest units (neck base 0, shoulders 58, hips 195)."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.people.sitter import Sitter


def draw_under(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """What lies flat on the chest, clipped to it."""


def draw_front(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """Collar and what stands out."""
