"""Keys, scales, chords, and how the voices move from one chord to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

MODES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
_NOTES = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0 is C) and a mode of `MODES`."""

    tonic: int
    mode: str

    def pitch(self, degree: int, octave: int = 4) -> int:
        """The MIDI number of a scale degree (0 is the tonic; may be negative or above 6)."""
        scale = MODES[self.mode]
        return 12 * (octave + 1 + degree // 7) + self.tonic + scale[degree % 7]

    def chord(self, degree: int, *, seventh: bool = False) -> tuple[int, ...]:
        """The pitch classes of the triad (or seventh chord) on a degree, root first."""
        steps = (0, 2, 4, 6) if seventh else (0, 2, 4)
        return tuple(self.pitch(degree + step) % 12 for step in steps)


def key_named(name: str, mode: str) -> Key | None:
    """Read `C`, `F# minor`, `Bbm`, `Am`; None for what names no key.

    A name that says major or minor gives way to a mode of the same colour.
    """
    found = re.fullmatch(r"\s*([A-H])([#♯b♭]?)\s*(m|min|minor|maj|major)?\s*", name)
    if not found:
        return None
    tonic = _NOTES[found[1].lower()] + {"#": 1, "♯": 1, "b": -1, "♭": -1}.get(found[2], 0)
    asked = {"m": "minor", "min": "minor", "minor": "minor", "maj": "major", "major": "major"}
    wanted = asked.get(found[3] or "", mode)
    same_colour = MODES[wanted][2] == MODES[mode][2]
    return Key(tonic % 12, mode if same_colour else wanted)


def lead(chord: Sequence[int], before: Sequence[int], low: int, high: int) -> tuple[int, ...]:
    """Place a chord's pitch classes between `low` and `high` so that the voices move least.

    `before` is the chord sounding now (lowest first); without one the middle of the range serves.
    """
    places = [[n for n in range(low, high + 1) if n % 12 == pitch] for pitch in chord]
    middle = (low + high) / 2
    best: tuple[float, tuple[int, ...]] | None = None
    for voicing in product(*places):
        ordered = tuple(sorted(voicing))
        if any(b - a < 2 for a, b in pairwise(ordered)):
            continue
        span = ordered[-1] - ordered[0]
        cost = abs(sum(ordered) / len(ordered) - middle) * 0.35 + max(0, span - 14)
        if before:
            pairs = zip(ordered, before[-len(ordered) :], strict=False)
            cost += sum(abs(a - b) for a, b in pairs)
        if best is None or (cost, ordered) < best:
            best = (cost, ordered)
    assert best is not None, "the range holds no such chord"
    return best[1]
