"""Archives, looked into but never unpacked: those made to burst whoever unpacks them are refused."""

import zipfile
import zlib
from pathlib import Path

from reelwright.engines.processes.apart import UnreadableError

_MOST_ENTRIES = 20_000
_HARMLESS = 100 * 1024 * 1024
_MOST = 20 * 1024**3
_TIMES = 200
_PIECE = 256 * 1024
_GZIP = 31


def look_at_zip(path: Path) -> None:
    """Raises UnreadableError for a zip that cannot be read, or that would swell beyond measure."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = sorted(archive.infolist(), key=lambda one: one.header_offset)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableError("is a broken zip archive") from error
    if len(entries) > _MOST_ENTRIES:
        raise UnreadableError(f"holds more than {_MOST_ENTRIES} files")
    _check(sum(one.file_size for one in entries), path.stat().st_size)
    end = 0
    for one in entries:
        if one.header_offset < end:  # several entries over the same bytes
            raise _bomb()
        end = one.header_offset + one.compress_size


def look_at_gzip(path: Path) -> None:
    """Raises UnreadableError for a gzip that is broken, or that swells beyond measure."""
    size, total = path.stat().st_size, 0
    unpacking = zlib.decompressobj(_GZIP)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                while piece:
                    total += len(unpacking.decompress(piece, _PIECE))
                    _check(total, size)
                    piece = unpacking.unconsumed_tail
                    if unpacking.eof:
                        piece = unpacking.unused_data
                        unpacking = zlib.decompressobj(_GZIP)
                        if not piece.startswith(b"\x1f\x8b"):  # what stands behind it is no gzip
                            return
    except zlib.error as error:
        raise UnreadableError("is a broken gzip archive") from error


def _check(unpacked: int, packed: int) -> None:
    if unpacked > _MOST or (unpacked > _HARMLESS and unpacked > _TIMES * packed):
        raise _bomb()


def _bomb() -> UnreadableError:
    return UnreadableError("would swell beyond measure when it is unpacked")
