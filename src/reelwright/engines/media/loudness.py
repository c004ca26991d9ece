"""How loud a sound is to people: integrated loudness and true peak after ITU-R BS.1770-4.

https://www.itu.int/rec/R-REC-BS.1770 (K-weighting, gating, 4x true peak); EBU R 128 sets the use.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from reelwright.engines.media.colour import fast_size
from reelwright.engines.media.sound import RATE, Signal

SILENCE = -70.0
"""The absolute gate, in LUFS; also what a sound without anything above the gate measures."""
_OFFSET = -0.691
_RELATIVE_GATE = -10.0
_STEP = RATE // 10
"""Gating blocks are 400 ms long and begin every 100 ms: four steps each."""
_RESPONSE = 1 << 12


class LoudnessMeter:
    """Measures a sound that comes in blocks. Memory: two numbers for each tenth of a second."""

    def __init__(self, channels: int = 2) -> None:
        self._history = np.zeros((channels, _RESPONSE - 1), np.float32)
        self._rest = np.zeros((channels, 0), np.float32)
        self._steps: list[npt.NDArray[np.float64]] = []

    def feed(self, block: Signal) -> None:
        """Hear the next frames, shaped (channels, frames) or (frames,), at 48 kHz."""
        block = np.atleast_2d(block)
        joined = np.concatenate((self._history, block), axis=1)
        heard = _weigh(joined)[:, _RESPONSE - 1 : joined.shape[1]]
        self._history = joined[:, joined.shape[1] - (_RESPONSE - 1) :]
        heard = np.concatenate((self._rest, heard), axis=1)
        whole = heard.shape[1] // _STEP
        cut = whole * _STEP
        steps = heard[:, :cut].reshape(heard.shape[0], whole, _STEP)
        self._steps.append(np.einsum("cst,cst->s", steps, steps).astype(np.float64) / _STEP)
        self._rest = heard[:, cut:]

    def powers(self) -> npt.NDArray[np.float64]:
        """Weighted power of every whole tenth of a second so far, channels summed."""
        return np.concatenate(self._steps) if self._steps else np.zeros(0)


def integrated(powers: npt.NDArray[np.float64]) -> float:
    """Gated loudness in LUFS from the powers of tenths of a second; SILENCE when all is gated."""
    if len(powers) < 4:
        blocks = np.array([powers.mean()]) if len(powers) else np.zeros(1)
    else:
        blocks = np.convolve(powers, np.full(4, 0.25), "valid")
    loud = blocks[blocks > 10 ** ((SILENCE - _OFFSET) / 10)]
    if not len(loud):
        return SILENCE
    loud = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE / 10)]
    return float(_OFFSET + 10 * np.log10(loud.mean()))


def measure(signal: Signal) -> float:
    """Integrated loudness of a short sound, in LUFS.

    One channel counts as one channel: a mono sound played on two speakers is 3 dB louder.
    """
    signal = np.atleast_2d(signal)
    meter = LoudnessMeter(signal.shape[0])
    meter.feed(signal)
    return integrated(meter.powers())


def true_peak(signal: Signal) -> float:
    """The largest value of a sound, between its samples too, as a factor (BS.1770-4, annex 2)."""
    signal = np.atleast_2d(signal)
    highest = float(np.abs(signal).max(initial=0.0))
    peaks = oversampled_peaks(signal, max(1, signal.shape[1]), above=highest)
    return float(peaks.max(initial=0.0))


def oversampled_peaks(signal: Signal, hop: int, above: float) -> Signal:
    """The peak of every `hop` frames, all channels together, at 4x oversampling.

    Peaks below `above` (a factor) may be those of the samples alone.
    """
    count = -(-signal.shape[1] // hop)
    level = np.abs(signal).max(axis=0)
    peaks = np.pad(level, (0, count * hop - len(level))).reshape(count, hop).max(axis=1)
    taps = _between()
    reach = taps.shape[1] // 2
    # Between two samples a wave rises above them by less than 6 dB unless it is noise at half the
    # rate: only the loud places need a closer look.
    near = np.flatnonzero(level > 0.5 * above)
    for channel in np.pad(signal, ((0, 0), (reach, reach))):
        windows = np.lib.stride_tricks.sliding_window_view(channel, 2 * reach)[near + 1]
        between = np.abs(windows @ taps.T).max(axis=1, initial=0.0)
        np.maximum.at(peaks, near // hop, between.astype(peaks.dtype))
    return peaks


@cache
def _between() -> Signal:
    distance = np.arange(-5, 7)[None, :] - np.array([0.25, 0.5, 0.75])[:, None]
    taps = np.sinc(distance) * np.cos(np.pi * distance / 14) ** 2
    return (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)


def _weigh(signal: Signal) -> Signal:
    size = fast_size(signal.shape[1])
    return np.fft.irfft(np.fft.rfft(signal, size) * _weighting(size), size)[:, : signal.shape[1]]


@cache
def _weighting(size: int) -> npt.NDArray[np.complex64]:
    """The K curve of BS.1770-4, table 1 and 2 (48 kHz), cut to a response of 4096 samples."""
    shelf = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
             (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
    high = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(1 << 16))
    curve = np.ones_like(turn)
    for top, below in (shelf, high):
        curve *= np.polyval(top[::-1], turn) / np.polyval(below[::-1], turn)
    response = np.fft.irfft(curve)[:_RESPONSE]
    return np.fft.rfft(response, size).astype(np.complex64)
