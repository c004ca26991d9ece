"""One palette a scene: what is most of the frame, what answers it, and the one colour that calls."""

import colorsys
import random

from reelwright.film.breakdown.model import TimeOfDay
from reelwright.film.picture import Place
from reelwright.ground.digests import draw
from reelwright.providers.sketch.ink import Color
from reelwright.providers.sketch.stage import Palette

_HOUR_HUES: dict[TimeOfDay, tuple[float, ...]] = {
    # dominant hues in degrees that sit well in the hour's light
    TimeOfDay.DAWN: (18, 342, 300, 265, 230, 200),
    TimeOfDay.MORNING: (42, 90, 150, 178, 205, 22),
    TimeOfDay.DAY: (205, 150, 95, 62, 36, 182),
    TimeOfDay.GOLDEN: (30, 12, 48, 352, 66, 325),
    TimeOfDay.DUSK: (275, 325, 220, 8, 300, 246),
    TimeOfDay.NIGHT: (215, 190, 245, 168, 268, 205),
}
# how a mood turns the hue (degrees, towards), and scales chroma and value of the whole
_MOODS: dict[str, tuple[float | None, float, float]] = {
    "neutral": (None, 1.0, 1.0),
    "tense": (165.0, 0.80, 0.90),
    "sad": (220.0, 0.62, 0.94),
    "joyful": (44.0, 1.18, 1.06),
    "romantic": (345.0, 1.05, 1.0),
    "eerie": (150.0, 0.68, 0.80),
    "action": (16.0, 1.12, 0.94),
    "comic": (52.0, 1.22, 1.06),
    "solemn": (250.0, 0.70, 0.88),
    "wonder": (265.0, 1.08, 1.0),
}


def palette_of(place: Place, mood: str = "neutral") -> Palette:
    """The palette of a place at its hour in a mood: stable for the scene, unlike its neighbours'.

    The location alone picks the hue among those of the hour and a turn of its own, so that the
    scene before and after, which play elsewhere, differ.
    """
    rng = random.Random(draw("palette", place.location, place.time_of_day))
    hue = rng.choice(_HOUR_HUES[place.time_of_day]) + rng.uniform(-14, 14)
    toward, chroma, value = _MOODS.get(mood, _MOODS["neutral"])
    if toward is not None:
        hue += ((toward - hue + 180) % 360 - 180) * 0.3
    answer = hue + rng.choice((-38, 32, 150))
    call = hue + rng.choice((158, 180, 204))
    return Palette(
        dominant=_hsv(hue, 0.34 * chroma, 0.62 * value),
        secondary=_hsv(answer, 0.40 * chroma, 0.46 * value),
        accent=_hsv(call, min(0.82, 0.68 * chroma), min(0.95, 0.84 * value)),
    )


def _hsv(hue: float, saturation: float, value: float) -> Color:
    r, g, b = colorsys.hsv_to_rgb(hue % 360 / 360, min(1, saturation), min(1, value))
    return 0xFF000000 | int(r * 255 + 0.5) << 16 | int(g * 255 + 0.5) << 8 | int(b * 255 + 0.5)
