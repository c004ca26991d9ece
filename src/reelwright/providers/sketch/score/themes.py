"""A short theme for each lead: the same name always has the same tune."""

from dataclasses import dataclass

from reelwright.ground.digests import draw

_RHYTHMS = (
    (1.5, 0.5, 1, 1), (1, 1, 2), (2, 1, 1), (1, 0.5, 0.5, 2), (0.5, 0.5, 1, 2), (3, 1),
    (1, 1, 1.5, 0.5), (2, 0.5, 0.5, 1),
)  # fmt: skip
"""Lengths in beats, a bar of four."""
_TURNS = (
    (0, 1, 2, 1),
    (0, 2, 4, 2),
    (4, 2, 1, 0),
    (0, -1, 0, 2),
    (2, 1, 0, 4),
    (0, 4, 2, 1),
    (0, 2, 1, -1),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One note of a theme: where it starts and how long it is (beats), and its scale step."""

    beat: float
    beats: float
    degree: int


def theme(name: str) -> tuple[Step, ...]:
    """Two bars: a question, and its answer, which ends on a rest of the hand."""
    steps: list[Step] = []
    for bar in range(2):
        rhythm = _RHYTHMS[draw("theme", name, "rhythm", bar) % len(_RHYTHMS)]
        turn = _TURNS[draw("theme", name, "turn", bar) % len(_TURNS)]
        beat = 4.0 * bar
        for index, beats in enumerate(rhythm):
            steps.append(Step(beat, beats, turn[index % len(turn)] - bar))
            beat += beats
    return tuple(steps)
