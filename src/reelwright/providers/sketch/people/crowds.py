"""Crowds: people of no name, in the greys of the palette, at the back of the stage."""

import random

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Acting
from reelwright.film.looks import CHOICES, HAIR_COLOURS, SKINS, Look
from reelwright.film.picture import Figure
from reelwright.providers.sketch.ink import mix, rgb
from reelwright.providers.sketch.people.actor import Actor
from reelwright.providers.sketch.stage import Mark, Stage

_POSES = ("stand", "stand", "stand", "walk", "lean")
_GESTURES = ("none", "none", "none", "pocket", "crossed", "phone", "hips", "cup", "point")
_DRAB = ("grey", "charcoal", "brown", "navy", "sand", "olive", "cream", "teal")
_PLAIN = ("coat", "jacket", "sweater", "shirt", "tshirt", "dress", "hoodie", "suit")
_LEVEL = 96.0  # the smallest useful adult, in units


def draw_crowd(canvas: "skia.Canvas", stage: Stage, count: int, rng: random.Random) -> None:
    """Up to 40 varied figures behind the stage's marks, farthest first, veiled by the air."""
    count = min(count, 40)
    spots = sorted((_spot(stage, i, count, rng) for i in range(count)), key=lambda mark: mark.y)
    for i, mark in enumerate(spots):
        figure = _passer_by(f"{i}", rng)
        actor = Actor(figure, mark.x, mark.y, mark.height, stage.light, stage.palette)
        canvas.saveLayer(actor.bounds, _veil(stage))
        actor.draw(canvas, phase=rng.randrange(16) / 16 if figure.acting.pose == "walk" else 0.0)
        canvas.restore()


def _spot(stage: Stage, index: int, count: int, rng: random.Random) -> Mark:
    """A place between the backmost mark and half-way to the horizon, spread over the whole width."""
    back = min(stage.marks, key=lambda mark: mark.height, default=Mark(0, stage.horizon + 150, 250))
    depth = rng.uniform(0.42, 0.86)
    height = max(_LEVEL, back.height * depth)
    eye = back.height / max(1.0, back.y - stage.horizon)  # height per unit below the horizon
    y = stage.horizon + height / eye if back.y > stage.horizon else back.y
    span = stage.right - 40
    x = -span + 2 * span * (index + rng.uniform(0.1, 0.9)) / max(1, count)
    return Mark(x, min(y, back.y - 4), height)


def _passer_by(name: str, rng: random.Random) -> Figure:
    sex = rng.choice(CHOICES["sex"])
    hair = rng.choice(
        [h for h in CHOICES["hair"] if sex == "man" or h not in {"bald", "receding", "mohawk"}]
    )
    look = Look(
        sex=sex,
        age=rng.choice(("child", "teen", "young", "young", "adult", "adult", "middle", "old")),
        build=rng.choice(CHOICES["build"]), height=rng.choice(CHOICES["height"]),
        head=rng.choice(CHOICES["head"]), skin=rng.choice(list(SKINS)), hair=hair,
        hair_colour=rng.choice(list(HAIR_COLOURS)),
        beard=rng.choice(CHOICES["beard"]) if sex == "man" else "none",
        hat=rng.choice(("none", "none", "none", "cap", "beanie", "fedora")),
        costume=rng.choice([c for c in _PLAIN if sex == "woman" or c != "dress"]),
        colour=rng.choice(_DRAB), second=rng.choice(_DRAB),
    )  # fmt: skip
    acting = Acting(pose=rng.choice(_POSES), gesture=rng.choice(_GESTURES))
    role = "back" if rng.random() < 0.3 else "other"
    return Figure(name, look, facing=rng.choice((-1, 1)), role=role, acting=acting)


def _veil(stage: Stage) -> "skia.Paint":
    """Pull all colours towards their own grey and towards the air: a crowd is not the story."""
    weights = (0.2126, 0.7152, 0.0722)
    own, grey, air = 0.36, 0.30, mix(stage.light.air, stage.palette.dominant, 0.5)
    rows: list[float] = []
    for channel, tint in enumerate(rgb(air)):
        row = [grey * weight for weight in weights]
        row[channel] += own
        rows += [*row, (1 - own - grey) * tint / 255, 0.0]
    paint = skia.Paint()
    paint.setColorFilter(skia.ColorFilters.Matrix([*rows, 0.0, 0.0, 0.0, 1.0, 0.0]))
    return paint
