"""Other people: a murmur, a restaurant, children, steps."""

import numpy as np

from reelwright.engines.media.colour import equalise, weights
from reelwright.engines.media.sound import RATE, Signal
from reelwright.providers.sketch.ambience.layers.layer import Layer
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    fade,
    glide,
    lay,
    modes,
    noise,
    silence,
    swell,
    tone,
)

_VOWELS = ((730, 1090), (530, 1840), (390, 1990), (570, 840), (440, 1020), (490, 1350))


def murmur(luck: Chance) -> Signal:
    """Many people talking, none of them to us."""
    return _babble(luck, 22, (95, 240), 1.0) + 0.12 * noise(luck, 12.0, band(250, 1800, 10), 2)


def children(luck: Chance) -> Signal:
    """A playground, some way off."""
    return _babble(luck, 14, (260, 420), 1.35) + 0.1 * noise(luck, 12.0, band(400, 2500, 10), 2)


def _babble(luck: Chance, voices: int, pitches: tuple[float, float], size: float) -> Signal:
    """Speech without words: buzzing voices through wandering vowels, in syllables."""
    length = 12.0
    # Made at a third of the rate: there is nothing above 8 kHz in a murmur.
    slow = RATE // 3
    made = np.zeros((2, int(length * slow)), np.float32)
    cords = np.interp(np.arange(512), (0, 40, 90, 512), (0, 1, -0.25, 0)).astype(np.float32)
    for _ in range(voices):
        tune = luck.uniform(*pitches) * (1.25 - 0.5 * swell(luck, length, 0.35, 1.0, slow))
        buzz = cords[(np.cumsum(tune, dtype=np.float64) * (512 / slow)).astype(np.int32) & 511]
        words = swell(luck, length, 0.16, 1.0, slow) ** 2
        speaking = swell(luck, length, 1.7, 1.0, slow) > 0.35
        first, second = (hertz * size for hertz in _VOWELS[luck.integers(len(_VOWELS))])
        mouth = (
            (100, -10), (first * 0.7, -4), (first, 0), (first * 1.4, -10),
            (second * 0.85, -12), (second, -5), (second * 1.25, -18), (4000, -34), (7000, -60),
        )  # fmt: skip
        spectrum = np.fft.rfft(buzz * words * speaking) * weights(mouth, made.shape[1], slow)
        voice = np.fft.irfft(spectrum, made.shape[1])
        side = luck.random()
        made += np.stack((voice * np.sqrt(side), voice * np.sqrt(1 - side))).astype(np.float32)
    made = np.fft.irfft(np.fft.rfft(made), int(length * RATE)).astype(np.float32)
    return made / np.sqrt(np.square(made).mean())


def clink(luck: Chance) -> Signal:
    """Cutlery, a glass."""
    canvas = silence(0.7)
    for at in (0.02, *luck.uniform(0.1, 0.4, int(luck.integers(0, 3)))):
        high = luck.uniform(2400, 4800)
        ring = modes(0.3, ((high, 1, 0.04), (high * 1.53, 0.5, 0.03), (high * 2.3, 0.3, 0.015)))
        lay(canvas, ring, at, luck.uniform(0.3, 1))
    return afar(canvas, 0.3, 0.6)


def steps(luck: Chance) -> Signal:
    """Someone walks by in the corridor."""
    canvas = silence(4.2)
    for index in range(7):
        heel = burst(luck, 0.12, band(180, 1400, 10), 0.014)
        lay(
            canvas,
            heel,
            0.05 + index * luck.uniform(0.53, 0.57),
            0.4 + 0.6 * np.sin(np.pi * index / 6),
        )
    return afar(canvas, 0.6, 1.2)


def laugh(luck: Chance) -> Signal:
    """Laughter at another table."""
    canvas = silence(1.6)
    base = luck.uniform(170, 300)
    for index in range(5):
        pitch = base * (1.3 - 0.07 * index) * glide(0.14, (0, 1.1), (1, 0.85))
        ha = tone(pitch, 0.14, (1, 0.8, 0.8, 0.5, 0.4, 0.2)) + 0.3 * noise(
            luck, 0.14, band(800, 2500)
        )
        lay(canvas, fade(ha, 0.02, 0.07), 0.02 + index * 0.19, 1 - 0.12 * index)
    return afar(equalise(canvas, ((200, -6), (700, 0), (1300, 0), (3500, -20))), 0.6, 0.9)


LAYERS = {
    "murmur": Layer(murmur, -40),
    "children": Layer(children, -42),
    "clink": Layer(clink, -32, every_s=3.2),
    "steps": Layer(steps, -36, every_s=14),
    "laugh": Layer(laugh, -34, every_s=11),
}
