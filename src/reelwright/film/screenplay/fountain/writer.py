"""Writing Fountain: what was read comes out as it was, what was made or changed comes out clean."""

from reelwright.film.screenplay.elements import ElementType, Screenplay
from reelwright.film.screenplay.fountain.composition import Composer
from reelwright.film.screenplay.fountain.source import split_source
from reelwright.film.screenplay.fountain.title_page import read_title_page, write_title_page

_SPOKEN = frozenset({ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS})
_SPEECH = _SPOKEN | {ElementType.CHARACTER}
_OPENERS = {ElementType.NOTE: "[[", ElementType.BONEYARD: "/*"}


def write_fountain(screenplay: Screenplay) -> str:
    """The screenplay as Fountain. Elements that still have their source keep it, byte for byte.

    An element with `raw=None` is written afresh. What Fountain has no way to say (two dialogue
    elements of one speech, an empty line inside of an action) becomes what comes nearest.
    """
    newline = _newline(screenplay)
    head = screenplay.preamble
    if _title_page(head) != screenplay.title_page:
        head = write_title_page(screenplay.title_page, newline)
    sheet = _Sheet(head, newline)
    composer = Composer(screenplay)
    previous: ElementType | None = None
    followers = [*screenplay.elements[1:], None]
    for element, follower in zip(screenplay.elements, followers, strict=False):
        if element.raw:
            sheet.paste(element.raw)
        elif element.raw is None or not sheet.holds(_OPENERS.get(element.type)):
            words = composer.compose(element, follower)
            together = element.type in _SPOKEN and previous in _SPEECH
            sheet.add(words.replace("\n", newline), together=together)
        previous = element.type
    return sheet.text()


def _title_page(preamble: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    source = split_source(preamble)
    return read_title_page(source.lines, source.bare)[0]


def _newline(screenplay: Screenplay) -> str:
    sources = (screenplay.preamble, *(one.raw or "" for one in screenplay.elements[:3]))
    return "\r\n" if any("\r\n" in source for source in sources) else "\n"


class _Sheet:
    """The growing text. Pasted source is left as it is; around what is added, lines are parted."""

    def __init__(self, head: str, newline: str) -> None:
        self._pieces = [head] if head else []
        self._newline = newline
        self._open = False  # the last piece was added and has no line end yet
        self._pasted = head
        self._searched = 0

    def paste(self, source: str) -> None:
        """Put source in, exactly."""
        if self._open:
            self._part(2)
        self._pieces.append(source)
        self._open = False
        self._pasted, self._searched = source, 0

    def add(self, words: str, *, together: bool) -> None:
        """Put a new paragraph in; `together` with the one before it, or after an empty line."""
        self._part(1 if together else 2)
        self._pieces.append(words)
        self._open = True
        self._pasted = ""

    def holds(self, opener: str | None) -> bool:
        """Whether the source pasted last has one more aside of this kind inside."""
        place = self._pasted.find(opener, self._searched) if opener else -1
        self._searched = place + 1 if place >= 0 else self._searched
        return place >= 0

    def text(self) -> str:
        return "".join([*self._pieces, self._newline if self._open else ""])

    def _part(self, ends: int) -> None:
        """Let the text so far end in exactly one line end, or in two and more."""
        if not self._pieces:
            return
        last = self._pieces[-1]
        words = last.rstrip("\r\n")
        have = last[len(words) :].replace("\r\n", "\n")
        if ends == 1 or len(have) < ends:
            self._pieces[-1] = words + self._newline * ends
