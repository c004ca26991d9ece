"""What a studio does to a short sound: equalise, compress, saturate, put it into a room. numpy only."""

from collections.abc import Sequence

import numpy as np

from reelwright.engines.media.sound import RATE, Signal

Curve = Sequence[tuple[float, float]]
"""An equaliser's curve: (hertz, decibels), in order; straight between them over log frequency."""
_HOP = RATE // 200


def equalise(signal: Signal, curve: Curve) -> Signal:
    """Shape the spectrum without moving anything in time (zero phase)."""
    count = signal.shape[-1]
    size = fast_size(count + RATE // 10)
    spectrum = np.fft.rfft(signal, size) * weights(curve, size)
    return np.fft.irfft(spectrum, size)[..., :count]


def weights(curve: Curve, size: int, rate: int = RATE) -> Signal:
    """The factors of a curve for the bins of a real transform of `size`."""
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / rate), 1.0)
    points = np.log([max(at, 1.0) for at, _ in curve])
    level = np.interp(np.log(hertz), points, [level for _, level in curve])
    return (10 ** (level / 20)).astype(np.float32)


def compress(
    signal: Signal, threshold: float, ratio: float, attack_s: float = 0.008, release_s: float = 0.09
) -> Signal:
    """Turn down what is louder than `threshold` (a factor, by root mean square) by `ratio`."""
    level = envelope(signal)
    over = np.maximum(level / threshold, 1.0)
    wanted = over ** (1 / ratio - 1)
    rise, fall = (1 - np.exp(-_HOP / RATE / time) for time in (attack_s, release_s))
    held, current = np.empty_like(wanted), 1.0
    for index, one in enumerate(wanted.tolist()):
        current += (one - current) * (rise if one < current else fall)
        held[index] = current
    return signal * stretch(held, signal.shape[-1])


def envelope(signal: Signal) -> Signal:
    """Root mean square every 5 ms, over 10 ms each, of a mono signal."""
    count = -(-len(signal) // _HOP)
    power = np.square(np.pad(signal, (0, (count + 1) * _HOP - len(signal)))).reshape(-1, _HOP)
    means = power.mean(axis=1)
    return np.sqrt((means[:-1] + means[1:]) / 2).astype(np.float32)


def stretch(envelope: Signal, count: int) -> Signal:
    """An envelope of one value every 5 ms, as a straight line through `count` frames."""
    at = (np.arange(len(envelope)) + 0.5) * _HOP
    return np.interp(np.arange(count), at, envelope).astype(np.float32)


def saturate(signal: Signal, drive: float) -> Signal:
    """Soft overdrive that keeps full scale at full scale."""
    return (np.tanh(signal * drive) / np.tanh(drive)).astype(np.float32)


def convolve(signal: Signal, response: Signal) -> Signal:
    """Every frame of `signal` with the whole of `response` behind it."""
    count = signal.shape[-1] + response.shape[-1] - 1
    size = fast_size(count)
    both = np.fft.rfft(signal, size) * np.fft.rfft(response, size)
    return np.fft.irfft(both, size)[..., :count]


def room_response(
    seconds: float,
    *,
    seed: int,
    predelay_s: float = 0.012,
    bright: float = 5000.0,
    channels: int = 1,
) -> Signal:
    """The sound of a room without the direct sound: early walls, then a tail 60 dB down at `seconds`.

    High tones die sooner, the sooner the lower `bright` (hertz) is. Its energy is 1.0.
    """
    noise = np.random.Generator(np.random.PCG64(seed))
    count = int(seconds * RATE)
    at = np.arange(count) / RATE
    tail = np.zeros((channels, count), np.float32)
    bands = ((0, bright / 4, 1.0), (bright / 4, bright, 0.75), (bright, RATE / 2, 0.4))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    for low, high, life in bands:
        spectrum = np.fft.rfft(noise.standard_normal((channels, count), dtype=np.float32))
        spectrum *= (hertz >= max(low, 90)) & (hertz < high)
        tail += np.fft.irfft(spectrum, count) * np.exp(-6.9 * at / (seconds * life)) * life
    tail *= np.minimum(1.0, at / 0.02)
    for index in range(7):
        place = int((0.003 + 0.004 * index + 0.003 * noise.random()) * RATE)
        if place < count:
            tail[:, place] += noise.choice([-1, 1], channels) * 2.2 / (1 + index)
    tail = np.pad(tail, ((0, 0), (int(predelay_s * RATE), 0)))
    return (tail / np.sqrt(np.square(tail).sum(axis=1, keepdims=True))).astype(np.float32)


def fast_size(count: int) -> int:
    """The next length that a Fourier transform likes."""
    power = 1 << max(count - 1, 1).bit_length()
    sizes = (power * 9 // 16, power * 5 // 8, power * 3 // 4, power)
    return next(size for size in sizes if size >= count)
