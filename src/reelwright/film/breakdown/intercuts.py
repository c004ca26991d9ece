"""INTERCUT: two places shown in turn, everyone where they were established."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reelwright.film.breakdown.places import place_key

ORDER = re.compile(r"^\W*(?:WE\s+|We\s+)?INTERCUT(?:TING)?\b(?P<between>[^.:]*)(?:[.:]\s*|$)")
ENDED = re.compile(r"^\W*END (?:OF )?INTERCUT\W*$")
IN_HEADING = re.compile(r"\W*\bINTERCUT\b\W*(?:WITH\b)?", re.IGNORECASE)
AND = re.compile(r"\s*(?:/|&|,|\b(?:AND|WITH|BETWEEN)\b)\s*")
OWN = ""
MEMORY = 8
SMALL_WORD = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """A place in which people were seen. `pose` is what one does there if nothing is said."""

    scene_id: str
    place: str
    people: tuple[str, ...]
    pose: str | None = None

    @property
    def words(self) -> AbstractSet[str]:
        """The words of its name."""
        return frozenset(self.place.split())

    def answers_to(self, name: str) -> bool:
        """Whether a place or a person goes by that name."""
        words = set(place_key(name).split())
        return name in self.people or (bool(words) and words <= self.words)


@dataclass(frozen=True, slots=True)
class Intercut:
    """Two stages, that of action without people first. The scene's own has the id `OWN`."""

    stages: tuple[Stage, Stage]
    homes: Mapping[str, Stage]

    def home(self, name: str) -> Stage:
        """Where somebody is seen."""
        return self.homes.get(name, self.stages[0])

    def together(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of some who are where the first of them is."""
        return tuple(name for name in names if self.home(name) is self.home(names[0]))

    def stage_of(self, people: Sequence[str], text: str) -> Stage:
        """Where a shot plays: where its people are, else in the place it names."""
        if people:
            return self.home(people[0])
        said = {word for word in place_key(text).split() if len(word) > SMALL_WORD}
        named = [stage for stage in self.stages if stage.words & said]
        return named[0] if len(named) == 1 else self.stages[0]


def read_intercut(text: str) -> tuple[str, str] | None:
    """What an order to intercut names, and the text that follows it; None if it is none."""
    found = ORDER.match(text)
    if not found:
        return None
    if text == text.upper():
        return text[found.start("between") :], ""
    return found["between"], text[found.end() :]


def cut_between(
    words: str, here: Stage | None, before: Sequence[Stage], heard: Iterable[str] = ()
) -> Intercut | None:
    """The two places an order means: those it names, else this one and the last before it.

    `before` are the stages of earlier scenes; whoever was only `heard` here is in the other place.
    None where there are no two places.
    """
    known: dict[str, Stage] = {here.place: here} if here else {}
    for stage in reversed(before[-MEMORY:]):
        known.setdefault(stage.place, stage)
    names = [name.strip(" -–—.:()[]") for name in AND.split(words.upper())]
    named = (_first(known.values(), name) for name in names if name)
    chosen = list(dict.fromkeys([*filter(None, named), *known.values()]))[:2]
    if len(chosen) < 2:
        return None
    one, other = chosen
    stages = (other, one) if other is here else (one, other)
    homes = dict.fromkeys(heard, stages[1])
    homes.update((name, stage) for stage in reversed(stages) for name in stage.people)
    return Intercut(stages, homes)


def _first(stages: Iterable[Stage], name: str) -> Stage | None:
    return next((stage for stage in stages if stage.answers_to(name)), None)
