"""Writing Final Draft documents: always the same text for the same screenplay.

Final Draft has no words for sections, synopses, notes in the text and boneyards: they are left
out. Title-page keys beyond Fountain's are not printed, so they are left out too. Forcing marks
are Fountain's and gone.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from reelwright.film.screenplay.cover import Block, lay_out_cover
from reelwright.film.screenplay.elements import Element, ElementType, Screenplay
from reelwright.film.screenplay.emphasis import runs

_KINDS = {
    ElementType.SCENE_HEADING: "Scene Heading",
    ElementType.ACTION: "Action",
    ElementType.CHARACTER: "Character",
    ElementType.PARENTHETICAL: "Parenthetical",
    ElementType.DIALOGUE: "Dialogue",
    ElementType.LYRICS: "Lyrics",
    ElementType.TRANSITION: "Transition",
    ElementType.CENTERED: "Action",
}
_SPOKEN = frozenset({ElementType.PARENTHETICAL, ElementType.DIALOGUE, ElementType.LYRICS})
# Characters that XML 1.0 cannot hold, not even escaped.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK = '<Paragraph Alignment="Left"><Text></Text></Paragraph>'
_LINES_ABOVE_TITLE = 18
_LINES_ABOVE_FOOT = 12


def write_fdx(screenplay: Screenplay) -> str:
    """The screenplay as a Final Draft document, to be saved as UTF-8."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>',
        '<FinalDraft DocumentType="Script" Template="No" Version="5">',
        "  <Content>",
        *_content(screenplay),
        "  </Content>",
        *_title_page(screenplay),
        "</FinalDraft>",
        "",
    ]
    return "\n".join(rows)


def _content(screenplay: Screenplay) -> Iterator[str]:
    elements = [
        one
        for one in screenplay.elements
        if one.type in _KINDS or one.type is ElementType.PAGE_BREAK
    ]
    new_page = False
    place = 0
    while place < len(elements):
        if elements[place].type is ElementType.PAGE_BREAK:
            new_page = True
            place += 1
            continue
        end, dual = _speeches(elements, place)
        if dual:
            yield "    <Paragraph>"
            yield "      <DualDialogue>"
        for element in elements[place:end]:
            yield _paragraph(element, "        " if dual else "    ", new_page=new_page)
            new_page = False
        if dual:
            yield "      </DualDialogue>"
            yield "    </Paragraph>"
        place = end


def _speeches(elements: list[Element], place: int) -> tuple[int, bool]:
    """The end of what begins at `place`: two speeches if they are dual, else one element."""
    if elements[place].type is not ElementType.CHARACTER:
        return place + 1, False
    end = _end_of_speech(elements, place)
    if end < len(elements):
        other = elements[end]
        if other.type is ElementType.CHARACTER and other.dual and not elements[place].dual:
            return _end_of_speech(elements, end), True
    return end, False


def _end_of_speech(elements: list[Element], place: int) -> int:
    place += 1
    while place < len(elements) and elements[place].type in _SPOKEN:
        place += 1
    return place


def _paragraph(element: Element, indent: str, *, new_page: bool) -> str:
    given = {"Type": _KINDS[element.type]}
    if element.type is ElementType.CENTERED:
        given["Alignment"] = "Center"
    if element.scene_number is not None:
        given["Number"] = element.scene_number
    if new_page:
        given["StartsNewPage"] = "Yes"
    words = "".join(f" {key}={quoteattr(_speakable(given[key]))}" for key in sorted(given))
    return f"{indent}<Paragraph{words}>{_text(element.text)}</Paragraph>"


def _text(text: str) -> str:
    return "".join(
        f"<Text{_style(run.bold, run.italic, run.underline)}>{escape(_speakable(run.text))}</Text>"
        for run in runs(text)
    )


def _style(*on: bool) -> str:
    names = [
        name for name, wanted in zip(("Bold", "Italic", "Underline"), on, strict=True) if wanted
    ]
    return f' Style="{"+".join(names)}"' if names else ""


def _speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)


def _title_page(screenplay: Screenplay) -> Iterator[str]:
    middle, foot = lay_out_cover(screenplay.title_page)
    if not middle and not foot:
        return
    yield "  <TitlePage>"
    yield "    <Content>"
    for blank, blocks in ((_LINES_ABOVE_TITLE, middle), (_LINES_ABOVE_FOOT, foot)):
        yield from [f"      {_BLANK}"] * (blank if blocks else 0)
        for block in blocks:
            yield from _block(block)
    yield "    </Content>"
    yield "  </TitlePage>"


def _block(block: Block) -> Iterator[str]:
    side = "Center" if block.centred else "Left"
    for line in block.lines:
        yield f'      <Paragraph Alignment="{side}">{_text(line)}</Paragraph>'
    yield f"      {_BLANK}"
