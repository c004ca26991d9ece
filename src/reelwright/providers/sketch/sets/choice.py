"""The choice of a set: the heading's words first, then the action's, then the plain one."""

import re
from collections.abc import Iterable

from reelwright.film.breakdown.model import Setting
from reelwright.film.picture import Place
from reelwright.providers.sketch.sets.exteriors.table import EXTERIORS
from reelwright.providers.sketch.sets.interiors.table import INTERIORS
from reelwright.providers.sketch.stage import SetDesign

PLAIN_EXTERIOR = "quiet_street"
PLAIN_INTERIOR = "living_room"

# A place is only one of these when its heading says so: an action that mentions one is elsewhere.
_LANDMARKS = frozenset(
    {
        "lighthouse_cliff",
        "castle",
        "space",
        "battlefield",
        "ruins",
        "airport",
        "graveyard",
        "civic_front",
    }
)


def choose_set(place: Place) -> SetDesign:
    """The set for a place. The longest word found wins; of equals, the last one said."""
    rooms = _named_of(place.setting)
    heading = _plain(place.heading) if place.heading else _plain(place.location)
    found = _best(rooms, heading)
    if found is None:
        found = _best((d for d in rooms if d.name not in _LANDMARKS), " ".join(place.words))
    return found or _plain_set(place.setting)


def _named_of(setting: Setting) -> tuple[SetDesign, ...]:
    match setting:
        case Setting.INT:
            return INTERIORS
        case Setting.EXT:
            return EXTERIORS
        case _:
            return (*INTERIORS, *EXTERIORS)


def _plain(text: str) -> str:
    """Lower case, without accents of punctuation: only words with single spaces."""
    return " ".join(re.findall(r"[^\W_]+", text.lower().replace("’", "'").replace("'s ", " ")))


def _best(designs: Iterable[SetDesign], text: str) -> SetDesign | None:
    best: tuple[int, int] = (0, -1)
    found: SetDesign | None = None
    padded = f" {_plain(text)} "
    for design in designs:
        for word in design.words:
            at = _last(padded, _plain(word))
            if at >= 0 and (len(word), at) > best:
                best, found = (len(word), at), design
    return found


def _last(padded: str, word: str) -> int:
    """Where a word, or its plural, stands last in a text of words; -1 when it does not."""
    return max(padded.rfind(f" {word} "), padded.rfind(f" {word}s "))


def _plain_set(setting: Setting) -> SetDesign:
    designs, name = (
        (INTERIORS, PLAIN_INTERIOR) if setting is Setting.INT else (EXTERIORS, PLAIN_EXTERIOR)
    )
    return next((design for design in designs if design.name == name), designs[0])
