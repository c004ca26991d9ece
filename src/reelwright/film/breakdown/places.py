"""Places merged across headings: `LIGHTHOUSE - LAMP ROOM` and `LIGHTHOUSE LAMP ROOM` are one."""

import re
from collections.abc import Iterable

from reelwright.film.breakdown.model import Location, Scene, Setting

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("THE", "A", "AN"))


def place_key(location: str) -> str:
    """A place in one spelling: words alone, without articles and possessive marks."""
    words = WORD.findall(re.sub(r"['’]S\b", "S", location.upper()))
    return " ".join(word for word in words if word not in SMALL) or location.upper()


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
