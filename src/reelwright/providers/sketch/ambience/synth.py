"""The few generators that every made sound is built from. Mono unless said otherwise, 48 kHz."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reelwright.engines.media.colour import Curve, convolve, equalise, room_response, weights
from reelwright.engines.media.sound import RATE, Signal, fade, gain, peak
from reelwright.ground.digests import draw

Chance = np.random.Generator


def chance(*parts: Any) -> Chance:
    """Chance that is the same on every machine for the same parts."""
    return np.random.Generator(np.random.PCG64(draw(*parts)))


def seconds(count: float) -> Signal:
    """The time of every frame of so many seconds."""
    return np.arange(int(count * RATE)) / RATE


def noise(luck: Chance, length_s: float, curve: Curve, channels: int = 1) -> Signal:
    """Noise with the spectrum of `curve`, root mean square 1.0, that loops without a seam."""
    count = int(length_s * RATE)
    turns = luck.random((channels, count // 2 + 1), dtype=np.float32) * np.float32(2 * np.pi)
    spectrum = np.empty(turns.shape, np.complex64)
    level = weights(curve, count)
    np.multiply(np.cos(turns), level, out=spectrum.real)
    np.multiply(np.sin(turns), level, out=spectrum.imag)
    spectrum[:, 0] = 0
    made = np.fft.irfft(spectrum, count).astype(np.float32)
    made /= np.sqrt(np.square(made).mean(axis=1, keepdims=True)) + 1e-12
    return made if channels > 1 else made[0]


def band(low: float, high: float, slope_db: float = 24.0) -> Curve:
    """A curve that lets `low` to `high` hertz through and falls by `slope_db` an octave beside."""
    return (
        (low / 8, -3 * slope_db), (low / 2, -slope_db), (low, 0),
        (high, 0), (high * 2, -slope_db), (high * 8, -3 * slope_db),
    )  # fmt: skip


def swell(luck: Chance, length_s: float, period_s: float, depth: float, rate: int = RATE) -> Signal:
    """A slow, looping, irregular level between 1 - depth and 1."""
    count = max(2, round(length_s / period_s))
    knots = luck.random(count)
    fine = max(16, int(period_s * 60))
    turn = 0.5 - 0.5 * np.cos(np.pi * np.arange(fine) / fine)
    level = np.concatenate(
        [a + (b - a) * turn for a, b in zip(knots, np.roll(knots, -1), strict=True)] + [knots[:1]]
    )
    at = np.linspace(0, count * fine, int(length_s * rate), endpoint=False)
    return (1 - depth * np.interp(at, np.arange(len(level)), level)).astype(np.float32)


def decay(length_s: float, half_s: float, attack_s: float = 0.002) -> Signal:
    """A struck thing's level: up within `attack_s`, then down by half every `half_s`."""
    at = seconds(length_s)
    return (np.minimum(1, at / attack_s) * 0.5 ** (at / half_s)).astype(np.float32)


def tone(hertz: float | Signal, length_s: float, partials: Sequence[float] = (1.0,)) -> Signal:
    """A tone with harmonics of the levels `partials`; `hertz` may change from frame to frame."""
    track = np.broadcast_to(np.asarray(hertz, np.float64), (int(length_s * RATE),))
    turn = 2 * np.pi * np.cumsum(track) / RATE
    made = np.zeros(len(track))
    for index, level in enumerate(partials, 1):
        if level and track.max(initial=0.0) * index < 0.45 * RATE:
            made += level * np.sin(turn * index)
    return made.astype(np.float32)


def modes(length_s: float, rows: Sequence[tuple[float, float, float]]) -> Signal:
    """A struck body: rows of (hertz, level, seconds to half)."""
    at = seconds(length_s)
    made = sum(
        level * np.sin(2 * np.pi * hertz * at) * 0.5 ** (at / half) for hertz, level, half in rows
    )
    return (np.minimum(1, at / 0.0008) * made).astype(np.float32)


def burst(
    luck: Chance, length_s: float, curve: Curve, half_s: float, attack_s: float = 0.001
) -> Signal:
    """Noise that is struck and dies away."""
    return noise(luck, length_s, curve) * decay(length_s, half_s, attack_s)


def glide(length_s: float, *points: tuple[float, float]) -> Signal:
    """A value over time through (share of the length, value), smoothly in the logarithm."""
    at = np.linspace(0, 1, int(length_s * RATE))
    return np.exp(np.interp(at, [p for p, _ in points], np.log([v for _, v in points])))


def lay(canvas: Signal, sound: Signal, at_s: float, level: float = 1.0) -> Signal:
    """Add `sound` to `canvas` at a second; what hangs over the end is lost."""
    start = int(at_s * RATE)
    count = min(sound.shape[-1], canvas.shape[-1] - start)
    if count > 0 and start >= 0:
        canvas[..., start : start + count] += sound[..., :count] * np.float32(level)
    return canvas


def silence(length_s: float) -> Signal:
    """Nothing yet: a canvas to lay sounds on."""
    return np.zeros(int(length_s * RATE), np.float32)


def pan(sound: Signal, where: float) -> Signal:
    """Mono to stereo, from -1 (left) to 1 (right), at constant power."""
    angle = (where + 1) * np.pi / 4
    return np.stack((sound * np.float32(np.cos(angle)), sound * np.float32(np.sin(angle))))


def afar(sound: Signal, distance: float, room_s: float = 1.2) -> Signal:
    """Move a mono sound away, 0.0 (here) to 1.0 (far): duller, and with more of the space around."""
    top = 9000 * (1 - distance) ** 1.5 + 700
    dull = equalise(sound, ((top / 2, 0), (top, -4), (top * 2, -16), (top * 6, -50)))
    space = room_response(room_s, seed=draw("afar", room_s), bright=top)[0]
    tail = convolve(dull, space)
    tail *= np.float32(0.15 + 0.6 * distance)
    tail[: len(dull)] += dull * np.float32(1 - 0.6 * distance)
    return fade(tail, 0, 0.2)


def normal(sound: Signal, decibels: float = 0.0) -> Signal:
    """The same with its highest sample at `decibels`."""
    highest = peak(sound)
    return (
        sound
        if highest < 1e-9
        else (sound * np.float32(gain(decibels) / highest)).astype(np.float32)
    )
