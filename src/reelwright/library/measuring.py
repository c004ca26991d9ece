"""Reading files once: their content's name and size."""

import asyncio
import contextlib
import hashlib
import secrets
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reelwright.engines.storage.files import environment


@dataclass(frozen=True, slots=True)
class Measured:
    """A file's SHA-256 in hexadecimal, and its bytes."""

    sha256: str
    size: int


async def measure(paths: Sequence[Path]) -> list[Measured]:
    """Read each file once, in a thread."""
    return await asyncio.to_thread(lambda: [measure_now(path) for path in paths])


@contextlib.asynccontextmanager
async def snapshot(path: Path, drafts: Path) -> AsyncIterator[Path]:
    """A copy of a person's file, which they may change meanwhile, and later."""
    copied = drafts / f"{secrets.token_hex(12)}.upload"
    try:
        await asyncio.to_thread(_copy, path, copied)
        yield copied
    finally:
        copied.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def draft_of(data: bytes, drafts: Path) -> AsyncIterator[Path]:
    """Bytes as a file."""
    path = drafts / f"{secrets.token_hex(12)}.upload"
    try:
        await asyncio.to_thread(path.write_bytes, data)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with environment(f"cannot take in {source.name}"):
        shutil.copyfile(source, target)


def measure_now(path: Path) -> Measured:
    """Read a file once, here and now."""
    with environment(f"cannot read {path.name}"), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Measured(digest.hexdigest(), file.tell())
