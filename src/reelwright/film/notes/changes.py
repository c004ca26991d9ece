"""Notes written into a file that people write in too: their lines and comments stay as they are."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import tomlkit


@dataclass(frozen=True, slots=True)
class NoteChange:
    """One value of one note: `[table.subject] key = value`; a value of None takes the key away.

    The film's notes have no subject (""). A character's keys are `look.hair`, `voice.pitch` ...
    """

    table: str
    subject: str
    key: str
    value: str | float | bool | list[str] | None


def add_notes(text: str, changes: Iterable[NoteChange]) -> str:
    """Write changes into notes. Headings that are there get their lines; new ones come at the end."""
    wanted = {(one.table, one.subject, one.key): one for one in changes}.values()
    edited = text = text.removeprefix("\ufeff")
    for change in wanted:
        edited = _edit(edited, change)
    if _says(edited, wanted):
        return edited
    for change in wanted:
        text = _rewrite(text, change)
    return text


def _edit(text: str, change: NoteChange) -> str:
    """Change the one line, below its heading: what is written by hand is touched nowhere else."""
    lines = text.splitlines(keepends=True)
    line = f"{change.key} = {tomlkit.item(change.value).as_string()}\n" if _set(change) else ""
    heading = _heading(change)
    place = next((at for at, one in enumerate(lines) if _is_heading(one, heading)), None)
    if place is None:
        if not line:
            return text
        space = "\n" if text.strip() else ""
        return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{space}[{heading}]\n{line}"
    for at in range(place + 1, len(lines)):
        if lines[at].lstrip().startswith("["):
            break
        if re.match(rf"\s*{re.escape(change.key)}\s*=", lines[at]):
            remark = re.search(r"\s+#[^\"']*$", lines[at].rstrip("\n"))
            kept = line.rstrip("\n") + (remark[0] if remark else "") + "\n" if line else ""
            return "".join([*lines[:at], kept, *lines[at + 1 :]])
    if line and not lines[place].endswith("\n"):
        lines[place] += "\n"
    return "".join([*lines[: place + 1], line, *lines[place + 1 :]])


def _rewrite(text: str, change: NoteChange) -> str:
    """For notes written in some rarer way (dotted keys, tables in braces): by their structure."""
    document = tomlkit.parse(text)
    table = document.setdefault(change.table, tomlkit.table(is_super_table=True))
    note = table
    *above, last = (*_keys(change), *change.key.split("."))
    for key in above:
        note = note.setdefault(key, tomlkit.table())
    if _set(change):
        note[last] = change.value
    else:
        note.pop(last, None)
    return tomlkit.dumps(document)


def _says(text: str, changes: Iterable[NoteChange]) -> bool:
    """Whether notes say what the changes want."""
    try:
        tables: Any = tomllib.loads(text)
        for change in changes:
            note = tables
            *above, last = (change.table, *_keys(change), *change.key.split("."))
            for key in above:
                note = note.get(key, {})
            if note.get(last) != change.value:
                return False
    except (tomllib.TOMLDecodeError, AttributeError):
        return False
    return True


def _set(change: NoteChange) -> bool:
    return change.value is not None


def _heading(change: NoteChange) -> str:
    """`shots.sh_x`; the parts of a split shot are tables in its table, other dots are quoted."""
    keys = (tomlkit.key(key).as_string() for key in _keys(change))
    return ".".join((change.table, *keys))


def _keys(change: NoteChange) -> list[str]:
    if not change.subject:
        return []
    return change.subject.split(".") if change.table == "shots" else [change.subject]


def _is_heading(line: str, heading: str) -> bool:
    return re.match(rf"\s*\[\s*{re.escape(heading)}\s*\]", line) is not None
