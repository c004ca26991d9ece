"""What a screenplay is made of. Every element knows its line in the source file."""

from dataclasses import dataclass, field
from enum import StrEnum


class ElementType(StrEnum):
    """The kinds of paragraph a screenplay has, named as Fountain names them."""

    SCENE_HEADING = "scene_heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    LYRICS = "lyrics"
    TRANSITION = "transition"
    CENTERED = "centered"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    BONEYARD = "boneyard"
    PAGE_BREAK = "page_break"


@dataclass(frozen=True, slots=True)
class Element:
    """One paragraph. `text` is what a reader sees: no forcing marks, emphasis marks kept.

    `line` counts from 1. `depth` is a section's level. `dual` marks the cue, parentheticals and
    dialogue of the second (right-hand) speaker of a dual dialogue. `name` and `extension` belong
    to cues: `JOHN (V.O.)` has name `JOHN`, extension `V.O.`. `raw` is the exact source text of the
    element with the blank lines that follow it (None for elements that were made, not parsed); it
    takes no part in comparisons.
    """

    type: ElementType
    text: str
    line: int = 0
    scene_number: str | None = None
    depth: int | None = None
    dual: bool = False
    forced: bool = False
    name: str | None = None
    extension: str | None = None
    raw: str | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A parsed script: title page keys in file order (each with its lines), then elements.

    `preamble` is the exact source before the first element (BOM excluded), `encoding` the codec
    the file was read with (`utf-8`, `utf-8-sig`, `utf-16`, ...): with both, writing a parsed
    Fountain file gives back the same bytes. `warnings` are sentences for the person.
    """

    elements: tuple[Element, ...]
    title_page: tuple[tuple[str, tuple[str, ...]], ...] = ()
    preamble: str = field(default="", compare=False, repr=False)
    encoding: str = field(default="utf-8", compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def title(self, key: str = "title") -> str | None:
        """A title-page value by key, whatever its case, lines joined by spaces; None if absent."""
        for name, lines in self.title_page:
            if name.lower() == key.lower():
                return " ".join(part.strip() for part in lines if part.strip()) or None
        return None
