"""What people do: steps, claps, cries, laughter, breath; and water, paper, cloth."""

import numpy as np

from reelwright.engines.media.colour import Curve, equalise
from reelwright.engines.media.sound import RATE, Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.layers.people import clink, laugh
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    burst,
    decay,
    glide,
    lay,
    noise,
    seconds,
    silence,
    swell,
    tone,
)


def footsteps(luck: Chance) -> Signal:
    """Five steps on a hard floor: heel, then sole."""
    return _steps(luck, 5, 0.52, band(180, 1500, 8))


def running(luck: Chance) -> Signal:
    """Somebody runs."""
    return _steps(luck, 10, 0.27, band(150, 1100, 8))


def applause(luck: Chance) -> Signal:
    """A house that liked it."""
    length = 4.5
    canvas = silence(length)
    claps = [
        burst(luck, 0.05, band(luck.uniform(700, 1300), luck.uniform(1800, 3200), 8), 0.007)
        for _ in range(16)
    ]
    for at in luck.uniform(0, length - 0.1, 900):
        lay(canvas, claps[luck.integers(16)], at, luck.uniform(0.2, 1))
    return afar(fade(canvas, 0.5, 1.6), 0.25, 1.3)


def cheer(luck: Chance) -> Signal:
    """Many people shout with joy."""
    length = 3.0
    made = silence(length)
    for _ in range(26):
        pitch = luck.uniform(180, 520) * glide(length, (0, 0.9), (0.2, 1.25), (0.6, 1.1), (1, 0.8))
        made += tone(
            pitch * (1 + 0.02 * np.sin(2 * np.pi * luck.uniform(3, 7) * seconds(length))),
            length,
            (0.5, 0.8, 1, 0.7, 0.4),
        )
    made = made / 26 + 0.15 * noise(luck, length, band(600, 3500, 8))
    return afar(
        fade(equalise(made, ((300, -8), (1000, 0), (3000, -6), (7000, -24))), 0.3, 1.0), 0.4, 1.4
    )


def scream(luck: Chance) -> Signal:
    """Terror."""
    length = 1.4
    shake = (
        1
        + 0.025 * np.sin(2 * np.pi * 17 * seconds(length))
        + 0.01 * noise(luck, length, band(40, 120))
    )
    pitch = (
        luck.uniform(820, 900)
        * glide(length, (0, 0.7), (0.12, 1.2), (0.7, 1.25), (1, 0.85))
        * shake
    )
    voice = tone(pitch, length, (0.8, 1, 0.75, 0.4, 0.2, 0.1)) + 0.2 * noise(
        luck, length, band(1500, 5000)
    )
    return afar(fade(voice, 0.04, 0.25), 0.25, 1.3)


def sob(luck: Chance) -> Signal:
    """Somebody cries, and tries not to."""
    canvas = silence(2.4)
    for index, at in enumerate((0.02, 0.5, 0.85, 1.5)):
        length = 0.3
        pitch = luck.uniform(300, 340) * glide(length, (0, 1.15), (0.5, 0.95), (1, 0.85))
        breath = noise(luck, length, band(900, 3500, 8)) * 0.5
        voice = tone(pitch, length, (1, 0.6, 0.4, 0.2)) + breath
        lay(canvas, fade(voice, 0.05, 0.15), at, 1 - 0.15 * index)
    return canvas


def gasp(luck: Chance) -> Signal:
    """A sharp breath in."""
    made = noise(luck, 0.55, ((500, -20), (1200, -2), (2400, 0), (6000, -8), (11000, -24)))
    level = glide(0.55, (0, 0.05), (0.7, 1), (1, 0.05))
    return fade(made * level.astype(np.float32), 0.02, 0.05)


def cough(luck: Chance) -> Signal:
    """Twice, behind a hand."""
    canvas = silence(1.1)
    for at in (0.01, 0.42):
        lay(canvas, burst(luck, 0.28, band(350, 2400, 8), 0.045, 0.006), at)
        lay(
            canvas,
            tone(glide(0.2, (0, 190), (1, 130)), 0.2, (1, 0.8, 0.5)) * decay(0.2, 0.05),
            at,
            0.4,
        )
    return canvas


def splash(luck: Chance) -> Signal:
    """Something goes into the water."""
    canvas = silence(1.8)
    lay(canvas, burst(luck, 1.3, ((150, -8), (500, 0), (2500, -4), (8000, -16)), 0.16, 0.02), 0.02)
    for at in 0.2 + np.abs(luck.standard_normal(30)) * 0.35:
        low = luck.uniform(400, 1400)
        drop = tone(glide(0.06, (0, low), (1, low * 1.7)), 0.06) * decay(0.06, 0.018)
        lay(canvas, drop, at, luck.uniform(0.1, 0.45))
    return afar(canvas, 0.15, 0.6)


def pour(luck: Chance) -> Signal:
    """A glass is filled; its tone rises."""
    canvas = silence(2.2)
    for at in np.linspace(0.02, 1.9, 90):
        low = (500 + 500 * at) * luck.uniform(0.85, 1.2)
        lay(
            canvas,
            tone(glide(0.05, (0, low), (1, low * 1.35)), 0.05) * decay(0.05, 0.015),
            at,
            luck.uniform(0.3, 1),
        )
    return fade(canvas + 0.05 * noise(luck, 2.2, band(600, 4000)), 0.1, 0.3)


def paper(luck: Chance) -> Signal:
    """A letter is unfolded, a page turned."""
    canvas = silence(1.1)
    for at in luck.uniform(0, 0.9, 26):
        lay(
            canvas,
            burst(luck, 0.05, band(luck.uniform(1800, 3500), 9000, 8), 0.009, 0.003),
            at,
            luck.uniform(0.1, 0.9),
        )
    return canvas


def whoosh(luck: Chance) -> Signal:
    """Something passes very close."""
    length = 0.9
    level = np.sin(np.pi * np.linspace(0, 1, int(length * RATE))) ** 3
    return (noise(luck, length, band(350, 2500, 8)) * level).astype(np.float32)


def heartbeat(luck: Chance) -> Signal:
    """Four beats, from inside."""
    canvas = silence(3.6)
    for index in range(4):
        for at, level in ((0.0, 1.0), (0.24, 0.7)):
            beat = tone(glide(0.2, (0, 75), (1, 42)), 0.2) * decay(0.2, 0.05, 0.01)
            lay(canvas, beat, 0.02 + 0.86 * index + at, level * luck.uniform(0.95, 1))
    return canvas


def _steps(luck: Chance, count: int, apart_s: float, curve: Curve) -> Signal:
    canvas = silence(count * apart_s + 0.5)
    for index in range(count):
        at = 0.02 + index * apart_s * luck.uniform(0.97, 1.03)
        lay(canvas, burst(luck, 0.12, curve, 0.013), at, luck.uniform(0.8, 1))
        lay(canvas, tone(glide(0.1, (0, 120), (1, 70)), 0.1) * decay(0.1, 0.02), at, 0.6)
        lay(canvas, burst(luck, 0.1, band(700, 3500, 8), 0.012, 0.01), at + 0.07, 0.3)
    return afar(canvas, 0.12, 0.5)


def whispers(luck: Chance) -> Signal:
    """Words nobody can make out, all around."""
    length = 2.6
    made = silence(length)
    for _ in range(5):
        low = luck.uniform(1200, 3500)
        voice = noise(luck, length, band(low, low * 1.8, 14)) * swell(luck, length, 0.13, 1.0) ** 2
        made += voice * swell(luck, length, 0.8, 1.0)
    return afar(fade(made, 0.3, 0.6), 0.3, 1.6)


def gust(luck: Chance) -> Signal:
    """Wind that leans against the house and lets go."""
    length = 4.0
    level = np.sin(np.pi * np.linspace(0, 1, int(length * RATE))) ** 1.5
    low = noise(luck, length, band(110, 420, 14)) + 0.6 * noise(luck, length, band(480, 560, 40))
    return (low * level * swell(luck, length, 0.7, 0.4)).astype(np.float32)


FOLEY = {
    "footsteps": Foley(footsteps, -21, "footstep footsteps step walk approach boots"),
    "running": Foley(running, -20, "run running chase"),
    "applause": Foley(applause, -17, "applause applaud clap ovation"),
    "cheer": Foley(cheer, -17, "cheer crowd hooray"),
    "scream": Foley(scream, -14, "scream shriek yell cry_out"),
    "laugh": Foley(laugh, -19, "laugh laughter giggle chuckle titter"),
    "sob": Foley(sob, -22, "sob cry weep wail"),
    "gasp": Foley(gasp, -23, "gasp breath breathe sigh"),
    "cough": Foley(cough, -20, "cough choke"),
    "splash": Foley(splash, -17, "splash dive wave plunge"),
    "pour": Foley(pour, -23, "pour drink fill"),
    "clink": Foley(clink, -22, "clink toast cutlery plate dish"),
    "paper": Foley(paper, -24, "paper page letter rustle tear rip envelope"),
    "whoosh": Foley(whoosh, -19, "whoosh swoosh rush arrow swing"),
    "whispers": Foley(whispers, -26, "whisper"),
    "gust": Foley(gust, -20, "wind gust gale"),
    "heartbeat": Foley(heartbeat, -19, "heartbeat heart pulse"),
}
