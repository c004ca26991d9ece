"""Unpacking the contents of a project's file, each looked at as any file that comes in from outside."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.processes.apart import UnreadableError
from reelwright.library.examination import Examined
from reelwright.library.sniffing import sniff_file
from reelwright.studio.parcels.manifest import Manifest, ParcelRefusedError
from reelwright.studio.parcels.opening import Parcel

Tell = Callable[[int], Awaitable[None]]
Look = Callable[[Path, str], AbstractAsyncContextManager[Examined]]
"""Looks at a file that is what its media type says."""


@dataclass(frozen=True, slots=True)
class Content:
    """A content, at `path`: what it is, what was measured of it, and whether it was drawn anew."""

    path: Path
    media_type: str
    facts: Mapping[str, Any]
    redrawn: bool


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A project's file whose contents lie on the disk, by the digests the manifest has for them."""

    manifest: Manifest
    contents: Mapping[str, Content]


async def unpacked(parcel: Parcel, folder: Path, look: Look, tell: Tell) -> Unpacked:
    """Unpack all contents below a folder; raises ParcelRefusedError for what cannot be read."""
    contents, done = {}, 0
    names = {one.sha256: one.name for one in parcel.manifest.assets}
    for sha256, size in parcel.sizes.items():
        path = folder / sha256
        await asyncio.to_thread(parcel.unpack, sha256, path)
        try:
            contents[sha256] = await _looked_at(path, size, look)
        except UnreadableError as error:
            raise ParcelRefusedError(
                f"{names[sha256][:100]!r} of the project {error.message}", way_out=error.way_out
            ) from error
        done += size
        await tell(done)
    return Unpacked(parcel.manifest, contents)


async def _looked_at(path: Path, size: int, look: Look) -> Content:
    if size == 0:
        return Content(path, "text/plain", {}, redrawn=False)
    sniffed = await asyncio.to_thread(sniff_file, path)
    async with look(path, sniffed) as looked:
        redrawn = looked.path != path
        if redrawn:
            looked.path.replace(path)
        return Content(path, looked.media_type, looked.facts, redrawn=redrawn)
