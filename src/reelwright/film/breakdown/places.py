"""Places merged across headings: `LIGHTHOUSE - LAMP ROOM` and `LIGHTHOUSE LAMP ROOM` are one."""

import re
from collections.abc import Iterable

from reelwright.film.breakdown.model import Location, Scene, Setting, Shot

WORD = re.compile(r"[^\W_]+")
NOUNS = frozenset(
    """airport alley altar apartment attic bank bar barn bathroom beach bedroom bridge bus cabin cafe
    car castle cave cell cellar chapel church city classroom cliff coast corridor courtroom courthouse
    dark desert diner dock driveway elevator farm field forest garage garden gas graveyard hall
    harbour harbor highway hospital hotel house island jungle kitchen lab laboratory lake library
    lighthouse lobby market meadow mountain mountains museum office park pier plane platform pool
    prison restaurant river road roof rooftop room ruins school sea ship square shop shore snow space
    spaceship stage stairs station store street studio suburb subway swamp temple theatre theater
    town train tunnel valley village warehouse woods workshop yard""".split()
)
SMALL = frozenset(("THE", "A", "AN"))


def place_key(location: str) -> str:
    """A place in one spelling: words alone, without articles and possessive marks."""
    words = WORD.findall(re.sub(r"['’]S\b", "S", location.upper()))
    return " ".join(word for word in words if word not in SMALL) or location.upper()


def describe_place(location: str, shots: Iterable[Shot]) -> tuple[str, ...]:
    """Nouns of a scene's first description that say what kind of place it is, if its heading does not."""
    if NOUNS & set(re.findall(r"\w+", location.lower())):
        return ()
    first = next((shot.action for shot in shots if shot.action), "")
    return tuple(sorted(NOUNS & set(re.findall(r"\w+", first.lower()))))


def merge_places(scenes: Iterable[Scene]) -> tuple[Location, ...]:
    """Places in order of their first scene, named as they were first written."""
    groups: dict[str, list[Scene]] = {}
    for scene in scenes:
        groups.setdefault(place_key(scene.location), []).append(scene)
    return tuple(
        Location(group[0].location, _setting(group), tuple(scene.id for scene in group))
        for group in groups.values()
    )


def _setting(group: list[Scene]) -> Setting:
    settings = {scene.setting for scene in group}
    return settings.pop() if len(settings) == 1 else Setting.INT_EXT
