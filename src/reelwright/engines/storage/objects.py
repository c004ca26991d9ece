"""The contract of object storage: bytes under keys, whole or not there at all."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from reelwright.ground.errors import (
    EnvironmentFailedError,
    InvalidInputError,
    Kind,
    MissingError,
    ReelwrightError,
)

CHUNK = 1024 * 1024
LONGEST_KEY = 512
_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")

Told = Callable[[int], None]
"""Hears how many bytes more have gone, or come; quick, and never raises."""


class ObjectMissingError(MissingError):
    """There is no object under that key."""

    code = "object_missing"


class StorageUnavailableError(ReelwrightError):
    """The storage does not answer, or refuses us."""

    code = "storage_unavailable"
    kind = Kind.UNAVAILABLE


class StorageFullError(EnvironmentFailedError):
    """No space is left for objects."""

    code = "storage_full"


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """An object in a list: `at` is when it was put here (never earlier)."""

    key: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenRange:
    """Part of an object, being read: bytes `start` to `end` (exclusive) of `size`.

    `path` is where the whole object lies on this machine, if it does: a server may send it itself.
    """

    size: int
    start: int
    end: int
    chunks: AsyncIterator[bytes]
    path: Path | None = None


class Objects(Protocol):
    """Storage. Each method refuses to be called inside a transaction, and unknown shapes of keys.

    Raises ObjectMissingError, StorageUnavailableError, StorageFullError; a failed put leaves
    nothing under the key.
    """

    @property
    def drafts(self) -> Path:
        """A folder for drafts, from where `put_file` is cheapest. What lies there long is swept."""
        ...

    @property
    def answers_itself(self) -> bool:
        """Whether its signed URLs lead to us; else to a bucket, which asks nobody once they are signed."""
        ...

    async def put(self, key: str, data: bytes | Path, *, media_type: str) -> None:
        """Put bytes, or the content of a file, under a key, in place of what was there."""
        ...

    async def put_file(
        self,
        key: str,
        path: Path,
        *,
        media_type: str,
        name: str | None = None,
        told: Told | None = None,
    ) -> None:
        """Put a file under a key. On the same disk it is linked: it MUST never be changed in place."""
        ...

    async def put_files(self, files: Sequence[tuple[str, Path, str]]) -> None:
        """Put many (key, path, media type) at the cost of few; some may be there when it raises."""
        ...

    async def get(self, key: str) -> bytes:
        """All bytes of an object."""
        ...

    async def open_range(self, key: str, start: int = 0, end: int | None = None) -> OpenRange:
        """Part of an object; `end` is exclusive, a negative `start` counts from the end.

        Raises InvalidInputError (code `range_unsatisfiable`) when it begins behind the end.
        """
        ...

    def stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of `open_range`, chunk by chunk."""
        ...

    async def fetch(
        self, key: str, path: Path, *, own: bool = False, told: Told | None = None
    ) -> None:
        """Put an object's content at `path`, whole; with `own` as a copy that may be changed."""
        ...

    async def exists(self, key: str) -> bool:
        """Whether there is such an object."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there do not matter."""
        ...

    def list(self, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        """All objects whose keys lie below the folder `prefix`, in no promised order."""
        ...

    async def sweep_drafts(self, older_than: timedelta) -> int:
        """Remove drafts that killed processes left; returns how many."""
        ...

    async def url(
        self, key: str, *, media_type: str, name: str | None = None, expires: int | None = None
    ) -> str:
        """A signed URL anyone may read this object by, for at least `expires` seconds."""
        ...


class RangeError(InvalidInputError):
    """A part of an object was asked for that it does not have."""

    code = "range_unsatisfiable"

    def __init__(self, size: int) -> None:
        super().__init__(f"the object has {size} bytes", way_out="ask for bytes it has")
        self.size = size


def checked_key(key: str) -> str:
    """The key itself, if it can be one; raises InvalidInputError. Nothing else reaches a disk or a URL.

    Segments of letters, digits, `.`, `_`, `-`, none beginning with a dot, joined by `/`.
    """
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise InvalidInputError(f"{key[:80]!r} is no object's key")
    return key


def bounds(size: int, start: int, end: int | None) -> tuple[int, int]:
    """The part of `size` bytes that was asked for, as (start, end); raises RangeError."""
    begin = max(0, size + start) if start < 0 else start
    stop = size if end is None else min(end, size)
    if (begin >= stop and size > 0) or begin > size:
        raise RangeError(size)
    return begin, stop
