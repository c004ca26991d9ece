"""Which espeak voice a character gets, and how far it is bent from there."""

import math
from dataclasses import dataclass
from typing import Any

from reelwright.film.voices import VoiceTraits

TIMBRES: dict[str, tuple[tuple[str, float, float], ...]] = {
    "man": (
        ("m3", 109, 1.00), ("adam", 103, 0.95), ("Andy", 98, 1.05), ("m7", 112, 0.93),
        ("m2", 102, 1.08), ("robert", 109, 0.98), ("max", 106, 1.03), ("m6", 103, 0.91),
    ),
    "woman": (
        ("f2", 200, 1.00), ("belinda", 232, 0.95), ("f4", 181, 1.05), ("Annie", 248, 0.92),
        ("f5", 208, 1.07), ("f1", 184, 0.97), ("linda", 232, 1.03), ("f3", 216, 0.94),
    ),
}  # fmt: skip
"""Timbre 0 to 7: espeak's variant, its measured pitch in hertz at espeak's middle setting, and the
size of its formants: above 1.0 a smaller head, below a larger one."""

_TONES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((150, 2.5), (300, 1), (1800, -2), (3500, -3.5)),  # dark
    ((150, -2), (500, -1), (2200, 2.5), (4500, 2)),  # bright
    ((250, 1), (600, -3), (1000, -3), (2000, 1.5), (4000, 0)),  # hollow
    ((250, -2), (900, 3.5), (1300, 2.5), (2500, -1.5)),  # nasal
    ((200, -1), (700, -2), (3000, 0), (6000, 4), (9000, 4)),  # airy
    ((110, 3), (220, 3), (500, 0), (1500, -1.5), (5000, 1)),  # chesty
    ((200, 0), (1600, 3), (2200, 2), (4500, -3)),  # edgy
)
"""The tone of each timbre, as an equaliser's curve."""
_PITCHES = {"man": (84.0, 138.0), "woman": (164.0, 236.0)}
_CHILD_PITCHES = (245.0, 305.0)
_AGES = {  # pitch, formants, pace, liveliness
    "child": (1.00, 1.17, 0.96, 62),
    "teen": (1.08, 1.07, 1.06, 56),
    "young": (1.03, 1.02, 1.03, 54),
    "adult": (1.00, 1.00, 1.00, 50),
    "middle": (0.97, 0.99, 0.97, 46),
    "old": (0.95, 0.98, 0.85, 56),
}
_DELIVERIES = {  # pitch, pace, liveliness
    "normal": (1.00, 1.00, 1.0),
    "whisper": (1.00, 0.90, 0.6),
    "soft": (0.97, 0.91, 0.75),
    "shout": (1.22, 1.02, 1.35),
    "fast": (1.04, 1.28, 1.1),
    "slow": (0.98, 0.76, 0.9),
    "sad": (0.92, 0.82, 0.55),
    "cheerful": (1.10, 1.07, 1.5),
    "angry": (1.10, 1.12, 1.25),
}
_WORDS_A_MINUTE = 158
_SEMITONE_STEP = 1.0103
"""espeak's pitch goes up by this factor for each of its 99 steps (measured)."""
_GRID = 147
"""Formant sizes move in 1/147: then the rates to convert stay multiples of 150 Hz."""

LANGUAGES = {
    "en": "en-us", "zh": "cmn", "no": "nb", "iw": "he", "jp": "ja", "gr": "el", "ua": "uk",
    "cz": "cs", "dk": "da", "se": "sv",
}  # fmt: skip
"""Two-letter codes that espeak calls by another name; all others it knows as they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """How one character says one line: the question for espeak, the size of the formants, the tone."""

    voice: str
    parameters: dict[str, Any]
    size: float
    tone: tuple[tuple[float, float], ...] = ()


def cast(traits: VoiceTraits, delivery: str, language: str) -> Part:
    """Find the voice for a character's traits; equal traits give equal parts."""
    young = traits.age == "child"
    sex = "woman" if young or traits.sex == "woman" else "man"
    variant, middle, head = TIMBRES[sex][traits.timbre % 8]
    age_pitch, age_size, age_pace, liveliness = _AGES.get(traits.age, _AGES["adult"])
    loud_pitch, loud_pace, lively = _DELIVERIES.get(delivery, _DELIVERIES["normal"])
    size = round((head**0.5 if young else head) * age_size * _GRID) / _GRID
    low, high = _CHILD_PITCHES if young else _PITCHES[sex]
    hertz = low * (high / low) ** min(1.0, max(0.0, traits.pitch)) * age_pitch * loud_pitch
    words = _WORDS_A_MINUTE * (0.86 + 0.28 * traits.pace) * age_pace * loud_pace
    return Part(
        voice=f"{LANGUAGES.get(language.lower(), language.lower())}+{variant}",
        parameters={
            "rate": min(400, max(80, round(words / size))),
            "pitch": _steps(hertz / size / middle),
            "range": min(99, round(liveliness * lively)),
            # Some variants overdrive espeak's own output at its usual volume of 100.
            "volume": 62,
        },
        size=size,
        tone=_TONES[traits.timbre % 8],
    )


def _steps(ratio: float) -> int:
    return min(99, max(0, 50 + round(math.log(ratio) / math.log(_SEMITONE_STEP))))
