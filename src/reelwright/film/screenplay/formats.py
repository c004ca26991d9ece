"""Any screenplay file to a Screenplay, and back to text in any of our formats."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.encoding import WINDOWS, decode, encode
from reelwright.film.screenplay.fdx import read_fdx, write_fdx
from reelwright.film.screenplay.forms import to_json
from reelwright.film.screenplay.fountain import read_fountain, write_fountain
from reelwright.film.screenplay.layout import is_laid_out, read_text, write_text
from reelwright.film.screenplay.pdf_layout import PlacedRun, read_runs
from reelwright.ground.errors import InvalidInputError

# Reads a PDF's bytes; the name is what errors call the file.
PdfRuns = Callable[[bytes, str], Sequence[Sequence[PlacedRun]]]

_FOUNTAIN = frozenset({".fountain", ".spmd", ".md", ".markdown"})
_XML = ("<?xml", "<finaldraft", "<!doctype")
_PDF_HEAD = 1024  # PDF readers look for the signature this far


def read_screenplay(data: bytes, name: str, pdf_runs: PdfRuns | None = None) -> Screenplay:
    """Read a script in whatever format it is: the suffix of `name` and the content decide.

    `pdf_runs` reads PDFs; without it they are refused. Raises InvalidInputError, naming the file
    and a way out, for what is empty, no text, damaged or locked. A script may have no scenes.
    """
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise InvalidInputError(
            f"{name} is empty.", way_out="give a script: Fountain, Final Draft, PDF or text"
        )
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf" or b"%PDF-" in data[:_PDF_HEAD]:
        if pdf_runs is None:
            raise InvalidInputError(
                f"{name} is a PDF, which cannot be read here.",
                way_out="give the script as Fountain or FDX",
            )
        return read_runs(pdf_runs(data, name))
    if suffix == ".fdx":
        return read_fdx(data, name)
    text, encoding = decode(data, name)
    if text[:20].lstrip("\ufeff \t\r\n").lower().startswith(_XML):
        return read_fdx(data, name)
    printed = suffix not in _FOUNTAIN and is_laid_out(text)
    screenplay = read_text(text) if printed else read_fountain(text)
    warnings = screenplay.warnings
    if encoding in WINDOWS:
        warnings = (f"{name} is not UTF-8; it was read as Windows text ({encoding}).", *warnings)
    return replace(screenplay, encoding=encoding, warnings=warnings)


def _dump(screenplay: Screenplay) -> str:
    return json.dumps(to_json(screenplay), ensure_ascii=False, indent=2) + "\n"


# What a screenplay can be written as, by the name of the format.
WRITERS: dict[str, Callable[[Screenplay], str]] = {
    "json": _dump,
    "fountain": write_fountain,
    "fdx": write_fdx,
    "text": write_text,
}


def write_screenplay(screenplay: Screenplay, form: str) -> bytes:
    """The file of a screenplay in one of WRITERS: UTF-8, but Fountain in the encoding it came in.

    So a Fountain file that was read and not changed is written byte for byte as it was.
    """
    text = WRITERS[form](screenplay)
    if form == "fountain":
        return encode(text, screenplay.encoding)
    return text.encode("utf-8", "surrogatepass")
