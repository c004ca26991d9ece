"""Notes that a machine proposes: read as a person's would be, and never put over one that stands."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from reelwright.film.breakdown.model import Breakdown, CastMember
from reelwright.film.notes.changes import NoteChange
from reelwright.film.notes.fields import CHARACTER, EITHER, FILM, SCENE, SHOT, Read

FILES = frozenset(("picture", "clip", "recording", "recordings"))
"""Keys of a person's own files: nobody else can propose them."""
PROPOSABLE: Mapping[str, Mapping[str, Read]] = {
    "film": FILM,
    "characters": {
        f"{part}.{key}": read for part, keys in CHARACTER.items() for key, read in keys.items()
    },
    "scenes": SCENE,
    "shots": {key: read for key, read in SHOT.items() if key not in FILES},
}
"""By table, the keys that may be proposed, each with what reads its value."""


def read_value(table: str, key: str, words: Sequence[str]) -> str | float | bool | list[str]:
    """A note's value from words, of which there are several only in a list.

    Raises ValueError, saying what would have been right.
    """
    known = PROPOSABLE.get(table, {}).get(key)
    if known is None:
        keys = ", ".join(PROPOSABLE.get(table, {})) or ", ".join(PROPOSABLE)
        raise ValueError(f"one of {keys}")
    wrong = ValueError("some value")
    for value in _meanings(words):
        try:
            known(value)
        except ValueError as error:
            wrong = error
        else:
            return value
    raise wrong


def _meanings(words: Sequence[str]) -> Iterator[Any]:
    """What words may stand for, the plainest first; the last is what a complaint is about."""
    if len(words) == 1:
        word = words[0].strip()
        for kind in (int, float):
            with suppress(ValueError):
                yield kind(word)
        if word in ("true", "false"):
            yield word == "true"
        yield word
    else:
        yield list(words)


class Standing:
    """What notes say already, and whom a proposal is about. `text` must be notes that can be read."""

    def __init__(self, text: str, breakdown: Breakdown) -> None:
        self._tables: Mapping[str, Any] = tomllib.loads(
            text.removeprefix("\ufeff").replace("\r\n", "\n")
        )
        self._cast = {name.casefold(): one for one in breakdown.characters for name in _names(one)}
        self._scenes = {scene.id for scene in breakdown.scenes}
        self._shots = {shot.id for scene in breakdown.scenes for shot in scene.shots}

    def subject(self, table: str, name: str) -> str | None:
        """The subject as notes have it; None: the script has no such thing (any more)."""
        match table:
            case "film":
                return ""
            case "scenes":
                return name if name in self._scenes else None
            case "shots":
                return name if name.partition(".")[0] in self._shots else None
            case _:
                member = self._cast.get(name.casefold())
                return self._called(member) if member else None

    def _called(self, member: CastMember) -> str:
        """The name notes use, if they have one."""
        names = {name.casefold() for name in _names(member)}
        noted: Mapping[str, Any] = self._tables.get("characters", {})
        return next((one for one in noted if one.casefold() in names), member.name)

    def says(self, change: NoteChange) -> bool:
        """Whether a note stands where the change would go, or one that excludes it."""
        beside = {key for pair in EITHER if change.key in pair for key in pair}
        keys = beside if change.table == "shots" and beside else {change.key}
        return any(self._found(change, key) is not None for key in keys)

    def same(self, change: NoteChange) -> bool:
        """Whether the notes say this very thing."""
        return self._found(change, change.key) == change.value

    def _found(self, change: NoteChange, key: str) -> Any:
        subject = [change.subject] if change.subject else []
        if change.table == "shots":
            subject = change.subject.split(".")
        note: Any = self._tables
        for step in (change.table, *subject, *key.split(".")):
            note = note.get(step) if isinstance(note, dict) else None
        return note


def _names(member: CastMember) -> tuple[str, ...]:
    return (member.name, *member.aliases)
