"""Prose that is nearly a screenplay already (`INT. KITCHEN`, `Mara: Who is there?`) as Fountain, by rules."""

import re
from collections.abc import Iterator

from reelwright.film.screenplay.fountain.headings import is_heading, is_transition

_MARKS = re.compile(r"^(?:#{1,6}|[-*>])\s+")
_SPOKEN = re.compile(
    r"(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})\s*(?:\((?P<aside>[^)]{1,60})\))?"
    r"\s*:\s+(?P<words>\S.*)"
)
_EXTENSIONS = re.compile(
    r"(?:V\.?\s?O|O\.?\s?S|O\.?\s?C|CONT['’]?D|FILTERED|ON PHONE)\b", re.IGNORECASE
)
_KEYS = frozenset(
    ("title", "author", "authors", "logline", "credit", "note", "notes", "then", "later")
)
_QUOTES = '"“”„«»'


def is_structured(text: str) -> bool:
    """Whether some line is a scene heading: then the rules know what to make of it."""
    return any(is_heading(_bare(line)) for line in text.splitlines())


def structured_to_fountain(text: str) -> str:
    """The scenes as Fountain: headings, cues and speeches where lines say so, all else as action.

    Lines before the first heading are the title page (`Title: ...`) or the opening action.
    """
    return "\n\n".join(_paragraphs(text)) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    lines = [_bare(line) for line in text.splitlines()]
    first = next((at for at, line in enumerate(lines) if is_heading(line)), len(lines))
    head = [line for line in lines[:first] if _key(line) in ("title", "author", "logline")]
    if head:
        yield "\n".join(line[:1].upper() + line[1:] for line in head)
    action: list[str] = []
    for line in (*(one for one in lines[:first] if one not in head), *lines[first:], ""):
        made = _made(line)
        if (made or not line) and action:
            yield _action(" ".join(action))
            action = []
        if made:
            yield made
        elif line:
            action.append(line)


def _made(line: str) -> str | None:
    """A heading, a transition or a speech; None: it is action."""
    if is_heading(line):
        return line.upper()
    if is_transition(line):
        return line
    spoken = _SPOKEN.fullmatch(line)
    if not spoken or _key(line) in _KEYS or not _is_name(spoken["name"]):
        return None
    aside = spoken["aside"] or ""
    extension = f" ({aside.upper()})" if _EXTENSIONS.match(aside) else ""
    manner = f"({aside})\n" if aside and not extension else ""
    words = spoken["words"].strip(_QUOTES).strip()
    return f"{_cue(spoken['name'])}{extension}\n{manner}{words}" if words else None


def _cue(name: str) -> str:
    upper = name.upper()
    return upper if upper != upper.lower() else f"@{name}"


def _action(text: str) -> str:
    """Action that stays action, also where it looks like a cue or a heading."""
    return f"!{text}" if text.isupper() else text


def _is_name(name: str) -> bool:
    """Each word begins with a capital, or the script has none."""
    return all(word[0].upper() == word[0] for word in name.split())


def _key(line: str) -> str:
    return line.partition(":")[0].strip().lower() if ":" in line else ""


def _bare(line: str) -> str:
    """A line without the marks of Markdown around it."""
    return _MARKS.sub("", line.strip()).strip("*_ ")
