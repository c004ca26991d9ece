"""Sound as numbers: WAV files read and written in blocks, levels, fades, resampling.

Everywhere a signal is float32 (the type allows what numpy promotes to), full scale 1.0, shaped (channels, frames) or (frames,) for mono.
"""

import wave
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Signal = npt.NDArray[np.floating[Any]]

RATE = 48_000
"""Samples a second of every sound we make."""
BLOCK = 1 << 16
"""Frames handled at once where a sound may be long."""
_FULL = 32767.0
_PHASES = 3200
_LOBES = 16


def gain(decibels: float) -> float:
    """The factor that changes a level by so many decibels."""
    return float(10 ** (decibels / 20))


def decibels(factor: float) -> float:
    """The level of a factor, in decibels; -200 for silence."""
    return float(20 * np.log10(max(factor, 1e-10)))


def rms(signal: Signal) -> float:
    """Root mean square of the whole signal."""
    return float(np.sqrt(np.mean(np.square(signal, dtype=np.float64)))) if signal.size else 0.0


def peak(signal: Signal) -> float:
    """The largest sample, without its sign."""
    return float(np.abs(signal).max()) if signal.size else 0.0


def fade(signal: Signal, into_s: float = 0.0, out_s: float = 0.0, rate: int = RATE) -> Signal:
    """Fade in and out along a raised cosine, in place; returns the same array."""
    for seconds, part in ((into_s, signal), (out_s, signal[..., ::-1])):
        count = min(int(seconds * rate), signal.shape[-1])
        if count > 0:
            ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count)
            part[..., :count] *= ramp.astype(np.float32)
    return signal


def sample_at(signal: Signal, positions: Signal, cutoff: float = 1.0) -> Signal:
    """Read a mono signal between its samples, through a Kaiser-windowed sinc of 16 lobes a side.

    `cutoff` below 1.0 keeps that share of the band, for reading faster than one sample a step.
    """
    reach = int(np.ceil(_LOBES / cutoff))
    taps = _taps(reach, cutoff)
    padded = np.pad(signal, (reach, reach + 1))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach)
    out = np.empty(len(positions), np.float32)
    for start in range(0, len(positions), BLOCK):
        where = positions[start : start + BLOCK]
        whole = np.floor(where + 0.5 / _PHASES).astype(np.int64)
        phase = np.clip(((where - whole) * _PHASES + 0.5).astype(np.int64), 0, _PHASES - 1)
        # Frame `whole` is at padded index whole + reach; the window begins reach - 1 before it.
        first = np.clip(whole + 1, 0, len(windows) - 1)
        np.einsum("ij,ij->i", windows[first], taps[phase], out=out[start : start + len(where)])
    return out


def resample(signal: Signal, rate: int, to: int = RATE) -> Signal:
    """Change the sample rate of a mono signal."""
    if rate == to:
        return signal
    count = int(len(signal) * to / rate)
    return sample_at(signal, np.arange(count) * (rate / to), min(1.0, to / rate))


@cache
def _taps(reach: int, cutoff: float) -> Signal:
    phases = np.arange(_PHASES)[:, None] / _PHASES
    distance = np.arange(1 - reach, reach + 1)[None, :] - phases
    window = np.i0(9.0 * np.sqrt(np.maximum(0.0, 1 - (distance / reach) ** 2))) / np.i0(9.0)
    taps = np.sinc(distance * cutoff) * window
    return (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)


class WavWriter:
    """A 16-bit WAV file that grows block by block. Samples beyond full scale are held there."""

    def __init__(self, path: Path, channels: int = 2, rate: int = RATE) -> None:
        self._file = wave.open(str(path), "wb")  # noqa: SIM115 - closed by `close`
        self._file.setparams((channels, 2, rate, 0, "NONE", "not compressed"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, block: Signal) -> None:
        """Append frames, shaped (channels, frames) or (frames,)."""
        whole = np.rint(np.clip(block, -1.0, 1.0) * _FULL).astype("<i2")
        self._file.writeframesraw(np.ascontiguousarray(whole.T).tobytes())

    def close(self) -> None:
        """Write the length into the header and close the file."""
        self._file.close()


class WavReader:
    """A 16-bit WAV file, read from any frame on."""

    def __init__(self, path: Path) -> None:
        self._file = wave.open(str(path), "rb")  # noqa: SIM115 - closed by `close`
        self.channels = self._file.getnchannels()
        self.rate = self._file.getframerate()
        self.frames = self._file.getnframes()
        assert self._file.getsampwidth() == 2, f"{path} is not a 16-bit WAV file"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, start: int, count: int) -> Signal:
        """Up to `count` frames from frame `start`, shaped (channels, frames)."""
        self._file.setpos(min(start, self.frames))
        whole = np.frombuffer(self._file.readframes(max(0, count)), "<i2")
        return np.ascontiguousarray(whole.reshape(-1, self.channels).T) / np.float32(_FULL)

    def blocks(self, size: int = BLOCK) -> Iterator[Signal]:
        """The whole file in order, `size` frames at a time."""
        for start in range(0, self.frames, size):
            yield self.read(start, size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write_wav(path: Path, signal: Signal, rate: int = RATE) -> None:
    """Write a short sound in one go."""
    with WavWriter(path, 1 if signal.ndim == 1 else signal.shape[0], rate) as file:
        file.write(signal)


def read_wav(path: Path) -> Signal:
    """Read a short sound in one go, shaped (channels, frames)."""
    with WavReader(path) as file:
        return file.read(0, file.frames)
