"""What makes a line a character cue, and what a cue says."""

import re
from typing import NamedTuple

from reelwright.film.screenplay.emphasis import plain

_BETWEEN_EXTENSIONS = re.compile(r"[)）]\s*[(（]")
_OPENING = re.compile("[(（]")


class Cue(NamedTuple):
    """`text` is what a reader sees; `name` is who speaks; `extension` is what the brackets say."""

    text: str
    name: str
    extension: str | None
    dual: bool


def split_cue(text: str) -> Cue:
    """Split a stripped cue line (without `@`) into its parts."""
    dual = text.endswith("^")
    if dual:
        text = text[:-1].rstrip()
    name, extension = text, None
    if text.endswith((")", "）")):
        opening = _OPENING.search(text)
        if opening and opening.start():
            name = text[: opening.start()].rstrip()
            extension = _BETWEEN_EXTENSIONS.sub(", ", text[opening.end() : -1]).strip()
    if "*" in name or "_" in name:
        name = plain(name)
    return Cue(text, name, extension, dual)


def read_cue(text: str, cast: frozenset[str]) -> Cue | None:
    """The cue in a stripped line, None if it reads as none; the lines around it are not asked.

    A cue's name is in upper case and has a letter; a name without upper case (as in Chinese or
    Arabic) counts when it is in the `cast`.
    """
    if text.isupper() and text[-1] not in ")）^" and "*" not in text and "_" not in text:
        return Cue(text, text, None, False) if text[0] not in "(（" else None
    if not cast and not text.isupper() and "(" not in text and "（" not in text:
        return None
    cue = split_cue(text)
    named = cue.name.isupper() and cue.name[0] not in "(（"
    return cue if named or cue.name in cast else None


def find_cast(bare: list[str]) -> frozenset[str]:
    """Names without upper and lower case that some line forces to be a cue with `@`."""
    names = (split_cue(line[1:].strip()).name for line in bare if line[:1] == "@")
    return frozenset(name for name in names if name and has_no_case(name))


def has_no_case(name: str) -> bool:
    """Whether a name is written in a script without upper and lower case."""
    return name.upper() == name.lower()
