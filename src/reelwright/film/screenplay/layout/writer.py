"""Writing a script as plain text that looks like one: sixty characters of action, narrow speeches."""

import textwrap
from collections.abc import Iterator

from reelwright.film.screenplay.cover import lay_out_cover
from reelwright.film.screenplay.elements import Element, ElementType, Screenplay
from reelwright.film.screenplay.emphasis import plain

# Where each kind begins and how wide it may be, in characters.
_COLUMNS = {
    ElementType.SCENE_HEADING: (0, 60),
    ElementType.ACTION: (0, 60),
    ElementType.CHARACTER: (22, 38),
    ElementType.PARENTHETICAL: (16, 25),
    ElementType.DIALOGUE: (10, 35),
    ElementType.LYRICS: (10, 35),
}
_WIDTH = 60
_PAGE = 55
_SPOKEN = frozenset({ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS})
_PRINTED = frozenset({*_COLUMNS, ElementType.TRANSITION, ElementType.CENTERED})


def write_text(screenplay: Screenplay, *, page_numbers: bool = False) -> str:
    """The script as it is printed, without emphasis; sections, synopses, notes are not printed.

    With `page_numbers`, form feeds part it into pages of 55 lines; without, they stand only where
    the script breaks a page. Two speeches at once stand one after the other.
    """
    cover = _cover(screenplay)
    blocks = list(_blocks(screenplay.elements))
    pages = _paginate(blocks) if page_numbers else _pages(blocks)
    texts = ["\n".join(cover)] if cover else []
    for number, page in enumerate(pages, start=1):
        head = [f"{number}.".rjust(_WIDTH), ""] if page_numbers and number > 1 else []
        texts.append("\n".join([*head, *page]))
    return "\n\f".join(texts) + "\n" if texts else ""


def _blocks(elements: tuple[Element, ...]) -> Iterator[list[str]]:
    """Lines that stay together: a paragraph, a speech. An empty one is a page break."""
    block: list[str] = []
    for element in elements:
        if element.type is ElementType.PAGE_BREAK:
            yield from [block, []] if block else [[]]
            block = []
        elif element.type in _PRINTED:
            if element.type not in _SPOKEN and block:
                yield block
                block = []
            block += _lines(element)
    if block:
        yield block


def _lines(element: Element) -> list[str]:
    text = plain(element.text)
    if element.type is ElementType.TRANSITION:
        return [line.rjust(_WIDTH) for line in text.split("\n")]
    if element.type is ElementType.CENTERED:
        return [line.center(_WIDTH).rstrip() for line in text.split("\n")]
    indent, width = _COLUMNS[element.type]
    lines: list[str] = []
    for line in text.split("\n"):
        begin = line[: len(line) - len(line.lstrip())] if element.type is ElementType.ACTION else ""
        lines += textwrap.wrap(
            line.strip(), width, initial_indent=begin, subsequent_indent=begin,
            break_long_words=False, break_on_hyphens=False,
        ) or [""]  # fmt: skip
    if element.scene_number:
        lines[-1] = f"{lines[-1]}    {element.scene_number}"
    return [f"{' ' * indent}{line}".rstrip() for line in lines]


def _pages(blocks: list[list[str]]) -> Iterator[list[str]]:
    page: list[str] = []
    for block in blocks:
        if not block:
            yield page
            page = []
        else:
            page += [*([""] if page else []), *block]
    yield page


def _paginate(blocks: list[list[str]]) -> Iterator[list[str]]:
    """Pages of whole blocks; only a block that fills more than a page is broken."""
    page: list[str] = []
    for block in blocks:
        if page and (not block or len(page) + 1 + len(block) > _PAGE):
            yield page
            page = []
        page += [*([""] if page and block else []), *block]
        while len(page) > _PAGE:
            yield page[:_PAGE]
            page = page[_PAGE:]
    if page:
        yield page


def _cover(screenplay: Screenplay) -> list[str]:
    middle, foot = lay_out_cover(screenplay.title_page)
    lines: list[str] = []
    for block in middle:
        lines += [*(plain(line).center(_WIDTH).rstrip() for line in block.lines), ""]
    for block in foot:
        lines += ["", *(plain(line) for line in block.lines)]
    return ["", *lines] if lines else []
