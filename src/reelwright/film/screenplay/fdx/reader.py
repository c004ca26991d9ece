"""Reading Final Draft documents with the standard library's expat, as a stream, without trust."""

from typing import Any
from xml.parsers import expat

from reelwright.film.screenplay.cover import Block, read_cover
from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.emphasis import Run, marked
from reelwright.film.screenplay.fdx.paragraphs import Paragraph, Script
from reelwright.ground.errors import InvalidInputError

# What is read; everything else (notes, revisions, scene properties, headers) is passed over whole.
_READ = frozenset({"FinalDraft", "Content", "TitlePage", "Paragraph", "DualDialogue", "Text"})
_WAY_OUT = "save it again in Final Draft, or give the script as Fountain or PDF"


def read_fdx(data: str | bytes, name: str = "the Final Draft file") -> Screenplay:
    """Read a Final Draft script. Bytes may be in any encoding that XML declares.

    Lines are lines of the XML. Raises InvalidInputError for XML that breaks off, is no Final
    Draft document, or declares a document type (which no Final Draft file does, and bombs need).
    """
    reader = _Reader(name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, given: reader.start(
        tag, given, parser.CurrentLineNumber
    )
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.say
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise InvalidInputError(
            f"{name}, line {error.lineno}: the XML is damaged or breaks off ({why}).",
            way_out=_WAY_OUT,
        ) from error
    except (LookupError, ValueError) as error:  # what expat asks Python for an encoding it has not
        raise InvalidInputError(
            f"{name} declares an encoding that cannot be read ({error}).", way_out=_WAY_OUT
        ) from error
    return Screenplay(reader.script.elements(), reader.title_page())


class _Reader:
    """Follows the tags and hands whole paragraphs on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._begun = False
        self._on_cover = False
        self._passed = 0  # depth inside of something that is not read
        self._paragraphs: list[Paragraph] = []
        self._style: str | None = None
        self._words: list[str] = []
        self._cover: list[Paragraph] = []
        self.script = Script()

    def start(self, tag: str, given: dict[str, str], line: int) -> None:
        if not self._begun and tag != "FinalDraft":
            raise InvalidInputError(
                f"{self._name} is XML, but no Final Draft document: it begins with <{tag}>.",
                way_out=_WAY_OUT,
            )
        if self._passed or tag not in _READ:
            self._passed += 1
            return
        self._begun = True
        if tag == "TitlePage":
            self._on_cover = True
        elif tag == "Paragraph":
            self._paragraphs.append(Paragraph(given, line))
        elif tag == "DualDialogue":
            self.script.begin_dual()
        elif tag == "Text":
            self._style, self._words = given.get("Style", ""), []

    def say(self, words: str) -> None:
        if self._style is not None and not self._passed:
            self._words.append(words)

    def end(self, tag: str) -> None:
        if self._passed:
            self._passed -= 1
            return
        if tag == "TitlePage":
            self._on_cover = False
        elif tag == "Text":
            self._end_text()
        elif tag == "DualDialogue":
            self.script.end_dual()
        elif tag == "Paragraph":
            paragraph = self._paragraphs.pop()
            if self._on_cover:
                self._cover.append(paragraph)
            else:
                self.script.add(paragraph)

    def _end_text(self) -> None:
        words = "".join(self._words).replace("\u2028", "\n")
        styles = (self._style or "").split("+")
        self._style = None
        if "AllCaps" in styles:
            words = words.upper()
        if self._paragraphs:
            bold, italic, under = (one in styles for one in ("Bold", "Italic", "Underline"))
            self._paragraphs[-1].runs.append(Run(words, bold, italic, under))

    def refuse_doctype(self, *_: Any) -> None:
        raise InvalidInputError(
            f"{self._name} declares a document type, which no Final Draft file does.",
            way_out=_WAY_OUT,
        )

    def title_page(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        blocks: list[Block] = []
        lines: list[str] = []
        centred = False
        for paragraph in [*self._cover, Paragraph({}, 0)]:
            text = marked(paragraph.runs).strip()
            if text:
                centred = paragraph.given.get("Alignment") == "Center"
                lines += [line.strip() for line in text.split("\n")]
            elif lines:
                blocks.append(Block(tuple(lines), centred))
                lines = []
        return read_cover(blocks)
