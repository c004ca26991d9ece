"""Looks and voices for a whole cast: as different as can be, the same in every revision.

Everyone has an endless row of possible looks, drawn from their own name. They are cast one after
the other, in an order drawn from their names too, and each takes the first of the row that is far
enough from everyone cast before. So a new character, or a new scene, changes another's look only if
the two would be taken for each other.
"""

import random
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import TypeVar

from reelwright.film.appearance import read_looks, read_sex
from reelwright.film.looks import CHOICES, COLOURS, HAIR_COLOURS, SKINS, Look
from reelwright.film.voices import VoiceTraits
from reelwright.ground.digests import draw

__all__ = ["cast_looks", "cast_voices", "look_distance", "read_sex", "voice_distance"]

One = TypeVar("One")

NOTHING: Mapping[str, str] = MappingProxyType({})
TOGETHER, APART = 7.0, 5.0
VOICES_TOGETHER = 0.34
TRIES = 24
EASING = 0.85
HAIR_OF = {
    "man": ("short", "crop", "side_part", "quiff", "curly", "afro", "wavy", "receding", "bald", "long"),
    "woman": ("bob", "long", "ponytail", "bun", "braids", "fringe", "wavy", "curly", "afro", "crop"),
}  # fmt: skip
YOUNG_HAIR = ("short", "curly", "side_part", "fringe", "bob", "ponytail", "braids", "afro", "wavy")
COSTUMES_OF = {
    "man": ("coat", "jacket", "suit", "sweater", "shirt", "tshirt", "hoodie", "vest"),
    "woman": ("coat", "jacket", "dress", "sweater", "shirt", "tshirt", "hoodie", "vest", "dress"),
}
CHILD_COSTUMES = ("sweater", "shirt", "tshirt", "hoodie", "jacket", "coat")
BEARDS = ("none", "none", "none", "stubble", "moustache", "goatee", "full")
GLASSES = ("none", "none", "none", "none", "round", "square")
HATS = ("none", "none", "none", "none", "none", "cap", "fedora", "beanie")
BEARDLESS = frozenset(("child", "teen"))
HAIR_BY_AGE = {
    "old": ("grey", "white", "grey", "white"),
    "middle": ("black", "dark", "brown", "chestnut", "grey", "red", "blond"),
}
AGE_WORDS = {"YOUNG": "young", "YOUNGER": "young", "OLD": "old", "OLDER": "old", "TEENAGE": "teen",
             "TEEN": "teen", "LITTLE": "child", "ADULT": "adult", "SENIOR": "old"}  # fmt: skip
WEIGHTS = {
    "sex": 3.0, "hair": 2.0, "hair_colour": 1.6, "skin": 1.6, "build": 1.2, "height": 0.8, "head": 0.6,
    "beard": 1.0, "glasses": 0.8, "hat": 1.4, "costume": 1.2, "colour": 1.8, "second": 0.5,
}  # fmt: skip


def cast_looks(
    descriptions: Mapping[str, str],
    together: Iterable[Collection[str]] = (),
    sexes: Mapping[str, str] = NOTHING,
) -> dict[str, Look]:
    """A look for every name in `descriptions`; `together` lists who shares a scene with whom.

    `sexes` (`man`, `woman`) holds where a description leaves it open.

    What the script says is kept; the rest is chosen so that nobody is taken for another.
    """
    meet = {frozenset(pair) for group in together for pair in combinations(set(group), 2)}
    looks: dict[str, Look] = {}
    kin = {name: base for name in descriptions if (base := _base(name, descriptions))}
    for name in sorted(descriptions.keys() - kin.keys(), key=lambda one: draw("cast", one)):
        fixed = _known(name, descriptions[name], sexes)
        looks[name] = _first_fit(
            lambda turn, name=name, fixed=fixed: _draw_look(name, turn, fixed),
            looks,
            look_distance,
            lambda other, name=name: TOGETHER if frozenset((name, other)) in meet else APART,
        )
    for name, base in sorted(kin.items()):
        looks[name] = _aged(name, looks[base], read_looks(name, descriptions[name]))
    return {name: looks[name] for name in descriptions}


def cast_voices(
    descriptions: Mapping[str, str], looks: Mapping[str, Look]
) -> dict[str, VoiceTraits]:
    """A voice for every name in `descriptions`, of the sex and age of their look."""
    voices: dict[str, VoiceTraits] = {}
    for name in sorted(descriptions, key=lambda one: draw("cast", one)):
        look, said = looks[name], descriptions[name].lower()
        voices[name] = _first_fit(
            lambda turn, name=name, look=look, said=said: _draw_voice(name, turn, look, said),
            voices,
            voice_distance,
            lambda _: VOICES_TOGETHER,
        )
    return {name: voices[name] for name in descriptions}


def look_distance(one: Look, other: Look) -> float:
    """How far apart two people look: 0.0 for twins, about 8 for two strangers, up to about 17."""
    ages = CHOICES["age"]
    total = 0.9 * abs(ages.index(one.age) - ages.index(other.age))
    tables = {"colour": COLOURS, "second": COLOURS, "skin": SKINS, "hair_colour": HAIR_COLOURS}
    for trait, weight in WEIGHTS.items():
        mine, theirs = getattr(one, trait), getattr(other, trait)
        if trait in tables:
            total += weight * _colour_distance(tables[trait][mine], tables[trait][theirs])
        else:
            total += weight * (mine != theirs)
    return total


def voice_distance(one: VoiceTraits, other: VoiceTraits) -> float:
    """How far apart two voices sound: 0.0 alike, 1.0 and more for another sex or another age."""
    apart = float(one.sex != other.sex) + 0.5 * (one.age != other.age)
    apart += abs(one.pitch - other.pitch) + 0.4 * abs(one.pace - other.pace)
    return apart + 0.25 * (one.timbre != other.timbre)


def _first_fit(
    candidate: Callable[[int], One],
    taken: Mapping[str, One],
    distance: Callable[[One, One], float],
    needed: Callable[[str], float],
) -> One:
    """The first candidate far enough from all who are taken; the demand eases until one is."""
    others = [(other, needed(name)) for name, other in taken.items()]
    row: list[tuple[float, One]] = []
    for turn in range(TRIES):
        one = candidate(turn)
        apart = min((distance(one, other) / demand for other, demand in others), default=1.0)
        if apart >= 1.0:
            return one
        row.append((apart, one))
    best = max(apart for apart, _ in row)
    return next(one for apart, one in row if apart >= best * EASING)


def _known(name: str, description: str, sexes: Mapping[str, str]) -> dict[str, str]:
    known = {"sex": sexes[name]} if name in sexes else {}
    return {**known, **read_looks(name, description)}


def _draw_look(name: str, turn: int, fixed: Mapping[str, str]) -> Look:
    rng = random.Random(draw("look", name, turn))
    sex = fixed.get("sex") or ("man", "woman")[draw("sex", name) % 2]
    age = fixed.get("age") or ("young", "adult", "adult", "middle")[draw("age", name) % 4]
    small = age == "child"
    beard = "none" if sex == "woman" or age in BEARDLESS else rng.choice(BEARDS)
    colours = rng.sample(sorted(COLOURS), 2)
    hair = YOUNG_HAIR if small else HAIR_OF[sex]
    drawn = Look(
        sex=sex,
        age=age,
        build=rng.choice(CHOICES["build"]),
        height="short" if small else rng.choice(CHOICES["height"]),
        head=rng.choice(CHOICES["head"]),
        skin=rng.choice(CHOICES["skin"]),
        hair=rng.choice([one for one in hair if not (age == "teen" and one in {"bald", "receding"})]),
        hair_colour=rng.choice(HAIR_BY_AGE.get(age, CHOICES["hair_colour"][:6])),
        beard=beard,
        glasses="none" if small else rng.choice(GLASSES),
        hat=rng.choice(HATS),
        costume=rng.choice(CHILD_COSTUMES if small else COSTUMES_OF[sex]),
        colour=colours[0],
        second=colours[1],
    )  # fmt: skip
    return _possible(replace(drawn, **fixed), fixed)


def _possible(look: Look, fixed: Mapping[str, str]) -> Look:
    """Children and women wear no beards; whoever has a covered head may have any hair below it."""
    if look.sex == "woman" or look.age in BEARDLESS:
        look = replace(look, beard="none")
    if look.hat != "none" and "hat" not in fixed and {"hair", "hair_colour"} & fixed.keys():
        look = replace(look, hat="none")
    return look


def _base(name: str, names: Collection[str]) -> str | None:
    """`JOHN` for `YOUNG JOHN`, if both are in the film: one person at two ages."""
    first, _, rest = name.partition(" ")
    return rest if first in AGE_WORDS and rest in names else None


def _aged(name: str, look: Look, said: Mapping[str, str]) -> Look:
    age = said.get("age") or AGE_WORDS[name.partition(" ")[0]]
    hair = "grey" if age == "old" else "brown" if look.hair_colour in {"grey", "white"} else None
    beard = "none" if age in {*BEARDLESS, "young"} else look.beard
    costume = "sweater" if age == "child" else look.costume
    aged = replace(
        look, beard=beard, costume=costume, hat="none", hair_colour=hair or look.hair_colour
    )
    if age != "old" and aged.hair in {"bald", "receding"}:
        aged = replace(aged, hair="short")
    return _possible(replace(aged, **{**said, "age": age, "sex": look.sex}), said)


def _draw_voice(name: str, turn: int, look: Look, said: str) -> VoiceTraits:
    rng = random.Random(draw("voice", name, turn))
    pitch = rng.randrange(21) / 20
    if "deep voice" in said or "gravel" in said or "low voice" in said:
        pitch = min(pitch, 0.2)
    elif "high voice" in said or "squeaky" in said or "shrill" in said:
        pitch = max(pitch, 0.8)
    slow = 0.2 if look.age == "old" else 0.0
    pace = round(max(0.0, rng.randrange(21) / 20 - slow), 2)
    return VoiceTraits(look.sex, look.age, pitch, pace, rng.randrange(8))


@cache
def _colour_distance(one: str, other: str) -> float:
    """0.0 for the same colour, 1.0 for two that nobody confuses."""
    a, b = bytes.fromhex(one), bytes.fromhex(other)
    weights = (0.3, 0.59, 0.11)
    apart = sum(w * (x - y) ** 2 for w, x, y in zip(weights, a, b, strict=True)) ** 0.5
    return min(1.0, apart / 70)
