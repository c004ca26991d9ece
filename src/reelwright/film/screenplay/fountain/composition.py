"""How each kind of element is said in Fountain, with no more forcing than it needs."""

from reelwright.film.screenplay.elements import Element, ElementType, Screenplay
from reelwright.film.screenplay.fountain.cues import has_no_case, read_cue
from reelwright.film.screenplay.fountain.headings import is_heading, is_transition
from reelwright.film.screenplay.fountain.title_page import read_title_page

_SPOKEN = frozenset({ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS})


class Composer:
    """Composes elements afresh. It knows the script, because forcing depends on what is around."""

    def __init__(self, screenplay: Screenplay) -> None:
        self._untitled = not screenplay.title_page
        self._first = screenplay.elements[0] if screenplay.elements else None
        self._cast = frozenset(
            one.name
            for one in screenplay.elements
            if one.forced and one.name is not None and has_no_case(one.name)
        )

    def compose(self, element: Element, follower: Element | None) -> str:
        """The lines of one element, without the last line's end."""
        text = element.text
        match element.type:
            case ElementType.ACTION:
                return self._action(element)
            case ElementType.CHARACTER:
                return self._cue(element, follower)
            case ElementType.DIALOGUE:
                return "\n".join(line or "  " for line in text.split("\n"))
            case ElementType.LYRICS:
                return "\n".join(f"~{line}" for line in text.split("\n"))
            case ElementType.CENTERED:
                return "\n".join(f"> {line} <" for line in text.split("\n"))
            case ElementType.NOTE:
                return f"[[{_connected(text)}]]"
            case ElementType.BONEYARD:
                return f"/*{text}*/"
            case ElementType.PAGE_BREAK:
                return "==="
            case _:
                return _one_line(element)

    def _action(self, element: Element) -> str:
        lines = element.text.split("\n")
        bare = [line.strip() for line in lines]
        force = element.forced or _reads_otherwise(lines[0], bare)
        if element is self._first and self._untitled:
            force = force or read_title_page([*lines, ""], [*bare, ""])[1] > 0
        rest = [
            f"!{line}" if line.strip()[:1] in "!~>#=" and line.strip() else line
            for line in lines[1:]
        ]
        return "\n".join([f"!{lines[0]}" if force else lines[0], *rest])

    def _cue(self, element: Element, follower: Element | None) -> str:
        text = element.text
        spoken = follower is not None and follower.type in _SPOKEN
        natural = spoken and text[:1] not in "!~>#=@." and not is_heading(text)
        forced = element.forced or not natural or read_cue(text, self._cast) is None
        return f"{'@' if forced else ''}{text}{' ^' if element.dual else ''}"


def _reads_otherwise(first: str, bare: list[str]) -> bool:
    """Whether the first line of an action would be taken for something else."""
    text = bare[0]
    if len(bare) == 1 and is_transition(first):
        return True
    return (
        text[:1] in tuple("!~>#=@")
        or (text[:1] == "." and text[1:2].isalnum())
        or is_heading(text)
        or (len(bare) > 1 and read_cue(text, frozenset()) is not None)
    )


def _one_line(element: Element) -> str:
    """An element that Fountain keeps on one line."""
    text = " ".join(element.text.split("\n"))
    match element.type:
        case ElementType.SCENE_HEADING:
            number = f" #{element.scene_number}#" if element.scene_number else ""
            return f"{'.' if element.forced or not is_heading(text) else ''}{text}{number}"
        case ElementType.TRANSITION:
            return text if is_transition(text) and not element.forced else f"> {text}"
        case ElementType.SECTION:
            return f"{'#' * (element.depth or 1)} {text}"
        case ElementType.SYNOPSIS:
            return f"= {text}"
        case _:
            return text if text.startswith(("(", "（")) else f"({text})"


def _connected(text: str) -> str:
    """A note's lines; its empty ones hold two spaces, or they would end it."""
    return "\n".join(line if line.strip() else "  " for line in text.split("\n"))
