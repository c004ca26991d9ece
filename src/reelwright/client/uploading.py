"""A file for the library, by the tus protocol: where the line broke off it goes on."""

import asyncio
import json
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from reelwright.client.failures import ApiError, NoAnswerError
from reelwright.client.files import PATIENCE, PIECE, Progress
from reelwright.client.wire import Wire, pause_before, worth_another_try

_UPLOADS = "/api/v1/uploads"
_SPEAKS = {"Tus-Resumable": "1.0.0"}
_LOOK_S = 0.25


async def send_file(
    wire: Wire, file: Path, told: Mapping[str, str], progress: Progress | None = None
) -> str:
    """Bring a file; returns the id of the asset it became.

    `told` is what the service is to know of it (`filename`, `project_id`, `project_type`). It goes on as
    often as there is progress between two failures, else as often as the wire tries. Raises ApiError,
    NoAnswerError.
    """
    size = (await asyncio.to_thread(file.stat)).st_size
    upload = await _begin(wire, size, told)
    offset, failed = 0, 0
    while offset < size:
        try:
            await _send(wire, upload, file, offset, size, progress)
            break
        except (ApiError, NoAnswerError) as error:
            failed += 1
            if failed >= wire.attempts or not _may_go_on(error):
                raise
            await asyncio.sleep(pause_before(error, failed))
            there = await _offset(wire, upload)
            failed = 0 if there > offset else failed
            offset = there
    return await _finished(wire, upload)


async def _begin(wire: Wire, size: int, told: Mapping[str, str]) -> str:
    named = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items())
    headers = _SPEAKS | {"Upload-Length": str(size), "Upload-Metadata": named}
    answer = await wire.ask("POST", _UPLOADS, key=secrets.token_hex(16), headers=headers)
    return answer.headers["Location"]


async def _send(
    wire: Wire, upload: str, file: Path, offset: int, size: int, progress: Progress | None
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        at = offset
        with file.open("rb") as source:
            source.seek(offset)
            while piece := await asyncio.to_thread(source.read, PIECE):
                yield piece
                at += len(piece)
                if progress is not None:
                    progress(at, size)

    headers = _SPEAKS | {"Upload-Offset": str(offset), "Content-Length": str(size - offset)}
    headers["Content-Type"] = "application/offset+octet-stream"
    more: dict[str, Any] = {"headers": headers, "data": pieces(), "timeout": PATIENCE}
    async with wire.opened("PATCH", upload, **more) as response:
        await response.read()


def _may_go_on(error: ApiError | NoAnswerError) -> bool:
    """Also where it stands elsewhere: an answer was lost, or what it was told of came late."""
    return worth_another_try(error) or error.code == "upload_offset"


async def _offset(wire: Wire, upload: str) -> int:
    answer = await wire.ask("HEAD", upload, headers=_SPEAKS)
    return int(answer.headers["Upload-Offset"])


async def _finished(wire: Wire, upload: str) -> str:
    """The asset, as soon as whoever looks at the file is through with it."""
    while True:
        told = json.loads((await wire.ask("GET", upload)).body)
        if told["asset_id"] is not None:
            return told["asset_id"]
        await wire.ask("HEAD", upload, headers=_SPEAKS)  # raises what it was refused for
        await asyncio.sleep(_LOOK_S)
