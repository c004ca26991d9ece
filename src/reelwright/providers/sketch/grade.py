"""The grade: what lies over every frame of the film, still, like a lens and a film stock."""

from functools import lru_cache

import numpy as np

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import paint, radial
from reelwright.providers.sketch.plates import Leaf

_GRAIN = 2.4  # of 255
_VIGNETTE = 0.34


@lru_cache(maxsize=4)
def grade(width: int, height: int) -> "skia.Image":
    """A vignette and a fine static grain as one premultiplied picture of the frame's size."""
    leaf = Leaf(width, height, skia.kPremul_AlphaType)
    canvas, pixels = leaf.canvas, leaf.memory
    canvas.translate(width / 2, height / 2)
    canvas.scale(width / 2, height / 2)
    dark = int(_VIGNETTE * 255) << 24
    shader = radial((0, -0.04), 1.5, [0, 0, dark // 3 & 0xFF000000, dark], [0, 0.48, 0.74, 1])
    canvas.drawPaint(paint(shader=shader))
    grain = np.random.default_rng(7).normal(0.0, _GRAIN, (256, 256))
    tiled = np.tile(grain, (-(-height // 256), -(-width // 256)))[:height, :width]
    light = np.where(tiled > 0, tiled + 0.5, 0).astype(np.uint8)
    shadow = np.where(tiled < 0, 1.3 * -tiled + 0.5, 0).astype(np.uint8)
    pixels[:, :, :3] = light[:, :, None]
    pixels[:, :, 3] = np.clip(pixels[:, :, 3].astype(np.uint16) + light + shadow, 0, 255)
    return leaf.snapshot()
