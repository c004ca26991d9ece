"""Running the house until someone stops it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from reelwright.app.setting_sources import load
from reelwright.app.start import OpenHouse, open_house

T = TypeVar("T")


def run_loop(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run an asynchronous main program on the fast loop where there is one."""
    if sys.platform == "win32":
        return asyncio.run(main())
    import uvloop  # noqa: PLC0415 - not on every system

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main())


@asynccontextmanager
async def running(
    *,
    worker: bool = False,
    web: bool = False,
    directing: bool = False,
    crew: int | None = None,
) -> AsyncIterator[OpenHouse]:
    """The house as the settings have it; `crew` overrules the settings, `directing` stands in `Part`."""
    settings = load().settings
    if crew:
        films = settings.films.model_copy(update={"crew": crew})
        settings = settings.model_copy(update={"films": films})
    whole = directing or web
    async with open_house(settings, worker=worker, web=web, directing=whole) as opened:
        yield opened


@asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    """An event that is set by SIGINT or SIGTERM. A second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def heard(number: int) -> None:
        if stop.is_set():
            # As if nobody had listened: whoever waits for us sees which signal it was. What we
            # leave behind is what kill -9 would, and others take it over.
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, heard, number)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
