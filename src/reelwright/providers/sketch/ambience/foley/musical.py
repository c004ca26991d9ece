"""Music in the room, a roll of drums, somebody who sings or hums."""

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    decay,
    glide,
    lay,
    modes,
    noise,
    seconds,
    silence,
    swell,
    tone,
)


def music(luck: Chance) -> Signal:
    """A radio or a jukebox at the other end of the room: four bars of a waltz."""
    canvas, beat = silence(7.6), 0.58
    low = 110 * 2 ** (int(luck.integers(0, 5)) / 12)
    for bar, chord in enumerate(((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7))):
        start = 0.05 + 3 * beat * bar
        lay(canvas, _string(low * 2 ** (chord[0] / 12), 0.9), start, 0.9)
        for index in (1, 2):
            for step in chord:
                lay(canvas, _string(low * 2 * 2 ** (step / 12), 0.5), start + index * beat, 0.3)
        for index in range(3):
            step = chord[int(luck.integers(3))]
            lay(canvas, _string(low * 4 * 2 ** (step / 12), 0.7), start + index * beat, 0.55)
    radio = equalise(canvas, ((150, -24), (350, 0), (3000, 0), (6000, -24)))
    return afar(fade(radio, 0.2, 1.0), 0.35, 0.8)


def drumroll(luck: Chance) -> Signal:
    """A snare that holds its breath, and the stroke."""
    canvas = silence(3.0)
    for at in np.arange(0, 2.3, 0.045):
        hit = burst(luck, 0.12, band(180, 6000, 5), 0.025)
        lay(canvas, hit, at * luck.uniform(0.998, 1.002), 0.2 + 0.35 * at / 2.3)
    lay(canvas, burst(luck, 0.5, band(120, 7000, 4), 0.07), 2.34, 1.2)
    return afar(canvas, 0.1, 0.7)


def singing(luck: Chance) -> Signal:
    """Somebody hums a tune to themselves."""
    canvas, at = silence(4.6), 0.05
    low = luck.uniform(190, 240)
    for step, length in zip(
        (0, 2, 4, 2, 5, 4, 0), (0.5, 0.5, 0.7, 0.4, 0.5, 0.5, 1.1), strict=True
    ):
        shake = 1 + 0.008 * np.sin(2 * np.pi * 5.2 * seconds(length))
        pitch = low * 2 ** (step / 12) * glide(length, (0, 0.97), (0.15, 1), (1, 1)) * shake
        lay(canvas, fade(tone(pitch, length, (1, 0.5, 0.18, 0.06)), 0.06, 0.1), at)
        at += length
    return canvas


def hum(luck: Chance) -> Signal:
    """A machine, a lamp, a wire."""
    low = luck.choice([100.0, 120.0])
    return fade(tone(low, 3.0, (1, 0.5, 0.6, 0.25, 0.3, 0.1)), 0.3, 0.6)


def whirr(luck: Chance) -> Signal:
    """A small motor runs up and down."""
    speed = glide(2.0, (0, 90), (0.25, 420), (0.75, 430), (1, 80))
    made = tone(speed, 2.0, (0.8, 1, 0.5, 0.4, 0.2)) + 0.3 * noise(luck, 2.0, band(600, 3500, 8))
    return fade(made, 0.1, 0.3)


def sizzle(luck: Chance) -> Signal:
    """Fat in a pan, a fuse, a wire in the rain."""
    bed = noise(luck, 2.4, band(2800, 9000, 10)) * swell(luck, 2.4, 0.1, 0.6)
    return fade(bed, 0.1, 0.8)


def crack(luck: Chance) -> Signal:
    """Something gives: a branch, a whip, ice."""
    canvas = silence(0.9)
    for at, level in ((0.01, 1.0), (0.03, 0.6), (0.09, 0.35)):
        lay(canvas, burst(luck, 0.15, band(700, 6500, 6), 0.009, 0.0003), at, level)
    return afar(canvas, 0.15, 0.9)


def pop(luck: Chance) -> Signal:
    """A cork, a balloon."""
    made = tone(glide(0.12, (0, 380), (0.4, 900), (1, 700)), 0.12) * decay(0.12, 0.02)
    made += 0.6 * burst(luck, 0.12, band(600, 5000, 6), 0.006)
    return afar(made, 0.1, 0.4)


def roar(luck: Chance) -> Signal:
    """A crowd, a furnace, a beast: it swells and goes."""
    length = 3.2
    bed = noise(luck, length, ((50, -8), (140, 0), (500, -3), (1500, -12), (5000, -30)))
    rough = 1 + 0.4 * noise(luck, length, band(18, 45))
    level = np.sin(np.pi * np.linspace(0, 1, int(length * RATE))) ** 1.2
    return afar((bed * rough * level).astype(np.float32), 0.25, 1.2)


def _string(hertz: float, length: float) -> Signal:
    rows = [(hertz * k, 1 / k**1.2, 0.25 / k**0.5) for k in range(1, 7)]
    return fade(modes(length, rows), 0, 0.1)


FOLEY = {
    "music": Foley(music, -24, "music jukebox song band piano guitar violin radio_plays"),
    "drumroll": Foley(drumroll, -19, "drumroll drum drums"),
    "singing": Foley(singing, -24, "sing singing lullaby croon"),
    "hum": Foley(hum, -26, "hum drone whine_of"),
    "whirr": Foley(whirr, -22, "whirr whir whine spin projector fan"),
    "sizzle": Foley(sizzle, -24, "sizzle fry fuse"),
    "crack": Foley(crack, -15, "crack snap_of whip twig"),
    "pop": Foley(pop, -17, "pop cork balloon"),
    "roar": Foley(roar, -17, "roar blare furnace lion"),
}
