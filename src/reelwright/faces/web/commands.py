"""`reelwright serve`, `up` and `api`: the service as a command."""

import asyncio
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse

Host = Annotated[str | None, Parameter(help="address to listen on (default: 127.0.0.1)")]
Port = Annotated[
    int | None, Parameter(help="port to listen on, 0 takes a free one (default: 8000)")
]
Workers = Annotated[int, Parameter(help="worker processes beside this one")]


def serve(*, host: Host = None, port: Port = None) -> None:
    """Serve everything from one process: Postgres if none is named, API, and a worker."""
    _run(host, port, worker=True, workers=0)


def up(*, workers: Workers = 1, host: Host = None, port: Port = None) -> None:
    """Serve the API and run so many workers in processes of their own."""
    _run(host, port, worker=False, workers=workers)


def api(*, host: Host = None, port: Port = None) -> None:
    """Serve the API only; workers run elsewhere (`reelwright worker`)."""
    _run(host, port, worker=False, workers=0)


def _run(host: str | None, port: int | None, *, worker: bool, workers: int) -> None:
    from reelwright.app.running import run_loop

    run_loop(lambda: _serve(host, port, worker=worker, workers=workers))


async def _serve(host: str | None, port: int | None, *, worker: bool, workers: int) -> None:
    from reelwright.app.running import running, stopping

    async with AsyncExitStack() as stack:
        stop = await stack.enter_async_context(stopping())
        opened = await stack.enter_async_context(running(worker=worker, web=True))
        if workers:
            from reelwright.faces.web.companions import companions

            await stack.enter_async_context(companions(workers))
        await _listen(opened, host, port, stop)


async def _listen(
    opened: "OpenHouse", host: str | None, port: int | None, stop: asyncio.Event
) -> None:
    from reelwright.faces.web.application import create_app
    from reelwright.faces.web.serving import serve_app

    web = opened.settings.web
    await serve_app(
        create_app(opened.container, web, opened.checks()),
        host or web.host,
        web.port if port is None else port,
        stop=stop,
        announce=lambda address: _announce(address, opened),
        stop_within_s=web.stop_within_s,
        trusted_proxies=web.trusted_proxies,
    )


def _announce(address: str, opened: "OpenHouse") -> None:
    token = opened.settings.home / "token"
    print(f"reelwright serves at {address} (your token: {token})", file=sys.stderr, flush=True)
