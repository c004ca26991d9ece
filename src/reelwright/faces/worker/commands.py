"""`reelwright worker`: runs jobs and makes batches until it is stopped."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Attached = Annotated[
    bool, Parameter(name="--attached", negative="", show=False, help="end with standard input")
]

Beat = Annotated[
    Path | None, Parameter(help="touch this file every 10 s, for whoever watches over the process")
]
_BEAT_S = 10.0


def worker(*, attached: Attached = False, beat: Beat = None) -> None:
    """Run jobs and make batches until stopped; any number of workers share the work."""
    from reelwright.app.running import run_loop

    run_loop(lambda: _work(attached=attached, beat=beat))


async def _work(*, attached: bool, beat: Path | None) -> None:
    from reelwright.app.running import running, stopping

    async with stopping() as stop, running(worker=True):
        print("working", file=sys.stderr, flush=True)
        if attached:
            await _until_closed(stop)
        while not stop.is_set():
            if beat is not None:
                with suppress(OSError):  # then it grows old, and whoever looks at it acts
                    await asyncio.to_thread(beat.touch)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), None if beat is None else _BEAT_S)


async def _until_closed(stop: asyncio.Event) -> None:
    """Stop when whoever started us is gone: then our standard input ends."""
    loop = asyncio.get_running_loop()

    def ended() -> None:
        if not sys.stdin.buffer.raw.read(1024):  # pyrefly: ignore[missing-attribute]
            loop.remove_reader(sys.stdin.fileno())
            stop.set()

    loop.add_reader(sys.stdin.fileno(), ended)
