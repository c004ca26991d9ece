"""Measuring how a sound goes up and down: its waveform and its loudness."""

from typing import Any

import numpy as np

from reelwright.engines.media.blocks import in_blocks
from reelwright.engines.media.edits.params import WaveformParams
from reelwright.engines.media.edits.reading import sound_of
from reelwright.engines.media.edits.task import Task
from reelwright.engines.media.loudness import (
    SILENCE,
    LoudnessMeter,
    integrated,
    true_peak,
)
from reelwright.engines.media.sound import RATE, decibels

_OFFSET = -0.691
_SHORT = 30
"""Tenths of a second of the short-term loudness (EBU Tech 3341)."""
_FAINTEST_DB = -200.0
_REACH = 16


def waveform(task: Task) -> dict[str, Any]:
    """The lowest and highest sample of equal parts of a sound, channels together."""
    params: WaveformParams = task.params
    one = task.first.measures
    peaks = peaks_of(task, params.points)
    return {
        "points": len(peaks),
        "seconds": one.seconds,
        "peaks": [[round(float(low), 4), round(float(high), 4)] for low, high in peaks],
    }


def peaks_of(task: Task, points: int) -> np.ndarray:
    """The lowest and highest sample of so many parts, shaped (points, 2)."""
    one = task.first.measures
    told = task.of(one.seconds)
    size = max(1, -(-round(one.seconds * one.sample_rate) // points))
    peaks: list[tuple[float, float]] = []
    for block in in_blocks(sound_of(task.first.path, one.sample_rate, one.channels), size):
        peaks.append((block.min(), block.max()))
        told(len(peaks) * size / one.sample_rate)
    return np.array(peaks[:points] or [(0.0, 0.0)])


def loudness(task: Task) -> dict[str, Any]:
    """Loudness after ITU-R BS.1770-4 and EBU Tech 3342, in LUFS, LU and dBTP.

    One channel counts as one channel: played from both sides it is 3 LU louder.
    """
    one = task.first.measures
    told, meter, at, highest = task.of(one.seconds), LoudnessMeter(one.channels), 0, 0.0
    before = np.zeros((one.channels, 0), np.float32)
    for block in in_blocks(sound_of(task.first.path, RATE, one.channels), RATE):
        meter.feed(block)
        joined = np.concatenate((before, block), axis=1)
        highest = max(highest, true_peak(joined))
        before = block[:, -_REACH:]
        at += block.shape[1]
        told(at / RATE)
    powers = meter.powers()
    short = _windows(powers, _SHORT)
    return {
        "integrated_lufs": round(integrated(powers), 2),
        "true_peak_dbtp": round(decibels(highest) if highest else _FAINTEST_DB, 2),
        "range_lu": round(_range(short), 2),
        "loudest_short_term_lufs": round(float(max(short.max(initial=SILENCE), SILENCE)), 2),
        "loudest_momentary_lufs": round(
            float(max(_windows(powers, 4).max(initial=SILENCE), SILENCE)), 2
        ),
        "silent": bool(integrated(powers) <= SILENCE),
    }


def _windows(powers: np.ndarray, size: int) -> np.ndarray:
    """Loudness of all windows of so many tenths of a second."""
    if len(powers) < size:
        return np.zeros(0)
    means = np.convolve(powers, np.full(size, 1 / size), "valid")
    return _OFFSET + 10 * np.log10(np.maximum(means, 1e-10))


def _range(short: np.ndarray) -> float:
    """Loudness range: from the 10th to the 95th of a hundred of what is heard (EBU Tech 3342)."""
    heard = short[short > SILENCE]
    if not len(heard):
        return 0.0
    gate = 10 * np.log10(np.mean(10 ** (heard / 10))) - 20
    low, high = np.percentile(heard[heard > gate], [10, 95])
    return float(high - low)
