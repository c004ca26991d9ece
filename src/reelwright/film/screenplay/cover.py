"""Title pages as they are printed: blocks of lines, whose place and words say what they are."""

import re
from collections.abc import Iterable
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
    found: dict[str, list[str]] = {}
    for block in blocks:
        for key, lines in _name(block, found):
            found.setdefault(key, []).extend(lines)
    return tuple((key, tuple(lines)) for key, lines in found.items())


def _name(block: Block, found: dict[str, list[str]]) -> list[tuple[str, tuple[str, ...]]]:
    words = " ".join(block.lines)
    if "Title" not in found:
        return [("Title", block.lines)]
    credit = _CREDIT.match(block.lines[0])
    if credit and "Credit" not in found and not _SOURCE.search(words):
        author = (credit["author"], *block.lines[1:]) if credit["author"] else block.lines[1:]
        return [("Credit", (credit["credit"],)), *([("Author", author)] if author else [])]
    if block.centred and "Credit" in found and "Author" not in found:
        return [("Author", block.lines)]
    for key, pattern in (("Copyright", _COPYRIGHT), ("Source", _SOURCE)):
        if pattern.search(words):
            return [(key, block.lines)]
    if _DATE.search(words) and len(block.lines) <= 2:
        return [("Draft date", block.lines)]
    return [("Notes" if block.centred else "Contact", block.lines)]


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
