"""Elements out of what the reader found: each with its line and its exact source."""

from collections.abc import Iterator

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fountain.source import Aside, Source

# An element as the reader finds it: first row, last row, type, text, scene number, depth, dual,
# forced, name, extension. A bare tuple, because a script has thousands.
Found = tuple[
    int, int, ElementType, str, str | None, int | None, bool, bool, str | None, str | None
]  # fmt: skip


def assemble(source: Source, found: list[Found], body: int) -> tuple[str, tuple[Element, ...]]:
    """The text before the first element, and the elements, notes and boneyards among them.

    An element's source runs to the next element. What is inside of another element's source (a
    note in a paragraph) has an empty one. `body` is the row after the title page.
    """
    if source.asides:
        return _assemble_with_asides(source, found, body)
    text, numbers = source.text, source.numbers
    begins = [source.starts[one[0]] for one in found]
    begins.append(len(text))
    elements = tuple(
        [
            Element(
                kind, words, numbers[row], number, depth, dual, forced, name, extension, text[a:b]
            )
            for (row, _, kind, words, number, depth, dual, forced, name, extension), a, b in zip(
                found, begins, begins[1:], strict=False
            )
        ]
    )
    return text[: begins[0]], elements


def _assemble_with_asides(
    source: Source, found: list[Found], body: int
) -> tuple[str, tuple[Element, ...]]:
    pieces = list(_weave(source, found, body))
    text = source.text
    elements: list[Element] = []
    end = len(text)
    for begin, row, one in reversed(pieces):
        raw = ""
        if begin is not None:
            raw, end = text[begin:end], begin
        kind, words, number, depth, dual, forced, name, extension = one
        elements.append(
            Element(kind, words, row, number, depth, dual, forced, name, extension, raw)
        )
    return text[:end], tuple(reversed(elements))


def _weave(
    source: Source, found: list[Found], body: int
) -> Iterator[tuple[int | None, int, tuple]]:
    """Elements and asides in order: where the source of each begins (None: inside), its line."""
    asides, next_aside, place = source.asides, 0, -1

    def until(row: int, *, inside: bool) -> Iterator[tuple[int | None, int, tuple]]:
        nonlocal next_aside, place
        while next_aside < len(asides) and asides[next_aside].at <= row:
            aside = asides[next_aside]
            if not inside and aside.at == row and not aside.stands:
                return
            own = aside.stands and not inside and aside.at >= body and aside.offset > place
            if own:
                place = aside.offset
            yield (aside.offset if own else None), aside.line, _plain(aside)
            next_aside += 1

    for one in found:
        yield from until(one[0], inside=False)
        yield source.starts[one[0]], source.numbers[one[0]], one[2:]
        yield from until(one[1], inside=True)
    yield from until(len(source.lines), inside=False)


def _plain(aside: Aside) -> tuple:
    return aside.span.type, aside.span.words, None, None, False, False, None, None
