"""Calling what may be a coroutine function or a plain one: plain ones go to a thread."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any


def asks_nothing(function: Any) -> bool:
    """Whether something can be called with no arguments."""
    if not callable(function):
        return False
    try:
        inspect.signature(function).bind()
    except (TypeError, ValueError):
        return False
    return True


async def call(function: Callable[[], Any]) -> Any:
    """The outcome of a function that may block or may be awaited."""
    if inspect.iscoroutinefunction(function):
        return await function()
    outcome = await asyncio.to_thread(function)
    return await outcome if inspect.isawaitable(outcome) else outcome
