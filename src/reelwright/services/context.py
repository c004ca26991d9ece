"""What is being done, and for whom: told to the log and to the error handler."""

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any

from reelwright.services.blueprint import service_name

_current: ContextVar[Mapping[str, Any]] = ContextVar("service_context", default={})  # noqa: B039 - never changed


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """Where an error arose; `extra` may hold anything that helps, secrets are blackened."""

    service: str = ""
    method: str = ""
    user_id: str | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def here(cls, **known: Any) -> "ErrorContext":
        """The context of this task, with what is `known` on top."""
        fields = {**_current.get(), **{k: v for k, v in known.items() if v}}
        named = {
            name: fields.pop(name)
            for name in ("service", "method", "user_id", "request_id")
            if name in fields
        }
        return cls(**named, extra={**fields.pop("extra", {}), **fields})


def current_context() -> Mapping[str, Any]:
    """The fields bound in this task."""
    return _current.get()


@contextmanager
def bound(fields: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Bind fields for a block; what stood before stands again after it."""
    token = _current.set({**_current.get(), **fields})
    try:
        yield _current.get()
    finally:
        _current.reset(token)


def service_context(function: Callable[..., Any] | None = None, **fields: Any) -> Any:
    """Bind who and what for a method or a block.

    `@service_context` (or `@service_context(area="cut")`) on a method binds its service and its name;
    `with service_context(user_id="…"):` binds for a block.
    """
    if function is None:
        return _Binding(fields)
    return _bind_calls(function, fields)


class _Binding:
    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields
        self._tokens: list[Token[Mapping[str, Any]]] = []

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return _bind_calls(function, self._fields)

    def __enter__(self) -> Mapping[str, Any]:
        self._tokens.append(_current.set({**_current.get(), **self._fields}))
        return _current.get()

    def __exit__(self, *error: object) -> None:
        _current.reset(self._tokens.pop())


def name_of(service: object) -> str:
    """The name a service goes by."""
    name = getattr(service, "name", None)
    return name if isinstance(name, str) else service_name(type(service))


def _bind_calls(function: Callable[..., Any], fields: Mapping[str, Any]) -> Callable[..., Any]:
    def own(args: tuple[Any, ...]) -> Mapping[str, Any]:
        where = {"service": name_of(args[0])} if args else {}
        return {**where, "method": function.__name__, **fields}

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def within(*args: Any, **kwargs: Any) -> Any:
            with bound(own(args)):
                return await function(*args, **kwargs)

        return within

    @functools.wraps(function)
    def within_block(*args: Any, **kwargs: Any) -> Any:
        with bound(own(args)):
            return function(*args, **kwargs)

    return within_block
