"""Streams that are open now, so that a stopping server can end them all at once."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from typing import TypeVar

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse
from starlette.types import Send
from typing_extensions import override

Item = TypeVar("Item")

LONGEST_S = 15 * 60.0  # then the reader comes back, and shows its token again
_SILENCE_S = 15.0

log = logging.getLogger("reelwright.web")


class Streams:
    """All streams of this process. `close` ends them; later ones end at once."""

    def __init__(self, *, longest_s: float = LONGEST_S, silence_s: float = _SILENCE_S) -> None:
        self.closing = False
        self._open: set[asyncio.Future[None]] = set()
        self._longest = longest_s
        self._silence = silence_s

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """End all streams; their readers come back with the last id they have seen."""
        self.closing = True
        for ended in self._open:
            if not ended.done():
                ended.set_result(None)

    async def carry(
        self, items: AsyncIterator[Item], write: Callable[[Item], bytes], first: bytes
    ) -> AsyncGenerator[bytes]:
        """The bytes of `items`, with a sign of life in silence, until they or the stream end.

        The first item is asked for before the first bytes leave: whoever sees those is subscribed.
        """
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        until = loop.time() + self._longest
        self._open.add(ended)
        step: asyncio.Future[Item] = asyncio.ensure_future(anext(items))
        try:
            await asyncio.sleep(0)
            yield first
            while not self.closing and (left := until - loop.time()) > 0:
                await asyncio.wait(
                    {step, ended},
                    timeout=min(self._silence, left),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if not step.done():
                    if not ended.done():
                        yield KEEPALIVE_COMMENT
                    continue
                try:
                    item = step.result()
                except StopAsyncIteration:
                    return
                except Exception as error:
                    # The answer has begun: it can only end, and its reader come back.
                    log.warning("a stream broke off: %s", type(error).__name__, exc_info=error)
                    return
                step = asyncio.ensure_future(anext(items))
                yield write(item)
        finally:
            self._open.discard(ended)
            await _put_away(step, items)


async def _put_away(step: asyncio.Future[Item], items: AsyncIterator[Item]) -> None:
    """End what feeds a stream, however far it is; its own trouble ends with it."""
    step.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await step
    if isinstance(items, AsyncGenerator):
        with suppress(asyncio.CancelledError, Exception):
            await items.aclose()


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
