"""One file that holds everything: a zip without compression, with a manifest of sizes and digests.

`manifest.json` comes last; `database.dump` is pg_dump's own format; blobs and keys lie under
`blobs/` and `keys/`. Nothing is ever held in memory whole but the manifest.
"""

import fcntl
import hashlib
import json
import os
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from reelwright.ground.errors import ConflictError, EnvironmentFailedError, InvalidInputError
from reelwright.ground.progress import Progress

FORMAT: Final = 1
CHUNK: Final = 1024 * 1024
DATABASE: Final = "database.dump"
BLOBS: Final = "blobs/"
KEYS: Final = "keys/"
_MANIFEST = "manifest.json"


class ArchiveDamagedError(InvalidInputError):
    """The archive is no archive of ours, or is not what it was when it was made."""

    code = "archive_damaged"


class Entry(BaseModel):
    """One thing in the archive."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """What the archive holds, and where it came from."""

    model_config = ConfigDict(frozen=True)

    format: int
    made_at: str
    version: str
    step: str | None
    server_major: int
    entries: tuple[Entry, ...]

    def below(self, folder: str) -> list[Entry]:
        """The entries in a folder of the archive."""
        return [one for one in self.entries if one.name.startswith(folder)]

    @property
    def size(self) -> int:
        """Bytes of all entries."""
        return sum(one.size for one in self.entries)


class ArchiveWriter:
    """Writes entries one after the other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries: list[Entry] = []

    @contextmanager
    def entry(self, name: str) -> Iterator["EntryWriter"]:
        """Write one entry, chunk by chunk, while the block runs."""
        info = zipfile.ZipInfo(name, time.gmtime()[:6])
        info.external_attr = 0o600 << 16
        with self._archive.open(info, "w", force_zip64=True) as stream:
            writer = EntryWriter(stream)
            yield writer
        self._entries.append(Entry(name=name, size=writer.size, sha256=writer.digest.hexdigest()))

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one entry."""
        with self.entry(name) as writer:
            for chunk in chunks:
                writer.write(chunk)

    def finish(
        self, *, made_at: str, version: str, step: str | None, server_major: int
    ) -> Manifest:
        """Write the manifest; without it the file is no archive."""
        manifest = Manifest(
            format=FORMAT,
            made_at=made_at,
            version=version,
            step=step,
            server_major=server_major,
            entries=tuple(self._entries),
        )
        self._archive.writestr(_MANIFEST, manifest.model_dump_json(indent=1))
        return manifest


class EntryWriter:
    """One entry on its way into the archive."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        """Write some bytes."""
        self._stream.write(chunk)
        self.digest.update(chunk)
        self.size += len(chunk)


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """An archive that takes its place when the block ends well, readable by its owner alone.

    Until then it is `PATH.part`, which is removed when the block fails and written over when a
    killed run has left one. Raises ConflictError for a file that is there.
    """
    if path.exists():
        raise ConflictError(f"{path} exists already", way_out="choose another name")
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConflictError(f"another backup to {path} is under way") from None
        try:
            file.truncate()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


class ArchiveReader:
    """Reads an archive; nothing in it is believed before `verify` has gone through."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        try:
            self.manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
        except (KeyError, ValidationError) as error:
            raise ArchiveDamagedError("it holds no manifest of ours") from error
        if self.manifest.format != FORMAT:
            raise ArchiveDamagedError(
                f"its format is {self.manifest.format}, and {FORMAT} is known here",
                way_out="use a newer reelwright",
            )

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry."""
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except (KeyError, zipfile.BadZipFile, EOFError) as error:
            raise ArchiveDamagedError(f"{name} cannot be read") from error

    def verify(self, told: Progress) -> None:
        """Read everything and compare it with the manifest; raises ArchiveDamagedError."""
        names = [one.name for one in self.manifest.entries]
        if sorted([*names, _MANIFEST]) != sorted(self._archive.namelist()):
            raise ArchiveDamagedError("it does not hold what its manifest says")
        told.begin("verify", self.manifest.size)
        for entry in self.manifest.entries:
            if not _is_safe(entry.name):
                raise ArchiveDamagedError(f"{entry.name!r} is no name of ours")
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(entry.name):
                digest.update(chunk)
                size += len(chunk)
                told.advance("verify", len(chunk))
            if (size, digest.hexdigest()) != (entry.size, entry.sha256):
                raise ArchiveDamagedError(f"{entry.name} is not what it was")

    def unpack(self, name: str, path: Path) -> None:
        """Write an entry to a file of its owner alone."""
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for chunk in self.chunks(name):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """An archive to read from; raises ArchiveDamagedError, or EnvironmentFailedError without one."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield ArchiveReader(archive)
    except FileNotFoundError as error:
        if error.filename != str(path):
            raise
        raise EnvironmentFailedError(f"there is no file {path}") from error
    except zipfile.BadZipFile as error:
        raise ArchiveDamagedError(f"{path} is no archive, or was cut off") from error


def digest(manifest: Manifest) -> str:
    """A name for what an archive holds."""
    return hashlib.sha256(json.dumps(manifest.model_dump(), sort_keys=True).encode()).hexdigest()


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = not name.startswith("/") and ".." not in parts and "\\" not in name
    known = name == DATABASE or (name.startswith((BLOBS, KEYS)) and len(parts) > 1)
    return inside and known


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
