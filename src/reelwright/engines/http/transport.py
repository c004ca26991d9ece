"""The guarded way out: connections are made to addresses that were checked, and to no others."""

import asyncio
import functools
import json
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import aiohttp
import truststore
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDict
from typing_extensions import override
from yarl import URL

from reelwright.engines.http.failures import (
    AddressRefusedError,
    NotSentError,
    TimedOutError,
    UnreachableError,
    shown,
)
from reelwright.engines.http.guard import Guard
from reelwright.engines.http.settings import HttpSettings
from reelwright.engines.http.transcripts import Exchange
from reelwright.ground.errors import ReelwrightError

_KEPT_S = 4.0
"""How long a connection is kept unused: less than others keep theirs, or a write may meet a closed one."""
_LONGEST_LINE = 64 * 2**10
_LARGE = 64 * 2**10
_NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientConnectorCertificateError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)


class GuardedResolver(AbstractResolver):
    """Finds the addresses of a name, and tells none of them unless the guard allows all."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._guard.addresses(host, port)
        ]

    @override
    async def close(self) -> None:
        """Nothing is open."""


class Way:
    """Where requests go out. It follows no redirects by itself: each is checked like a first request."""

    def __init__(self, settings: HttpSettings, guard: Guard) -> None:
        self._settings = settings
        self._guard = guard
        ways: dict[str, Any] = {}
        if not settings.proxy_from_environment:
            ways = {"resolver": GuardedResolver(guard), "socket_factory": self._opened}
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=settings.connections,
                keepalive_timeout=_KEPT_S,
                ssl=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                **ways,
            ),
            headers={"User-Agent": "reelwright"},
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=settings.proxy_from_environment,
            middlewares=(_once,),
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )

    def _opened(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for an address. One that stands in the URL itself has not passed the resolver."""
        family, kind, protocol, _, address = info
        self._guard.check_address(address[0])
        return socket.socket(family, kind, protocol)

    def asked(self, one: Exchange, within_s: float | None) -> "Asked":
        """A request that is sent once, and its answer while it comes."""
        return Asked(self, one, within_s)

    async def send(self, one: Exchange, within_s: float | None) -> aiohttp.ClientResponse:
        """Send it; raises what the library raises."""
        settings = self._settings
        silent_s = max(within_s or 0.0, settings.read_s)
        body, kind = await _written(one.sent)
        headers = CIMultiDict({"Content-Type": kind} if kind else {})
        headers.update(one.sent_headers)
        request = functools.partial(
            self._session.request,
            one.method,
            # As it is: a signature may be of this very spelling.
            URL(one.url, encoded=one.url.isascii()),
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(
                connect=settings.pool_s + settings.connect_s,
                sock_connect=settings.connect_s,
                sock_read=silent_s,
            ),
        )
        if len(body) <= _LARGE:
            return await request(data=body or None)
        headers["Content-Length"] = str(len(body))
        async with asyncio.timeout(None) as patience:
            return await request(data=_in_parts(body, patience, silent_s))

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()


class Asked:
    """An answer while it comes; what goes wrong on the way is worded as ours."""

    def __init__(self, way: Way, one: Exchange, within_s: float | None) -> None:
        self._way, self._one, self._within_s = way, one, within_s

    async def __aenter__(self) -> aiohttp.ClientResponse:
        try:
            self._response = await self._way.send(self._one, self._within_s)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # `from None`: theirs holds the whole URL, with whatever is in its query.
            raise _worded(error, self._one.url) from None
        return self._response

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._response.__aexit__(kind, error, trace)
        if isinstance(error, aiohttp.ClientError):
            raise _worded(error, self._one.url) from None


def _worded(error: Exception, url: str) -> ReelwrightError:
    said = f"{shown(url)} cannot be reached ({type(error).__name__})"
    if isinstance(error, aiohttp.InvalidURL):
        return AddressRefusedError(f"{shown(url)[:200]!r} is no web address")
    if isinstance(error, _NOT_SENT):
        return NotSentError(said)
    if isinstance(error, TimeoutError):
        return TimedOutError(f"{shown(url)} took too long")
    return UnreachableError(said)


async def _once(
    request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep the library from sending again what met a connection that was just being closed.

    Also a GET: there are vendors who bill one. What may be repeated, our own client repeats.
    """
    try:
        return await send(request)
    except _NOT_SENT:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _worded(error, str(request.url)) from None


async def _in_parts(
    body: bytes, patience: asyncio.Timeout, silent_s: float
) -> AsyncIterator[memoryview]:
    """A large body, given up when the other side has taken none of it for so long."""
    clock = asyncio.get_running_loop().time
    for start in range(0, len(body), _LARGE):
        _be_patient(patience, clock() + silent_s)
        yield memoryview(body)[start : start + _LARGE]
    _be_patient(patience, None)


def _be_patient(patience: asyncio.Timeout, until: float | None) -> None:
    with suppress(RuntimeError):  # it has answered before it had all: nobody waits any more
        patience.reschedule(until)


async def _written(sent: Mapping[str, Any]) -> tuple[bytes, str | None]:
    """A body as it goes over the wire, and its media type."""
    if "json" in sent:
        text = json.dumps(sent["json"], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode(), "application/json"
    if "files" in sent:
        form = aiohttp.FormData(sent["data"])
        for name, (filename, content, kind) in sent["files"]:
            form.add_field(name, content, filename=filename, content_type=kind)
        payload = form()
        return await payload.as_bytes(), payload.headers["Content-Type"]
    return sent.get("content", b""), None
