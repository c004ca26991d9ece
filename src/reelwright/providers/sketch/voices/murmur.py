"""A quiet voice without words, for what no voice can read."""

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.ground.digests import draw

_SYLLABLE_S = 0.19


def murmur(text: str, hertz: float) -> tuple[Signal, list[tuple[float, str]]]:
    """A hum of about the length of `text`, in syllables; with sounds in IPA for the mouth."""
    wide = sum(1 for sign in text if ord(sign) > 0x2E80)
    syllables = max(3, min(60, wide + (len(text) - wide) // 3))
    chance = np.random.Generator(np.random.PCG64(draw("murmur", text)))
    count = int((syllables + 1) * _SYLLABLE_S * RATE)
    at = np.arange(count) / RATE
    steps = np.arange(syllables + 2) * _SYLLABLE_S
    tune = np.interp(at, steps, hertz * (1 + 0.08 * chance.standard_normal(syllables + 2)))
    turn = 2 * np.pi * np.cumsum(tune) / RATE
    voice = sum(np.sin(turn * k) / k**1.4 for k in range(1, 14))
    beat = np.sin(np.pi * np.minimum(at / _SYLLABLE_S, syllables) % np.pi) ** 0.8
    spoken = (voice * beat).astype(np.float32)
    hummed = equalise(spoken, ((80, -20), (150, 0), (500, 0), (900, -10), (2500, -24), (5000, -60)))
    sounds = [(float(k * _SYLLABLE_S), "ə" if k % 2 else "m") for k in range(syllables)]
    return fade(hummed * np.float32(0.2), 0.02, 0.05), sounds
