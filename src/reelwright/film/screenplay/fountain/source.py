"""The lines of a Fountain text, with notes and boneyards lifted out of them.

The reader sees *logical* lines: what is left when asides are gone. A line that held nothing but
an aside is no line at all. Every logical line knows where its source begins, so that the exact
source of any run of lines can be cut out again.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from reelwright.film.screenplay.fountain.asides import Span, find_asides

# A line with its end. Only CR, LF and CRLF end lines; form feeds and the like are characters.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Aside:
    """A note or boneyard. `at` is the logical line that holds it, or before which it stands.

    `line` is its line in the file; `offset` is where its own source begins when it `stands`
    between paragraphs.
    """

    span: Span
    line: int
    at: int
    offset: int
    stands: bool


@dataclass(slots=True)
class Source:
    """Logical lines without their ends; their bare forms; where each begins in `text`; its number.

    `lines`, `bare`, `starts` and `numbers` have one more entry than there are lines (for the end
    of the text), so that a reader may look one line ahead. `parted` holds the lines that an aside
    of its own line parts from the line before.
    """

    text: str
    lines: list[str]
    starts: list[int]
    numbers: list[int]
    bare: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    parted: set[int] = field(default_factory=set)


def split_source(text: str) -> Source:
    """Split `text` into logical lines. Linear in its length."""
    lines, starts = _split_lines(text)
    source = Source(text, lines, starts, list(range(1, len(lines) + 1)))
    if text.startswith("\ufeff"):
        lines[0], starts[0] = lines[0][1:], 1
    if "/*" in text or "[[" in text:
        spans = find_asides(text)
        if spans:
            source = _Lifting(source, spans).lift()
    source.bare = [line.strip() for line in source.lines]
    return source


def _split_lines(text: str) -> tuple[list[str], list[int]]:
    if "\r" in text:
        with_ends = _LINE.findall(text)
        lines = [line.rstrip("\r\n") for line in with_ends]
        starts = list(accumulate(map(len, with_ends), initial=0))
    else:
        lines = text.split("\n")
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        if lines[-1]:
            starts[-1] -= 1  # the last line has no end
        else:
            lines.pop()
            starts.pop()
    return [*lines, ""], starts


class _Lifting:
    """Walks lines and asides side by side and builds the logical lines."""

    def __init__(self, source: Source, spans: list[Span]) -> None:
        self._from = source
        self._spans = spans
        self._next = 0
        self._pending: list[tuple[Span, int, int]] = []  # alone on their lines: line, offset
        self._to = Source(source.text, [], [], [])

    def lift(self) -> Source:
        row, last = 0, len(self._from.lines) - 1
        while row < last:
            row = self._take(row)
        self._add("", self._from.starts[last], self._from.numbers[last])
        return self._to

    def _take(self, row: int) -> int:
        """Take the logical line that begins in physical line `row`; return the row after it."""
        lines, starts, numbers = self._from.lines, self._from.starts, self._from.numbers
        begin, number = starts[row], numbers[row]
        pieces: list[str] = []
        held: list[tuple[Span, int, int]] = []
        column = 0
        while self._next < len(self._spans) and self._spans[self._next].begin < starts[row + 1]:
            span = self._spans[self._next]
            self._next += 1
            pieces.append(lines[row][column : span.begin - starts[row]])
            held.append((span, numbers[row], begin))
            while starts[row + 1] < span.end:
                row += 1
            column = span.end - starts[row]
        pieces.append(lines[row][column:])
        line = _close_gaps(pieces) if held else pieces[0]
        if held and not line.strip():
            self._pending += held
        else:
            at = self._add(line, begin, number)
            self._keep(held, at, stands=False)
        return row + 1

    def _add(self, line: str, begin: int, number: int) -> int:
        """Add a logical line; settle whether the asides just before it stand or belong to it."""
        to = self._to
        at = len(to.lines)
        if self._pending:
            glued = bool(line.strip() and at and to.lines[-1].strip())
            if glued:
                begin = self._pending[0][2]
                to.parted.add(at)
            self._keep(self._pending, at, stands=not glued)
            self._pending = []
        to.lines.append(line)
        to.starts.append(begin)
        to.numbers.append(number)
        return at

    def _keep(self, held: list[tuple[Span, int, int]], at: int, *, stands: bool) -> None:
        self._to.asides += [Aside(span, line, at, offset, stands) for span, line, offset in held]


def _close_gaps(pieces: list[str]) -> str:
    """Join what was around asides; of two spaces that meet there, one goes."""
    parts = [pieces[0]]
    before = pieces[0][-1:]
    for piece in pieces[1:]:
        text = piece[1:] if before in {"", " "} and piece[:1] == " " else piece
        parts.append(text)
        before = text[-1:] or before
    line = "".join(parts)
    return line[:-1] if not pieces[-1] and line[-1:] == " " else line
