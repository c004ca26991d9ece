"""A look-ahead limiter for true peaks, over a sound that comes in blocks."""

from functools import cache

import numpy as np

from reelwright.engines.media.loudness import oversampled_peaks
from reelwright.engines.media.sound import Signal

HOP = 64
_REACH = 20
"""The gain begins to move so many hops (27 ms) before a peak, and comes back as softly."""
LOOKAHEAD = HOP * (2 * _REACH + 2)
"""Frames of a sound that decide about a frame, before it and after it."""


def limit(signal: Signal, ceiling: float) -> Signal:
    """Hold a stereo signal's true peak under `ceiling` (a factor).

    A frame's gain depends on LOOKAHEAD frames around it alone: pieces of one sound that are
    limited with so much context around them join without a step.
    """
    peaks = oversampled_peaks(signal, HOP, above=ceiling)
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if wanted.min(initial=1.0) >= 1.0:
        return signal
    padded = np.pad(wanted, 2 * _REACH + 1, constant_values=1.0)
    # The lowest gain nearby, then a weighted mean of it: never above what each hop itself needs.
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _REACH + 3)
    held = np.convolve(windows.min(axis=1), _soft(), "valid")
    at = (np.arange(len(held)) + 0.5) * HOP
    return signal * np.interp(np.arange(signal.shape[1]), at, held).astype(np.float32)


@cache
def _soft() -> Signal:
    window = np.hanning(2 * _REACH + 1)
    return window / window.sum()
