"""In which key music is: how much of each tone it has, against the profiles of Krumhansl."""

from typing import Any

import numpy as np
import numpy.typing as npt

from reelwright.engines.media.blocks import in_blocks
from reelwright.engines.media.edits.reading import sound_of
from reelwright.engines.media.edits.task import Task

_RATE = 12_000
_WINDOW = 8192
_LOWEST, _HIGHEST = 55.0, 2000.0
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
# Krumhansl and Kessler 1982: how well each tone fits a key, as listeners said.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_SURE = 0.25
"""So far ahead of the next best key nobody doubts it."""

Chroma = npt.NDArray[np.floating[Any]]


def key(task: Task) -> dict[str, Any]:
    """The key, how sure it is (0 to 1) and the next likely; `key` is null where no tones are."""
    chroma = _chroma(task)
    if chroma.max(initial=0.0) <= 0 or chroma.std() < 1e-6:
        return {"key": None, "mode": None, "confidence": 0.0, "next": None}
    return key_of(chroma)


def key_of(chroma: Chroma) -> dict[str, Any]:
    """The key of twelve amounts of tones, from C on."""
    fits = [
        (float(np.corrcoef(chroma, np.roll(profile, tonic))[0, 1]), tonic, mode)
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    ]
    (best, tonic, mode), (second, other, other_mode) = sorted(fits, reverse=True)[:2]
    confidence = np.clip((best - second) / _SURE, 0, 1) * np.clip(best, 0, 1)
    return {
        "key": _NAMES[tonic],
        "mode": mode,
        "confidence": round(float(confidence), 2),
        "next": f"{_NAMES[other]} {other_mode}",
    }


def _chroma(task: Task) -> Chroma:
    """How much there is of each of the twelve tones, over the whole sound."""
    one = task.first.measures
    told, window = task.of(one.seconds), np.hanning(_WINDOW).astype(np.float32)
    tones = _tones()
    total, at = np.zeros(12), 0
    before = np.zeros(_WINDOW // 2, np.float32)
    for block in in_blocks(sound_of(task.first.path, _RATE, 1), _WINDOW // 2):
        part = np.pad(block[0], (0, _WINDOW // 2 - block.shape[1]))
        levels = np.abs(np.fft.rfft(np.concatenate((before, part)) * window))
        heard = tones @ np.sqrt(levels)
        heard = np.maximum(heard - np.median(heard), 0)  # noise is in all tones alike
        total += heard * np.sqrt(np.mean(np.square(part)))
        before, at = part, at + block.shape[1]
        told(at / _RATE)
    return total / max(total.max(), 1e-12)


def _tones() -> Chroma:
    """How much each bin says about each tone; equal temperament on 440 Hz."""
    hertz = np.maximum(np.fft.rfftfreq(_WINDOW, 1 / _RATE), 1.0)
    place = 12 * np.log2(hertz / 440) + 9  # in semitones above a C
    near = np.abs((place[None] - np.arange(12)[:, None] + 6) % 12 - 6)
    weights = np.exp(-0.5 * (near / 0.2) ** 2)
    weights[:, (hertz < _LOWEST) | (hertz > _HIGHEST)] = 0
    # A low tone has few bins and a high one many: each octave counts alike.
    return weights / hertz[None]
