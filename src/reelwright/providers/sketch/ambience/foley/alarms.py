"""Phones, bells, sirens, horns, whistles."""

import numpy as np

from reelwright.engines.media.sound import Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.layers.city import foghorn
from reelwright.providers.sketch.ambience.synth import (
    Chance,
    afar,
    band,
    decay,
    glide,
    lay,
    modes,
    noise,
    seconds,
    silence,
    tone,
)


def phone(luck: Chance) -> Signal:
    """A telephone with a real bell: two rings."""
    canvas = silence(3.4)
    low = luck.uniform(1150, 1350)
    strike = modes(
        0.3,
        ((low, 1, 0.05), (low * 1.26, 0.9, 0.05), (low * 2.7, 0.4, 0.02), (low * 4.1, 0.2, 0.01)),
    )
    for ring in (0.02, 1.75):
        for index in range(22):
            lay(canvas, strike, ring + index * 0.045, 0.5 + 0.1 * (index % 2))
    return afar(canvas, 0.1, 0.4)


def buzz(luck: Chance) -> Signal:
    """A mobile telephone that shakes the table."""
    canvas = silence(1.9)
    for at in (0.02, 0.95):
        made = tone(luck.uniform(150, 160), 0.6, (1, 0.7, 0.6, 0.5, 0.4, 0.4, 0.3)) + 0.3 * noise(
            luck, 0.6, band(300, 1500)
        )
        lay(canvas, fade(made, 0.02, 0.05), at)
    return canvas


def doorbell(luck: Chance) -> Signal:
    """Ding, dong."""
    canvas = silence(2.6)
    for at, hertz in ((0.01, 659.3), (0.55, 523.3)):
        rows = (
            (hertz, 1, 0.3),
            (hertz * 2, 0.3, 0.15),
            (hertz * 3.01, 0.25, 0.08),
            (hertz * 5.4, 0.1, 0.03),
        )
        lay(canvas, modes(1.9, rows), at, luck.uniform(0.95, 1))
    return fade(canvas, 0, 0.2)


def bell(luck: Chance) -> Signal:
    """A church bell: hum, prime, tierce, quint, nominal."""
    low = luck.uniform(185, 215)
    rows = (
        (low / 2, 0.6, 1.3),
        (low, 0.8, 0.8),
        (low * 1.19, 0.7, 0.6),
        (low * 1.5, 0.4, 0.5),
        (low * 2, 1, 0.45),
        (low * 2.52, 0.4, 0.25),
        (low * 3.01, 0.35, 0.18),
        (low * 4.15, 0.25, 0.1),
    )
    canvas = silence(5.5)
    for at in (0.01, 2.2):
        lay(canvas, modes(3.2, rows), at)
    return fade(afar(canvas, 0.3, 2.0), 0, 0.8)


def siren(luck: Chance) -> Signal:
    """A siren that wails past."""
    length = 5.0
    at = seconds(length)
    near = np.exp(-(((at - 2.6) / 1.5) ** 2)) + 0.1
    bend = 1 - 0.05 * np.tanh((at - 2.6) * 2)
    wail = 620 * 2.1 ** (0.5 - 0.5 * np.cos(2 * np.pi * at / luck.uniform(1.15, 1.3))) * bend
    made = tone(wail, length, (1, 0.5, 0.5, 0.25, 0.2, 0.1)) * near
    return afar(fade(made.astype(np.float32), 0.3, 0.6), 0.3, 1.2)


def alarm(luck: Chance) -> Signal:
    """An alarm: two tones, again and again."""
    canvas = silence(3.2)
    for index in range(8):
        hertz = (luck.uniform(955, 965), 770)[index % 2]
        lay(canvas, fade(tone(hertz, 0.32, (1, 0, 0.33, 0, 0.2)), 0.004, 0.01), 0.01 + 0.38 * index)
    return canvas


def horn(luck: Chance) -> Signal:
    """A car horn, near."""
    made = np.zeros(1)
    low = luck.uniform(395, 415)
    made = tone(low, 1.0, (1, 0.9, 0.8, 0.6, 0.5, 0.3)) + tone(
        low * 1.235, 1.0, (1, 0.9, 0.8, 0.6, 0.5, 0.3)
    )
    return afar(fade(made, 0.015, 0.05), 0.2, 0.9)


def whistle(luck: Chance) -> Signal:
    """A referee, a policeman, a friend across the street."""
    length = 0.9
    at = seconds(length)
    trill = (
        2350
        * (1 + 0.02 * np.sin(2 * np.pi * 38 * at))
        * glide(length, (0, 0.9), (0.15, 1), (0.8, 1.02), (1, 0.85))
    )
    breath = noise(luck, length, band(1800, 4200, 12)) * 0.12
    return afar(fade(tone(trill, length, (1, 0.1)) + breath, 0.03, 0.08), 0.2, 0.8)


def chime(luck: Chance) -> Signal:
    """A small bright bell: a shop door, a lift, a message."""
    high = luck.uniform(1560, 1580)
    rows = (
        (high, 1, 0.25),
        (high * 1.5, 0.5, 0.2),
        (high * 2.76, 0.35, 0.08),
        (high * 5.4, 0.15, 0.03),
    )
    return fade(modes(1.8, rows) * decay(1.8, 2.0), 0, 0.3)


FOLEY = {
    "phone": Foley(phone, -18, "phone telephone ring ringing payphone"),
    "buzz": Foley(buzz, -22, "buzz vibrate mobile cellphone intercom"),
    "doorbell": Foley(doorbell, -19, "doorbell ding dong"),
    "bell": Foley(bell, -17, "bell toll church_bell chime_the_hour"),
    "siren": Foley(siren, -16, "siren police ambulance"),
    "alarm": Foley(alarm, -19, "alarm klaxon alert"),
    "horn": Foley(horn, -17, "horn honk beep_beep"),
    "foghorn": Foley(foghorn, -16, "foghorn ship_horn"),
    "whistle": Foley(whistle, -19, "whistle tweet"),
    "chime": Foley(chime, -21, "chime elevator lift ping ting notification"),
}
