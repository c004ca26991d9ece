"""Framing: who stands where in the frame, how large, and how much of the place is seen behind."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import Angle, ShotKind, Size
from reelwright.film.picture import Figure, Picture
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Mark, Stage
from reelwright.providers.sketch.view import View, whole

EyesOf = Callable[[Figure], float]
"""Where a figure's eyes are above its feet, as a share of a standing adult's height."""


@dataclass(frozen=True, slots=True)
class SizeRule:
    """How one shot size frames a standing adult: stature, eye line and horizon in frame units.

    `lens` is the magnification of what is far behind, `blur` its softness.
    """

    stature: float
    eyes: float
    horizon: float
    lens: float
    blur: float


RULES: dict[Size, SizeRule] = {
    Size.FULL: SizeRule(500, 190, 405, 1.08, 0.8),
    Size.MEDIUM: SizeRule(1180, 196, 440, 1.2, 2.6),
    Size.MEDIUM_CLOSE: SizeRule(1720, 222, 510, 1.34, 4.6),
    Size.CLOSE: SizeRule(2500, 252, 590, 1.5, 7.0),
    Size.EXTREME_CLOSE: SizeRule(4400, 300, 690, 1.75, 10.0),
    Size.INSERT: SizeRule(1800, 360, 460, 1.5, 8.0),
}
# What an angle adds: to the horizon's place in the frame, to the eye line, and to the stature.
_ANGLES: dict[Angle, tuple[float, float, float]] = {
    Angle.LOW: (120, -26, 1.10),
    Angle.HIGH: (-150, 34, 0.90),
    Angle.OVERHEAD: (-230, 60, 0.82),
}
WIDE = (Size.EXTREME_WIDE, Size.WIDE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure's place in the frame: feet at x, y in frame units, an adult's height there."""

    figure: Figure
    x: float
    y: float
    height: float
    depth: float = 1.0
    blur: float = 0.0


@dataclass(frozen=True, slots=True)
class Composition:
    """One frame, composed: the place as seen, and who stands in it, far to near."""

    stage: Stage
    view: View
    cast: tuple[Standing, ...]


def compose(picture: Picture, stage: Stage, eyes_of: EyesOf) -> Composition:
    """Stand the camera and the figures for a picture."""
    size = picture.framing.size
    present = tuple(f for f in picture.figures if f.role != "shoulder")
    if size in WIDE or (not picture.figures and picture.framing.kind is not ShotKind.INSERT):
        return _wide(picture, stage, present)
    return _tight(picture, stage, present, eyes_of)


def _wide(picture: Picture, stage: Stage, present: tuple[Figure, ...]) -> Composition:
    shift, _, _ = _ANGLES.get(picture.framing.angle, (0, 0, 1))
    shift = _held(0.75 * shift, -120, 90)
    # Low: the camera goes down, so what is near rises against the horizon, and it looks up. High: reverse.
    view = replace(
        whole(stage.horizon), horizon_at=stage.horizon + shift, y=stage.horizon + 0.45 * shift
    )
    if picture.framing.size is not Size.EXTREME_WIDE and picture.framing.size not in WIDE:
        view = replace(view, lens=1.25, near=1.6, y=stage.horizon - 10, x=60.0 * picture.side)
    view = _rolled(view, picture)
    small = 0.62 if picture.framing.size is Size.EXTREME_WIDE else 1.0
    cast = []
    for figure, mark in zip(present, _marks(stage, present), strict=True):
        x = _held(
            mark.x * small,
            -stage.width / 2 + 0.2 * mark.height,
            stage.width / 2 - 0.2 * mark.height,
        )
        y = view.horizon_at + (mark.y - view.y) * small
        cast.append(Standing(figure, x, y, mark.height * small))
    return Composition(stage, view, tuple(sorted(cast, key=lambda one: one.y)))


def _marks(stage: Stage, present: tuple[Figure, ...]) -> list[Mark]:
    """A mark for each: whoever looks right stands left; sitters get seats; more people, more rows."""
    free = list(stage.marks) or [Mark(0, 640, 230)]
    while len(free) < len(present):
        last = free[-1]
        step = 0.42 * last.height * (1 if len(free) % 2 else -1)
        free.append(Mark(last.x + step * (len(free) // 2 + 1), last.y, last.height))
    chosen: list[Mark] = []
    for figure in present:
        sits = figure.acting.pose == "sit"
        best = min(free, key=lambda mark: (sits is not bool(mark.seat), free.index(mark)))
        free.remove(best)
        chosen.append(best)
    order = sorted(range(len(present)), key=lambda i: -present[i].facing)
    from_left = sorted(chosen, key=lambda mark: mark.x)
    if len({bool(mark.seat) for mark in chosen}) > 1:
        return chosen
    placed = dict(zip(order, from_left, strict=True))
    return [placed[i] for i in range(len(present))]


def _tight(
    picture: Picture, stage: Stage, present: tuple[Figure, ...], eyes_of: EyesOf
) -> Composition:
    rule = RULES[picture.framing.size]
    tilt, drop, taller = _ANGLES.get(picture.framing.angle, (0, 0, 1))
    stature = _fitting(rule.stature * taller, stage.width, present)
    shoulders = tuple(f for f in picture.figures if f.role == "shoulder")
    line = rule.eyes + drop
    lead = present[0] if present else None
    share = eyes_of(lead) if lead else 0.93
    feet = line + share * stature
    xs = _across(present, stage.width, stature, opposite=bool(shoulders))
    cast = [Standing(f, x, feet, stature) for f, x in zip(present, xs, strict=True)]
    cast.reverse()  # the subject is drawn over the others
    cast += _shoulders(shoulders, lead, stage.width, stature, line, eyes_of)
    mark = stage.marks[0] if stage.marks else Mark(0, 640, 230)
    mirrored = picture.side < 0
    side = -1 if mirrored else 1
    near = max(rule.lens, stature / mark.height)
    horizon_at = _held(
        rule.horizon + tilt,
        FRAME_HEIGHT + 50 - rule.lens * (stage.bottom - stage.horizon),
        rule.lens * (stage.horizon - stage.top) - 50,
    )
    view = View(
        x=side * _held(mark.x, -160, 160),
        y=mark.y - share * mark.height - (line - horizon_at) / near,
        at=0.3 * xs[0] if xs else 0.0,
        horizon=stage.horizon,
        horizon_at=horizon_at,
        lens=rule.lens,
        near=near,
        mirrored=mirrored,
        blur=rule.blur,
    )
    return Composition(stage, _rolled(view, picture), tuple(cast))


def _fitting(stature: float, width: float, present: tuple[Figure, ...]) -> float:
    """No taller than lets all the figures stand side by side in a narrow frame."""
    if len(present) < 2:
        return min(stature, 5.2 * width) if width < FRAME_HEIGHT else stature
    return min(stature, width / (0.20 * len(present) + 0.08))


def _across(
    present: tuple[Figure, ...], width: float, stature: float, *, opposite: bool
) -> list[float]:
    """Where the figures stand across: lead room before a single one, two look at each other."""
    if not present:
        return []
    if len(present) == 1:
        room = 0.19 if opposite else 0.075
        return [-present[0].facing * room * width]
    n = len(present)
    step = min(width / (n + 0.4), 0.40 * stature)
    order = sorted(range(n), key=lambda i: (-present[i].facing, i))
    return [(order.index(i) - (n - 1) / 2) * step for i in range(n)]


def _shoulders(
    shoulders: tuple[Figure, ...],
    lead: Figure | None,
    width: float,
    stature: float,
    line: float,
    eyes_of: EyesOf,
) -> list[Standing]:
    """The one the camera looks past: large, at the edge the subject looks to, out of focus."""
    facing = lead.facing if lead else 1
    height = 1.5 * stature
    # The head's inner edge stays out of the middle, however narrow the frame.
    x = facing * max(0.36 * width, 0.17 * width + 0.115 * stature)
    return [
        Standing(f, x, line + 60 + eyes_of(f) * height, height, depth=1.35, blur=4.5)
        for f in shoulders[:1]
    ]


def _rolled(view: View, picture: Picture) -> View:
    if picture.framing.angle is not Angle.DUTCH:
        return view
    return replace(view, roll=5.0 * picture.side, lens=view.lens * 1.14, near=view.near * 1.14)


def _held(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
