"""Wind, rain, thunder, snow."""

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal
from reelwright.providers.sketch.ambience.layers.layer import Layer
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    decay,
    noise,
    normal,
    seconds,
    swell,
)


def wind(luck: Chance) -> Signal:
    """Gusts that are louder and brighter together, a little differently in each ear."""
    length = 14.0
    low = noise(luck, length, band(90, 260), 2)
    high = noise(luck, length, band(350, 900, 18), 2)
    gusts = np.stack([swell(luck, length, 3.3, 0.85) for _ in range(2)])
    return low * (0.35 + gusts) + 0.5 * high * gusts**2


def howl(luck: Chance) -> Signal:
    """Wind that finds a crack: narrow bands that rise and fall."""
    length = 14.0
    made = np.zeros((2, int(length * RATE)), np.float32)
    for hertz in (310, 455, 620):
        made += (
            noise(luck, length, band(hertz, hertz * 1.06, 60), 2)
            * swell(luck, length, 2.8, 1.0) ** 2
        )
    return made


def breeze(luck: Chance) -> Signal:
    """Leaves: high, soft, in waves."""
    length = 14.0
    leaves = noise(luck, length, ((300, -40), (1500, -8), (3500, 0), (8000, -6), (14000, -20)), 2)
    return leaves * np.stack([swell(luck, length, 2.2, 0.9) for _ in range(2)]) ** 1.5


def rain(luck: Chance) -> Signal:
    """Open rain: a dense hiss with single drops in front."""
    bed = noise(luck, 14.0, ((150, -30), (700, -9), (2500, 0), (7000, -2), (14000, -12)), 2)
    return bed * 0.7 + _drops(luck, 14.0, 170, (1500, 8000), 0.004) * 0.9


def rain_window(luck: Chance) -> Signal:
    """Rain on glass, heard from inside: ticks over a dull wash."""
    bed = noise(luck, 14.0, ((60, -20), (200, 0), (700, -5), (2500, -18), (8000, -40)), 2)
    return bed * 0.8 + _drops(luck, 14.0, 36, (900, 2600), 0.02)


def rain_roof(luck: Chance) -> Signal:
    """Rain on a roof overhead: a drumming without edges."""
    bed = noise(luck, 14.0, ((70, -16), (250, 0), (900, -4), (2500, -14), (8000, -34)), 2)
    return bed + _drops(luck, 14.0, 90, (260, 900), 0.03) * 0.8


def drizzle(luck: Chance) -> Signal:
    """The hush of snow and fog: hardly anything, far and soft."""
    curve = ((60, -14), (160, 0), (600, -10), (2500, -22), (9000, -34))
    return noise(luck, 12.0, curve, 2) * swell(luck, 12.0, 4.0, 0.4)


def thunder(luck: Chance) -> Signal:
    """A crack somewhere, then the roll, which comes back several times."""
    length = 7.0
    at = seconds(length)
    roll = noise(luck, length, ((20, -12), (45, 0), (110, -3), (320, -14), (1200, -36)))
    level = np.zeros(len(at))
    for start in (0.0, *np.sort(luck.random(4) * 3.2)):
        level += np.where(at > start, (at - start) * 9 * np.exp(1 - (at - start) * 2.2), 0) / (
            1 + start
        )
    crack = noise(luck, 0.6, band(400, 3500, 10)) * decay(0.6, 0.05, 0.004)
    made = roll * level
    made[: len(crack)] += crack * 0.5
    return afar(normal(made), 0.55, 2.6)


def _drops(
    luck: Chance, length: float, a_second: float, pitches: tuple[float, float], half: float
) -> Signal:
    """Single drops at random places and pitches, looping."""
    count = int(length * RATE)
    made = np.zeros((2, count), np.float32)
    kinds = [
        np.sin(2 * np.pi * luck.uniform(*pitches) * seconds(half * 5))
        * decay(half * 5, half / 2, 0.0006)
        for _ in range(80)
    ]
    for _ in range(int(length * a_second)):
        kind = kinds[luck.integers(len(kinds))]
        where = (int(luck.integers(count)) + np.arange(len(kind))) % count
        side = luck.random()
        level = luck.random() ** 3
        made[0, where] += kind * np.float32(level * side)
        made[1, where] += kind * np.float32(level * (1 - side))
    made /= np.sqrt(np.square(made).mean()) + 1e-9
    return equalise(made, ((80, -20), (300, 0), (12000, 0)))


LAYERS = {
    "wind": Layer(wind, -41),
    "howl": Layer(howl, -44),
    "breeze": Layer(breeze, -46),
    "rain": Layer(rain, -40),
    "rain_window": Layer(rain_window, -44),
    "rain_roof": Layer(rain_roof, -42),
    "drizzle": Layer(drizzle, -46),
    "thunder": Layer(thunder, -15, every_s=17),
}
