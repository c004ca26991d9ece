"""Files to the service and from it, with progress."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from urllib.parse import urljoin

import aiohttp

from reelwright.client.failures import NoAnswerError
from reelwright.client.wire import Wire

Progress = Callable[[int, int | None], object]
"""Is told how many bytes are over, and how many there are in all (None: nobody said)."""

PIECE = 256 * 1024
PATIENCE = aiohttp.ClientTimeout(total=None, connect=10, sock_read=60)


async def send_script(
    wire: Wire,
    method: str,
    path: str,
    script: Path,
    *,
    notes: Path | None = None,
    media: Sequence[Path] = (),
    name: str | None = None,
    key: str | None = None,
    progress: Progress | None = None,
) -> bytes:
    """A form with a screenplay and what belongs to it; returns the answer's body.

    With a `key` it is sent again where the wire would ask again.
    """
    parts = [
        ("script", script),
        *([("notes", notes)] if notes else []),
        *(("media", one) for one in media),
    ]
    headers = {} if key is None else {"Idempotency-Key": key}

    async def once() -> bytes:
        form = _form(parts, name, progress)
        sending = wire.opened(method, path, data=form, headers=headers, timeout=PATIENCE)
        async with sending as response:
            return await response.read()

    return await wire.tried(once, again=key is not None)


def _form(
    parts: Sequence[tuple[str, Path]], name: str | None, progress: Progress | None
) -> aiohttp.FormData:
    """A form that is read as it is sent; it can be sent once."""
    total = sum(one.stat().st_size for _, one in parts)
    sent = 0

    async def pieces(one: Path) -> AsyncIterator[bytes]:
        nonlocal sent
        with one.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece
                sent += len(piece)
                if progress is not None:
                    progress(sent, total)

    form = aiohttp.FormData()
    if name is not None:
        form.add_field("name", name)
    for part, one in parts:
        form.add_field(
            part, pieces(one), filename=one.name, content_type="application/octet-stream"
        )
    return form


async def fetch(
    wire: Wire, url: str, to: Path, progress: Progress | None = None, *, hops: int = 5
) -> int:
    """Save what a URL leads to, as a whole or not at all; returns its bytes."""
    beside = to.with_name(to.name + ".part")
    try:
        # As it lies there: of what is packed on the way nobody knows how much there is to come.
        asked = {"Accept": "*/*", "Accept-Encoding": "identity"}
        async with wire.opened("GET", url, headers=asked, timeout=PATIENCE) as response:
            if (leads := response.headers.get("Location")) and hops:
                there = urljoin(str(response.url), leads)
                return await fetch(wire, there, to, progress, hops=hops - 1)
            total, had = response.content_length, 0
            with beside.open("wb") as file:
                async for piece in response.content.iter_chunked(PIECE):
                    await asyncio.to_thread(file.write, piece)
                    had += len(piece)
                    if progress is not None:
                        progress(had, total)
        if total is not None and had != total:
            raise NoAnswerError(f"{had} of {total} bytes came", way_out="try again")
        await asyncio.to_thread(beside.replace, to)
    finally:
        beside.unlink(missing_ok=True)
    return had


async def signed(wire: Wire, asset_id: str) -> str:
    """A URL to an asset's bytes."""
    answer = await wire.ask("GET", f"/api/v1/assets/{asset_id}/url")
    return json.loads(answer.body)["url"]
