"""The guarded way out: connections are made to addresses that were checked, and to no others."""

import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpcore2
import httpx2
from typing_extensions import override

from reelwright.engines.http.failures import UnreachableError
from reelwright.engines.http.guard import Guard
from reelwright.engines.http.settings import HttpSettings


class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Connects where the guard allows; TLS still verifies the name that was asked for."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        # Typed loosely: without anyio the library puts an empty class in its place.
        self._inner: Any = httpcore2.AnyIOBackend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # the base class's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first of the checked addresses that answers."""
        last: Exception = UnreachableError(f"{host[:100]!r} has no address")
        for address in await self._guard.addresses(host, port):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
        raise last

    @override
    async def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> Any:
        """Never."""
        raise UnreachableError("requests go to no socket of this machine")

    @override
    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


_CONNECTIONS_OF_ONE = 8


class Lanes:
    """Clients side by side, each with a few connections.

    A pool of the library's looks at all of its connections for each request: with a hundred of them
    that takes longer than the request itself. Few connections each keep the cost of one the same.
    """

    def __init__(self, settings: HttpSettings, guard: Guard) -> None:
        self._settings = settings
        self._guard = guard
        self._left = settings.connections
        self._ssl = httpx2.create_ssl_context(trust_env=settings.proxy_from_environment)
        self._clients: list[httpx2.AsyncClient] = []
        self._free: list[int] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[httpx2.AsyncClient]:
        """A client for one request: the first that has room, so that few connections are kept."""
        number = self._choose()
        self._free[number] -= 1
        try:
            yield self._clients[number]
        finally:
            self._free[number] += 1

    def _choose(self) -> int:
        for number, free in enumerate(self._free):
            if free > 0:
                return number
        if room := min(self._left, _CONNECTIONS_OF_ONE):
            self._left -= room
            self._clients.append(_make_client(self._settings, self._guard, self._ssl, room))
            self._free.append(room)
            return len(self._clients) - 1
        return max(range(len(self._free)), key=self._free.__getitem__)  # it waits for one there

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients:
            await client.aclose()


def _make_client(
    settings: HttpSettings, guard: Guard, ssl_context: ssl.SSLContext, connections: int
) -> httpx2.AsyncClient:
    """A client that follows no redirects by itself: each is checked like a first request."""
    limits = httpx2.Limits(max_connections=connections)
    timeout = httpx2.Timeout(settings.read_s, connect=settings.connect_s, pool=settings.pool_s)
    if settings.proxy_from_environment:
        return httpx2.AsyncClient(
            verify=ssl_context, limits=limits, timeout=timeout, trust_env=True
        )
    transport = httpx2.AsyncHTTPTransport(verify=ssl_context, trust_env=False, limits=limits)
    # The transport offers no way to hand a network in; a test holds that this one is used.
    pool: Any = transport._pool  # noqa: SLF001  # see above
    pool._network_backend = GuardedNetwork(guard)  # noqa: SLF001  # see above
    return httpx2.AsyncClient(transport=transport, timeout=timeout, trust_env=False)
