"""Printed lines: what stands where on a page, whether the page is paper or plain text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

# Words with no more than two spaces between them.
SEGMENT = re.compile(r"\S+(?: {1,2}\S+)*")
# What software prints at the turn of a page.
_TURN = re.compile(r"(?i)^\(?(?:more|continued|cont['’]?d)\)?:?(?:\s*\(\d+\))?$")
_PAGE_NUMBER = re.compile(r"(?i)^(?:page\s+)?[-–—(]?\s*\d{1,4}[a-z]?\s*[-–—)]?\.?$")
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # so many lines from the top or foot of a page a running title may stand


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line with nothing but small gaps in it; `x0` and `x1` are its edges."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line that is not empty. `gap` says that white space parts it from the line above.

    `page` counts from 0, `number` is what its element's line will be.
    """

    segments: tuple[Segment, ...]
    gap: bool
    page: int
    number: int

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


def strip_furniture(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Take away page numbers, running titles, (MORE) and CONTINUED, revision marks."""
    edges = _edges(lines)
    running = _running_titles(lines, edges)
    kept: list[PrintedLine] = []
    gap = False
    for place, line in enumerate(lines):
        segments = tuple(one for one in line.segments if one.text.strip("*"))
        text = " ".join(one.text for one in segments)
        if (
            not segments
            or _TURN.match(text)
            or (place in edges and (_PAGE_NUMBER.match(text) or _nameless(text) in running))
        ):
            gap = gap or line.gap
            continue
        kept.append(replace(line, segments=segments, gap=line.gap or gap))
        gap = False
    return kept


def _edges(lines: list[PrintedLine]) -> frozenset[int]:
    """The places of the lines near the top and the foot of their page."""
    by_page: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(place)
    return frozenset(
        place for places in by_page.values() for place in (*places[:_EDGE], *places[-_EDGE:])
    )


def _running_titles(lines: list[PrintedLine], edges: Iterable[int]) -> frozenset[str]:
    """What stands near the edge of most pages and nowhere else, whatever the number in it."""
    pages = len({line.page for line in lines})
    everywhere = Counter(_nameless(line.text) for line in lines)
    count = Counter(_nameless(lines[place].text) for place in edges)
    return frozenset(
        text
        for text, times in count.items()
        if times >= max(3, pages * 0.5) and times == everywhere[text]
    )


def _nameless(text: str) -> str:
    return _DIGITS.sub("#", text).strip(" .-")


def character_width(lines: list[PrintedLine]) -> float:
    """The usual width of a character, in the unit of the edges."""
    widths = [
        (one.x1 - one.x0) / len(one.text) for line in lines for one in line.segments if one.text
    ]
    return max(median(widths), 0.1) if widths else 1.0
