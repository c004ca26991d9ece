"""Blocking: which mark of the place each figure takes, and who sits on what."""

from dataclasses import dataclass, replace

from reelwright.film.picture import Figure
from reelwright.providers.sketch.stage import Mark, Stage

_SOMEWHERE = Mark(0, 640, 230)
_SITTING = "sit"
_UPRIGHT = ("stand", "lean", "walk")


@dataclass(frozen=True, slots=True)
class Build:
    """A posed figure's measures as shares of an adult's standing height.

    `eyes` is how far they are above the point it stands or sits on; `drop` how far its feet hang
    below that point (0 unless it sits).
    """

    eyes: float
    drop: float = 0.0

    @property
    def tall(self) -> float:
        """The height of its eyes above the ground."""
        return self.eyes + self.drop


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure's place in the frame: feet (or seat) at x, y in frame units, an adult's height there.

    `stool` is the height of a plain block it sits on where the place has no seat for it.
    """

    figure: Figure
    x: float
    y: float
    height: float
    depth: float = 1.0
    blur: float = 0.0
    stool: float = 0.0


def seated(stage: Stage, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures as the place has them: where there are only seats, as in a car, they sit."""
    if not stage.marks or not all(mark.seat for mark in stage.marks):
        return figures
    return tuple(
        replace(f, acting=replace(f.acting, pose=_SITTING)) if f.acting.pose in _UPRIGHT else f
        for f in figures
    )


def sits(figure: Figure) -> bool:
    """Whether a figure needs something to sit on."""
    return figure.acting.pose == _SITTING


def marks_for(stage: Stage, figures: tuple[Figure, ...]) -> list[Mark]:
    """A mark for each: whoever looks right stands left; sitters get seats; more people, more rows."""
    free = list(stage.marks) or [_SOMEWHERE]
    while len(free) < len(figures):
        last = free[-1]
        step = 0.42 * last.height * (1 if len(free) % 2 else -1)
        free.append(Mark(last.x + step * (len(free) // 2 + 1), last.y, last.height))
    chosen: list[Mark] = []
    for figure in figures:
        best = min(free, key=lambda mark: (sits(figure) is not bool(mark.seat), free.index(mark)))
        free.remove(best)
        chosen.append(best)
    if len({bool(mark.seat) for mark in chosen}) > 1:
        return chosen
    order = sorted(range(len(figures)), key=lambda i: -figures[i].facing)
    placed = dict(zip(order, sorted(chosen, key=lambda mark: mark.x), strict=True))
    return [placed[i] for i in range(len(figures))]
