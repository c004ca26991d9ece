"""Bytes on their way in and together again: a stream cut into files, and objects put end to end."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import Objects
from reelwright.library.uploads import Checksum, ChecksumMismatchError, UploadTooLargeError

PART = 16 * 1024 * 1024
_AT_ONCE = 1024 * 1024


class _Draft:
    """A file that grows; small chunks are gathered, so that the disk is asked seldom."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{secrets.token_hex(12)}.part"
        self.size = 0
        self._gathered = bytearray()
        self._file: BinaryIO | None = None

    async def add(self, chunk: bytes) -> None:
        self._gathered += chunk
        self.size += len(chunk)
        if len(self._gathered) >= _AT_ONCE:
            await self.flush()

    async def flush(self) -> None:
        data = bytes(self._gathered)
        self._gathered.clear()
        await asyncio.to_thread(self._write, data)

    def _write(self, data: bytes) -> None:
        with environment("cannot write to the storage"):
            if self._file is None:
                self._file = self.path.open("xb", buffering=0)
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) :]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self.path.unlink(missing_ok=True)


async def cut(
    chunks: AsyncIterator[bytes], drafts: Path, most: int, checksum: Checksum | None = None
) -> AsyncIterator[tuple[Path, int]]:
    """What comes, as files of about 16 MiB with their sizes, each gone when the next is asked for.

    When the stream breaks off, what has come is given all the same, and then the error is raised.
    With a checksum nothing is given before all has come and is right; raises ChecksumMismatchError.
    UploadTooLargeError when more than `most` bytes come: then the last piece is not given.
    """
    digest = checksum.begun() if checksum else None
    draft, total = _Draft(drafts), 0
    broken: BaseException | None = None
    try:
        try:
            async for chunk in chunks:
                total += len(chunk)
                _check_size(total, most)
                if digest:
                    digest.update(chunk)
                await draft.add(chunk)
                if draft.size >= PART and not digest:
                    await draft.flush()
                    yield draft.path, draft.size
                    draft.close()
                    draft = _Draft(drafts)
        except UploadTooLargeError:
            raise
        except Exception as error:  # noqa: BLE001 - the connection is gone; what came is kept
            broken = error
        if checksum and digest and (broken or digest.digest() != checksum.digest):
            raise broken or ChecksumMismatchError(
                "the bytes are not those that were sent", way_out="send the piece again"
            )
        if draft.size:
            await draft.flush()
            yield draft.path, draft.size
        if broken:
            raise broken
    finally:
        draft.close()


def _check_size(total: int, most: int) -> None:
    if total > most:
        raise UploadTooLargeError(
            "more bytes come than were announced", way_out="announce the whole size"
        )


async def joined(objects: Objects, keys: Sequence[str], path: Path) -> None:
    """Put objects end to end into a file."""
    with environment("cannot write to the storage"), path.open("xb") as file:
        for key in keys:
            async for chunk in objects.stream(key):
                await asyncio.to_thread(file.write, chunk)
