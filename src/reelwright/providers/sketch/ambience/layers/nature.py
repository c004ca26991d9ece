"""Birds, insects, water, fire."""

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal
from reelwright.providers.sketch.ambience.layers.layer import Layer
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    decay,
    fade,
    glide,
    lay,
    noise,
    silence,
    swell,
    tone,
)


def songbird(luck: Chance) -> Signal:
    """A phrase of quick whistles; each bird has its own motif, and repeats it."""
    base = luck.uniform(2600, 4600)
    motif = [
        (luck.uniform(0.05, 0.14), luck.uniform(0.75, 1.35), luck.uniform(0.7, 1.4))
        for _ in range(4)
    ]
    canvas, at = silence(2.6), 0.05
    for _ in range(int(luck.integers(1, 4))):
        for length, start, bend in motif:
            pitch = base * start * glide(length, (0, 1), (0.5, bend**0.5), (1, bend))
            note = (
                tone(np.minimum(pitch, 8500), length, (1, 0.08))
                * np.sin(np.pi * np.linspace(0, 1, int(length * RATE))) ** 0.7
            )
            lay(canvas, note, at, luck.uniform(0.5, 1))
            at += length + luck.uniform(0.02, 0.07)
        at += luck.uniform(0.1, 0.3)
    return afar(canvas, 0.35, 0.9)


def blackbird(luck: Chance) -> Signal:
    """Slow flute-like notes with a twitter at the end."""
    canvas, at = silence(3.2), 0.05
    for length in luck.uniform(0.16, 0.38, 5):
        pitch = luck.uniform(1500, 2700) * glide(
            length, (0, 1), (0.4, luck.uniform(0.85, 1.2)), (1, luck.uniform(0.8, 1.1))
        )
        lay(canvas, fade(tone(pitch, length, (1, 0.12, 0.03)), 0.03, 0.05), at)
        at += length + luck.uniform(0.03, 0.12)
    for _ in range(5):
        pitch = luck.uniform(4200, 6500) * glide(0.05, (0, 1), (1, 0.8))
        lay(canvas, fade(tone(pitch, 0.05), 0.01, 0.02), at, 0.3)
        at += 0.06
    return afar(canvas, 0.4, 1.1)


def owl(luck: Chance) -> Signal:
    """Hoo, hu-hooo."""
    canvas = silence(3.4)
    base = luck.uniform(330, 400)
    for at, length in ((0.05, 0.55), (1.35, 0.22), (1.75, 0.9)):
        vibrato = 1 + 0.012 * np.sin(2 * np.pi * 6.5 * np.arange(int(length * RATE)) / RATE)
        pitch = base * glide(length, (0, 0.96), (0.3, 1.02), (1, 0.93)) * vibrato
        lay(canvas, fade(tone(pitch, length, (1, 0.1, 0.05)), 0.08, 0.15), at)
    return afar(canvas, 0.6, 1.8)


def crow(luck: Chance) -> Signal:
    """Two or three hoarse caws."""
    canvas = silence(2.4)
    for index in range(int(luck.integers(2, 4))):
        pitch = luck.uniform(480, 560) * glide(0.34, (0, 0.9), (0.2, 1.1), (1, 0.85))
        rough = 1 + 0.6 * noise(luck, 0.34, band(60, 140))
        caw = tone(pitch, 0.34, (0.5, 0.8, 1, 0.9, 0.6, 0.4, 0.2)) * rough
        lay(canvas, fade(caw, 0.02, 0.09), 0.05 + 0.55 * index)
    return afar(equalise(canvas, ((300, -15), (1100, 0), (2200, 0), (5000, -18))), 0.5, 1.4)


def gull(luck: Chance) -> Signal:
    """A long falling cry, then shorter ones."""
    canvas, at = silence(3.6), 0.05
    for length in (0.75, 0.4, 0.35, 0.33):
        start = luck.uniform(1250, 1500)
        pitch = start * glide(length, (0, 0.8), (0.15, 1.15), (0.5, 1), (1, 0.72))
        cry = tone(pitch, length, (0.5, 1, 0.55, 0.4, 0.15, 0.08))
        lay(canvas, fade(cry, 0.03, 0.12), at, 0.9 if length > 0.5 else 0.6)
        at += length + 0.08
    return afar(canvas, 0.5, 1.0)


def rooster(luck: Chance) -> Signal:
    """Cock-a-doodle-doo, far off."""
    canvas, at = silence(3.0), 0.05
    for length, pitch, end in (
        (0.16, 620, 700),
        (0.14, 760, 760),
        (0.3, 900, 980),
        (0.95, 1000, 640),
    ):
        call = tone(glide(length, (0, pitch), (1, end)), length, (0.6, 1, 0.7, 0.45, 0.3, 0.15))
        lay(canvas, fade(call * luck.uniform(0.9, 1), 0.02, 0.06), at)
        at += length + 0.03
    return afar(canvas, 0.65, 1.2)


def crickets(luck: Chance) -> Signal:
    """Several insects, each at its own pitch, beat and place."""
    length = 12.0
    made = np.zeros((2, int(length * RATE)), np.float32)
    at = np.arange(int(length * RATE)) / RATE
    for _ in range(5):
        chirps = round(length * luck.uniform(1.6, 2.9))
        beat = (at * chirps / length + luck.random()) % 1
        pulses = np.clip(np.sin(2 * np.pi * beat * 7), 0, 1) ** 2 * (beat < 3.5 / 7)
        hertz = round(luck.uniform(4100, 5200) * length) / length
        voice = np.sin(2 * np.pi * hertz * at) * pulses * luck.uniform(0.2, 1)
        side = luck.random()
        made += np.stack((voice * np.sqrt(side), voice * np.sqrt(1 - side))).astype(np.float32)
    hush = noise(luck, length, band(2500, 6000, 20), 2)
    return made + hush * 0.12


def insects(luck: Chance) -> Signal:
    """A hot day: a shimmering band of cicadas."""
    shimmer = noise(luck, 12.0, band(4300, 5600, 40), 2)
    at = np.arange(shimmer.shape[1]) / RATE
    return shimmer * (1 + 0.7 * np.sin(2 * np.pi * 32 * at)) * swell(luck, 12.0, 3.0, 0.8)


def frogs(luck: Chance) -> Signal:
    """A croak or two from the pond."""
    canvas = silence(1.2)
    pulse = np.clip(np.sin(2 * np.pi * 28 * np.arange(int(0.35 * RATE)) / RATE), 0, 1) ** 3
    croak = tone(luck.uniform(380, 620), 0.35, (1, 0.8, 0.5, 0.3)) * pulse
    for at in (0.05, 0.55):
        lay(canvas, fade(croak, 0.05, 0.1), at)
    return afar(canvas, 0.45, 0.7)


def sea(luck: Chance) -> Signal:
    """Waves: the body comes first, the foam after it, then it draws back over the stones."""
    length = 18.0
    made = noise(luck, length, ((40, -10), (90, 0), (350, -6), (1000, -20), (4000, -40)), 2) * 0.35
    foam = noise(luck, length, ((300, -24), (1200, -3), (3000, 0), (8000, -8), (14000, -20)), 2)
    body = noise(luck, length, ((50, -8), (150, 0), (600, -4), (1500, -18)), 2)
    at = np.arange(int(length * RATE)) / RATE
    for start, size in ((0.5, 1.0), (9.3, 0.75)):
        for part, delay, up, down in ((body, 0.0, 1.6, 1.5), (foam, 1.1, 1.0, 2.4)):
            since = (at - start - delay) % length
            level = np.where(since < up, (since / up) ** 2, np.exp(-(since - up) / down)) * size
            shift = (
                np.where(since < up, (since / up) ** 2, np.exp(-(since - up + 0.12) / down)) * size
            )
            made += part * np.stack((level, shift)).astype(np.float32) * 0.9
    return made


def lapping(luck: Chance) -> Signal:
    """Small water against wood and stone."""
    length = 14.0
    water = noise(luck, length, band(250, 900, 14), 2)
    slaps = np.stack([swell(luck, length, 0.9, 1.0) for _ in range(2)]) ** 5
    return water * slaps + 0.2 * noise(luck, length, band(100, 400, 12), 2)


def stream(luck: Chance) -> Signal:
    """Running water: a bright bed with bubbles in it."""
    length = 12.0
    made = (
        noise(luck, length, ((150, -20), (500, -3), (1400, 0), (4000, -8), (10000, -22)), 2) * 0.6
    )
    for _ in range(260):
        size = luck.uniform(0.02, 0.07)
        low = luck.uniform(350, 1100)
        drop = tone(glide(size, (0, low), (1, low * 1.5)), size) * decay(size, size / 3)
        side = luck.random()
        sound = np.stack((drop * side, drop * (1 - side)))
        lay(made, sound, luck.uniform(0, length - 0.1), 1.6)
    return made


def drip(luck: Chance) -> Signal:
    """A drop into still water, in a cave."""
    low = luck.uniform(700, 1500)
    drop = tone(glide(0.09, (0, low), (0.3, low * 0.9), (1, low * 1.9)), 0.09) * decay(0.09, 0.02)
    return afar(drop, 0.5, 2.8)


def fire(luck: Chance) -> Signal:
    """A rumble with crackles and the odd snap."""
    length = 14.0
    made = noise(luck, length, ((40, -14), (100, 0), (400, -8), (1500, -20), (6000, -34)), 2)
    made *= swell(luck, length, 0.7, 0.6)
    for _ in range(420):
        size = luck.uniform(0.003, 0.02)
        snap = burst(luck, 0.03, band(luck.uniform(900, 2500), 7000, 12), size / 3, 0.0004)
        side = luck.random()
        lay(
            made,
            np.stack((snap * side, snap * (1 - side))),
            luck.uniform(0, length - 0.05),
            luck.random() ** 4 * 5,
        )
    return made


LAYERS = {
    "songbird": Layer(songbird, -27, every_s=3.4),
    "blackbird": Layer(blackbird, -28, every_s=6),
    "chorus": Layer(songbird, -28, every_s=1.1, spread=1.0),
    "owl": Layer(owl, -30, every_s=19),
    "crow": Layer(crow, -28, every_s=12),
    "gull": Layer(gull, -25, every_s=5.5),
    "rooster": Layer(rooster, -28, every_s=24),
    "crickets": Layer(crickets, -44),
    "insects": Layer(insects, -48),
    "frogs": Layer(frogs, -30, every_s=7),
    "sea": Layer(sea, -36),
    "lapping": Layer(lapping, -40),
    "stream": Layer(stream, -38),
    "drip": Layer(drip, -24, every_s=2.7),
    "fire": Layer(fire, -40),
}
