"""Engines, keys, clicks, clocks, cars."""

import numpy as np

from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.layers.city import passing_car
from reelwright.providers.sketch.ambience.layers.rooms import tick
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
    tone,
)


def engine(luck: Chance) -> Signal:
    """A starter turns, the engine catches and settles."""
    canvas = silence(3.6)
    at = seconds(0.7)
    starter = tone(210, 0.7, (0.6, 1, 0.5, 0.5)) * (0.5 + 0.5 * np.sin(2 * np.pi * 9 * at))
    lay(canvas, fade(starter.astype(np.float32), 0.02, 0.05), 0.02, 0.35)
    speed = glide(2.8, (0, 38), (0.12, 95), (0.4, 48), (1, 42))
    motor = tone(speed, 2.8, (0.7, 1, 0.9, 0.5, 0.6, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1))
    fired = 0.75 + 0.25 * np.sin(np.pi * np.cumsum(speed) / RATE)
    lay(canvas, fade((motor * fired).astype(np.float32), 0.05, 0.6), 0.7)
    lay(canvas, fade(noise(luck, 2.8, band(80, 700, 8)), 0.1, 0.6), 0.7, 0.4)
    return afar(canvas, 0.15, 0.6)


def screech(luck: Chance) -> Signal:
    """Tyres that lose the road."""
    length = 1.5
    pitch = glide(length, (0, 900), (0.2, 1250), (1, 780)) * (
        1 + 0.01 * noise(luck, length, band(20, 60))
    )
    squeal = tone(pitch, length, (1, 0.6, 0.5, 0.3, 0.2)) + 0.5 * noise(
        luck, length, band(700, 3000, 8)
    )
    return afar(fade(squeal, 0.05, 0.3), 0.2, 0.9)


def typing(luck: Chance) -> Signal:
    """Fingers on a keyboard, or a typewriter with its bell."""
    canvas, at = silence(3.0), 0.02
    while at < 2.8:
        lay(canvas, burst(luck, 0.05, band(1200, 5000, 8), 0.006), at, luck.uniform(0.5, 1))
        lay(canvas, modes(0.05, ((luck.uniform(300, 420), 1, 0.008),)), at, 0.5)
        at += luck.uniform(0.07, 0.19)
    return canvas


def click(luck: Chance) -> Signal:
    """A switch, a latch, a gun being cocked."""
    canvas = silence(0.3)
    for at, level in ((0.01, 0.7), (0.075, 1.0)):
        high = luck.uniform(2200, 2900)
        lay(
            canvas,
            modes(0.08, ((high, 1, 0.005), (high * 1.7, 0.7, 0.004), (700, 0.6, 0.006))),
            at,
            level,
        )
    return canvas


def camera(luck: Chance) -> Signal:
    """A shutter."""
    canvas = silence(0.4)
    for at, level in ((0.01, 1.0), (0.09, 0.7), (0.12, 0.4)):
        lay(canvas, burst(luck, 0.06, band(1500, 7000, 8), 0.006), at, level)
    return canvas


def clock(luck: Chance) -> Signal:
    """Eight seconds of a clock that has become loud."""
    canvas = silence(8.0)
    sound, other = tick(luck), tick(luck)
    for index in range(16):
        lay(canvas, (sound, other)[index % 2], 0.02 + index * 0.5, 1 - 0.4 * (index % 2))
    return fade(canvas, 0.0, 1.5)


def car(luck: Chance) -> Signal:
    """A car goes by."""
    return passing_car(luck)


def helicopter(luck: Chance) -> Signal:
    """Blades overhead, coming and going."""
    length = 5.0
    at = seconds(length)
    blades = np.clip(np.sin(2 * np.pi * 11 * at), 0, 1) ** 4
    chop = noise(luck, length, band(60, 900, 8)) * blades + 0.3 * noise(
        luck, length, band(300, 2000)
    )
    return afar(fade((chop * np.sin(np.pi * at / length)).astype(np.float32), 0.3, 0.3), 0.3, 0.9)


def train(luck: Chance) -> Signal:
    """A whistle, and the wheels over the joints."""
    canvas = silence(4.5)
    chord = sum(tone(hertz, 1.6, (1, 0.6, 0.4, 0.2)) for hertz in (311, 370, 466, 554))
    lay(canvas, fade(np.asarray(chord), 0.08, 0.35), 0.02, 0.3)
    for index in range(14):
        lay(
            canvas,
            burst(luck, 0.15, band(100, 900, 10), 0.02),
            0.9 + 0.24 * index + 0.08 * (index % 2),
            0.5,
        )
    lay(canvas, fade(noise(luck, 3.8, band(50, 500, 8)), 0.8, 1.5), 0.6, 0.3)
    return afar(canvas, 0.4, 1.5)


def hiss(luck: Chance) -> Signal:
    """Steam, a spray, air let out."""
    return fade(noise(luck, 1.4, band(2500, 10000, 10)), 0.03, 0.9)


def static(luck: Chance) -> Signal:
    """A radio between two stations."""
    made = noise(luck, 2.0, band(400, 4500, 10))
    whistle = tone(glide(2.0, (0, 800), (0.4, 2200), (0.7, 1300), (1, 2600)), 2.0)
    return fade(made + 0.15 * whistle, 0.02, 0.2)


def beep(luck: Chance) -> Signal:
    """A device says yes."""
    canvas = silence(0.8)
    for index in range(3):
        lay(
            canvas,
            fade(tone(luck.uniform(990, 1010), 0.11, (1, 0, 0.2)), 0.005, 0.01),
            0.02 + 0.22 * index,
        )
    return canvas


FOLEY = {
    "engine": Foley(engine, -15, "engine motor start rev ignition motorcycle truck"),
    "screech": Foley(screech, -15, "screech skid brake tyre tire squeal"),
    "typing": Foley(typing, -22, "type typing keyboard typewriter"),
    "click": Foley(click, -20, "click cock switch lock snap button flick"),
    "camera": Foley(camera, -20, "camera shutter photograph flash"),
    "clock": Foley(clock, -24, "clock tick tock ticking"),
    "car": Foley(car, -17, "car pass drive traffic"),
    "helicopter": Foley(helicopter, -16, "helicopter chopper rotor"),
    "train": Foley(train, -15, "train locomotive"),
    "hiss": Foley(hiss, -22, "hiss steam spray gas"),
    "static": Foley(static, -22, "static crackle radio television tv"),
    "beep": Foley(beep, -22, "beep blip bleep monitor computer"),
}
