"""Positioned text out of PDF files, through PDFium."""

from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import InvalidInputError

_EXPORT = "export it again from the screenwriting program, or give the script as Fountain or FDX"

_SAME_LINE = 4  # points by which the baselines of one line may differ
_HYPHENS = "\ufffe\u2010\u00ad"  # what PDFium makes of a hyphen at the end of a line


def read_pdf_runs(data: bytes, name: str) -> list[list[PlacedRun]]:
    """The runs of text on every page. `name` is what errors call the file.

    Raises InvalidInputError for a file that is locked, damaged, or holds pictures and no text.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(error, name) from error
    try:
        pages = [_read_page(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise InvalidInputError(
            f"{name} is damaged: a page cannot be read.", way_out=_EXPORT
        ) from error
    finally:
        document.close()
    if not any(pages):
        raise InvalidInputError(
            f"{name} holds no text, only pictures of pages.",
            way_out="run text recognition (OCR) on it, or give the script as Fountain or FDX",
        )
    return pages


def _refusal(error: pdfium.PdfiumError, name: str) -> InvalidInputError:
    if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        return InvalidInputError(
            f"{name} is locked with a password.", way_out="save a copy without the password"
        )
    return InvalidInputError(f"{name} is no readable PDF; it may be cut off.", way_out=_EXPORT)


def _read_page(document: pdfium.PdfDocument, number: int) -> list[PlacedRun]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            left, _, _, top = page.get_mediabox() or (0, 0, 0, page.get_height())
            return [
                PlacedRun(run.x0 - left, run.x1 - left, top - run.y, run.text)
                for run in _runs(text.raw, text.count_chars())
            ]
        finally:
            text.close()
    finally:
        page.close()


def _runs(text: Any, count: int) -> Iterator[PlacedRun]:
    """Words joined into runs with PDFium's own idea of spaces, parted where a gap is wide."""
    run: PlacedRun | None = None
    for word in _words(text, count):
        if run is not None:
            width = (run.x1 - run.x0) / len(run.text)
            if abs(word.y - run.y) < _SAME_LINE and 0 <= word.x0 - run.x1 < 3 * width:
                run = PlacedRun(run.x0, word.x1, run.y, f"{run.text} {word.text}")
                continue
            yield run
        run = word
    if run is not None:
        yield run


def _words(text: Any, count: int) -> Iterator[PlacedRun]:
    begin = 0
    letters: list[str] = []
    for index in range(count + 1):
        letter = chr(pdfium_c.FPDFText_GetUnicode(text, index)) if index < count else " "
        if letter.isspace() or letter < " ":
            if letters:
                yield _place(text, begin, index - 1, "".join(letters))
                letters = []
        else:
            begin = begin if letters else index
            letters.append("-" if letter in _HYPHENS else letter)


def _place(text: Any, first: int, last: int, word: str) -> PlacedRun:
    x, y = c_double(), c_double()
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharOrigin(text, first, byref(x), byref(y))
    pdfium_c.FPDFText_GetCharBox(text, last, byref(left), byref(right), byref(bottom), byref(top))
    return PlacedRun(x.value, max(right.value, x.value + 0.1), y.value, word)
