"""What has to work before requests are sent to a process."""

import asyncio
import os
from collections.abc import Awaitable, Callable

from dishka import AsyncContainer

from reelwright.app.part import Part
from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.durable.contract import Executor
from reelwright.engines.events.stream import EventStream
from reelwright.engines.storage.objects import Objects, StorageUnavailableError

Check = Callable[[], Awaitable[object]]
_PROBE = "probe"  # nothing is kept under it


def checks(container: AsyncContainer, part: Part) -> dict[str, Check]:
    """The parts by name; a check raises or answers False when its part does not work."""

    async def database() -> object:
        return await (await container.get(ConnectionManager)).is_healthy()

    async def storage() -> object:
        objects = await container.get(Objects)
        await objects.exists(_PROBE)
        if not await asyncio.to_thread(lambda: os.access(objects.drafts, os.W_OK)):
            raise StorageUnavailableError("nothing can be written to the storage")
        return True

    async def events() -> object:
        # Also while wake-ups do not arrive: then events come by polling, a second late.
        return (await container.get(EventStream)).running

    async def worker() -> object:
        """Whether our lease holds: without it we take no work."""
        return (await container.get(Executor)).may_call()

    found: dict[str, Check] = {"database": database, "storage": storage}
    if part.web:
        found["events"] = events
    if part.worker:
        found["worker"] = worker
    return found
