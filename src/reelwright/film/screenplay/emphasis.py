"""Emphasis in screenplay text: *italics*, **bold**, ***both***, _underline_, and escapes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

_TOKEN = re.compile(r"\\[*_]|\*+|_+|\n")
_SIGNS = {"underline": "_", "bold": "**", "italic": "*"}
_LONGEST = {"*": 3, "_": 1}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(slots=True)
class _Mark:
    """`*` or `_`, or several, at `text[begin:end]`. `left` of them are not used up yet.

    `turns` lists the styles that end (-1) or begin (1) here, ends first; `both` says that it could do either.
    """

    begin: int
    end: int
    sign: str
    left: int
    turns: list[tuple[str, int]] = field(default_factory=list)
    both: bool = False

    @property
    def size(self) -> int:
        return self.end - self.begin

    def take_left(self) -> str:
        """The signs that stay text, once."""
        taken, self.left = self.sign * self.left, 0
        return taken


def runs(text: str) -> tuple[Run, ...]:
    """The text in runs of equal style, marks gone and escapes resolved. Linear in the text.

    As in Markdown, a mark with a space inside of it is no mark, and no emphasis crosses a line.
    """
    if not ("*" in text or "_" in text):
        return (Run(text),) if text else ()
    said: list[Run] = []
    level = {"bold": 0, "italic": 0, "underline": 0}
    place = 0

    def say(words: str) -> None:
        said.append(Run(words, level["bold"] > 0, level["italic"] > 0, level["underline"] > 0))

    for mark in _find_marks(text):
        say(text[place : mark.begin])
        for style, turn in mark.turns:
            if turn > 0:
                say(mark.take_left())
            level[style] += turn
        say(mark.take_left())
        place = mark.end
    say(text[place:])
    return tuple(_merged(said))


def plain(text: str) -> str:
    """The text without emphasis marks and escapes."""
    return "".join(run.text for run in runs(text))


def _find_marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    pairing = _Pairing()
    for match in _TOKEN.finditer(text):
        signs = match[0]
        if signs == "\n":
            pairing = _Pairing()
            continue
        mark = _Mark(match.start(), match.end(), signs[-1], len(signs))
        marks.append(mark)
        if signs[0] == "\\":
            mark.left = 1
        elif mark.left <= _LONGEST[mark.sign]:
            pairing.meet(
                mark,
                before=text[max(0, mark.begin - 1) : mark.begin],
                after=text[mark.end : mark.end + 1],
            )
    return [mark for mark in marks if mark.left < mark.size]


class _Pairing:
    """The marks of one line that wait for their other half, innermost last."""

    def __init__(self) -> None:
        self._open: list[_Mark] = []
        self._waiting = {"*": 0, "_": 0}

    def meet(self, mark: _Mark, before: str, after: str) -> None:
        """Let a mark close what waits for it, and wait itself with what is left of it."""
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if mark.sign == "_":  # snake_case is no emphasis
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        mark.both = opens and closes
        while closes and mark.left and self._waiting[mark.sign]:
            if not self._close(mark):
                break
        if opens and mark.left:
            self._open.append(mark)
            self._waiting[mark.sign] += 1

    def _close(self, mark: _Mark) -> bool:
        """Close the innermost mark of the same sign; what it encloses unpaired stays text."""
        while self._open[-1].sign != mark.sign:
            self._waiting[self._open.pop().sign] -= 1
        opener = self._open[-1]
        # Markdown's rule of three: the `*` in **bold*italic*bold** closes nothing of the `**`.
        sizes = (mark.size, opener.size)
        if (mark.both or opener.both) and sum(sizes) % 3 == 0 and any(size % 3 for size in sizes):
            return False
        width = 2 if mark.left > 1 and opener.left > 1 else 1
        style = "underline" if mark.sign == "_" else ("", "italic", "bold")[width]
        opener.turns.append((style, 1))
        mark.turns.append((style, -1))
        opener.left -= width
        mark.left -= width
        if not opener.left:
            self._open.pop()
            self._waiting[mark.sign] -= 1
        return True


def marked(pieces: Sequence[Run]) -> str:
    """Text with emphasis marks that reads back as these runs, as far as marks can say them.

    Spaces at the edge of an emphasis move out of it, and it begins anew on every line. Signs that
    would be taken for marks are escaped.
    """
    wanted = _merged(pieces)
    for escape in (False, True):
        text = _mark(
            [replace(run, text=_escaped(run.text) if escape else run.text) for run in wanted],
            frozenset(),
        )
        if plain(text) == "".join(run.text for run in wanted):
            break
    return text


def _merged(pieces: Sequence[Run]) -> list[Run]:
    """Join neighbours of equal style, and drop what says nothing."""
    spoken = (run for run in pieces if run.text)
    return [
        Run("".join(run.text for run in group), *style)
        for style, group in groupby(spoken, lambda run: (run.bold, run.italic, run.underline))
    ]


def _escaped(text: str) -> str:
    return re.sub(r"([*_])", r"\\\1", text)


def _mark(pieces: list[Run], inside: frozenset[str]) -> str:
    """Wrap what shares a style together, the style that goes on longest outermost."""
    parts: list[str] = []
    place = 0
    while place < len(pieces):
        reach = {style: _reach(pieces, place, style) for style in _SIGNS if style not in inside}
        style = max(reach, key=lambda one: reach[one], default="")
        end = reach.get(style, place)
        if end == place:
            parts.append(pieces[place].text)
            place += 1
            continue
        words = _mark(pieces[place:end], inside | {style})
        parts.append("\n".join(_wrap(line, _SIGNS[style]) for line in words.split("\n")))
        place = end
    return "".join(parts)


def _reach(pieces: list[Run], place: int, style: str) -> int:
    while place < len(pieces) and getattr(pieces[place], style):
        place += 1
    return place


def _wrap(line: str, sign: str) -> str:
    words = line.strip()
    if not words:
        return line
    begin = line.index(words)
    return f"{line[:begin]}{sign}{words}{sign}{line[begin + len(words) :]}"
