"""Scripts out of positioned text, as a PDF holds it. Pure: whoever reads the file gives the runs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.layout.lines import SEGMENT, PrintedLine, Segment
from reelwright.film.screenplay.layout.reader import read_printed


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """Text on a page: left and right edge, distance of its baseline from the top, in points."""

    x0: float
    x1: float
    y: float
    text: str


def read_runs(pages: Sequence[Sequence[PlacedRun]]) -> Screenplay:
    """Read a script from the runs of its pages, in any order. Lines are counted over all pages."""
    rows = [_rows(page) for page in pages]
    pitch = _pitch(rows)
    lines: list[PrintedLine] = []
    for number, page in enumerate(rows):
        above: float | None = None
        for y, runs in page:
            segments = _segments(runs)
            if segments:
                gap = above is None or y - above > 1.5 * pitch
                lines.append(PrintedLine(segments, gap, number, len(lines) + 1))
                above = y
    return read_printed(lines)


def _rows(page: Sequence[PlacedRun]) -> list[tuple[float, list[PlacedRun]]]:
    """Runs that stand on one line, from top to bottom; baselines may differ by a third of a line."""
    rows: list[tuple[float, list[PlacedRun]]] = []
    for run in sorted(page, key=lambda one: (one.y, one.x0)):
        if not run.text.strip():
            continue
        if rows and run.y - rows[-1][0] <= 4:
            rows[-1][1].append(run)
        else:
            rows.append((run.y, [run]))
    return rows


def _pitch(pages: list[list[tuple[float, list[PlacedRun]]]]) -> float:
    """The distance of neighbouring lines: the smallest of the frequent ones."""
    steps = Counter(round(below[0] - above[0]) for page in pages for above, below in pairwise(page))
    most = max(steps.values(), default=0)
    frequent = [step for step, times in steps.items() if times * 10 >= most]
    return min(frequent, default=12)


def _segments(runs: list[PlacedRun]) -> tuple[Segment, ...]:
    """Runs of a line joined where they touch, with a space where a word ends."""
    runs = sorted(runs, key=lambda one: one.x0)
    letters = sum(len(run.text) for run in runs)
    width = sum(run.x1 - run.x0 for run in runs) / max(letters, 1)
    segments: list[Segment] = []
    for piece in (piece for run in runs for piece in _pieces(run)):
        last = segments[-1] if segments else None
        if last and piece.x0 - last.x1 < 2.5 * width:
            space = " " if piece.x0 - last.x1 > 0.3 * width else ""
            segments[-1] = Segment(last.x0, piece.x1, f"{last.text}{space}{piece.text}")
        else:
            segments.append(piece)
    return tuple(segments)


def _pieces(run: PlacedRun) -> Iterator[Segment]:
    """The run, parted where it holds three spaces and more, without spaces at its ends."""
    width = (run.x1 - run.x0) / len(run.text)
    for match in SEGMENT.finditer(run.text):
        yield Segment(run.x0 + match.start() * width, run.x0 + match.end() * width, match[0])
