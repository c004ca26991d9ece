"""Title pages as they are printed: blocks of lines, whose place and words say what they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TitlePage = tuple[tuple[str, tuple[str, ...]], ...]

_CREDIT = re.compile(r"(?i)^(?P<credit>(?:[\w&' ,-]+ )?by)(?::?\s+(?P<author>\S.*))?$")
_SOURCE = re.compile(r"(?i)\b(?:based (?:up)?on|story by|from the|adapted)\b")
_DATE = re.compile(
    r"(?i)\b(?:draft|revis\w+|version|rev\.|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:jan|feb|mar|apr|may|"
    r"jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?\d{4})\b"
)
_COPYRIGHT = re.compile(r"(?i)©|\bcopyright\b|\(c\)")
# How a printed title page is built: what stands in the middle, what at the foot.
_CENTRED = ("title", "credit", "author", "authors", "source", "notes")
_FOOT = ("draft date", "date", "revision", "contact", "copyright")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together on a title page."""

    lines: tuple[str, ...]
    centred: bool


def read_cover(blocks: Iterable[Block]) -> TitlePage:
    """Name the blocks of a printed title page, from top to bottom."""
    parts = [part for block in blocks for part in _part(block)]
    credit = next((at for at, part in enumerate(parts) if _is_credit(part.lines[0])), 0)
    found: dict[str, list[str]] = {}
    for at, part in enumerate(parts):
        for key, lines in _name(part, found, above_credit=at < credit):
            found.setdefault(key, []).extend(lines)
    return tuple((key, tuple(lines)) for key, lines in found.items())


def _part(block: Block) -> Iterator[Block]:
    """Part a block before a line that says who wrote it, or what it is taken from."""
    begin = 0
    for at, line in enumerate(block.lines):
        if at > begin and (_is_credit(line) or _SOURCE.search(line)):
            yield Block(block.lines[begin:at], block.centred)
            begin = at
    yield Block(block.lines[begin:], block.centred)


def _is_credit(line: str) -> bool:
    return bool(_CREDIT.match(line)) and not _SOURCE.search(line)


def _name(
    block: Block, found: dict[str, list[str]], *, above_credit: bool
) -> list[tuple[str, tuple[str, ...]]]:
    lines, words = block.lines, " ".join(block.lines)
    if above_credit or not found:
        return [("Title", lines)]
    credit = _CREDIT.match(lines[0]) if "Credit" not in found and _is_credit(lines[0]) else None
    if credit:
        author = (credit["author"], *lines[1:]) if credit["author"] else lines[1:]
        return [("Credit", (credit["credit"],)), *([("Author", author)] if author else [])]
    for key, pattern in (("Copyright", _COPYRIGHT), ("Source", _SOURCE)):
        if pattern.search(words):
            return [(key, lines)]
    if _DATE.search(words) and len(lines) <= 2 and not block.centred:
        return [("Draft date", lines)]
    if block.centred and "Author" not in found:
        return [("Author", lines)]
    return [("Notes" if block.centred else "Contact", lines)]


def lay_out_cover(title_page: TitlePage) -> tuple[list[Block], list[Block]]:
    """The blocks in the middle of a title page, and those at its foot. Other keys are not printed."""

    def blocks(keys: tuple[str, ...], *, centred: bool) -> list[Block]:
        return [
            Block(tuple(lines), centred)
            for wanted in keys
            for key, lines in title_page
            if key.lower() == wanted and lines
        ]

    return blocks(_CENTRED, centred=True), blocks(_FOOT, centred=False)
