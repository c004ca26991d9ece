"""Finding what is in a Fountain text without being part of the script: notes and boneyards."""

import re
from dataclasses import dataclass

from reelwright.film.screenplay.elements import ElementType

# An empty line ends a note; two spaces on it keep the note together.
_EMPTY_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t]?(?=[\r\n])")
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)")


@dataclass(frozen=True, slots=True)
class Span:
    """An aside at `text[begin:end]`, marks included; `words` is what it says."""

    type: ElementType
    words: str
    begin: int
    end: int


class _Finder:
    """Looks for one pattern from ever later places, and never over the same ground twice."""

    def __init__(self, text: str, pattern: str | re.Pattern[str]) -> None:
        self._text = text
        self._pattern = re.compile(pattern)
        self._found = -1
        self._floor = 0

    def after(self, place: int) -> int:
        """Where the pattern stands at or after `place`; the length of the text if nowhere."""
        place = max(place, self._floor)
        if self._found < place:
            match = self._pattern.search(self._text, place)
            self._found = match.start() if match else len(self._text)
        return self._found

    def skip(self, place: int) -> None:
        """Find nothing before `place` any more."""
        self._floor = place


def find_asides(text: str) -> list[Span]:
    """All notes and boneyards in order; what is never closed is no aside. Linear in the text."""
    end = len(text)
    bone_opens, bone_closes = _Finder(text, r"/\*"), _Finder(text, r"\*/")
    note_opens, note_closes = _Finder(text, r"\[\["), _Finder(text, r"\]\]")
    empty_lines = _Finder(text, _EMPTY_LINE)
    spans: list[Span] = []
    place = 0
    while (begin := min(bone_opens.after(place), note_opens.after(place))) < end:
        if begin == bone_opens.after(place):
            kind, opens = ElementType.BONEYARD, bone_opens
            closed, limit = bone_closes.after(begin + 2), end
        else:
            kind, opens = ElementType.NOTE, note_opens
            closed, limit = note_closes.after(begin + 2), empty_lines.after(begin)
        if closed < limit:
            place = closed + 2
            spans.append(Span(kind, _words(text[begin + 2 : closed]), begin, place))
        else:
            opens.skip(end if closed == end else limit)
    return spans


def _words(inside: str) -> str:
    return _LINE_END.sub("\n", inside).strip()
