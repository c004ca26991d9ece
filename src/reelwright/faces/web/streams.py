"""Streams that are open now, so that a stopping server can end them all at once."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from typing import Any, TypeVar

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse
from starlette.types import Send
from typing_extensions import override

Item = TypeVar("Item")

LONGEST_S = 15 * 60.0  # then the reader comes back, and shows its token again
_SILENCE_S = 15.0
_AHEAD = 64  # events a slow reader may be behind before their feed waits for them

log = logging.getLogger("reelwright.web")


class Streams:
    """All streams of this process. `close` ends them; later ones end at once."""

    def __init__(self, *, longest_s: float = LONGEST_S, silence_s: float = _SILENCE_S) -> None:
        self.closing = False
        self._open: set[_Feed] = set()
        self._longest = longest_s
        self._silence = silence_s

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """End all streams; their readers come back with the last id they have seen."""
        self.closing = True
        for feed in self._open:
            feed.end()

    async def carry(
        self, items: AsyncIterator[Item], write: Callable[[Item], bytes], first: bytes
    ) -> AsyncGenerator[bytes]:
        """The bytes of `items`, with a sign of life in silence, until they or the stream end.

        The first item is asked for before the first bytes leave: whoever sees those is subscribed.
        What has come meanwhile leaves in one piece.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + self._longest
        feed = _Feed(items, write)
        self._open.add(feed)
        try:
            await asyncio.sleep(0)
            yield first
            while not self.closing and (left := until - loop.time()) > 0:
                piece = await feed.piece(min(self._silence, left))
                if piece:
                    yield piece
                elif feed.over:
                    return
                elif not self.closing:
                    yield KEEPALIVE_COMMENT
        finally:
            self._open.discard(feed)
            await feed.put_away()


class _Feed:
    """Fetches what one reader is sent, a little ahead of them; one task for the whole stream."""

    def __init__(self, items: AsyncIterator[Any], write: Callable[[Any], bytes]) -> None:
        self.over = False
        self._items = items
        self._ready: asyncio.Queue[bytes] = asyncio.Queue(_AHEAD)
        self._task = asyncio.create_task(self._fetch(items, write))

    async def piece(self, within_s: float) -> bytes:
        """All that is ready, waited for; nothing when the time has passed or all is over."""
        if self.over and self._ready.empty():
            return b""
        try:
            async with asyncio.timeout(within_s):
                piece = await self._ready.get()
        except TimeoutError:
            return b""
        while not self._ready.empty():
            piece += self._ready.get_nowait()
        return piece

    def end(self) -> None:
        """No more is fetched, and whoever waits is woken."""
        self._task.cancel()

    async def put_away(self) -> None:
        """End what feeds the stream, however far it is; its own trouble ends with it."""
        self._task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await self._task
        if isinstance(self._items, AsyncGenerator):
            with suppress(asyncio.CancelledError, Exception):
                await self._items.aclose()

    async def _fetch(self, items: AsyncIterator[Any], write: Callable[[Any], bytes]) -> None:
        try:
            async for item in items:
                await self._ready.put(write(item))
        except Exception as error:
            # The answer has begun: it can only end, and its reader come back.
            log.warning("a stream broke off: %s", type(error).__name__, exc_info=error)
        finally:
            self.over = True
            if self._ready.empty():
                self._ready.put_nowait(b"")  # wakes whoever waits


class StreamResponse(EventSourceResponse):
    """Server-sent events; whatever ends the response ends the stream behind it."""

    @override
    async def stream_response(self, send: Send) -> None:
        body = self.body_iterator
        try:
            await super().stream_response(send)
        finally:
            if isinstance(body, AsyncGenerator):
                await body.aclose()
