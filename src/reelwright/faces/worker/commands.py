"""`reelwright worker`: runs jobs and makes batches until it is stopped."""

import asyncio
import sys
from typing import Annotated

from cyclopts import Parameter

Attached = Annotated[
    bool, Parameter(name="--attached", negative="", show=False, help="end with standard input")
]


def worker(*, attached: Attached = False) -> None:
    """Run jobs and make batches until stopped; any number of workers share the work."""
    from reelwright.app.running import run_loop

    run_loop(lambda: _work(attached=attached))


async def _work(*, attached: bool) -> None:
    from reelwright.app.running import running, stopping

    async with stopping() as stop, running(worker=True):
        print("working", file=sys.stderr, flush=True)
        if attached:
            await _until_closed(stop)
        await stop.wait()


async def _until_closed(stop: asyncio.Event) -> None:
    """Stop when whoever started us is gone: then our standard input ends."""
    loop = asyncio.get_running_loop()

    def ended() -> None:
        if not sys.stdin.buffer.raw.read(1024):  # pyrefly: ignore[missing-attribute]
            loop.remove_reader(sys.stdin.fileno())
            stop.set()

    loop.add_reader(sys.stdin.fileno(), ended)
