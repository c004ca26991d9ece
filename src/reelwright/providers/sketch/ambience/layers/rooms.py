"""Rooms and what stands in them: tone, hum, machines, monitors, clocks, space."""

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
    silence,
    swell,
    tone,
)


def room(luck: Chance) -> Signal:
    """A quiet room: air, and a house around it."""
    curve = ((25, -20), (60, 0), (140, -4), (400, -13), (1200, -22), (4000, -34), (12000, -50))
    return noise(luck, 14.0, curve, 2) * swell(luck, 14.0, 4.5, 0.2)


def vast(luck: Chance) -> Signal:
    """A great stone hall."""
    curve = ((30, -14), (80, 0), (220, -2), (600, -8), (1500, -20), (5000, -40))
    return noise(luck, 14.0, curve, 2) * swell(luck, 14.0, 5.0, 0.4)


def hum(luck: Chance) -> Signal:
    """Mains and a transformer: fridges, neon, cellars."""
    length = 10.0
    made = tone(100, length, (1, 0.25, 0.3, 0.08, 0.12, 0.03, 0.05)) + tone(50, length, (0.5,))
    made *= swell(luck, length, 2.5, 0.15)
    return np.stack((made, made)) + 0.08 * noise(luck, length, band(300, 2500, 10), 2)


def machine(luck: Chance) -> Signal:
    """A plant room: a motor, its blower, a belt that beats."""
    length = 10.0
    at = np.arange(int(length * RATE)) / RATE
    beat = 1 + 0.35 * np.sin(2 * np.pi * 8.3 * at) * np.sin(2 * np.pi * 0.5 * at) ** 2
    motor = tone(75, length, (1, 0.7, 0.55, 0.3, 0.25, 0.15, 0.1)) * beat
    return noise(luck, length, band(120, 1500, 8), 2) * 0.6 + motor.astype(np.float32) * 0.7


def air(luck: Chance) -> Signal:
    """Air conditioning: offices, shops, laboratories."""
    curve = ((50, -12), (120, -1), (250, 0), (900, -7), (3000, -17), (9000, -34))
    return noise(luck, 14.0, curve, 2) + 0.06 * tone(118, 14.0, (1, 0.5))


def keys(luck: Chance) -> Signal:
    """Somebody types at the next desk."""
    canvas, at = silence(2.6), 0.02
    while at < 2.3:
        key = burst(luck, 0.05, band(1400, 5200, 10), 0.006)
        lay(canvas, key, at, luck.uniform(0.4, 1))
        at += luck.uniform(0.07, 0.22)
    return afar(canvas, 0.3, 0.4)


def monitor(luck: Chance) -> Signal:
    """A heart monitor's beep."""
    return afar(fade(tone(940, 0.1, (1, 0.15)), 0.005, 0.02) * luck.uniform(0.95, 1), 0.15, 0.5)


def tick(luck: Chance) -> Signal:
    """One beat of a clock."""
    pitch = luck.uniform(2100, 2600)
    return modes(0.08, ((pitch, 1, 0.006), (pitch * 1.9, 0.6, 0.004), (420, 0.7, 0.01)))


def creak(luck: Chance) -> Signal:
    """Old wood, moving on its own."""
    length = luck.uniform(0.5, 1.1)
    rate = glide(length, (0, 22), (0.5, 48), (1, 26))
    pulses = np.diff(np.floor(np.cumsum(rate) / RATE), prepend=0)
    ring = modes(0.05, ((420, 1, 0.008), (870, 0.7, 0.006), (1540, 0.4, 0.004)))
    made = np.convolve(pulses, ring)[: len(pulses)]
    return afar(fade(made.astype(np.float32), 0.1, 0.2), 0.4, 1.5)


def clang(luck: Chance) -> Signal:
    """Metal on metal, halls away."""
    low = luck.uniform(210, 380)
    rows = ((low, 1, 0.3), (low * 2.76, 0.7, 0.2), (low * 5.4, 0.4, 0.1), (low * 8.9, 0.2, 0.05))
    return afar(modes(1.6, rows), 0.65, 2.4)


def deep(luck: Chance) -> Signal:
    """Space, or deep water: low tones that beat against each other."""
    length = 14.0
    made = np.zeros((2, int(length * RATE)), np.float32)
    for hertz, level in ((41, 1), (61.5, 0.6), (82.2, 0.35), (123.3, 0.15)):
        for side in range(2):
            exact = round((hertz + 0.1 * side) * length) / length
            made[side] += level * tone(exact, length) * swell(luck, length, 5.0, 0.7)
    return made + 0.35 * noise(luck, length, ((40, 0), (200, -6), (700, -22), (3000, -44)), 2)


def bleep(luck: Chance) -> Signal:
    """A console has something to say."""
    canvas = silence(0.9)
    for index in range(int(luck.integers(2, 5))):
        hertz = float(luck.choice([880, 1175, 1318, 1760]))
        lay(canvas, fade(tone(hertz, 0.07, (1, 0.2)), 0.004, 0.02), 0.02 + 0.11 * index)
    return afar(canvas, 0.3, 0.6)


LAYERS = {
    "room": Layer(room, -48),
    "vast": Layer(vast, -45),
    "hum": Layer(hum, -48),
    "machine": Layer(machine, -40),
    "air": Layer(air, -45),
    "keys": Layer(keys, -34, every_s=4.5),
    "monitor": Layer(monitor, -32, every_s=1.05, spread=0.3, steady=True),
    "tick": Layer(tick, -34, every_s=1.0, spread=0.3, steady=True),
    "creak": Layer(creak, -34, every_s=15),
    "clang": Layer(clang, -31, every_s=9),
    "deep": Layer(deep, -38),
    "bleep": Layer(bleep, -34, every_s=6),
}
