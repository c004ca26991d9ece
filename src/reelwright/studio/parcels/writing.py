"""Writing a project's file: content by content out of storage, and the manifest last."""

import asyncio
import hashlib
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import Objects
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError
from reelwright.studio.parcels.gathering import Gathered
from reelwright.studio.parcels.manifest import LARGEST_MANIFEST, MANIFEST
from reelwright.studio.parcels.opening import FILES

_SMALL = 2**20
_TEXTS = ("text/", "application/json", "application/toml", "application/xml")
Tell = Callable[[int], Awaitable[None]]
"""Hears how many bytes are written, and raises where nobody wants them any more."""


async def write_parcel(path: Path, gathered: Gathered, objects: Objects, tell: Tell) -> None:
    """Write the file; raises EnvironmentFailedError where storage has lost something."""
    done = 0
    with (
        environment("cannot write the project"),
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for sha256, (size, media_type) in gathered.contents.items():
            # Pictures, films and most sound are packed already, and silence would look like a bomb.
            at, text = f"{FILES}/{sha256}", size <= _SMALL and media_type.startswith(_TEXTS)
            entry = at if text else zipfile.ZipInfo(at)
            digest = hashlib.sha256()
            with archive.open(entry, "w", force_zip64=True) as target:
                async for chunk in objects.stream(gathered.keys[sha256]):
                    digest.update(chunk)
                    await asyncio.to_thread(target.write, chunk)
                    await tell(done + len(chunk))
            if digest.hexdigest() != sha256:
                raise EnvironmentFailedError("a file in storage is not what it was")
            done += size
        told = gathered.manifest.model_dump_json().encode()
        if len(told) > LARGEST_MANIFEST:
            raise InvalidInputError(
                f"the project's manifest would have {len(told)} bytes, and may have {LARGEST_MANIFEST}"
            )
        await asyncio.to_thread(archive.writestr, MANIFEST, told)
