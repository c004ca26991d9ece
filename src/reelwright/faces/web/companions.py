"""Worker processes beside an API process: started with it, replaced when they die, ended with it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_PAUSE_S = 1.0
_STOP_S = 4.0


@asynccontextmanager
async def companions(count: int) -> AsyncIterator[None]:
    """So many workers while the block runs. They end by themselves when this process is killed."""
    keeping = [asyncio.create_task(_keep()) for _ in range(count)]
    try:
        yield
    finally:
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)


async def _keep() -> None:
    while True:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "reelwright", "worker", "--attached"),
            stdin=asyncio.subprocess.PIPE,
        )
        try:
            await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        await asyncio.sleep(_PAUSE_S)


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_S)
        except TimeoutError:
            process.kill()
            await process.wait()
