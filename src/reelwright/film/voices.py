"""How a character sounds, in words any speaking machine understands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceTraits:
    """One character's voice, fixed for the whole film.

    `pitch` and `pace` run from 0.0 (low, slow) to 1.0 (high, fast) within what sex and age allow;
    `timbre` (0 to 7) picks a variant, so that two voices of one pitch still differ.
    """

    sex: str = "man"
    age: str = "adult"
    pitch: float = 0.5
    pace: float = 0.5
    timbre: int = 0


DELIVERIES = ("normal", "whisper", "soft", "shout", "fast", "slow", "sad", "cheerful", "angry")
CHANNELS = ("direct", "voice_over", "off_screen", "phone", "radio")
MOUTHS = ("rest", "closed", "small", "open", "wide", "round", "teeth", "tongue")
"""Mouth shapes: rest (lips together, at ease), closed (m b p), small (uh, schwa, t d n s), open (ah),
wide (ee, ay), round (oo, oh, w), teeth (f v), tongue (l, th)."""
