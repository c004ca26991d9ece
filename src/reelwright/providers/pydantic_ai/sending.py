"""Our way out under their SDKs: one paid request for each call, whatever an SDK would like to repeat."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx2

from reelwright.engines.http.client import Http
from reelwright.providers import wire
from reelwright.providers.errors import ProviderError

_HOP = frozenset(
    ("host", "content-length", "content-type", "accept-encoding", "connection", "transfer-encoding")
)
_DECODED = frozenset(("content-encoding", "content-length", "transfer-encoding"))


class OneRequest(httpx2.AsyncBaseTransport):
    """What an SDK's client sends through, once. `error` is what our own client said of it."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._used = False
        self.error: ProviderError | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The first request goes out as any paid request of ours; a second one never does."""
        if self._used:
            raise httpx2.ConnectError("a paid call is sent once", request=request)
        self._used = True
        stack = AsyncExitStack()
        headers = {name: value for name, value in request.headers.items() if name not in _HOP}
        sent = wire.send_paid_stream(
            self._http,
            str(request.url),
            json.loads(await request.aread() or b"null"),
            headers=headers,
            method=request.method,
        )
        try:
            answer, parts = await stack.enter_async_context(sent)
        except ProviderError as error:
            self.error = error
            raise httpx2.ConnectError(error.message, request=request) from error
        told = {name: value for name, value in answer.headers.items() if name not in _DECODED}
        body = _Body(self, stack, parts)
        return httpx2.Response(answer.status, headers=told, stream=body, request=request)


class _Body(httpx2.AsyncByteStream):
    """The answer's body as it comes; what goes wrong on the way is remembered as ours."""

    def __init__(
        self, owner: OneRequest, stack: AsyncExitStack, parts: AsyncIterator[bytes]
    ) -> None:
        self._owner, self._stack, self._parts = owner, stack, parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            # Within the context of `send_paid_stream`, which words what breaks off.
            async with self._stack:
                async for part in self._parts:
                    yield part
        except ProviderError as error:
            self._owner.error = error
            raise httpx2.ReadError(error.message) from error

    async def aclose(self) -> None:
        await self._stack.aclose()
