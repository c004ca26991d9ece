"""Elements out of printed lines: what a line is, its column and its neighbours tell."""

import re

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fountain.headings import is_heading, is_transition
from reelwright.film.screenplay.layout.columns import Columns, cue_of, find_columns
from reelwright.film.screenplay.layout.drafts import Draft
from reelwright.film.screenplay.layout.lines import PrintedLine, Segment

_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Z]{0,2}\.?")
_TRANSITION = re.compile(
    r"(?:(?:SMASH|MATCH|JUMP|HARD|QUICK|SLOW|TIME)? ?CUT|DISSOLVE|FADE|WIPE|IRIS|INTERCUT)\b"
)
_CONTINUED = re.compile(r"(?i)\(cont['’]?d\.?\)$")
_SENTENCE_ENDS = (".", "!", "?", ":", '"', "”", "…", ")", "--", "—")
_SPOKEN = frozenset({ElementType.DIALOGUE, ElementType.PARENTHETICAL})


def read_paragraphs(lines: list[PrintedLine]) -> list[Element]:
    """All elements of a script's printed lines, furniture and title page already taken off."""
    if not lines:
        return []
    columns = find_columns(lines)
    reader = _Reader(lines, columns)
    reader.read()
    return [draft.finish(columns) for draft in reader.drafts]


class _Reader:
    """Takes one block of lines after the other. Methods that take lines return the place after."""

    def __init__(self, lines: list[PrintedLine], columns: Columns) -> None:
        self._lines = lines
        self._columns = columns
        self._speaker: str | None = None
        self.drafts: list[Draft] = []

    def read(self) -> None:
        place = 0
        while place < len(self._lines):
            line = self._lines[place]
            if heading := _split_heading(line):
                place = self._heading(place, *heading)
            elif self._is_dual(place):
                place = self._dual(place)
            elif self._is_cue(place):
                place = self._speech(place)
            elif self._goes_on_speaking(place):
                place = self._spoken(place)
            elif self._is_transition(place):
                draft = self._begin(ElementType.TRANSITION, line, line.text)
                draft.forced = not is_transition(line.text)
                place += 1
            else:
                place = self._action(place)

    def _begin(
        self, kind: ElementType, line: PrintedLine, text: str, *, dual: bool = False
    ) -> Draft:
        draft = Draft(kind, line.number, line.page, [text], dual)
        self.drafts.append(draft)
        return draft

    def _turned(self, place: int) -> bool:
        """Whether a page was turned before this line."""
        return place > 0 and self._lines[place].page != self._lines[place - 1].page

    def _parted(self, place: int) -> bool:
        return place >= len(self._lines) or self._lines[place].gap or self._turned(place)

    def _heading(self, place: int, text: str, number: str | None) -> int:
        draft = self._begin(ElementType.SCENE_HEADING, self._lines[place], text)
        draft.number = number
        place += 1
        while not self._parted(place) and self._runs_on(self._lines[place]):
            draft.add(self._lines[place])
            place += 1
        return place

    def _runs_on(self, line: PrintedLine) -> bool:
        """Whether a line after a heading belongs to it."""
        return line.text.isupper() and not self._columns.is_indented(line)

    def _is_cue(self, place: int) -> bool:
        line = self._lines[place]
        if self._parted(place + 1) or not self._columns.is_indented(line):
            return False
        follower = self._lines[place + 1]
        if self._columns.is_centred(line) and self._columns.is_title(follower):
            return False
        return self._columns.is_indented(follower) and bool(cue_of(line.text))

    def _speech(self, place: int) -> int:
        text = self._lines[place].text
        if not (self._turned(place) and self._only_repeats(text)):
            self._cue(text, self._lines[place])
        return self._spoken(place + 1)

    def _cue(self, text: str, line: PrintedLine, *, dual: bool = False) -> None:
        cue = cue_of(text)
        self._speaker = cue.name if cue else text
        self._begin(ElementType.CHARACTER, line, text, dual=dual)

    def _only_repeats(self, text: str) -> bool:
        """Whether a cue after the turn of a page only says again who has been speaking."""
        cue = cue_of(text)
        speaking = bool(self.drafts) and self.drafts[-1].type in _SPOKEN
        return bool(speaking and cue and cue.name == self._speaker and _CONTINUED.search(text))

    def _goes_on_speaking(self, place: int) -> bool:
        """Whether a speech runs on over the turn of a page without naming the speaker again."""
        if not (self.drafts and self.drafts[-1].type in _SPOKEN and self._turned(place)):
            return False
        line = self._lines[place]
        bracket = line.text.startswith("(") and self._columns.is_indented(line)
        return bracket or self._columns.is_spoken(line)

    def _spoken(self, place: int) -> int:
        """Take the lines of a speech after its cue."""
        first = place
        while place < len(self._lines) and (place == first or not self._parted(place)):
            line = self._lines[place]
            if not self._columns.is_indented(line):
                break
            self._say(line, dual=False)
            place += 1
        return place

    def _say(self, line: PrintedLine, *, dual: bool) -> None:
        """Add a line to a speech: a parenthetical, or dialogue, or more of either."""
        last, text = self.drafts[-1], line.text
        if last.type is ElementType.PARENTHETICAL and not last.lines[-1].endswith(")"):
            last.add(line)
        elif text.startswith("(") and (")" not in text or text.endswith(")")):
            self._begin(ElementType.PARENTHETICAL, line, text, dual=dual)
        elif last.type is ElementType.DIALOGUE:
            last.add(line)
        else:
            self._begin(ElementType.DIALOGUE, line, text, dual=dual)

    def _is_dual(self, place: int) -> bool:
        segments = self._lines[place].segments
        return (
            len(segments) == 2
            and not self._parted(place + 1)
            and all(cue_of(one.text) for one in segments)
        )

    def _dual(self, place: int) -> int:
        """Take two speeches that stand side by side."""
        first = self._lines[place]
        left, right = first.segments
        middle = (left.x1 + right.x0) / 2
        rows: list[PrintedLine] = []
        place += 1
        while not self._parted(place):
            rows.append(self._lines[place])
            place += 1
        for cue, dual in ((left, False), (right, True)):
            self._cue(cue.text, first, dual=dual)
            for row in rows:
                segments = tuple(one for one in row.segments if (one.x0 > middle) is dual)
                if segments:
                    self._say(PrintedLine(segments, row.gap, row.page, row.number), dual=dual)
                    self.drafts[-1].beside = True
        return place

    def _is_transition(self, place: int) -> bool:
        line, columns = self._lines[place], self._columns
        if not (columns.is_indented(line) and line.text.isupper() and self._parted(place + 1)):
            return False
        worded = line.text.endswith(":") or _TRANSITION.match(line.text) is not None
        return worded or columns.is_flush_right(line)

    def _action(self, place: int) -> int:
        columns, first = self._columns, self._lines[place]
        if self._parted(place) and columns.is_centred(first):
            end = place + 1
            while not self._parted(end) and columns.is_centred(self._lines[end]):
                end += 1
            if self._parted(end):
                draft = self._begin(ElementType.CENTERED, first, first.text)
                draft.lines += [line.text for line in self._lines[place + 1 : end]]
                return end
        if self._goes_on_acting(place):
            draft = self.drafts[-1]
            draft.add(first)
        else:
            draft = self._begin(ElementType.ACTION, first, first.text)
            if columns.is_indented(first):
                draft.indent = " " * round((first.x0 - columns.action) / columns.width)
        place += 1
        while not self._parted(place) and not self._is_cue(place):
            line = self._lines[place]
            if abs(line.x0 - first.x0) > 2.5 * columns.width:
                break
            draft.add(line)
            place += 1
        return place

    def _goes_on_acting(self, place: int) -> bool:
        """Whether a sentence of action runs on over the turn of a page."""
        if not self.drafts or not self._turned(place):
            return False
        last = self.drafts[-1]
        return (
            last.type is ElementType.ACTION
            and not self._columns.is_indented(self._lines[place])
            and not last.lines[-1].endswith(_SENTENCE_ENDS)
        )


def _split_heading(line: PrintedLine) -> tuple[str, str | None] | None:
    """A heading's text and scene number, which may stand on either side of it, or on both."""
    segments: list[Segment] = list(line.segments)
    number = None
    if len(segments) > 1 and _NUMBER.fullmatch(segments[0].text):
        number = segments.pop(0).text.rstrip(".")
    if len(segments) > 1 and _NUMBER.fullmatch(segments[-1].text):
        number = segments.pop().text.rstrip(".")
    text = " ".join(one.text for one in segments)
    upper = text.isupper() or line.gap
    return (text, number) if is_heading(text) and upper else None
