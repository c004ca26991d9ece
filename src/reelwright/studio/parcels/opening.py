"""Looking into a project's file that may be anybody's: nothing of it is believed, and it names no path.

Only its own manifest and digests of contents are names of entries, so nothing is ever unpacked
anywhere but under a name of ours. What is larger than its manifest says is refused before it is read.
"""

import errno
import hashlib
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.projects.named_assets import is_asset
from reelwright.studio.parcels.manifest import (
    LARGEST_MANIFEST,
    MANIFEST,
    MOST_FILES,
    Manifest,
    ParcelRefusedError,
    read_manifest,
)

FILES = "files"
_FILE = re.compile(rf"{FILES}/([0-9a-f]{{64}})")
_LARGEST_DIRECTORY = 16 * 2**20
_PIECE = 1024 * 1024
_END, _END_SIZE = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_SIZE, _END_64_SIZE = b"PK\x06\x07", 20, 56
_TAIL = _END_SIZE + _LOCATOR_SIZE + _END_64_SIZE
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A project's file, open: its manifest is read, its contents are still to be unpacked."""

    manifest: Manifest
    sizes: Mapping[str, int]
    _archive: zipfile.ZipFile

    def unpack(self, sha256: str, target: Path) -> None:
        """Write a content to a file; raises ParcelRefusedError if it is not what its name says."""
        left, digest = self.sizes[sha256], hashlib.sha256()
        with (
            environment("cannot unpack the project"),
            _readable(f"{FILES}/{sha256}"),
            self._archive.open(f"{FILES}/{sha256}") as source,
            target.open("xb") as file,
        ):
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    break
                digest.update(piece)
                file.write(piece)
        if left or digest.hexdigest() != sha256:
            raise ParcelRefusedError(f"the content {sha256[:12]}… is not what its name says")


def check_directory(path: Path) -> int:
    """The size of an archive as we write them.

    Raises ParcelRefusedError for anything else, and where the list of entries is too long to read.
    """
    with environment("cannot read the project's file"), path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        end = tail[-_END_SIZE:]
        if len(end) < _END_SIZE or not end.startswith(_END) or end[-2:] != b"\0\0":
            raise ParcelRefusedError(
                "the file is no project, or its end is missing", way_out="choose another file"
            )
        lengths = [struct.unpack("<L", end[12:16])[0]]
        locator = tail[-_END_SIZE - _LOCATOR_SIZE : -_END_SIZE]
        if locator.startswith(_LOCATOR):  # the long form: where it says, or just before
            file.seek(min(struct.unpack("<Q", locator[8:16])[0], size))
            records = file.read(_END_64_SIZE), tail[: -_END_SIZE - _LOCATOR_SIZE]
            lengths = [
                struct.unpack("<Q", one[40:48])[0] for one in records if len(one) == _END_64_SIZE
            ]
    if max(lengths, default=size) > min(_LARGEST_DIRECTORY, size):
        raise ParcelRefusedError("the file holds too many entries, or a broken list of them")
    return size


@contextmanager
def opened(path: Path, parts: Collection[str]) -> Iterator[Parcel]:
    """A project's file that `check_directory` let pass, with its manifest; raises ParcelRefusedError."""
    with environment("cannot read the project's file"), _readable("the file"):
        archive = zipfile.ZipFile(path)
    with archive:
        entries = _entries(archive)
        manifest = read_manifest(_manifest(archive, entries))
        _check(manifest, parts)
        sizes = {one.sha256: one.size for one in manifest.assets}
        _compare(sizes, entries)
        yield Parcel(manifest, sizes, archive)


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES + 1:
        raise ParcelRefusedError(f"the file holds more than {MOST_FILES} contents")
    entries = {one.filename: one for one in infos}
    if len(entries) < len(infos):
        raise ParcelRefusedError("the file holds two entries of one name")
    for name, one in entries.items():
        kind = stat.S_IFMT(one.external_attr >> 16)
        plain = kind in {0, stat.S_IFREG} and not one.flag_bits & 1
        packed = one.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if not (plain and packed and (name == MANIFEST or _FILE.fullmatch(name))):
            raise ParcelRefusedError(
                f"the file holds {json.dumps(name)[:80]}, which belongs to no project"
            )
    return entries


def _manifest(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> bytes:
    if MANIFEST not in entries:
        raise ParcelRefusedError(f"the file holds no {MANIFEST}", way_out="choose another file")
    size = entries[MANIFEST].file_size
    if size > LARGEST_MANIFEST:
        raise ParcelRefusedError(f"the manifest has {size} bytes, and may have {LARGEST_MANIFEST}")
    with _readable(MANIFEST), archive.open(MANIFEST) as file:
        return file.read(LARGEST_MANIFEST + 1)


def _check(manifest: Manifest, parts: Collection[str]) -> None:
    if set(manifest.parts) != set(parts):
        wrong = ", ".join(sorted(set(manifest.parts) ^ set(parts)))
        raise ParcelRefusedError(f"the manifest has parts too many or too few: {wrong[:200]}")
    ids = [one.id for one in manifest.assets]
    if len(set(ids)) < len(ids) or not all(map(is_asset, ids)):
        raise ParcelRefusedError("an id of an asset is none, or stands there twice")


def _compare(sizes: Mapping[str, int], entries: Mapping[str, zipfile.ZipInfo]) -> None:
    """Every content that the manifest names is there, has its size, and there is nothing besides."""
    there = {
        found[1]: one.file_size for name, one in entries.items() if (found := _FILE.fullmatch(name))
    }
    if missing := sorted(set(sizes) - set(there)):
        raise ParcelRefusedError(f"the content {missing[0][:12]}… is missing")
    if spare := sorted(set(there) - set(sizes)):
        raise ParcelRefusedError(f"the content {spare[0][:12]}… belongs to no asset")
    if wrong := sorted(sha256 for sha256 in sizes if sizes[sha256] != there[sha256]):
        raise ParcelRefusedError(f"the content {wrong[0][:12]}… has another size than it says")


@contextmanager
def _readable(what: str) -> Iterator[None]:
    try:
        yield
    except (*_BROKEN, OSError) as error:
        if (
            isinstance(error, OSError) and error.errno != errno.EINVAL
        ):  # a place before the beginning
            raise
        raise ParcelRefusedError(
            f"{what} is broken ({type(error).__name__})", way_out="send the file again"
        ) from error
