"""The instruments: each plays one note as a mono sound. Soft, so that voices stay in front."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.ground.digests import draw

_BITS = 14
"""A wave is a table of 2**14 samples, read by a 32-bit phase that wraps by itself."""
Player = Callable[[float, float, float], Signal]
"""Hertz, seconds, strength -> the sound, with its release after the seconds."""


@lru_cache(maxsize=64)
def play(instrument: str, pitch: int, length_ms: int, loud: int) -> Signal:
    """One note; `loud` is its strength in sixteenths."""
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    sound = INSTRUMENTS[instrument](hertz, length_ms / 1000, loud / 16)
    return (sound * np.float32(loud / 16)).astype(np.float32)


def piano(hertz: float, length: float, strength: float) -> Signal:
    """A felt piano: few partials, a little stretched, each dying at its own speed; the hammer's thump."""
    at = _time(min(length + 1.4, 5.0))
    made = np.zeros(len(at), np.float32)
    for k in range(1, 8):
        partial = hertz * k * np.sqrt(1 + 0.0004 * k * k)
        if partial < 7000:
            level = np.exp(-0.62 * (k - 1) * (1.5 - strength)) / k**0.4
            half = 1.3 * (220 / hertz) ** 0.4 / k**0.7
            made += _wave_of(partial, len(at)) * _dying(at, half, level)
    thump = _breath(0.06, hertz) * _dying(_time(0.06), 0.008)
    made[: len(thump)] += equalise(thump, ((60, -10), (200, 0), (700, -14), (3000, -40))) * 0.12
    made *= np.minimum(1, at / np.float32(0.006))
    made *= np.minimum(1, _dying(at - np.float32(length + 0.35), 0.12))
    return fade(made * np.float32(0.5), 0, 0.1)


def harp(hertz: float, length: float, strength: float) -> Signal:
    """A plucked string, round."""
    return _plucked(hertz, min(2.2, length + 0.9), strength, 0.55, 1.15)


def pizzicato(hertz: float, length: float, strength: float) -> Signal:
    """Strings plucked short."""
    return _plucked(hertz, min(0.7, length + 0.35), strength, 0.11, 0.9) * np.float32(1.5)


def pluck_bass(hertz: float, length: float, strength: float) -> Signal:
    """A double bass, plucked."""
    return _plucked(hertz, min(1.3, length + 0.4), strength, 0.3, 1.5) * 1.3


def bells(hertz: float, length: float, strength: float) -> Signal:
    """A celesta: a bar and its overtone, clear and small."""
    at = _time(min(2.6, length + 1.6))
    rows = (
        (1, 1.0, 0.55),
        (2.0, 0.15, 0.4),
        (4.02, 0.28 * strength, 0.13),
        (8.9, 0.08 * strength, 0.03),
    )
    made = sum(_wave_of(hertz * m, len(at)) * _dying(at, h, v) for m, v, h in rows)
    return fade(np.float32(0.36) * np.minimum(1, at / np.float32(0.003)) * made, 0, 0.3)


def glass(hertz: float, length: float, strength: float) -> Signal:
    """The rim of a glass: swells in, slightly out of tune with itself."""
    count = len(_time(length + 2.2))
    rows = ((1.0, 1.0), (1.004, 0.7), (2.76, 0.07 * strength))
    made = sum(_wave_of(hertz * m, count, start=m) * np.float32(0.2 * v) for m, v in rows)
    return fade(np.asarray(made), min(0.5, length / 2), 2.0)


def strings(hertz: float, length: float, strength: float) -> Signal:
    """A section behind the picture: three desks, slow bows."""
    return _bowed(hertz, length, _RICH, (0.9965, 1.0, 1.004), min(0.7, length * 0.35), 0.9) * (
        0.30 + 0.1 * strength
    )


def low_strings(hertz: float, length: float, strength: float) -> Signal:
    """Celli and basses; on short notes the bow bites."""
    attack = 0.035 if length < 0.6 else min(0.45, length * 0.3)
    return _bowed(hertz, length, _DARK, (0.997, 1.003), attack, 0.25 if length < 0.6 else 0.8) * (
        0.4 + 0.15 * strength
    )


def violin(hertz: float, length: float, strength: float) -> Signal:
    """A solo line with vibrato that waits a little."""
    return _bowed(hertz, length, _RICH, (1.0,), min(0.16, length * 0.3), 0.35, vibrato=0.006) * (
        0.26 + 0.12 * strength
    )


def choir(hertz: float, length: float, strength: float) -> Signal:
    """Voices on oo, far away."""
    return _bowed(
        hertz, length, _VOICE, (0.994, 1.0, 1.006), min(0.9, length * 0.4), 1.2, vibrato=0.003
    ) * (0.4 + 0.1 * strength)


def bass(hertz: float, length: float, strength: float) -> Signal:
    """A soft floor."""
    at = _time(length + 0.4)
    rows = ((1, 0.4), (2, 0.16), (3, 0.06 * strength))
    made = sum(_wave_of(hertz * m, len(at)) * np.float32(v) for m, v in rows)
    sag = np.float32(0.6) + _dying(at, 0.8, 0.4)
    return fade(made * sag, 0.05, min(0.6, length / 2 + 0.2))


def drum(hertz: float, length: float, strength: float) -> Signal:
    """A large soft drum."""
    del hertz, length
    at = _time(0.9)
    skin = np.sin(2 * np.pi * (48 * at + 1.6 * (1 - np.exp(-at * 22)))) * _dying(at, 0.14)
    beater = _breath(0.9, 7) * _dying(at, 0.02)
    hit = equalise(beater.astype(np.float32), ((60, -12), (200, 0), (900, -10), (4000, -34)))
    return fade((0.9 * skin + 0.25 * strength * hit).astype(np.float32), 0.002, 0.2)


def brush(hertz: float, length: float, strength: float) -> Signal:
    """Wire on skin."""
    del hertz, length
    at = _time(0.25)
    wire = equalise(_breath(0.25, 3), ((800, -30), (2500, -4), (5000, 0), (9000, -8), (15000, -24)))
    return (wire * np.minimum(1, at / 0.012) * _dying(at, 0.045) * (0.55 + 0.35 * strength)).astype(
        np.float32
    )


def _plucked(hertz: float, ring: float, strength: float, half: float, soft: float) -> Signal:
    at = _time(ring)
    made = np.zeros(len(at), np.float32)
    for k in range(1, 11):
        if hertz * k > 9000:
            break
        level = np.sin(np.pi * k * 0.23) / k**soft * np.exp(-0.25 * (k - 1) * (1.3 - strength))
        life = half * (330 / max(hertz, 80)) ** 0.25 / k**0.6
        made += _wave_of(hertz * k, len(at)) * _dying(at, life, level)
    return fade(made * np.minimum(1, at / np.float32(0.003)) * np.float32(0.6), 0, 0.15)


def _bowed(
    hertz: float,
    length: float,
    table: Signal,
    desks: Sequence[float],
    attack: float,
    release: float,
    vibrato: float = 0.0015,
) -> Signal:
    at = _time(length + release)
    made = np.zeros(len(at), np.float32)
    for index, tune in enumerate(desks):
        start = (draw("desk", round(hertz), index) % 1000) / 1000
        rate = 4.9 + 0.35 * index
        depth = vibrato * hertz * tune / (2 * np.pi * rate)
        sway = _wave_of(rate, len(at), start=start) * np.minimum(
            depth, at * np.float32(depth / 0.6)
        )
        made += _wave_of(hertz * tune, len(at), table, start, sway)
    return fade(made / np.float32(len(desks)), attack, release)


def _wave_of(
    hertz: float,
    count: int,
    table: Signal | None = None,
    start: float = 0.0,
    sway: Signal | None = None,
) -> Signal:
    """A wave of one pitch; `start` and `sway` move it, in turns."""
    phase = np.arange(count, dtype=np.uint32) * np.uint32(hertz / RATE * 2**32)
    phase += np.uint32(start % 1 * (2**32 - 1))
    if sway is not None:
        phase += (sway * np.float32(2**32)).astype(np.int64).astype(np.uint32)
    return (_SINE if table is None else table)[phase >> np.uint32(32 - _BITS)]


def _dying(at: Signal, half: float, level: float = 1.0) -> Signal:
    return np.exp(at * np.float32(-np.log(2) / half)) * np.float32(level)


def _wave(levels: Sequence[float]) -> Signal:
    at = np.arange(1 << _BITS) / (1 << _BITS)
    made = sum(v * np.sin(2 * np.pi * k * at + 0.7 * (k * k - 1)) for k, v in enumerate(levels, 1))
    return (np.asarray(made) / np.abs(made).max()).astype(np.float32)


_SINE = _wave([1])
_RICH = _wave([1 / k**1.35 * np.exp(-0.24 * k) for k in range(1, 16)])
_DARK = _wave([1 / k**1.3 * np.exp(-0.20 * k) for k in range(1, 18)])
_VOICE = _wave([1, 0.55, 0.22, 0.1, 0.05, 0.02])


def _time(length: float) -> Signal:
    return np.arange(int(length * RATE), dtype=np.float32) / np.float32(RATE)


def _breath(length: float, seed: float) -> Signal:
    noise = np.random.Generator(np.random.PCG64(draw("breath", round(seed))))
    return noise.standard_normal(int(length * RATE), dtype=np.float32)


INSTRUMENTS: dict[str, Player] = {
    "piano": piano, "harp": harp, "pizzicato": pizzicato, "pluck_bass": pluck_bass,
    "bells": bells, "glass": glass, "strings": strings, "low_strings": low_strings,
    "violin": violin, "choir": choir, "bass": bass, "drum": drum, "brush": brush,
}  # fmt: skip
