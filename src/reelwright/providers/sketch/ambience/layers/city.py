"""Streets, cars, trains, harbours, ships."""

import numpy as np

from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.providers.sketch.ambience.layers.layer import Layer
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    glide,
    lay,
    modes,
    noise,
    seconds,
    silence,
    swell,
    tone,
)


def traffic(luck: Chance) -> Signal:
    """The far roar of a town."""
    curve = ((25, -20), (60, -1), (130, 0), (400, -8), (1000, -15), (3500, -32), (10000, -50))
    return noise(luck, 14.0, curve, 2) * np.stack([swell(luck, 14.0, 3.5, 0.5) for _ in range(2)])


def passing_car(luck: Chance) -> Signal:
    """Tyres and an engine that come, pass and go, lower as they go."""
    length = luck.uniform(4.0, 6.0)
    at = np.linspace(-1, 1, int(length * RATE))
    near = 1 / (1 + (at * 4.5) ** 2) - 1 / (1 + 4.5**2)
    tyres = noise(luck, length, ((100, -12), (400, -2), (900, 0), (2500, -8), (7000, -24)))
    engine = tone(
        luck.uniform(62, 88) * (1 - 0.07 * np.tanh(at * 4)), length, (1, 0.7, 0.5, 0.3, 0.2)
    )
    return (tyres + 0.35 * engine) * near.astype(np.float32)


def horn(luck: Chance) -> Signal:
    """A car's horn, streets away."""
    length = luck.uniform(0.25, 0.8)
    low = luck.uniform(370, 430)
    made = sum(tone(hertz, length, (1, 0.8, 0.7, 0.5, 0.4, 0.2)) for hertz in (low, low * 1.22))
    return afar(fade(np.asarray(made), 0.01, 0.04), 0.7, 1.4)


def far_siren(luck: Chance) -> Signal:
    """A siren somewhere in the town."""
    length = 9.0
    at = seconds(length)
    wail = 650 * 1.9 ** (0.5 - 0.5 * np.cos(2 * np.pi * at / 4.5)) * luck.uniform(0.95, 1.05)
    level = np.sin(np.pi * at / length) ** 2
    return afar(tone(wail, length, (1, 0.4, 0.3, 0.1)) * level.astype(np.float32), 0.85, 2.0)


def far_dog(luck: Chance) -> Signal:
    """A dog two gardens away."""
    canvas = silence(1.8)
    for index in range(int(luck.integers(2, 5))):
        bark = tone(
            luck.uniform(420, 520) * glide(0.13, (0, 0.8), (0.3, 1.2), (1, 0.7)),
            0.13,
            (1, 0.9, 0.8, 0.6, 0.4),
        )
        lay(canvas, fade(bark, 0.01, 0.05), 0.02 + index * 0.33)
    return afar(canvas, 0.75, 1.3)


def car_inside(luck: Chance) -> Signal:
    """The cabin of a driving car: road, wind and an engine through the floor."""
    length = 12.0
    road = noise(
        luck, length, ((30, -6), (70, 0), (180, -6), (500, -16), (2000, -30), (8000, -48)), 2
    )
    turn = 1 + 0.02 * np.sin(2 * np.pi * np.arange(int(length * RATE)) / RATE / length * 2)
    return road * swell(luck, length, 2.5, 0.25) + 0.4 * tone(
        58 * turn, length, (1, 0.8, 0.3, 0.25, 0.1)
    )


def rails(luck: Chance) -> Signal:
    """A train from inside: a rolling floor and a soft whine."""
    length = 12.0
    floor = noise(luck, length, ((30, -8), (60, 0), (200, -5), (700, -15), (3000, -32)), 2)
    return floor * swell(luck, length, 0.6, 0.35) + 0.05 * tone(412, length, (1, 0.5, 0.3))


def rail_joint(luck: Chance) -> Signal:
    """Clack-clack, clack-clack."""
    canvas = silence(0.9)
    for at, level in ((0.0, 1.0), (0.11, 0.8), (0.36, 0.55), (0.47, 0.45)):
        lay(canvas, burst(luck, 0.16, band(120, 900, 10), 0.02), at, level)
    return canvas


def halyard(luck: Chance) -> Signal:
    """A rope against a mast."""
    canvas = silence(1.6)
    for at in np.cumsum(luck.uniform(0.14, 0.4, 4)):
        pitch = luck.uniform(1400, 1750)
        lay(
            canvas,
            modes(0.25, ((pitch, 1, 0.03), (pitch * 2.7, 0.5, 0.015))),
            at,
            luck.uniform(0.3, 1),
        )
    return afar(canvas, 0.4, 0.8)


def foghorn(luck: Chance) -> Signal:
    """A ship, out in the fog."""
    made = tone(92 * luck.uniform(0.97, 1.03), 2.8, (1, 0.9, 0.7, 0.5, 0.3, 0.2, 0.1))
    return afar(fade(made, 0.25, 0.5), 0.75, 3.0)


def propeller(luck: Chance) -> Signal:
    """The cabin of an aeroplane."""
    length = 12.0
    wash = noise(
        luck, length, ((40, -8), (90, 0), (300, -3), (900, -8), (3000, -20), (9000, -36)), 2
    )
    return wash + 0.25 * tone(110, length, (1, 0.4, 0.2)) + 0.2 * tone(111.5, length, (1, 0.4))


LAYERS = {
    "traffic": Layer(traffic, -40),
    "passing_car": Layer(passing_car, -27, every_s=7, spread=0.9),
    "horn": Layer(horn, -30, every_s=16),
    "far_siren": Layer(far_siren, -32, every_s=45),
    "far_dog": Layer(far_dog, -31, every_s=18),
    "car_inside": Layer(car_inside, -36),
    "rails": Layer(rails, -37),
    "rail_joint": Layer(rail_joint, -24, every_s=1.5, spread=0.2, steady=True),
    "halyard": Layer(halyard, -31, every_s=5),
    "foghorn": Layer(foghorn, -29, every_s=26),
    "propeller": Layer(propeller, -36),
}
