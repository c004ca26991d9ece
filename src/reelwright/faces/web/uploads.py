"""Scripts, notes and media as they are sent: a form with files, or a small JSON document."""

import asyncio
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Literal

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from reelwright.faces.web.requests import PlainText, content_type
from reelwright.film.notes import parse_notes
from reelwright.film.screenplay.emphasis import plain
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import InvalidInputError
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.studio.productions.scripts import NOTES

_PIECE = 1024 * 1024
_MOST_FILES = 2000
_LARGEST_SCRIPT = 64 * 1024 * 1024
_LONGEST_NAME = 200
_SUFFIX = {"fountain": ".fountain", "fdx": ".fdx", "text": ".txt"}
_TYPES = {".fountain": "text/plain", ".fdx": "application/xml", ".toml": "application/toml"}


class ScriptText(BaseModel):
    """A screenplay as text, with notes in TOML if there are any; only a film cannot be without."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText | None = Field(None, min_length=1, max_length=200)
    type: str | None = Field(
        None,
        description="what a new project is for: a film without it",
        json_schema_extra={"enum": [*PROJECT_CONFIGS]},
    )
    script: PlainText | None = Field(None, min_length=1)
    format: Literal["fountain", "fdx", "text"] = "fountain"
    notes: PlainText | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came, at `path` for as long as the request lasts."""

    name: str
    path: Path
    sha256: str

    @property
    def media_type(self) -> str:
        """What its name says it is."""
        if self.name == NOTES:
            return _TYPES[".toml"]
        suffix = PurePosixPath(self.name).suffix.lower()
        guessed = mimetypes.guess_type(self.name)[0]
        return _TYPES.get(suffix) or guessed or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """All that came: `script` names the one of `files` that is the screenplay, `title` is its title."""

    name: str | None
    type: str | None
    script: str | None
    files: Sequence[Sent]
    title: str | None = None


@asynccontextmanager
async def received(request: Request, drafts: Path) -> AsyncIterator[Upload]:
    """What a request brings, read to disk below `drafts` and checked; gone afterwards.

    Raises InvalidInputError when the script or the notes cannot be read.
    """
    kind = content_type(request.scope)
    with TemporaryDirectory(prefix="upload-", dir=drafts) as folder:
        if kind == "application/json":
            upload = await _from_json(request, Path(folder))
        elif kind == "multipart/form-data":
            async with request.form(max_files=_MOST_FILES + 2, max_fields=10) as form:
                upload = await _from_form(form, Path(folder))
        else:
            raise HTTPException(415, "send multipart/form-data or application/json")
        yield replace(upload, title=await asyncio.to_thread(_check, upload))


async def _from_json(request: Request, folder: Path) -> Upload:
    try:
        given = ScriptText.model_validate_json(await request.body())
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        raise RequestValidationError([in_body(one) for one in found]) from None
    script = f"script{_SUFFIX[given.format]}" if given.script is not None else None
    texts = {script: given.script} if script and given.script else {}
    if given.notes is not None:
        texts[NOTES] = given.notes
    files = []
    for number, (name, text) in enumerate(texts.items()):
        data = text.encode()
        path = folder / str(number)
        await asyncio.to_thread(path.write_bytes, data)
        files.append(Sent(name, path, hashlib.sha256(data).hexdigest()))
    return Upload(given.name, given.type, script, files)


def in_body(error: Any) -> dict[str, Any]:
    """What is wrong in a body that we have read ourselves, as it is told of others."""
    return error | {"loc": ("body", *error["loc"])}


async def _from_form(form: FormData, folder: Path) -> Upload:
    """Parts: `script`, and if wanted `notes`, any number of `media`, `name` and `type`."""
    unknown = set(form) - {"name", "type", "script", "notes", "media"}
    if unknown:
        raise InvalidInputError(
            f"the form has a part {min(unknown)[:60]!r}",
            way_out="its parts are script, notes, media (any number), name and type",
        )
    scripts, notes = form_files(form, "script"), form_files(form, "notes")
    if len(scripts) > 1 or len(notes) > 1:
        raise InvalidInputError("the form has at most one file `script`, and one `notes`")
    named = [(_clean(one.filename), one) for one in scripts]
    script = named[0][0] if named else None
    named += [(NOTES, one) for one in notes]
    named += [(_clean(one.filename), one) for one in form_files(form, "media")]
    if len({name for name, _ in named}) < len(named):
        raise InvalidInputError("two files have one name", way_out="give each its own")
    files = []
    for number, (file_name, one) in enumerate(named):
        path = folder / str(number)
        files.append(Sent(file_name, path, await save_file(one, path)))
    return Upload(form_text(form, "name"), form_text(form, "type"), script, files)


def form_files(form: FormData, part: str) -> list[UploadFile]:
    """The files of a part of a form; raises InvalidInputError where one is none."""
    found = form.getlist(part)
    if not all(isinstance(one, UploadFile) for one in found):
        raise InvalidInputError(f"the part `{part}` must be a file, with a file name")
    return [one for one in found if isinstance(one, UploadFile)]


def form_text(form: FormData, part: str) -> str | None:
    """The one text of a part of a form."""
    found = form.getlist(part)
    if len(found) > 1 or any(not isinstance(one, str) for one in found):
        raise InvalidInputError(f"the part `{part}` must be one text")
    return str(found[0]) if found else None


def _clean(name: str | None) -> str:
    """A file's name as a relative path that cannot leave its folder."""
    path = PurePosixPath(name or "")
    bad = path.is_absolute() or ".." in path.parts or not path.name or "\\" in str(path)
    if bad or len(str(path)) > _LONGEST_NAME or not str(path).isprintable():
        raise InvalidInputError(
            f"{(name or '')[:60]!r} is no name for a file", way_out="give a plain relative name"
        )
    return str(path)


async def save_file(one: UploadFile, path: Path) -> str:
    """Write what came to disk; returns its SHA-256."""
    whole = hashlib.sha256()
    with path.open("xb") as file:
        while piece := await one.read(_PIECE):
            whole.update(piece)
            await asyncio.to_thread(file.write, piece)
    return whole.hexdigest()


def _check(upload: Upload) -> str | None:
    """Read the script and the notes; returns the script's title, as short as a name has to be."""
    title = None
    for one in upload.files:
        if one.name == upload.script:
            if one.path.stat().st_size > _LARGEST_SCRIPT:
                raise InvalidInputError(f"{one.name} is larger than 64 MB")
            read = read_screenplay(one.path.read_bytes(), one.name, pdf_runs=_pdf_runs)
            title = _one_line(read.title("title"))
        elif one.name == NOTES:
            try:
                parse_notes(one.path.read_text(encoding="utf-8-sig"), NOTES)
            except UnicodeDecodeError:
                raise InvalidInputError("the notes are not UTF-8") from None
    return title


def _pdf_runs(data: bytes, name: str) -> Sequence[Sequence[PlacedRun]]:
    from reelwright.engines.media.pdf_text import read_pdf_runs  # noqa: PLC0415 - only for PDFs

    return read_pdf_runs(data, name)


def _one_line(text: str | None) -> str | None:
    shown = "".join(char if char.isprintable() else " " for char in plain(text or ""))
    return " ".join(shown.split())[:_LONGEST_NAME] or None
