"""Serving the app: one address, one loop, and a stop that open streams cannot hold up."""

import asyncio
import contextlib
import errno
import gc
import signal
import socket
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from reelwright.faces.web.streams import Streams
from reelwright.ground.errors import EnvironmentFailedError

_BACKLOG = 2048


class AddressError(EnvironmentFailedError):
    """The address cannot be listened on."""

    code = "address"


class _Server(uvicorn.Server):
    """Ends the streams before it waits for open connections; leaves signals to its caller."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams
        self.up = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.close()
        await super().shutdown(sockets)

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn would raise SIGTERM again when it has stopped, and take away the time of
        # whoever has more to stop: the worker, Postgres.
        yield


async def serve_app(
    app: FastAPI,
    host: str,
    port: int,
    *,
    stop: asyncio.Event | None = None,
    announce: Callable[[str], None] | None = None,
    stop_within_s: float = 3,
    trusted_proxies: Sequence[str] = (),
) -> None:
    """Serve until `stop` is set, or without one until SIGINT or SIGTERM; then end within `stop_within_s`.

    `announce` hears the address once requests are answered. Port 0 takes a free one. Raises
    AddressError when the address cannot be had. The app's parts are started and stopped elsewhere.
    """
    listening = bound(host, port)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies) or None,
        timeout_graceful_shutdown=max(1, round(stop_within_s)),
        backlog=_BACKLOG,
    )
    server = _Server(config, app.state.streams)
    with listening, _stopping(stop) as ended, _settled():
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        try:
            await _either(serving, server.up)
            if announce and server.started:
                announce(address(host, listening.getsockname()[1]))
            await _either(serving, ended)
        finally:
            server.should_exit = True
            await serving


@contextlib.contextmanager
def _settled() -> Iterator[None]:
    """What was loaded stays: walking through it again and again would hold up everybody's answers."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _either(serving: asyncio.Future[None], event: asyncio.Event) -> None:
    """Wait for the event, or for a server that ends before it."""
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


@contextlib.contextmanager
def _stopping(stop: asyncio.Event | None) -> Iterator[asyncio.Event]:
    if stop is not None:
        yield stop
        return
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    try:
        yield ended
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket, or one plain word about why there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise AddressError(
            f"{host} is no address of this machine", way_out="choose another with --host"
        ) from error
    family, kind, protocol, _, where = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise _refusal(error, host, port) from error
    return listening


def _refusal(error: OSError, host: str, port: int) -> AddressError:
    match error.errno:
        case errno.EADDRINUSE:
            what, way_out = f"port {port} of {host} is in use", f"choose another: --port {port + 1}"
        case errno.EACCES:
            what, way_out = f"port {port} may not be listened on", "choose one above 1023: --port"
        case errno.EADDRNOTAVAIL:
            what, way_out = f"{host} is no address of this machine", "choose another with --host"
        case _:
            what, way_out = f"cannot listen on {host}:{port}: {error.strerror}", "choose another"
    return AddressError(what, way_out=way_out)


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - only shown
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}"
