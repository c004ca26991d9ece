"""Trying again: for reads and for work that may be done twice, never for a paid call."""

import asyncio
import functools
import inspect
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from reelwright.ground.errors import InvalidInputError, Kind, ReelwrightError
from reelwright.ground.transactions import InsideTransactionError, forbid_in_transaction
from reelwright.services.context import name_of
from reelwright.services.log import ServiceLogger

_PASSING = {Kind.UNAVAILABLE, Kind.FAULT}


def may_pass(error: Exception) -> bool:
    """Whether another try could go better: not when the request itself is what is wrong."""
    return not isinstance(error, ReelwrightError) or error.kind in _PASSING


def retry_on_failure(
    function: Callable[..., Any] | None = None,
    *,
    max_retries: int = 3,
    delay: float = 1.0,
    backoff: float = 2.0,
    max_delay: float = 30.0,
    on: tuple[type[Exception], ...] | type[Exception] = Exception,
) -> Any:
    """Call again after a failure: at most `max_retries` more times, waiting `delay` s and longer.

    Errors outside `on`, refused or wrong requests, cancellation, and failures inside an open
    transaction are raised at once. A wait is shortened by chance by up to a quarter, so that many
    callers do not come back together; an error's `retry_after` (seconds) is waited for.
    """
    if max_retries < 0 or delay < 0 or backoff < 1:
        raise InvalidInputError("retries and delay are at least 0, backoff at least 1")
    waits = functools.partial(_waits, max_retries, delay, backoff, max_delay)

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        return _again(method, waits, on)

    return decorate if function is None else decorate(function)


def _waits(retries: int, delay: float, backoff: float, longest: float) -> Iterator[float]:
    for attempt in range(retries):
        try:
            wait = min(delay * backoff**attempt, longest)
        except OverflowError:
            wait = longest
        yield wait * random.uniform(0.75, 1)


def _next_wait(error: Exception, waits: Iterator[float], who: str, what: str) -> float:
    """Seconds until the next try; raises the error when there is none."""
    try:
        forbid_in_transaction("a retry")
    except InsideTransactionError:
        raise error from None
    wait = next(waits, None) if may_pass(error) else None
    if wait is None:
        raise error
    asked = getattr(error, "retry_after", None)
    if isinstance(asked, (int, float)):
        wait = max(wait, asked)
    ServiceLogger(who).info("tries again", method=what, wait_s=round(wait, 3), error=repr(error))
    return wait


def _again(
    method: Callable[..., Any],
    waits: Callable[[], Iterator[float]],
    on: tuple[type[Exception], ...] | type[Exception],
) -> Callable[..., Any]:
    def told(args: tuple[Any, ...]) -> tuple[str, str]:
        return (name_of(args[0]) if args else "function"), method.__name__

    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def tried(*args: Any, **kwargs: Any) -> Any:
            left = waits()
            while True:
                try:
                    return await method(*args, **kwargs)
                except on as error:
                    wait = _next_wait(error, left, *told(args))
                await asyncio.sleep(wait)

        return tried

    @functools.wraps(method)
    def tried_blocking(*args: Any, **kwargs: Any) -> Any:
        left = waits()
        while True:
            try:
                return method(*args, **kwargs)
            except on as error:
                wait = _next_wait(error, left, *told(args))
            time.sleep(wait)

    return tried_blocking
