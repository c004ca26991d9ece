"""Reading plain text that is laid out like a script: columns by indentation, pages by form feeds."""

import re

from reelwright.film.screenplay.cover import Block, read_cover
from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.fountain.headings import is_heading
from reelwright.film.screenplay.layout.columns import Columns, cue_of, find_columns
from reelwright.film.screenplay.layout.lines import (
    SEGMENT,
    PrintedLine,
    Segment,
    character_width,
    strip_furniture,
)
from reelwright.film.screenplay.layout.paragraphs import read_paragraphs

_LINE = re.compile(r"\r\n?|\n")
_LONGEST_COVER = 40


def read_text(text: str) -> Screenplay:
    """Read a script whose columns are indentation. Pages may be parted by form feeds."""
    return read_printed(_print(text))


def read_printed(lines: list[PrintedLine]) -> Screenplay:
    """Read printed lines: the title page, if one comes first, then the script."""
    lines = strip_furniture(lines)
    place = _end_of_cover(lines)
    blocks: list[Block] = []
    columns = find_columns(lines) if place else None
    rows: list[PrintedLine] = []
    for at, line in enumerate(lines[:place]):
        if rows and (line.gap or line.page != lines[at - 1].page):
            blocks.append(_block(rows, columns))
            rows = []
        rows.append(line)
    if rows:
        blocks.append(_block(rows, columns))
    elements = read_paragraphs(lines[place:])
    return Screenplay(tuple(elements), read_cover(blocks))


def is_laid_out(text: str) -> bool:
    """Whether plain text looks like a printed script: most cues stand far to the right."""
    indented = flush = 0
    lines = _LINE.split(text[:200_000])
    for before, line, follower in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        bare = line.strip()
        if bare and not before.strip() and follower.strip() and cue_of(bare):
            indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
            deeper = indent > len(follower.expandtabs()) - len(follower.expandtabs().lstrip())
            if indent >= 12 and deeper:
                indented += 1
            else:
                flush += 1
    return indented > flush


def _print(text: str) -> list[PrintedLine]:
    lines: list[PrintedLine] = []
    page, gap = 0, True
    for number, source in enumerate(_LINE.split(text), start=1):
        line = source.replace("\f", "")
        if "\f" in source:
            page += source.count("\f")
            gap = True
        line = line.expandtabs().rstrip()
        if not line.strip():
            gap = True
            continue
        segments = tuple(
            Segment(match.start(), match.end(), match[0]) for match in SEGMENT.finditer(line)
        )
        if segments:
            lines.append(PrintedLine(segments, gap, page, number))
            gap = False
    return lines


def _end_of_cover(lines: list[PrintedLine]) -> int:
    """How many lines the title page has: the first page's, or those before the script's start.

    One of its first lines stands well to the right of where the script's lines begin.
    """
    begin = next((at for at, line in enumerate(lines) if _begins_script(line)), len(lines))
    turn = next((at for at, line in enumerate(lines) if line.page != lines[0].page), begin)
    end = min(begin, turn)
    if not 0 < end < len(lines) or end > _LONGEST_COVER:
        return 0
    left = min(line.x0 for line in lines[end:])
    right = max(line.x0 for line in lines[: min(end, 3)])
    return end if right > left + 6 * character_width(lines) else 0


def _begins_script(line: PrintedLine) -> bool:
    if any(is_heading(one.text) for one in line.segments):
        return True
    return line.text.startswith(("FADE IN", "OVER BLACK"))


def _block(rows: list[PrintedLine], columns: Columns | None) -> Block:
    centred = columns is not None and all(
        columns.is_indented(line) and line.x0 < columns.action_end for line in rows
    )
    return Block(tuple(line.text for line in rows), centred)
