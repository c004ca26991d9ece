"""Reading Fountain 1.1: one pass over the lines, one element a paragraph."""

from collections.abc import Callable

from reelwright.film.screenplay.elements import ElementType, Screenplay
from reelwright.film.screenplay.fountain.assembly import Found, assemble
from reelwright.film.screenplay.fountain.cues import Cue, find_cast, read_cue, split_cue
from reelwright.film.screenplay.fountain.headings import (
    is_heading,
    is_transition,
    split_scene_number,
)
from reelwright.film.screenplay.fountain.source import Source, split_source
from reelwright.film.screenplay.fountain.title_page import read_title_page

# Signs that end a paragraph of action, and those that end a speech, when a line begins with them.
_ENDS_ACTION = frozenset("~>#=")
_ENDS_SPEECH = frozenset("!>")
_MOST_WARNINGS = 5


def read_fountain(text: str) -> Screenplay:
    """Read a whole Fountain text. Never fails, and `write_fountain` gives the same text back."""
    source = split_source(text)
    title_page, body = read_title_page(source.lines, source.bare)
    reader = _Reader(source)
    reader.read(body)
    preamble, elements = assemble(source, reader.found, body)
    warnings = (*reader.warnings, *_doubt_boneyards(source))
    return Screenplay(elements, title_page, preamble, warnings=warnings)


def _doubt_boneyards(source: Source) -> list[str]:
    """A warning for the first `/*` that is still in the lines: it is never closed."""
    if "/*" in source.text:
        for line, number in zip(source.lines, source.numbers, strict=True):
            if "/*" in line:
                return [f"Line {number} begins a boneyard that never ends: close it with */."]
    return []


class _Reader:
    """Takes one paragraph after the other. `fresh` says that an empty line came just before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = source.lines
        self._bare = source.bare
        self._cast = find_cast(source.bare) if "@" in source.text else frozenset()
        self._fresh = True
        self._forced: dict[str, Callable[[int, str], int]] = {
            "!": lambda row, _: self._action(row),
            ".": self._forced_heading,
            "@": self._forced_cue,
            "~": self._lyrics,
            ">": self._pointed,
            "#": self._section,
            "=": self._synopsis,
        }
        self.found: list[Found] = []
        self.warnings: list[str] = []

    def read(self, row: int) -> None:
        """Read from `row` to the end. A method that takes lines returns the row after them."""
        bare, forced = self._bare, self._forced
        last = len(bare) - 1
        self._fresh = True
        while row < last:
            text = bare[row]
            if not text:
                self._fresh = True
                row += 1
                continue
            before = row
            if text[0] in forced:
                row = forced[text[0]](row, text)
            if row == before and self._fresh:
                row = self._natural(row, text)
            if row == before:
                row = self._action(row)

    def _add(
        self, row: int, kind: ElementType, text: str, last: int | None = None, *,
        number: str | None = None, depth: int | None = None, dual: bool = False,
        forced: bool = False,
    ) -> None:  # fmt: skip
        end = row if last is None else last
        self.found.append((row, end, kind, text, number, depth, dual, forced, None, None))

    def _natural(self, row: int, text: str) -> int:
        """Take a line that follows an empty one by what it says; return `row` if it is action."""
        follower = self._bare[row + 1]
        if is_heading(text):
            if follower and follower[0] not in "#=" and row + 1 not in self._source.parted:
                self._doubt_heading(row, text)
                return row
            return self._heading(row, text, forced=False)
        if not follower:
            if is_transition(self._lines[row]):
                self._add(row, ElementType.TRANSITION, text)
                return row + 1
            return row
        cue = read_cue(text, self._cast)
        return self._speech(row, cue, forced=False) if cue else row

    def _doubt_heading(self, row: int, text: str) -> None:
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(
                f"Line {self._source.numbers[row]} ({text[:40]}) is no scene heading, because no "
                "empty line follows it: add one, or begin the line with a full stop."
            )

    def _heading(self, row: int, text: str, *, forced: bool) -> int:
        words, number = split_scene_number(text)
        self._add(row, ElementType.SCENE_HEADING, words, number=number, forced=forced)
        return row + 1

    def _forced_heading(self, row: int, text: str) -> int:
        if self._fresh and text[1:2].isalnum():
            return self._heading(row, text[1:], forced=True)
        return row

    def _forced_cue(self, row: int, text: str) -> int:
        name = text[1:].strip()
        return self._speech(row, split_cue(name), forced=True) if self._fresh and name else row

    def _section(self, row: int, text: str) -> int:
        words = text.lstrip("#")
        self._add(row, ElementType.SECTION, words.strip(), depth=len(text) - len(words))
        self._fresh = True
        return row + 1

    def _synopsis(self, row: int, text: str) -> int:
        if _is_page_break(text):
            self._add(row, ElementType.PAGE_BREAK, "")
        else:
            self._add(row, ElementType.SYNOPSIS, text[1:].strip())
        self._fresh = True
        return row + 1

    def _pointed(self, row: int, text: str) -> int:
        """Take `> a transition`, or a paragraph of `> centred lines <`."""
        bare, start = self._bare, row
        words: list[str] = []
        while (line := bare[row])[:1] == ">" and line[-1] == "<":
            words.append(line[1:-1].strip())
            row += 1
        if words:
            self._add(start, ElementType.CENTERED, "\n".join(words), row - 1)
            self._fresh = False
            return row
        self._add(row, ElementType.TRANSITION, text[1:].strip(), forced=True)
        self._fresh = True
        return row + 1

    def _lyrics(self, row: int, _text: str, *, dual: bool = False) -> int:
        bare, start = self._bare, row
        while bare[row][:1] == "~":
            row += 1
        words = "\n".join(line[1:].strip() for line in bare[start:row])
        self._add(start, ElementType.LYRICS, words, row - 1, dual=dual)
        self._fresh = False
        return row

    def _action(self, row: int) -> int:
        bare, start = self._bare, row
        row += 1
        while bare[row] and bare[row][0] not in _ENDS_ACTION:
            row += 1
        lines = self._lines[start:row]
        if any(line[0] == "!" for line in bare[start:row]):
            lines = [
                line.replace("!", "", 1) if text[0] == "!" else line
                for line, text in zip(lines, bare[start:row], strict=True)
            ]
        words = "\n".join(lines).replace("\t", "    ")
        self._add(start, ElementType.ACTION, words, row - 1, forced=bare[start][0] == "!")
        self._fresh = False
        return row

    def _speech(self, row: int, cue: Cue, *, forced: bool) -> int:
        """Take a cue and everything that is said until an empty line."""
        text, name, extension, dual = cue
        kind = ElementType.CHARACTER
        self.found.append((row, row, kind, text, None, None, dual, forced, name, extension))
        bare, lines = self._bare, self._lines
        row += 1
        while True:
            line = bare[row]
            if not line:
                if len(lines[row]) < 2:
                    break
                row += 1  # two spaces keep a speech together
            elif line[0] in "(（" and line[-1] in ")）":
                self._add(row, ElementType.PARENTHETICAL, line, dual=dual)
                row += 1
            elif line[0] == "~":
                row = self._lyrics(row, line, dual=dual)
            elif _ends_speech(line):
                break
            else:
                row = self._dialogue(row, dual=dual)
        self._fresh = False
        return row

    def _dialogue(self, row: int, *, dual: bool) -> int:
        bare, lines, start = self._bare, self._lines, row
        last = row
        row += 1
        while True:
            line = bare[row]
            if line:
                if line[0] in "~!>=" and (line[0] == "~" or _ends_speech(line)):
                    break
                if line[0] in "(（" and line[-1] in ")）":
                    break
                last = row
            elif len(lines[row]) < 2:
                break
            row += 1
        words = "\n".join(line.lstrip(" \t") for line in lines[start : last + 1])
        self._add(start, ElementType.DIALOGUE, words, last, dual=dual)
        return row


def _ends_speech(bare: str) -> bool:
    return bare[0] in _ENDS_SPEECH or (bare[0] == "=" and _is_page_break(bare))


def _is_page_break(bare: str) -> bool:
    return len(bare) > 2 and not bare.strip("=")
