"""Crowds: people of no name, in the greys of the palette, who stand on the ground behind the marks."""

import random
from dataclasses import dataclass, replace

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Acting
from reelwright.film.looks import CHOICES, HAIR_COLOURS, SKINS, Look
from reelwright.film.picture import Figure
from reelwright.ground.digests import draw
from reelwright.providers.sketch.ink import mix, rgb
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.people.actor import Actor
from reelwright.providers.sketch.stage import Mark, Palette, Stage

_MOST = 40
_POSES = ("stand", "stand", "stand", "stand", "stand", "lean")
_GESTURES = ("none", "none", "none", "none", "none", "pocket", "crossed", "crossed", "cup")
_DRAB = ("grey", "charcoal", "brown", "navy", "sand", "olive", "cream", "teal")
_PLAIN = ("coat", "jacket", "sweater", "shirt", "tshirt", "dress", "hoodie", "suit")
# Things that stand apart on the ground: the far row is seen behind them and between them.
_APART = (
    "stalls and well", "street things", "crates and bollards", "bench and lanterns",
    "pillars and bench", "bench and flags", "fire and crates", "tables", "pews", "desks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passer:
    """One of a crowd: feet on the ground of the stage, which lies at `depth` there."""

    figure: Figure
    mark: Mark
    depth: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """A crowd in two rows: one as far as the backmost mark, and one nearer, on both sides."""

    far: tuple[Passer, ...] = ()
    near: tuple[Passer, ...] = ()


def gather(stage: Stage, count: int) -> Crowd:
    """Up to 40 people for a place, the same ones each time; the middle is left to those with names."""
    count = min(count, _MOST)
    rng = random.Random(draw("crowd", stage.place.location, count))
    front = max(stage.marks, key=lambda mark: mark.y, default=Mark(0, 650, 290))
    back = min((m for m in stage.marks if not m.seat), key=lambda mark: mark.y, default=front)
    start = min(0.9, max(0.6, (back.y - stage.horizon) / (front.y - stage.horizon)))
    near = round(0.4 * count)
    half = stage.width / 2 + 110
    clear = 0.19 * stage.width
    far = [
        _passer(stage, front, start - 0.05 * rng.random(), x, rng)
        for x in _spread(-half, half, count - near, rng)
    ]
    sides = [
        _passer(stage, front, start + (0.95 - start) * rng.uniform(0.3, 1.0), x, rng)
        for x in (
            *_spread(-half, -clear, near // 2, rng),
            *_spread(clear, half, near - near // 2, rng),
        )
    ]
    return Crowd(*(tuple(sorted(row, key=lambda one: one.depth)) for row in (far, sides)))


def row_before(stage: Stage) -> str:
    """The name of the layer behind which the far row stands; empty: before all that lies behind."""
    return next((layer.name for layer in stage.layers if layer.name in _APART), "")


def draw_passers(
    canvas: "skia.Canvas", actors: list[Actor], light: Light, palette: Palette
) -> None:
    """Draw some of a crowd, in its quiet colours."""
    quiet = _quiet(light, palette)
    for actor in actors:
        if not canvas.quickReject(actor.bounds):
            canvas.saveLayer(actor.bounds, quiet)
            actor.draw(canvas)
            canvas.restore()


def _spread(start: float, end: float, count: int, rng: random.Random) -> list[float]:
    """Places between two, in no order, some people closer to each other than others."""
    step = (end - start) / max(1, count)
    return [start + step * (i + rng.uniform(0.12, 0.88)) for i in range(count)]


def _passer(stage: Stage, front: Mark, depth: float, x: float, rng: random.Random) -> Passer:
    """Someone at a depth: as tall and as far below the horizon as perspective has it there."""
    y = stage.horizon + (front.y - stage.horizon) * depth
    figure = _passer_by(f"{x:.0f}", rng)
    if rng.random() < 0.75:  # most look to where something happens
        figure = replace(figure, facing=-1 if x > 0 else 1)
    return Passer(figure, Mark(x, y, front.height * depth), depth)


def _passer_by(name: str, rng: random.Random) -> Figure:
    sex = rng.choice(CHOICES["sex"])
    hat = rng.choice(("none", "none", "none", "cap", "beanie", "fedora"))
    odd = {"mohawk"} if sex == "man" else {"bald", "receding", "mohawk"}
    flat = ("short", "bob", "long")  # what goes under a hat
    hair = rng.choice(
        [h for h in CHOICES["hair"] if (h in flat if hat != "none" else h not in odd)]
    )
    look = Look(
        sex=sex,
        age=rng.choice(("child", "teen", "young", "young", "adult", "adult", "middle", "old")),
        build=rng.choice(CHOICES["build"]), height=rng.choice(CHOICES["height"]),
        head=rng.choice(CHOICES["head"]), skin=rng.choice(list(SKINS)), hair=hair,
        hair_colour=rng.choice(list(HAIR_COLOURS)),
        beard=rng.choice(CHOICES["beard"]) if sex == "man" else "none",
        hat=hat,
        costume=rng.choice([c for c in _PLAIN if sex == "woman" or c != "dress"]),
        colour=rng.choice(_DRAB), second=rng.choice(_DRAB),
    )  # fmt: skip
    acting = Acting(pose=rng.choice(_POSES), gesture=rng.choice(_GESTURES))
    role = "back" if rng.random() < 0.25 else "other"
    return Figure(name, look, facing=rng.choice((-1, 1)), role=role, acting=acting)


def _quiet(light: Light, palette: Palette) -> "skia.Paint":
    """Pull all colours towards their own grey, and a step darker than the ground (lighter at night)."""
    ground = light.flat(palette.dominant)
    tone = mix(ground, light.air, 0.5) if light.lamps else mix(ground, light.near, 0.5)
    weights = (0.2126, 0.7152, 0.0722)
    own, grey = 0.46, 0.24
    rows: list[float] = []
    for channel, tint in enumerate(rgb(tone)):
        row = [grey * weight for weight in weights]
        row[channel] += own
        rows += [*row, (1 - own - grey) * tint / 255, 0.0]
    paint = skia.Paint()
    paint.setColorFilter(skia.ColorFilters.Matrix([*rows, 0.0, 0.0, 0.0, 1.0, 0.0]))
    return paint
