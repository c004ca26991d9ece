"""The cutting room: where files are worked on, each time in a process of its own.

A file that crashes, hangs or fills its reader ends that process, and nothing else.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from pathlib import Path
from typing import Any

from reelwright.engines.media.edits.measures import Measures, UnreadableError
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.processes.child import Child, ChildDiedError
from reelwright.engines.processes.crew import cores
from reelwright.ground.transactions import forbid_in_transaction

_START_S = 5
_WORKER = "reelwright.engines.media.edits.worker"
Told = Callable[[float], None]


class CuttingRoom:
    """Measures files and does operations; so many at a time, the others wait."""

    def __init__(self, settings: MediaSettings | None = None) -> None:
        self._settings = settings or MediaSettings()
        self.size = self._settings.at_once or cores()
        self._places = asyncio.Semaphore(self.size)
        # Looks are short: they do not stand behind films that take an hour.
        self._looks = asyncio.Semaphore(self.size)
        # Threads of its own: those that all share must not be held for as long as a film takes.
        self._threads = ThreadPoolExecutor(2 * self.size, thread_name_prefix="cutting")
        self._children: set[Child] = set()

    async def measure(self, paths: Sequence[Path]) -> list[Measures]:
        """What files are; raises UnreadableError."""
        asked = {"do": "measure", "paths": list(paths)}
        return (await self._look(asked))["measures"]

    async def look(
        self, operation: str, params: Mapping[str, Any], path: Path, folder: Path
    ) -> dict[str, Any]:
        """Make something small, soon: as `make`, within the time a look may take."""
        return await self._look(_asked(operation, params, [path], folder))

    async def make(
        self,
        operation: str,
        params: Mapping[str, Any],
        paths: Sequence[Path],
        folder: Path,
        told: Told = lambda _: None,
    ) -> dict[str, Any]:
        """Do an operation; `told` hears how far it is (0 to 1), in the loop it was called in.

        Answers {path, media_type, facts} of the file it made in `folder`, or {result}. Cancelled,
        the process is ended at once. Raises what the operation refuses, UnreadableError.
        """
        async with self._places:
            asked = _asked(operation, params, paths, folder)
            return await self._ask(asked, told, self._settings.time_limit_s)

    def close(self) -> None:
        """End all that is going on."""
        for child in [*self._children]:
            child.close()
        self._threads.shutdown()

    async def _look(self, message: dict[str, Any]) -> dict[str, Any]:
        async with self._looks:
            try:
                async with asyncio.timeout(self._settings.look_limit_s):
                    limit = self._settings.look_limit_s
                    return await self._ask(message, lambda _: None, limit)
            except TimeoutError:
                raise UnreadableError(
                    f"this file could not be read within {self._settings.look_limit_s:g} s",
                    way_out="it may be damaged: try another",
                ) from None

    async def _ask(self, message: dict[str, Any], told: Told, limit_s: float) -> dict[str, Any]:
        forbid_in_transaction("working on files")
        loop, mega = asyncio.get_running_loop(), 2**20
        limits = {"memory": self._settings.memory_mb * mega}
        limits |= {"file_size": self._settings.largest_mb * mega}
        # As much as all processors do in that time, and a start: it ends also where nobody waits.
        limits |= {"cpu_s": ceil(limit_s) * cores() + _START_S}
        child = Child(_WORKER)

        def heard(fraction: float) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(told, fraction)

        self._children.add(child)
        asking = loop.run_in_executor(self._threads, child.ask, message | limits, heard)
        try:
            await asyncio.wait([asking])  # cancelled, it leaves the thread to us
            return asking.result()
        except ChildDiedError as error:
            raise UnreadableError(
                f"the process that worked on it ended: {error.message}"[:300],
                way_out="the file may be damaged, or too much for this machine",
            ) from None
        finally:
            self._children.discard(child)
            child.close()  # its thread ends with it, before the files it reads are taken away
            await asyncio.wait([asking])
            asking.exception()  # nobody else hears of it


def _asked(
    operation: str, params: Mapping[str, Any], paths: Sequence[Path], folder: Path
) -> dict[str, Any]:
    asked = {"do": "make", "operation": operation, "params": dict(params)}
    return asked | {"paths": list(paths), "folder": folder}
