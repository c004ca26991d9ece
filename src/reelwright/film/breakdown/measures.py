"""How long things are: lines of a page, eighths, words, seconds."""

import math
import re
import unicodedata
from collections.abc import Iterable

from reelwright.film.screenplay.elements import Element, ElementType

PAGE_LINES = 55
WIDTHS = {
    ElementType.ACTION: 61,
    ElementType.SCENE_HEADING: 61,
    ElementType.CENTERED: 61,
    ElementType.TRANSITION: 61,
    ElementType.CHARACTER: 33,
    ElementType.DIALOGUE: 35,
    ElementType.LYRICS: 35,
    ElementType.PARENTHETICAL: 25,
}
BLANKS = {
    ElementType.ACTION: 1,
    ElementType.SCENE_HEADING: 2,
    ElementType.CENTERED: 1,
    ElementType.TRANSITION: 1,
    ElementType.CHARACTER: 1,
}
ACTION_WORDS_A_SECOND = 3.8
SPEECH_WORDS_A_SECOND = 2.8
SHORTEST_S = 1.2
SHORTEST_ACTION_S = 1.8
LONGEST_ACTION_S = 7.0
LONGEST_SPEECH_S = 12.0
BREATH_S = 0.35
BEAT_S = 0.75
EMPHASIS = re.compile(r"(?<!\\)[*_]+|\\(?=[*_])|\[\[.*?\]\]", re.DOTALL)


def bare(text: str) -> str:
    """Text without emphasis marks, notes and line breaks."""
    return " ".join(EMPHASIS.sub("", text).split())


def count_words(text: str) -> float:
    """Words; scripts that write without spaces count two signs a word."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) if _far(text) else 0
    return max(len(text.split()), wide / 2)


def count_lines(elements: Iterable[Element]) -> int:
    """Lines of a screenplay page that the elements take, blank lines before them included.

    The right-hand speeches of a dual dialogue stand beside the left-hand ones and take none.
    """
    return sum(_lines(one) for one in elements if one.type in WIDTHS and not one.dual)


def eighths(lines: int) -> int:
    """Page eighths, as a breakdown sheet counts them: at least one."""
    return max(1, round(lines * 8 / PAGE_LINES))


def action_seconds(text: str) -> float:
    """How long one sees what the words say."""
    return seconds(max(SHORTEST_ACTION_S, count_words(text) / ACTION_WORDS_A_SECOND))


def speech_seconds(text: str) -> float:
    """How long somebody takes to say it, without a breath before the next."""
    return max(0.6, count_words(text) / SPEECH_WORDS_A_SECOND)


def seconds(value: float) -> float:
    """Never shorter than the shortest shot, and to the hundredth."""
    return round(max(SHORTEST_S, value), 2)


def _lines(element: Element) -> int:
    width = WIDTHS[element.type]
    rows = sum(max(1, math.ceil(len(row) / width)) for row in element.text.split("\n"))
    return rows + BLANKS.get(element.type, 0)


def _far(text: str) -> bool:
    return not text.isascii() and any(sign >= "\u1100" for sign in text)
