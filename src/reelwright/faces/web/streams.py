"""Streams that are open now, so that a stopping server can end them all at once."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi.sse import KEEPALIVE_COMMENT
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

Item = TypeVar("Item")

LONGEST_S = 15 * 60.0  # then the reader comes back, and shows its token again
_SILENCE_S = 15.0

log = logging.getLogger("reelwright.web")


class Streams:
    """All streams of this process. `close` ends them; later ones end at once."""

    def __init__(self, *, longest_s: float = LONGEST_S, silence_s: float = _SILENCE_S) -> None:
        self.closing = False
        self.longest_s = longest_s
        self.silence_s = silence_s
        self._open: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """End all streams; their readers come back with the last id they have seen."""
        self.closing = True
        for pouring in self._open:
            pouring.cancel()

    def join(self, pouring: asyncio.Task[None]) -> None:
        """Count a stream among the open ones until it is done."""
        self._open.add(pouring)
        pouring.add_done_callback(self._open.discard)
        if self.closing:
            pouring.cancel()


class StreamResponse(Response):
    """Server-sent events: `first`, then the bytes of `items` as they come, and signs of life.

    The first item is asked for before the first bytes leave: whoever sees those is subscribed. One
    task goes from item to item with nothing in between, for there are many readers of one event; the
    other ones look after what happens seldom: silence, the longest time, a reader that has gone, or
    that is `welcome` no longer, which is asked as often as a silence lasts.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        streams: Streams,
        items: AsyncGenerator[Item],
        write: Callable[[Item], bytes],
        first: bytes,
        headers: Mapping[str, str],
        welcome: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers(headers)
        self._streams = streams
        self._items: AsyncGenerator[Any] = items
        self._write: Callable[[Any], bytes] = write
        self._first = first
        self._welcome = welcome
        self._sent_at = 0.0

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the items, the time, the reader or the server end it."""
        begun = asyncio.Event()
        pouring = asyncio.create_task(self._pour(send, begun))
        tasks = {pouring, asyncio.create_task(_left(receive))}
        if self._welcome is not None:
            tasks.add(asyncio.create_task(self._refused(self._welcome)))
        self._streams.join(pouring)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await asyncio.sleep(0)
            await send(_piece(self._first))
            begun.set()
            await self._watch(tasks, send)
            await send(_piece(b"", more=False))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _pour(self, send: Send, begun: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        try:
            async with aclosing(self._items) as items:
                async for item in items:
                    if not begun.is_set():
                        await begun.wait()
                    await send(_piece(self._write(item)))
                    self._sent_at = clock()
        except Exception as error:
            # The answer has begun: it can only end, and its reader come back.
            log.warning("a stream broke off: %s", type(error).__name__, exc_info=error)

    async def _refused(self, welcome: Callable[[], Awaitable[bool]]) -> None:
        """Until whoever reads may not any more; nothing else waits for the answer."""
        try:
            while True:
                await asyncio.sleep(self._streams.silence_s)
                if not await welcome():
                    return
        except Exception as error:
            log.warning("a stream ends unasked: %s", type(error).__name__, exc_info=error)

    async def _watch(self, tasks: set[asyncio.Task[None]], send: Send) -> None:
        """Until the stream is to end; a sign of life when nothing was sent for a while."""
        clock = asyncio.get_running_loop().time
        self._sent_at = clock()
        until = self._sent_at + self._streams.longest_s
        while (now := clock()) < until:
            if now - self._sent_at >= self._streams.silence_s:
                await send(_piece(KEEPALIVE_COMMENT))
                self._sent_at = now = clock()
            patience = min(self._sent_at + self._streams.silence_s, until) - now
            done, _ = await asyncio.wait(
                tasks, timeout=patience, return_when=asyncio.FIRST_COMPLETED
            )
            if done:
                return


async def _left(receive: Receive) -> None:
    """Until the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _piece(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}
