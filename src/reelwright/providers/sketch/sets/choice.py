"""The choice of a set: the heading's words first, then the action's, then the plain one.

The first row of each table is the plain one: a quiet street, a room.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from reelwright.film.breakdown.model import Setting
from reelwright.film.picture import Place
from reelwright.providers.sketch.sets.exteriors.table import EXTERIORS
from reelwright.providers.sketch.sets.interiors.table import INTERIORS
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.stage import SetDesign

# A place is only one of these when its heading says so: an action that mentions one is elsewhere.
_LANDMARKS = frozenset(
    "airport camp castle cell civic_front courtroom fairground graveyard lamp_room lighthouse_cliff "
    "mansion ruins space spaceship stadium underwater".split()
)

# What people do and use anywhere ("she waves", "a car") names a place only in a heading.
_ANYWHERE = frozenset(
    "ambulance bank bar bed bench bicycle block boat bridge bus cab cabin camp car cell chamber corner "
    "country court dump fair flat hall home house hut ice jeep jet keep landing ledge lift mill mine "
    "motorcycle pass pickup plain plane platform pool port ridge roof room sea shed ship shop shoulder "
    "sky snow square stage store stream study taxi tent tide tower town tracks traffic train tree trees "
    "truck van vehicle waves wood works yard".split()
)

# A part of a place or a part of the world: any other word of the heading says more.
_BESIDE = frozenset(
    listed(
        """
        alaska, amazon, arizona, atlantic, berlin, boston, bronx, brooklyn, building, buildings,
        cairo, center, centre, chicago, complex, congo, corner, curb, deck, detroit, door,
        doorway, downtown, drive, driving, egypt, entrance, facility, front entrance, front gate,
        gate, greenland, grounds, harlem, hollywood, hong kong, istanbul, las vegas, london, los
        angeles, madrid, main entrance, main gate, malibu, manhattan, mediterranean, miami,
        moscow, mumbai, new mexico, new orleans, new york, oakland, office, offices, paris,
        parking, philadelphia, prague, queens, rome, san diego, san francisco, seattle, shack,
        shanghai, siberia, site, stairs, steps, the strip, tokyo, town, vienna, vietnam, walkway,
        washington, window, yards, yukon
        """
    )
)


def choose_set(place: Place) -> SetDesign:
    """The set for a place. The longest word found wins; of equals, the last one said.

    A town or a mere part of a place counts only where nothing else is named.
    """
    rooms = _named_of(place.setting)
    heading = _plain(place.heading) if place.heading else _plain(place.location)
    found = _best(rooms, heading)
    if found is None:
        common = (design for design in rooms if design.name.replace(" ", "_") not in _LANDMARKS)
        found = _best(common, " ".join(word for word in place.words if word not in _ANYWHERE))
    return found or (INTERIORS if place.setting is Setting.INT else EXTERIORS)[0]


def _named_of(setting: Setting) -> tuple[SetDesign, ...]:
    match setting:
        case Setting.INT:
            return INTERIORS
        case Setting.EXT:
            return EXTERIORS
        case _:
            return (*INTERIORS, *EXTERIORS)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Only words, in lower case, with single spaces; no possessives, no accents."""
    open_marks = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    bare = "".join(sign for sign in open_marks if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.replace("'s ", " ")))


def _best(designs: Iterable[SetDesign], text: str) -> SetDesign | None:
    best: tuple[bool, int, int] = (False, 0, -1)
    found: SetDesign | None = None
    padded = f" {_plain(text)} "
    for design in designs:
        for word in design.words:
            length, at = _fit(padded, _plain(word))
            fit = (word not in _BESIDE and length > 0, length, at)
            if fit > best:
                best, found = fit, design
    return found


def _fit(padded: str, word: str) -> tuple[int, int]:
    """How long a word, or its plural, stands in a text of words, and where it does so last."""
    if word not in padded:
        return 0, -1
    for form in (f"{word}s", word):
        at = padded.rfind(f" {form} ")
        if at >= 0:
            return len(form), at
    return 0, -1
