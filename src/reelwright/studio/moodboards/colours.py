"""The colours that pictures have in common."""

import colorsys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

_SIDE = 96
_EACH = 24
_APART = 52.0
_LEAST = 0.002
_Colour = tuple[int, int, int]


def palette_of(files: Sequence[Path], count: int = 6) -> Sequence[str]:
    """The colours that say most of the pictures, dark to light, as #RRGGBB.

    A colour counts by how much of the pictures it fills, and more where it is strong; those near
    one that was chosen are passed over.
    """
    weights: dict[_Colour, float] = {}
    for file in files:
        for colour, share in _colours(file):
            _, saturation, value = colorsys.rgb_to_hsv(*(one / 255 for one in colour))
            if share >= _LEAST:
                weight = share**0.35 * (0.15 + saturation * value)
                weights[colour] = weights.get(colour, 0.0) + weight
    chosen: list[_Colour] = []
    for colour in sorted(weights, key=lambda one: (-weights[one], one)):
        if all(_distance(colour, other) >= _APART for other in chosen):
            chosen.append(colour)
        if len(chosen) == count:
            break
    chosen.sort(key=lambda one: 0.3 * one[0] + 0.59 * one[1] + 0.11 * one[2])
    return [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in chosen]


def _colours(file: Path) -> Sequence[tuple[_Colour, float]]:
    if file.suffix == ".mp4":
        return []
    with Image.open(file) as opened:
        small = opened.convert("RGB")
    small.thumbnail((_SIDE, _SIDE))
    reduced = small.quantize(_EACH)
    table = reduced.getpalette() or []
    found = reduced.getcolors() or []
    total = small.width * small.height
    return [
        ((table[3 * n], table[3 * n + 1], table[3 * n + 2]), count / total)
        for count, n in found
        if isinstance(n, int)
    ]


def _distance(one: _Colour, other: _Colour) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
