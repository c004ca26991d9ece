"""How fast music is: where sound sets in, and how regularly."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from reelwright.engines.media.edits.reading import sound_of
from reelwright.engines.media.edits.task import Task
from reelwright.engines.media.sound import Signal

_RATE = 24_000
_HOP = 256
_WINDOW = 1024
_A_SECOND = _RATE / _HOP
_BANDS = 24
_SLOWEST, _FASTEST, _STEP = 40.0, 220.0, 0.1
_USUAL, _WIDE, _NARROW = 115.0, 1.5, 0.8
"""People tap to most music near this; the spreads are in octaves."""
_WEIGHTS = (1.0, 1.0, 0.5, 1.0, 0.25, 0.5, 0.25, 0.75)
"""How much a likeness after so many beats counts: most music goes by twos and fours."""
_SHORTEST_S = 4.0
_SAME = 0.02
_LEAST = 0.15

Envelope = npt.NDArray[np.floating[Any]]


def tempo(task: Task) -> dict[str, Any]:
    """Beats a minute; `bpm` is null for what has no beat or is too short to tell."""
    one = task.first.measures
    return beat_of(onsets(sound_of(task.first.path, _RATE, 1), task.of(one.seconds)))


def onsets(blocks: Iterable[Signal], told: Any = lambda _: None) -> Envelope:
    """How much sound sets in, every 256 samples at 24 kHz, in all bands together."""
    window = np.hanning(_WINDOW).astype(np.float32)
    edges = _edges()
    rest = np.zeros(_WINDOW - _HOP, np.float32)
    last: Envelope | None = None
    parts, at = [], 0
    for block in blocks:
        sound = np.concatenate((rest, block[0]))
        count = (len(sound) - _WINDOW) // _HOP + 1
        at += block.shape[1]
        told(at / _RATE)
        if count < 1:
            rest = sound
            continue
        frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[: count * _HOP : _HOP]
        levels = np.abs(np.fft.rfft(frames * window))
        bands = np.log1p(50 * np.add.reduceat(levels, edges, axis=1)[:, :-1])
        before = bands[:1] if last is None else last[None]
        steps = np.diff(np.concatenate((before, bands)), axis=0)
        parts.append(np.maximum(steps, 0).sum(axis=1))
        last, rest = bands[-1], sound[count * _HOP :]
    return np.concatenate(parts) if parts else np.zeros(0)


def _edges() -> npt.NDArray[np.int64]:
    """Where bands begin among the bins, closer together where ears are finer."""
    hertz = np.geomspace(60, _RATE / 2 * 0.95, _BANDS + 1)
    bins = np.round(hertz / (_RATE / _WINDOW)).astype(np.int64)
    return np.maximum(bins, np.arange(1, _BANDS + 2))


def beat_of(envelope: Envelope) -> dict[str, Any]:
    """The tempo of an envelope of onsets, how sure it is (0 to 1), and what else it may be."""
    nothing = {"bpm": None, "confidence": 0.0, "others": []}
    if len(envelope) < _SHORTEST_S * _A_SECOND or not envelope.any():
        return nothing
    flat = np.maximum(envelope - _around(envelope), 0)
    flat = flat - flat.mean()
    size = 1 << (2 * len(flat) - 1).bit_length()
    power = np.abs(np.fft.rfft(flat, size)) ** 2
    likeness = np.fft.irfft(power)[: len(flat)]
    # A longer lag has fewer pairs: without this slow tempi would always look unlikely.
    likeness = likeness / likeness[0] * len(flat) / np.arange(len(flat), 0, -1)
    tempi = np.arange(_SLOWEST, _FASTEST, _STEP)
    comb = _comb(likeness, tempi)
    away = np.log2(tempi / _USUAL)
    peaks = _peaks(comb * np.exp(-0.5 * (away / _WIDE) ** 2))
    if not len(peaks):
        return nothing
    # What is alike decides which beat it is; habit whether it is counted whole, half or double.
    ties = np.abs(np.log2(tempi[peaks] / tempi[peaks[0]]))
    family = peaks[np.abs(ties - np.round(ties)) < _SAME]
    habit = comb * np.exp(-0.5 * (away / _NARROW) ** 2)
    best = family[np.argmax(habit[family])]
    confidence = float(np.clip(comb[best] * 1.2, 0, 1))
    if confidence < _LEAST:
        return nothing
    others = [round(float(tempi[one]), 1) for one in peaks if one != best][:2]
    bpm = round(float(tempi[best]), 1)
    return {"bpm": bpm, "confidence": round(confidence, 2), "others": others}


def _around(envelope: Envelope) -> Envelope:
    """The mean over a second around each place."""
    size = round(_A_SECOND)
    return np.convolve(envelope, np.full(size, 1 / size), "same")


def _comb(likeness: Envelope, tempi: Envelope) -> Envelope:
    """How alike the envelope is to itself after one beat, two and more, for each tempo."""
    lags = 60 * _A_SECOND / tempi
    heights, weights = np.zeros(len(tempi)), np.zeros(len(tempi))
    for beats, share in enumerate(_WEIGHTS, 1):
        weight = (lags * beats < len(likeness) * 0.8) * share
        at = np.minimum(lags * beats, len(likeness) - 1)
        heights += weight * np.interp(at, np.arange(len(likeness)), likeness)
        weights += weight
    return np.where(weights > 0, heights / np.maximum(weights, 1e-9), 0)


def _peaks(scores: Envelope) -> npt.NDArray[np.int64]:
    """Where scores are highest among their neighbours, the best first."""
    inner = (scores[1:-1] >= scores[:-2]) & (scores[1:-1] > scores[2:]) & (scores[1:-1] > 0)
    found = np.flatnonzero(inner) + 1
    return found[np.argsort(scores[found])[::-1]]
