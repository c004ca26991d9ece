"""Framing: who stands where in the frame, how large, and how much of the place is seen behind."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import Angle, ShotKind, Size
from reelwright.film.picture import Figure, Picture
from reelwright.providers.sketch.blocking import Build, Standing, marks_for, seated, sits
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Mark, Stage
from reelwright.providers.sketch.view import View, whole

BuildOf = Callable[[Figure], Build]


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
_NARROW = 700  # of the frame's width: what stands before the figures would hide them
WIDE = (Size.EXTREME_WIDE, Size.WIDE)
_FACES = (Size.MEDIUM_CLOSE, Size.CLOSE, Size.EXTREME_CLOSE)


@dataclass(frozen=True, slots=True)
class Composition:
    """One frame, composed: the place as seen, and who stands in it, far to near."""

    stage: Stage
    view: View
    cast: tuple[Standing, ...]


def compose(picture: Picture, stage: Stage, build_of: BuildOf) -> Composition:
    """Stand the camera and the figures for a picture."""
    figures = seated(stage, picture.figures)
    present = tuple(f for f in figures if f.role != "shoulder")
    near = tuple(f for f in figures if f.role == "shoulder")
    if picture.framing.size in WIDE or not (figures or picture.framing.kind is ShotKind.INSERT):
        return _wide(picture, stage, present, build_of)
    return _tight(picture, stage, present, near, build_of)


def _wide(
    picture: Picture, stage: Stage, present: tuple[Figure, ...], build_of: BuildOf
) -> Composition:
    size = picture.framing.size
    shift = _held(0.75 * _ANGLES.get(picture.framing.angle, (0, 0, 1))[0], -120, 90)
    # Low: the camera goes down, so what is near rises against the horizon, and it looks up. High: reverse.
    view = replace(
        whole(stage.horizon), horizon_at=stage.horizon + shift, y=stage.horizon + 0.45 * shift
    )
    if size not in WIDE:  # nobody is there: a nearer look at the place
        lens, near = (1.9, 2.6) if size in _FACES else (1.25, 1.6)
        x = (220.0 if size in _FACES else 60.0) * picture.side * min(1.0, stage.width / 1280)
        view = replace(view, lens=lens, near=near, y=stage.horizon - 10, x=x)
    elif stage.width < _NARROW and present:
        view = replace(view, nearest=1.0)
    small = 0.62 if size is Size.EXTREME_WIDE else 1.0
    cast = []
    for figure, mark in zip(present, marks_for(stage, present), strict=True):
        height = small * mark.height
        room = stage.width / 2 - (0.28 if stage.width < _NARROW else 0.2) * height
        ground = view.horizon_at + (mark.y - view.y) * small
        stool = build_of(figure).drop * height if not mark.seat else 0.0
        seat = (stool or mark.seat * height) if sits(figure) else 0.0
        cast.append(
            Standing(figure, _held(mark.x * small, -room, room), ground - seat, height, stool=stool)
        )
    return Composition(stage, _rolled(view, picture), tuple(sorted(cast, key=lambda one: one.y)))


def _tight(
    picture: Picture,
    stage: Stage,
    present: tuple[Figure, ...],
    near: tuple[Figure, ...],
    build_of: BuildOf,
) -> Composition:
    size = picture.framing.size
    rule = RULES[size]
    _, lower, taller = _ANGLES.get(picture.framing.angle, (0, 0, 1))
    builds = [build_of(f) for f in present] or [Build(0.93)]
    tallest = max(build.tall for build in builds)
    stature = _fitting(rule.stature * taller * _filling(size, tallest), stage.width, builds)
    line = rule.eyes + lower
    ground = line + tallest * stature
    xs = _across(present, stage.width, stature, opposite=bool(near))
    mark = marks_for(stage, present)[0] if present else (stage.marks or [Mark(0, 640, 230)])[0]
    cast = [
        Standing(f, x, ground - b.drop * stature, stature, stool=_stool(b, mark, stature))
        for f, x, b in zip(present, xs, builds, strict=False)
    ]
    cast.reverse()  # the subject is drawn over the others
    cast += _shoulders(near, present[0] if present else None, stage.width, stature, line, build_of)
    at = (xs[0] if mark.seat else 0.3 * xs[0]) if xs else 0.0
    view = _approached(picture, stage, mark, stature, ground, at)
    return Composition(stage, _rolled(view, picture), tuple(cast))


def _approached(
    picture: Picture, stage: Stage, mark: Mark, stature: float, ground: float, at: float
) -> View:
    """The view of a camera that went up to a mark, whose ground lies at `ground` in the frame."""
    rule = RULES[picture.framing.size]
    tilt = _ANGLES.get(picture.framing.angle, (0, 0, 1))[0]
    near = max(rule.lens, stature / mark.height)
    horizon_at = _held(
        rule.horizon + tilt,
        FRAME_HEIGHT + 50 - rule.lens * (stage.bottom - stage.horizon),
        rule.lens * (stage.horizon - stage.top) - 50,
    )
    side = -1 if picture.side < 0 else 1
    reach = 420 if mark.seat else 160
    return View(
        x=side * _held(mark.x, -reach, reach),
        y=mark.y - (ground - horizon_at) / near,
        at=at,
        horizon=stage.horizon,
        horizon_at=horizon_at,
        lens=rule.lens,
        near=near,
        mirrored=side < 0,
        blur=rule.blur,
        nearest=1.0 if picture.framing.size in _FACES or stage.width < _NARROW else 9.0,
    )


def _stool(build: Build, mark: Mark, stature: float) -> float:
    return 0.0 if mark.seat else build.drop * stature


def _filling(size: Size, tallest: float) -> float:
    """How much larger children and sitters are drawn, so that a full shot is full of them too."""
    share = {Size.FULL: 1.0, Size.MEDIUM: 0.45}.get(size, 0.0)
    return min(1.5, max(1.0, 0.93 / tallest)) ** share


def _fitting(stature: float, width: float, builds: list[Build]) -> float:
    """No taller than lets all stand side by side, and the smallest one's face be seen."""
    if len(builds) < 2:
        return min(stature, 5.2 * width)
    talls = [build.tall for build in builds]
    unlike = max(talls) - min(talls)
    return min(stature, width / (0.20 * len(builds) + 0.08), 270 / max(unlike, 0.01))


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
    build_of: BuildOf,
) -> list[Standing]:
    """The one the camera looks past: large, at the edge the subject looks to, out of focus."""
    facing = lead.facing if lead else 1
    height = 1.5 * stature
    # The head's inner edge stays out of the middle, however narrow the frame.
    x = facing * max(0.36 * width, 0.17 * width + 0.115 * stature)
    return [
        Standing(f, x, line + 60 + build_of(f).eyes * height, height, depth=1.35, blur=4.5)
        for f in shoulders[:1]
    ]


def _rolled(view: View, picture: Picture) -> View:
    if picture.framing.angle is not Angle.DUTCH:
        return view
    return replace(view, roll=5.0 * picture.side, lens=view.lens * 1.14, near=view.near * 1.14)


def _held(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
