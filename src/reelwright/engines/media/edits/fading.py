"""Fades: how much is there at a moment."""

from typing import Any

import numpy as np

from reelwright.engines.media.edits.params import Curve, FadeParams


def level_at(params: FadeParams, times: Any, seconds: float) -> Any:
    """The level (0 to 1) at times in seconds, of something that lasts `seconds`."""
    level = np.ones_like(np.asarray(times, np.float64))
    if params.into:
        level = level * shape(np.clip(times / params.into, 0, 1), params.curve)
    if params.out:
        level = level * shape(np.clip((seconds - times) / params.out, 0, 1), params.curve)
    return level


def shape(share: Any, curve: Curve) -> Any:
    """The level when `share` (0 to 1) of a fade in is over."""
    match curve:
        case Curve.LINEAR:
            return share
        case Curve.SMOOTH:
            return 0.5 - 0.5 * np.cos(np.pi * share)
        case Curve.EXPONENTIAL:
            # 60 dB, straight in decibels, from nothing at its very beginning.
            return np.where(share <= 0, 0.0, 10 ** (3 * (share - 1)))
        case Curve.EQUAL_POWER:
            return np.sin(np.pi / 2 * share)
