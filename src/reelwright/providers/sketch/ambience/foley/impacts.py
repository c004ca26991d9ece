"""Knocks, doors, shots, glass, blows, explosions."""

import numpy as np

from reelwright.engines.media.sound import Signal, fade
from reelwright.providers.sketch.ambience.foley.row import Foley
from reelwright.providers.sketch.ambience.layers.rooms import creak
from reelwright.providers.sketch.ambience.layers.weather import thunder
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
    silence,
    tone,
)


def knock(luck: Chance) -> Signal:
    """Three knuckles on a door."""
    canvas = silence(1.5)
    for index in range(3):
        low = luck.uniform(165, 185)
        wood = modes(0.25, ((low, 1, 0.02), (low * 1.9, 0.6, 0.014), (low * 3.3, 0.35, 0.008)))
        lay(canvas, wood, 0.02 + 0.2 * index, luck.uniform(0.8, 1))
        lay(canvas, burst(luck, 0.04, band(700, 2600, 10), 0.004), 0.02 + 0.2 * index, 0.5)
    return afar(canvas, 0.1, 0.5)


def door(luck: Chance) -> Signal:
    """A handle, a hinge, and the door falls shut."""
    canvas = silence(2.0)
    for at in (0.02, 0.16):
        lay(canvas, modes(0.1, ((1900, 0.4, 0.01), (3100, 0.3, 0.006), (640, 0.5, 0.01))), at, 0.5)
    lay(canvas, creak(luck), 0.25, 0.12)
    lay(canvas, _thump(luck, 82), 1.05)
    lay(canvas, modes(0.12, ((1500, 0.5, 0.012), (2700, 0.3, 0.008))), 1.08, 0.5)
    return afar(canvas, 0.1, 0.6)


def slam(luck: Chance) -> Signal:
    """A door thrown shut."""
    canvas = silence(1.4)
    lay(canvas, _thump(luck, 70), 0.01)
    lay(canvas, burst(luck, 0.3, band(200, 3500, 8), 0.02), 0.01, 1.2)
    lay(canvas, modes(0.3, ((1300, 0.3, 0.03), (2400, 0.2, 0.02))), 0.03, 0.6)
    return afar(canvas, 0.15, 0.9)


def gunshot(luck: Chance) -> Signal:
    """A crack, a body, and the place answering."""
    canvas = silence(1.6)
    lay(canvas, burst(luck, 0.25, band(600, 9000, 6), 0.008, 0.0002), 0.01, 1.6)
    lay(canvas, burst(luck, 0.6, band(60, 500, 8), 0.045, 0.0005), 0.01, 1.4)
    lay(canvas, tone(glide(0.3, (0, 140), (1, 45)), 0.3) * decay(0.3, 0.05), 0.01)
    return afar(canvas, 0.22, 1.9)


def explosion(luck: Chance) -> Signal:
    """A blow, a fireball, and things that fall."""
    canvas = silence(4.0)
    lay(canvas, burst(luck, 0.4, band(300, 6000, 6), 0.02, 0.0005), 0.01, 1.0)
    lay(
        canvas,
        burst(luck, 3.5, ((20, -6), (45, 0), (160, -2), (500, -14), (3000, -34)), 0.5, 0.006),
        0.01,
        1.8,
    )
    lay(canvas, tone(glide(1.2, (0, 90), (1, 26)), 1.2) * decay(1.2, 0.25), 0.01, 1.2)
    for at in luck.uniform(0.6, 2.6, 24):
        lay(
            canvas,
            burst(luck, 0.08, band(luck.uniform(500, 2500), 5000, 10), 0.012),
            at,
            luck.uniform(0.03, 0.15),
        )
    return afar(canvas, 0.25, 2.4)


def glass(luck: Chance) -> Signal:
    """A pane, or a glass, in pieces."""
    canvas = silence(1.8)
    lay(canvas, burst(luck, 0.15, band(1800, 11000, 8), 0.015, 0.0003), 0.01, 1.0)
    for at in np.abs(luck.standard_normal(46)) * 0.32:
        high = luck.uniform(2200, 8500)
        shard = modes(0.2, ((high, 1, luck.uniform(0.008, 0.04)), (high * 1.47, 0.5, 0.012)))
        lay(canvas, shard, 0.02 + at, luck.random() ** 2 * 0.7)
    return afar(canvas, 0.08, 0.5)


def thud(luck: Chance) -> Signal:
    """Something heavy falls."""
    canvas = silence(0.9)
    lay(canvas, _thump(luck, 64), 0.01)
    lay(canvas, _thump(luck, 90), 0.16, 0.3)
    return afar(canvas, 0.1, 0.5)


def punch(luck: Chance) -> Signal:
    """A blow that lands."""
    canvas = silence(0.5)
    lay(canvas, burst(luck, 0.18, band(250, 2200, 8), 0.018), 0.01)
    lay(canvas, tone(glide(0.15, (0, 150), (1, 60)), 0.15) * decay(0.15, 0.03), 0.01, 1.2)
    return canvas


def crash(luck: Chance) -> Signal:
    """Metal, wood and glass at once."""
    canvas = silence(2.6)
    lay(canvas, _thump(luck, 58), 0.01, 1.2)
    lay(canvas, burst(luck, 0.8, band(250, 5000, 6), 0.09), 0.01)
    for at in np.abs(luck.standard_normal(18)) * 0.5:
        low = luck.uniform(300, 2600)
        lay(
            canvas,
            modes(0.5, ((low, 1, 0.07), (low * 2.3, 0.6, 0.04), (low * 4.1, 0.3, 0.02))),
            0.02 + at,
            luck.random() * 0.35,
        )
    lay(canvas, glass(luck), 0.06, 0.5)
    return afar(canvas, 0.15, 1.2)


def clatter(luck: Chance) -> Signal:
    """Small hard things on the floor."""
    canvas = silence(1.3)
    at, gap = 0.01, 0.2
    while at < 1.1:
        high = luck.uniform(900, 3200)
        lay(canvas, modes(0.15, ((high, 1, 0.018), (high * 1.7, 0.5, 0.01))), at, gap * 4)
        at, gap = at + gap, gap * luck.uniform(0.72, 0.9) + 0.004
    return afar(canvas, 0.1, 0.5)


def _thump(luck: Chance, hertz: float) -> Signal:
    body = tone(glide(0.35, (0, hertz * 1.5), (0.2, hertz), (1, hertz * 0.8)), 0.35) * decay(
        0.35, 0.06
    )
    return fade(body + 0.5 * noise(luck, 0.35, band(80, 600, 10)) * decay(0.35, 0.03), 0, 0.05)


FOLEY = {
    "knock": Foley(knock, -15, "knock rap tap pound"),
    "door": Foley(door, -17, "door open close click_shut gate unlock latch"),
    "slam": Foley(slam, -10, "slam bang"),
    "gunshot": Foley(gunshot, -4, "gunshot shot gun shoot fires blam pistol rifle gunfire bullet"),
    "explosion": Foley(explosion, -4, "explosion explode boom blast bomb detonate"),
    "glass": Foley(glass, -12, "glass shatter break smash window"),
    "thud": Foley(thud, -14, "thud thump fall drop collapse"),
    "punch": Foley(punch, -14, "punch hit slap smack kick whack"),
    "crash": Foley(crash, -8, "crash collide collision wreck"),
    "clatter": Foley(clatter, -18, "clatter clack rattle key keys coin clang clank"),
    "thunder": Foley(thunder, -9, "thunder lightning thunderclap rumble"),
    "creak": Foley(creak, -20, "creak squeak groan floorboard"),
}
