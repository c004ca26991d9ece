"""Elements out of what the reader found: each with its line and its exact source."""

from collections.abc import Iterator
from dataclasses import fields, make_dataclass
from typing import Any

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fountain.source import Aside, Source

# An element as the reader finds it: first row, last row, type, text, scene number, depth, dual,
# forced, name, extension. A bare tuple, because a script has thousands.
Found = tuple[
    int, int, ElementType, str, str | None, int | None, bool, bool, str | None, str | None
]  # fmt: skip

# Where an element's source begins (None: inside of the element before), its line, what it is.
_Piece = tuple[int | None, int, Found]

# Filling a frozen element takes four times as long as filling a plain object of the same slots,
# and that is a third of the work of reading a script. So elements are filled, then frozen.
_Draft: Any = make_dataclass("_Draft", [one.name for one in fields(Element)], slots=True)


def assemble(source: Source, found: list[Found], body: int) -> tuple[str, tuple[Element, ...]]:
    """The text before the first element, and the elements, notes and boneyards among them.

    An element's source runs to the next element. What is inside of another element's source (a
    note in a paragraph) has an empty one. `body` is the row after the title page.
    """
    text, starts, numbers = source.text, source.starts, source.numbers
    pieces: list[_Piece] = [(starts[one[0]], numbers[one[0]], one) for one in found]
    if source.asides:
        pieces = list(_weave(source, pieces, body))
    elements: list[Element] = []
    end = len(text)
    for begin, line, one in reversed(pieces):
        raw = ""
        if begin is not None:
            raw, end = text[begin:end], begin
        _, _, kind, words, number, depth, dual, forced, name, extension = one
        draft = _Draft(kind, words, line, number, depth, dual, forced, name, extension, raw)
        draft.__class__ = Element
        elements.append(draft)
    elements.reverse()
    return text[:end], tuple(elements)


def _weave(source: Source, pieces: list[_Piece], body: int) -> Iterator[_Piece]:
    """Elements and asides in the order of the script."""
    waiting = list(reversed(source.asides))
    place = -1  # where the source of the last standing aside begins: one line may hold several
    for piece in [*pieces, None]:
        first, last = piece[2][:2] if piece else (len(source.lines), -1)
        while waiting and (
            waiting[-1].at < first or (waiting[-1].at == first and waiting[-1].stands)
        ):
            aside = waiting.pop()
            own = aside.stands and aside.at >= body and aside.offset > place
            place = aside.offset if own else place
            yield aside.offset if own else None, aside.line, _found(aside)
        if piece:
            yield piece
        while waiting and waiting[-1].at <= last:
            aside = waiting.pop()
            yield None, aside.line, _found(aside)


def _found(aside: Aside) -> Found:
    span = aside.span
    return aside.at, aside.at, span.type, span.words, None, None, False, False, None, None
