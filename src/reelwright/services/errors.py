"""The one place where a service's errors end: logged once, counted, mapped, without secrets."""

import logging
import threading
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.services.context import ErrorContext
from reelwright.services.log import ServiceLogger
from reelwright.services.redaction import redact, redact_fields

_MARK = "_reelwright_handled"
_KINDS: tuple[tuple[type[BaseException], Kind], ...] = (
    (TimeoutError, Kind.UNAVAILABLE),
    (ConnectionError, Kind.UNAVAILABLE),
    (OSError, Kind.UNAVAILABLE),
)
_LEVELS = {Kind.FAULT: logging.ERROR, Kind.UNAVAILABLE: logging.WARNING}


class Reporter(Protocol):
    """Hears of unforeseen errors. Implementations MUST NOT raise and MUST NOT block."""

    def report(self, error: BaseException, told: Mapping[str, Any]) -> None:
        """An error of kind FAULT, with its context; secrets are out of `told` already."""
        ...


@dataclass(frozen=True, slots=True)
class HandledError:
    """What is known of an error after it was handled; safe to show."""

    code: str
    kind: Kind
    message: str
    context: ErrorContext


def kind_of(error: BaseException) -> Kind:
    """What sort of trouble an error is, by its type alone."""
    if isinstance(error, ReelwrightError):
        return error.kind
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), Kind.FAULT)


def code_of(error: BaseException) -> str:
    """An error's code: ours, or the name of its class."""
    return error.code if isinstance(error, ReelwrightError) else type(error).__name__


class CentralizedErrorHandler:
    """Handles each error once, however many layers hand it on."""

    def __init__(self, reporter: Reporter | None = None) -> None:
        self._reporter = reporter
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()

    async def handle_error(
        self, error: BaseException, context: ErrorContext | None = None
    ) -> HandledError:
        """Log, count and map an error; the caller raises it again or answers with what comes back."""
        return self.handle(error, context)

    def handle(self, error: BaseException, context: ErrorContext | None = None) -> HandledError:
        """The same, for code that does not await."""
        done = getattr(error, _MARK, None)
        if isinstance(done, HandledError):
            return done
        context = context or ErrorContext.here()
        handled = HandledError(code_of(error), kind_of(error), redact(str(error)), context)
        try:
            setattr(error, _MARK, handled)
        except AttributeError:
            pass  # an error with slots cannot be marked: it may be logged twice
        with self._lock:
            self._counts[context.service, context.method, handled.code] += 1
        told = _told(handled)
        self._write(error, handled, told)
        if self._reporter is not None and handled.kind is Kind.FAULT:
            self._reporter.report(error, told)
        return handled

    def counts(self) -> dict[tuple[str, str, str], int]:
        """How many errors there were, by service, method and code."""
        with self._lock:
            return dict(self._counts)

    @staticmethod
    def _write(error: BaseException, handled: HandledError, told: Mapping[str, Any]) -> None:
        fields = dict(told)
        if handled.kind is Kind.FAULT:
            fields["trace"] = redact("".join(traceback.format_exception(error)))
        name = fields.pop("service") or "errors"
        level = _LEVELS.get(handled.kind, logging.INFO)
        ServiceLogger(name).write(level, handled.message or handled.code, **fields)


def _told(handled: HandledError) -> dict[str, Any]:
    context = handled.context
    told = {
        "service": context.service,
        "method": context.method,
        "user_id": context.user_id,
        "request_id": context.request_id,
        "code": handled.code,
        "kind": handled.kind.value,
        **redact_fields(context.extra),
    }
    return {k: v for k, v in told.items() if v or k == "service"}


class ErrorHandlingContext:
    """A block whose errors are handled: `async with ErrorHandlingContext("cut", "join") as block:`.

    The error goes on after it was handled, unless `swallow` is set; `block.handled` tells of it.
    """

    def __init__(
        self,
        service: str = "",
        method: str = "",
        *,
        handler: CentralizedErrorHandler | None = None,
        swallow: bool = False,
        **known: Any,
    ) -> None:
        self._known = {"service": service, "method": method, **known}
        self._handler = handler or CentralizedErrorHandler()
        self._swallow = swallow
        self.handled: HandledError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        cls: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.handled = self._handler.handle(error, ErrorContext.here(**self._known))
        return self._swallow

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        cls: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        return self.__exit__(cls, error, trace)
