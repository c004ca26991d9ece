"""Notes read from their file, with an answer for whatever is wrong in it."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from reelwright.film.notes.fields import CHARACTER, EITHER, FILM, SCENE, SHOT, Read
from reelwright.film.notes.model import CharacterNote, FilmNote, Notes, SceneNote, ShotNote
from reelwright.ground.errors import InvalidInputError

TABLES = ("film", "characters", "scenes", "shots")


def parse_notes(text: str, name: str = "notes") -> Notes:
    """Read notes; `name` is what errors call the file.

    Raises:
        InvalidInputError: it is no TOML, or has a key or a value that means nothing; the message
            names file, line and key, the way out the nearest word that does mean something.
    """
    try:
        tables = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInputError(
            f"{name} cannot be read: {error}.",
            way_out='every note is a line like size = "close", under a [shots.ID] line',
        ) from error
    page = _Page(text, name)
    page.check_keys(tables, TABLES, ())
    return Notes(
        film=FilmNote(**page.fields(tables.get("film", {}), FILM, ("film",))),
        characters={
            who: CharacterNote(**page.nested(note, CHARACTER, ("characters", who)))
            for who, note in page.table(tables, "characters").items()
        },
        scenes={
            scene: SceneNote(**page.fields(note, SCENE, ("scenes", scene)))
            for scene, note in page.table(tables, "scenes").items()
        },
        shots={
            shot: _shot(page, note, ("shots", shot))
            for shot, note in _parts(page.table(tables, "shots")).items()
        },
        name=name,
    )


def _parts(shots: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of split shots as shots of their own: `[shots.sh_x.1]` is about the shot `sh_x.1`."""
    flat: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for shot, note in shots.items():
        own = note
        if isinstance(note, dict):
            nested = {
                key for key, value in note.items() if key.isdigit() and isinstance(value, dict)
            }
            inner |= {f"{shot}.{key}": note[key] for key in nested}
            own = {key: value for key, value in note.items() if key not in nested}
        flat[shot] = own
    for shot, note in _parts(inner).items() if inner else ():
        flat[shot] = {**flat.get(shot, {}), **note}
    return flat


def _shot(page: "_Page", note: Any, where: tuple[str, ...]) -> ShotNote:
    fields = page.fields(note, SHOT, where)
    for one, other in EITHER:
        if one in fields and other in fields:
            page.refuse(
                where, other, f"'{one}' and '{other}' exclude each other", "keep one of them"
            )
    if "recording" in fields:
        fields["recordings"] = (fields.pop("recording"),)
    return ShotNote(**fields)


@dataclass(frozen=True, slots=True)
class _Page:
    """The file, to say where in it something is wrong."""

    text: str
    name: str

    def table(self, tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """A table of tables."""
        found = tables.get(key, {})
        if not isinstance(found, dict):
            self.refuse((), key, f"'{key}' is no table", f"write [{key}.NAME] on a line of its own")
        return found

    def fields(
        self, note: Any, known: Mapping[str, Read], where: tuple[str, ...]
    ) -> dict[str, Any]:
        """The values of one note, each read by its field."""
        self.check_keys(note, known, where)
        read = {}
        for key, value in note.items():
            try:
                read[key] = known[key](value)
            except ValueError as error:
                near = _near(value, str(error).removeprefix("one of ").split(", "))
                self.refuse(where, key, f"'{key}' cannot be {value!r}", near + f"it takes {error}")
        return read

    def nested(
        self, note: Any, known: Mapping[str, Mapping[str, Read]], where: tuple[str, ...]
    ) -> dict[str, Any]:
        """A note whose values are tables themselves."""
        self.check_keys(note, known, where)
        return {key: self.fields(value, known[key], (*where, key)) for key, value in note.items()}

    def check_keys(self, note: Any, known: Iterable[str], where: tuple[str, ...]) -> None:
        """Refuse what nobody would read."""
        if not isinstance(note, dict):
            *above, key = where
            self.refuse(tuple(above), key, f"'{key}' needs keys of its own", _known(known))
        for key in note:
            if key not in known:
                inside = f" in [{'.'.join(where)}]" if where else ""
                near = _near(key, known)
                self.refuse(where, key, f"nothing is called '{key}'{inside}", near + _known(known))

    def refuse(self, where: tuple[str, ...], key: str, what: str, way_out: str) -> NoReturn:
        """Say what is wrong, in which file and line."""
        line = self._line(where, key)
        raise InvalidInputError(f"{self.name}, line {line}: {what}.", way_out=way_out)

    def _line(self, where: tuple[str, ...], key: str) -> int:
        """The line of a key: below its table's heading, else the first that names it."""
        heading, named = "", 0
        for number, line in enumerate(self.text.splitlines(), 1):
            words = re.findall(r"[^\s.\[\]{}=,\"']+", line.partition("#")[0])
            if line.lstrip().startswith("["):
                heading = ".".join(words)
            below = f"{heading}." if not line.lstrip().startswith("[") else ""
            if key in words:
                path = ".".join((*where, key))
                if f"{below}{'.'.join(words)}".startswith(path) or path.startswith(f"{heading}."):
                    return number
                named = named or number
        return named or 1


def _near(word: Any, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(str(word), list(known), n=1)
    return f"did you mean '{found[0]}'? " if found else ""


def _known(known: Iterable[str]) -> str:
    return "what is known here: " + ", ".join(known)
