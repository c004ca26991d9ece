"""The columns of a script: found from where headings, cues and speeches begin, not assumed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reelwright.film.screenplay.fountain.cues import Cue, read_cue
from reelwright.film.screenplay.fountain.headings import is_heading
from reelwright.film.screenplay.layout.lines import PrintedLine, character_width

_SIGNS = frozenset(".,;:!?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges of action, dialogue and cues, right edges of action, dialogue and everything.

    `width` is that of a character; all in one unit.
    """

    action: float
    dialogue: float
    cue: float
    action_end: float
    dialogue_end: float
    right: float
    width: float

    def is_indented(self, line: PrintedLine) -> bool:
        """Whether a line begins clearly to the right of the action."""
        return line.x0 > self.action + 2.5 * self.width

    def is_spoken(self, line: PrintedLine) -> bool:
        """Whether a line begins about where dialogue does."""
        return abs(line.x0 - self.dialogue) <= 2.5 * self.width

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether a line stands in the middle between the margins."""
        middle = (self.action + self.right) / 2
        return self.is_indented(line) and abs((line.x0 + line.x1) / 2 - middle) <= 2 * self.width

    def is_title(self, line: PrintedLine) -> bool:
        """Whether a line is centred, and not just by chance where dialogue stands."""
        return (
            self.is_centred(line)
            and abs(line.x0 - self.dialogue) > self.width
            and not line.text.startswith("(")
        )

    def is_flush_right(self, line: PrintedLine) -> bool:
        """Whether a line begins beyond the cues and ends at the right margin."""
        return line.x0 > self.cue and line.x1 >= self.right - 2 * self.width


def find_columns(lines: list[PrintedLine]) -> Columns:
    """Find the columns of a script's lines (one at least)."""
    width = character_width(lines)
    headings = [
        one.x0
        for line in lines
        for one in line.segments
        if is_heading(one.text) and one.text.isupper()
    ]
    action = _usual(headings, width) if headings else _leftmost(lines, width)
    cues: list[float] = []
    spoken: list[PrintedLine] = []
    for line, follower in pairwise(lines):
        if line.x0 > action + 2.5 * width and not follower.gap and cue_of(line.text):
            cues.append(line.x0)
            spoken.append(follower)
    plain = [line for line in spoken if not line.text.startswith("(")]
    dialogue = _usual([line.x0 for line in plain], width, default=action + 10 * width)
    margin = 2.5 * width
    whole = [line for line in lines if len(line.segments) == 1]
    action_lines = [line.x1 for line in whole if abs(line.x0 - action) <= margin]
    spoken_lines = [line.x1 for line in whole if abs(line.x0 - dialogue) <= margin]
    return Columns(
        action,
        dialogue,
        _usual(cues, width, default=action + 22 * width),
        max(action_lines, default=action + 60 * width),
        max(spoken_lines, default=dialogue + 35 * width),
        max((line.x1 for line in whole), default=action + 60 * width),
        width,
    )


def cue_of(text: str) -> Cue | None:
    """The cue that a line is by its words, None if it is none. Cues do not end like sentences."""
    cue = read_cue(text, frozenset())
    if cue is None or len(cue.name) > 40 or (cue.name[-1] in _SIGNS and cue.name.count(" ") > 1):
        return None
    return cue


def _usual(edges: Iterable[float], width: float, default: float = 0.0) -> float:
    """The most frequent edge, to about a character; the smaller of equals."""
    count: Counter[int] = Counter()
    exact: dict[int, float] = {}
    for edge in edges:
        cell = round(edge / width)
        count[cell] += 1
        exact.setdefault(cell, edge)
    if not count:
        return default
    return exact[min(count, key=lambda cell: (-count[cell], cell))]


def _leftmost(lines: list[PrintedLine], width: float) -> float:
    """The left edge that at least a twentieth of the lines share; the leftmost of all if none."""
    count = Counter(round(line.x0 / width) for line in lines)
    shared = [cell for cell, times in count.items() if times * 20 >= len(lines) or times > 20]
    cell = min(shared or count)
    return min(line.x0 for line in lines if round(line.x0 / width) == cell)
