"""What Final Draft's paragraphs are as elements of a screenplay."""

from dataclasses import dataclass, field, replace

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.emphasis import Run, marked
from reelwright.film.screenplay.fountain.cues import read_cue, split_cue
from reelwright.film.screenplay.fountain.headings import is_heading, is_transition

# Kinds of paragraph with an element of their own; all others (General, Shot, Cast List, what a
# writer invented) are action.
_KINDS = {
    "Scene Heading": ElementType.SCENE_HEADING,
    "Character": ElementType.CHARACTER,
    "Parenthetical": ElementType.PARENTHETICAL,
    "Dialogue": ElementType.DIALOGUE,
    "Transition": ElementType.TRANSITION,
    "Lyrics": ElementType.LYRICS,
    "Singing": ElementType.LYRICS,
    "New Act": ElementType.CENTERED,
    "End of Act": ElementType.CENTERED,
}
_FLOWING = frozenset({ElementType.DIALOGUE, ElementType.LYRICS})
_SPOKEN = frozenset({ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS})


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the document: its attributes, its line in the XML, its text in runs."""

    given: dict[str, str]
    line: int
    runs: list[Run] = field(default_factory=list)


class Script:
    """Gathers elements, and counts the cues of a dual dialogue while one is open."""

    def __init__(self) -> None:
        self._elements: list[Element] = []
        self._more: dict[int, list[str]] = {}  # by place: further paragraphs of the same speech
        self._cues: int | None = None

    def elements(self) -> tuple[Element, ...]:
        """All elements so far; the paragraphs of one speech are the lines of one element."""
        elements = self._elements.copy()
        for place, more in self._more.items():
            text = "\n".join([elements[place].text, *more])
            elements[place] = replace(elements[place], text=text)
        return tuple(elements)

    def begin_dual(self) -> None:
        self._cues = 0

    def end_dual(self) -> None:
        self._cues = None

    def add(self, paragraph: Paragraph) -> None:
        """Add what a paragraph says; empty ones say nothing."""
        if paragraph.given.get("StartsNewPage") == "Yes":
            self._elements.append(Element(ElementType.PAGE_BREAK, "", paragraph.line))
        text = marked(paragraph.runs).strip("\n")
        if not text.strip():
            return
        kind = _KINDS.get(paragraph.given.get("Type", ""), ElementType.ACTION)
        if kind is ElementType.ACTION and paragraph.given.get("Alignment") == "Center":
            kind = ElementType.CENTERED
        if kind is ElementType.ACTION and is_heading(text) and text.isupper():
            kind = ElementType.SCENE_HEADING  # exporters let EXT/INT pass as action
        if kind is ElementType.CHARACTER and self._cues is not None:
            self._cues += 1
        dual = (self._cues or 0) > 1 and (kind in _SPOKEN or kind is ElementType.CHARACTER)
        element = _element(kind, text, paragraph, dual=dual)
        last = self._elements[-1] if self._elements else None
        if last and last.type is kind and kind in _FLOWING:
            self._more.setdefault(len(self._elements) - 1, []).append(element.text)
        else:
            self._elements.append(element)


def _element(kind: ElementType, text: str, paragraph: Paragraph, *, dual: bool) -> Element:
    """`forced` says that Fountain would need a mark to see it the same way."""
    line = paragraph.line
    if kind in {ElementType.ACTION, ElementType.DIALOGUE}:
        return Element(kind, text, line, dual=dual)
    text = "\n".join(part.strip() for part in text.split("\n"))
    match kind:
        case ElementType.SCENE_HEADING:
            number = paragraph.given.get("Number") or None
            return Element(kind, text, line, number, forced=not is_heading(text))
        case ElementType.CHARACTER:
            cue = split_cue(text)
            forced = read_cue(text, frozenset()) is None
            return Element(kind, cue.text, line, None, None, dual, forced, cue.name, cue.extension)
        case ElementType.TRANSITION:
            return Element(kind, text, line, forced=not is_transition(text))
        case _:
            return Element(kind, text, line, dual=dual)
