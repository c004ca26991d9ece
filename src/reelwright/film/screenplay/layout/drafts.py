"""Elements in the making: printed lines that will become one text."""

from dataclasses import dataclass, field

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.emphasis import Run, marked
from reelwright.film.screenplay.layout.columns import Columns, cue_of
from reelwright.film.screenplay.layout.lines import PrintedLine


@dataclass(slots=True)
class Draft:
    """An element whose lines are still coming in."""

    type: ElementType
    line: int
    page: int
    lines: list[str]
    dual: bool = False
    beside: bool = False  # stands beside another speech, in a column of its own
    indent: str = ""
    number: str | None = None
    forced: bool = False
    turns: set[int] = field(default_factory=set)  # the lines before which a page was turned

    def add(self, line: PrintedLine) -> None:
        """Add one more line."""
        if line.page != self.page:
            self.page = line.page
            self.turns.add(len(self.lines))
        self.lines.append(line.text)

    def finish(self, columns: Columns) -> Element:
        """The element, its lines flowing as they did before they were set."""
        text = marked([Run(_flow(self, columns))])  # printed signs are no marks
        name = extension = None
        if self.type is ElementType.CHARACTER:
            cue = cue_of(text)
            name, extension = (cue.name, cue.extension) if cue else (text, None)
        return Element(
            self.type, text, self.line, self.number, None, self.dual, self.forced, name, extension
        )  # fmt: skip


def _flow(draft: Draft, columns: Columns) -> str:
    """Join lines with spaces; a line that had room for the next word was ended by hand."""
    room = {
        ElementType.ACTION: columns.action_end - columns.action,
        ElementType.DIALOGUE: columns.dialogue_end - columns.dialogue,
    }.get(draft.type)
    if draft.beside or not room:
        room = float("inf") if draft.type is ElementType.CENTERED else 0.0
    parts = [draft.indent, draft.lines[0]]
    last = draft.lines[0]
    for place, line in enumerate(draft.lines[1:], start=1):
        word = line.split(" ", 1)[0]
        wide = len(draft.indent) + len(last) + 1 + len(word)
        if wide * columns.width <= room and place not in draft.turns:
            parts += ["\n", draft.indent]
        elif not (last.endswith("-") and last[-2:-1].isalnum()):
            parts.append(" ")
        parts.append(line)
        last = line
    return "".join(parts)
