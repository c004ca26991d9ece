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
    "airport camp castle cell civic_front courtroom fairground graveyard great_hall lamp_room "
    "lighthouse_cliff mansion ruins ship_cabin space spaceship stadium underwater".split()
)

# What people do and use anywhere ("she waves", "a car") names a place only in a heading.
_ANYWHERE = frozenset(
    "ambulance bank bar bath bed bench bicycle block boat bomber bridge bunk bus cab cabin cage camp "
    "capsule car cell chamber chopper class closet coach college congress convertible copter country "
    "court cruiser dump exhibit fair firm flat hall helicopter home house hut ice inn jeep jet keep "
    "landing ledge lift lodge mess mill mine motorcycle mustang pass pickup pit plain plane plant pod "
    "pool port quarters reactor ridge ring roof sea sedan shaft shed shelter ship shop shoulder sky snow "
    "square stage store stream study sub suite suv tank taxi temple tent tide tomb tower tracks traffic "
    "trailer train trauma tree trees truck van vault vehicle vent wagon waves wood works yard".split()
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

# Indoors, a mere part of any house.
_CORNERS = frozenset(
    listed(
        """
        balcony, bay, booth, catwalk, collection, command, control, counter, desk, division,
        downstairs, entry, entryway, federal, floor, front door, hold, joint, level, medical,
        moving, party, platform, radio, research, room, science, section, security, stall, stand,
        station, underground, unit, upstairs
        """
    )
)

# A house as a whole: the room that is named inside it says more.
_HOUSES = frozenset(
    listed(
        """
        agency, airport, apartment, apt, bank, basement, boat, brownstone, cabin, castle, cia, clinic, college,
        condo, cottage, courthouse, embassy, estate, factory, farm house, farmhouse, fbi, flat,
        headquarters, high school, home, hospital, hotel, house, hq, jail, loft, mall, mansion,
        monastery, motel, office, office building, palace, penthouse, plantation,
        police headquarters, police station, precinct, prison, school, ship, studio, suite, tower,
        townhouse, trailer, university, villa
        """
    )
)

_VAGUE = _ANYWHERE | _BESIDE | _CORNERS


def choose_set(place: Place) -> SetDesign:
    """The set for a place. The longest word found wins; of equals, the last one said.

    Indoors a room counts before the house it is in. A town or a mere part of a place counts only
    where nothing else is named.
    """
    rooms = _named_of(place.setting)
    heading = _plain(place.heading) if place.heading else _plain(place.location)
    found = _best(rooms, heading)
    if found is None:
        common = (design for design in rooms if design.name.replace(" ", "_") not in _LANDMARKS)
        found = _best(common, " ".join(word for word in place.words if word not in _VAGUE))
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
    best: tuple[int, int, int] = (-1, 0, -1)
    found: SetDesign | None = None
    padded = f" {_plain(text)} "
    for design in designs:
        for word in design.words:
            length, at = _fit(padded, _plain(word))
            if not length:
                continue
            fit = (_weight(design, word), length, at)
            if fit > best:
                best, found = fit, design
    return found


def _weight(design: SetDesign, word: str) -> int:
    indoors = design in INTERIORS
    if indoors and word in _HOUSES:
        return 1
    return 0 if word in _BESIDE or (indoors and word in _CORNERS) else 2


def _fit(padded: str, word: str) -> tuple[int, int]:
    """How long a word, or its plural, stands in a text of words, and where it does so last."""
    if word not in padded:
        return 0, -1
    for form in (f"{word}s", word):
        at = padded.rfind(f" {form} ")
        if at >= 0:
            return len(form), at
    return 0, -1
