"""Takes: how long shots are fitted to the lengths a model makes.

As on a set: several short shots of one set-up are cut out of one take, and a shot that is longer
than any take goes on in another one, from the last frame of the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reelwright.film.timeline import Rate


@dataclass(frozen=True, slots=True)
class Need:
    """A shot that is wanted in motion: its place in the cut, its set-up, its frames with handles."""

    shot: int
    setup: str
    frames: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a take: whose shot it is, and which of the take's frames it shows."""

    shot: int
    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class Take:
    """One call of a model. `part` 0 begins at the still; later ones go on where the part before ends."""

    setup: str
    cuts: tuple[Cut, ...]
    part: int = 0

    @property
    def frames(self) -> int:
        """How many frames of it are needed."""
        return self.cuts[-1].start + self.cuts[-1].frames

    @property
    def shots(self) -> tuple[int, ...]:
        """Whose shots are cut out of it."""
        return tuple(one.shot for one in self.cuts)


def plan_takes(needs: Sequence[Need], lengths: Sequence[float], rate: Rate) -> list[Take]:
    """The takes in the order of their first shots; without lengths, one a shot.

    Shots share a take where it costs fewer seconds than a take each. Needs of one scene.
    """
    slots = sorted(lengths)
    longest = _whole_frames(slots[-1], rate) if slots else 0
    takes: list[Take] = []
    for group in _grouped(needs):
        takes += _of_setup(group, slots, longest, rate)
    return sorted(takes, key=lambda take: (take.cuts[0].shot, take.part))


def _grouped(needs: Iterable[Need]) -> list[list[Need]]:
    groups: dict[str, list[Need]] = {}
    for need in needs:
        groups.setdefault(need.setup, []).append(need)
    return list(groups.values())


def _of_setup(
    needs: Sequence[Need], slots: Sequence[float], longest: int, rate: Rate
) -> list[Take]:
    takes: list[Take] = []
    together: list[Need] = []
    for need in needs:
        if slots and need.frames > longest:
            takes += _split(need, longest)
        elif together and _saves(together, need, slots, rate):
            together.append(need)
        else:
            takes += [_joined(together)] if together else []
            together = [need]
    return takes + ([_joined(together)] if together else [])


def _saves(together: Sequence[Need], more: Need, slots: Sequence[float], rate: Rate) -> bool:
    """Whether one more shot in the take costs less than a take of its own."""
    if not slots:
        return False
    so_far = sum(one.frames for one in together)
    joined, before, alone = (
        _slot(frames, slots, rate) for frames in (so_far + more.frames, so_far, more.frames)
    )
    return (
        joined is not None and before is not None and alone is not None and joined < before + alone
    )


def _slot(frames: int, slots: Sequence[float], rate: Rate) -> float | None:
    return next((one for one in slots if _whole_frames(one, rate) >= frames), None)


def _joined(needs: Sequence[Need]) -> Take:
    cuts, at = [], 0
    for need in needs:
        cuts.append(Cut(need.shot, at, need.frames))
        at += need.frames
    return Take(needs[0].setup, tuple(cuts))


def _split(need: Need, longest: int) -> list[Take]:
    """Parts of about one length; none is longer than the longest."""
    count = -(-need.frames // longest)
    ends = [round(need.frames * (n + 1) / count) for n in range(count)]
    starts = [0, *ends[:-1]]
    return [
        Take(need.setup, (Cut(need.shot, 0, end - start),), part)
        for part, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _whole_frames(seconds: float, rate: Rate) -> int:
    """The frames that fit into so many seconds."""
    return int(seconds * rate.num / rate.den + 1e-6)
