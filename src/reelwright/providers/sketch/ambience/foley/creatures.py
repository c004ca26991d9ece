"""Dogs, cats, horses, birds."""

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.layers.nature import (
    crow,
    frogs,
    gull,
    owl,
    rooster,
    songbird,
)
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    glide,
    lay,
    noise,
    silence,
    tone,
)


def bark(luck: Chance) -> Signal:
    """A dog, twice."""
    canvas = silence(1.3)
    for at in (0.01, 0.42):
        pitch = luck.uniform(300, 340) * glide(0.19, (0, 0.75), (0.25, 1.35), (1, 0.7))
        throat = tone(pitch, 0.19, (1, 0.95, 0.9, 0.8, 0.6, 0.5, 0.3, 0.2))
        lay(canvas, fade(throat * (1 + 0.5 * noise(luck, 0.19, band(50, 200))), 0.008, 0.08), at)
        lay(canvas, fade(noise(luck, 0.19, band(700, 3000, 8)), 0.008, 0.1), at, 0.35)
    return afar(equalise(canvas, ((200, -6), (600, 0), (1500, 0), (4000, -18))), 0.15, 0.6)


def growl(luck: Chance) -> Signal:
    """A dog that means it."""
    length = 1.8
    pitch = glide(length, (0, 70), (0.4, 88), (1, 74)) * (
        1 + 0.05 * noise(luck, length, band(8, 30))
    )
    throat = tone(pitch, length, [1 / k**0.4 for k in range(1, 18)])
    return fade(equalise(throat, ((80, -8), (300, 0), (900, -2), (2500, -22))), 0.2, 0.4)


def howl(luck: Chance) -> Signal:
    """A wolf, or a lonely dog."""
    pitch = luck.uniform(390, 430) * glide(2.8, (0, 0.7), (0.2, 1.2), (0.7, 1.15), (1, 0.75))
    return afar(fade(tone(pitch, 2.8, (1, 0.5, 0.2, 0.1)), 0.25, 0.7), 0.5, 2.2)


def meow(luck: Chance) -> Signal:
    """A cat wants something."""
    pitch = luck.uniform(560, 640) * glide(0.75, (0, 0.85), (0.3, 1.25), (1, 0.8))
    voice = tone(pitch, 0.75, (0.8, 1, 0.8, 0.5, 0.3, 0.15))
    return fade(voice, 0.08, 0.25)


def horse(luck: Chance) -> Signal:
    """Hooves at a trot."""
    canvas = silence(2.6)
    for index in range(9):
        hoof = burst(luck, 0.12, band(350, 1300, 12), 0.016)
        lay(canvas, hoof, 0.02 + index * 0.27 + 0.05 * (index % 2), 1 - 0.25 * (index % 2))
    return afar(canvas, 0.15, 0.4)


def neigh(luck: Chance) -> Signal:
    """A horse calls."""
    length = 1.5
    shake = 1 + 0.08 * np.sin(2 * np.pi * 11 * np.arange(int(length * RATE)) / RATE)
    pitch = glide(length, (0, 700), (0.15, 1350), (0.5, 1000), (1, 480)) * shake
    return afar(
        fade(
            tone(pitch, length, (0.8, 1, 0.7, 0.5, 0.3))
            + 0.2 * noise(luck, length, band(800, 3000)),
            0.06,
            0.3,
        ),
        0.2,
        0.7,
    )


def flutter(luck: Chance) -> Signal:
    """Birds take off."""
    canvas, at = silence(1.5), 0.01
    for index in range(20):
        lay(canvas, burst(luck, 0.07, band(500, 2600, 8), 0.016, 0.008), at, 1 - index / 22)
        at += 0.062 * luck.uniform(0.85, 1.15)
    return canvas


def purr(luck: Chance) -> Signal:
    """A cat on somebody's knees; or somebody asleep."""
    length = 2.6
    at = np.arange(int(length * RATE)) / RATE
    beat = np.clip(np.sin(2 * np.pi * 25 * at), 0, 1) ** 2
    breath = 0.35 + 0.65 * np.abs(np.sin(2 * np.pi * at / 2.6))
    return fade(
        (noise(luck, length, band(90, 700, 8)) * beat * breath).astype(np.float32), 0.2, 0.4
    )


def whinge(luck: Chance) -> Signal:
    """A baby cries: three long notes with a breath between."""
    canvas, at = silence(3.2), 0.03
    for length in (0.8, 0.9, 0.7):
        pitch = luck.uniform(430, 470) * glide(length, (0, 0.85), (0.25, 1.15), (1, 0.8))
        rough = 1 + 0.3 * noise(luck, length, band(30, 90))
        lay(canvas, fade(tone(pitch, length, (0.7, 1, 0.9, 0.5, 0.3)) * rough, 0.05, 0.15), at)
        at += length + 0.18
    return afar(equalise(canvas, ((300, -6), (1100, 0), (3200, -2), (6000, -24))), 0.2, 0.6)


FOLEY = {
    "bark": Foley(bark, -15, "bark dog woof"),
    "growl": Foley(growl, -20, "growl snarl"),
    "howl": Foley(howl, -18, "howl wolf"),
    "meow": Foley(meow, -20, "meow cat"),
    "purr": Foley(purr, -26, "purr snore"),
    "baby": Foley(whinge, -18, "baby infant"),
    "horse": Foley(horse, -19, "horse hoof hooves gallop trot"),
    "neigh": Foley(neigh, -18, "neigh whinny"),
    "flutter": Foley(flutter, -22, "flutter wing wings pigeon"),
    "songbird": Foley(songbird, -21, "bird birdsong chirp tweet_bird"),
    "gull": Foley(gull, -19, "gull seagull"),
    "crow": Foley(crow, -19, "crow caw raven"),
    "owl": Foley(owl, -20, "owl hoot"),
    "rooster": Foley(rooster, -20, "rooster cockerel"),
    "frogs": Foley(frogs, -22, "frog croak"),
}
