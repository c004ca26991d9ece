"""Reads a script from disk, whatever its format."""

from collections.abc import Sequence
from pathlib import Path

from reelwright.film.screenplay.elements import Screenplay
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError

LARGEST = 64 * 1024 * 1024  # bytes; a feature-length script has about 200,000


def read_script(path: Path) -> Screenplay:
    """The screenplay in a Fountain, Final Draft, PDF or plain text file."""
    return read_screenplay(_bytes_of(path), str(path), pdf_runs=_pdf_runs)


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise InvalidInputError(
            f"{path}: there is no such file",
            way_out="name a screenplay: .fountain, .fdx, .pdf or .txt",
        )
    if path.is_dir():
        raise InvalidInputError(f"{path}: is a folder", way_out="name the screenplay file in it")
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidInputError(f"{path}: is larger than 64 MB", way_out="is it a screenplay?")
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFailedError(
            f"{path}: cannot be read: {error.strerror}", way_out="check its rights"
        ) from error


def _pdf_runs(data: bytes, name: str) -> Sequence[Sequence[PlacedRun]]:
    from reelwright.engines.media.pdf_text import read_pdf_runs  # noqa: PLC0415 - only for PDFs

    return read_pdf_runs(data, name)
