"""Calls that are waited for: the asynchronous ones, run by an event loop in a thread of its own."""

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_END: Any = object()


class Line:
    """An event loop in a thread of its own, from the first call until it is closed."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self.closed = False
        self._lock = threading.Lock()

    def wait(self, call: Coroutine[Any, Any, T]) -> T:
        """What a call answers. Whoever interrupts the waiting calls it off, whenever that is."""
        answer: Future[T] = Future()
        try:
            try:
                self._running().call_soon_threadsafe(_begin, call, answer)
            except RuntimeError:  # closed
                call.close()
                raise
            return answer.result()
        except BaseException:
            answer.cancel()
            raise

    def each(self, rows: AsyncIterator[T]) -> Iterator[T]:
        """Rows, each asked for when it is looked at."""

        async def following() -> T:
            return await anext(rows, _END)

        while (row := self.wait(following())) is not _END:
            yield row

    def close(self) -> None:
        """End the loop, and with it whatever nobody waits for any more."""
        with self._lock:
            self.closed = True
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self.closed:
                raise RuntimeError("this client is closed")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_turn, args=[self._loop], name="reelwright client", daemon=True
                )
                self._thread.start()
            return self._loop


def _begin(call: Coroutine[Any, Any, T], answer: "Future[T]") -> None:
    """In the loop: have a call answered, unless nobody waits for it any more."""
    if answer.cancelled():
        call.close()
        return
    loop = asyncio.get_running_loop()
    doing = loop.create_task(call)

    def call_off(_: Any) -> None:
        if answer.cancelled():
            with suppress(RuntimeError):  # the loop has ended, and all that was left with it
                loop.call_soon_threadsafe(doing.cancel)

    def tell(_: Any) -> None:
        if doing.cancelled():
            answer.cancel()
            return
        error = doing.exception()
        if not answer.set_running_or_notify_cancel():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(doing.result())

    answer.add_done_callback(call_off)
    doing.add_done_callback(tell)


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


class Waited:
    """Has calls, and the line over which they are waited for."""

    def __init__(self, calls: Any, line: Line) -> None:
        self.calls = calls
        self.line = line


class waited(Generic[P, T]):  # noqa: N801  # used like a decorator
    """A call that takes what the asynchronous one takes, and returns with its answer."""

    def __init__(self, call: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> None:
        self._call = call
        self.__doc__ = call.__doc__

    def __get__(self, of: Waited, kind: type[Waited]) -> Callable[P, T]:
        @functools.wraps(self._call)
        def call(*args: P.args, **named: P.kwargs) -> T:
            return of.line.wait(self._call(of.calls, *args, **named))

        return call


class each(Generic[P, T]):  # noqa: N801  # used like a decorator
    """Rows that are gone through with `for`."""

    def __init__(self, call: Callable[Concatenate[Any, P], AsyncIterator[T]]) -> None:
        self._call = call
        self.__doc__ = call.__doc__

    def __get__(self, of: Waited, kind: type[Waited]) -> Callable[P, Iterator[T]]:
        @functools.wraps(self._call)
        def call(*args: P.args, **named: P.kwargs) -> Iterator[T]:
            return of.line.each(self._call(of.calls, *args, **named))

        return call
