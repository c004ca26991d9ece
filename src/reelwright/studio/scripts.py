"""Reads a script from disk, whatever its format."""

import errno
from collections.abc import Sequence
from pathlib import Path

from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.encoding import decode
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError

LARGEST = 64 * 1024 * 1024  # bytes; a feature-length script has about 200,000
_NO_SUCH_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


def read_script(path: Path) -> Screenplay:
    """The screenplay in a Fountain, Final Draft, PDF or plain text file."""
    return read_screenplay(_bytes_of(path), str(path), pdf_runs=_pdf_runs)


def read_prose(path: Path) -> str:
    """The words of a text file, in whatever encoding."""
    text, _ = decode(_bytes_of(path), str(path))
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # a device may go on for ever
    except IsADirectoryError:
        raise InvalidInputError(
            f"{path}: is a folder", way_out="name the screenplay file in it"
        ) from None
    except OSError as error:
        if error.errno in _NO_SUCH_FILE:
            raise InvalidInputError(
                f"{path}: there is no such file",
                way_out="name a screenplay: .fountain, .fdx, .pdf or .txt",
            ) from None
        raise EnvironmentFailedError(
            f"{path}: cannot be read: {error.strerror}", way_out="check its rights"
        ) from error
    if len(data) > LARGEST:
        raise InvalidInputError(f"{path}: is larger than 64 MB", way_out="is it a screenplay?")
    return data


def _pdf_runs(data: bytes, name: str) -> Sequence[Sequence[PlacedRun]]:
    from reelwright.engines.media.pdf_text import read_pdf_runs  # noqa: PLC0415 - only for PDFs

    return read_pdf_runs(data, name)
