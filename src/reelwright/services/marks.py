"""Marks for methods: measured, given another service, dependent on one, with errors handled."""

import asyncio
import functools
import inspect
from collections.abc import Callable
from time import perf_counter
from typing import Any

from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.services import slot
from reelwright.services.blueprint import service_name
from reelwright.services.context import ErrorContext, name_of
from reelwright.services.errors import code_of
from reelwright.services.health import UNHEALTHY
from reelwright.services.house import House
from reelwright.services.metrics import ServiceMetrics

MEASURED = "__service_method__"
_FIGURES = "_service_metrics"


class ServiceNotReadyError(ReelwrightError):
    """A service that is required is registered, but not well."""

    code = "service_not_ready"
    kind = Kind.UNAVAILABLE


def _figures(service: object, label: str, seconds: float, error: BaseException | None) -> None:
    try:
        metrics: ServiceMetrics = service.__dict__[_FIGURES]
    except (KeyError, AttributeError):
        metrics = ServiceMetrics.of(service)
    metrics.record(label, seconds, None if error is None else code_of(error))


def service_method(function: Callable[..., Any] | None = None, *, name: str | None = None) -> Any:
    """Count and time a method, plain or async; costs about a microsecond a call."""
    if function is None:
        return functools.partial(service_method, name=name)
    label = name or function.__name__
    method = function

    @functools.wraps(method)
    async def measured(self: Any, *args: Any, **kwargs: Any) -> Any:
        begun = perf_counter()
        try:
            outcome = await method(self, *args, **kwargs)
        except (Exception, asyncio.CancelledError) as error:
            _figures(self, label, perf_counter() - begun, error)
            raise
        _figures(self, label, perf_counter() - begun, None)
        return outcome

    @functools.wraps(method)
    def measured_plain(self: Any, *args: Any, **kwargs: Any) -> Any:
        begun = perf_counter()
        try:
            outcome = method(self, *args, **kwargs)
        except Exception as error:
            _figures(self, label, perf_counter() - begun, error)
            raise
        _figures(self, label, perf_counter() - begun, None)
        return outcome

    wrapped = measured if inspect.iscoroutinefunction(method) else measured_plain
    setattr(wrapped, MEASURED, label)
    return wrapped


def _house(args: tuple[Any, ...]) -> House:
    return (House.of(args[0]) if args else None) or slot.current()


def _before(
    method: Callable[..., Any],
    prepare: Callable[[tuple[Any, ...], dict[str, Any]], None],
) -> Callable[..., Any]:
    """The method with something done before it: it may add keyword arguments, or refuse."""
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def prepared(*args: Any, **kwargs: Any) -> Any:
            prepare(args, kwargs)
            return await method(*args, **kwargs)

        return prepared

    @functools.wraps(method)
    def prepared_plain(*args: Any, **kwargs: Any) -> Any:
        prepare(args, kwargs)
        return method(*args, **kwargs)

    return prepared_plain


def inject_service(service: str | type, *, to: str | None = None) -> Any:
    """Give a method the service of a name or class, as the argument of that name (or `to`).

    A caller who passes the argument has the last word.
    """
    argument = to or (service if isinstance(service, str) else service_name(service))

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(method)

        def prepare(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            if argument not in signature.bind_partial(*args, **kwargs).arguments:
                kwargs[argument] = _house(args).container.get(service)

        return _before(method, prepare)

    return decorate


def require_service(*services: str | type) -> Any:
    """Refuse to call a method while a service it depends on is missing or was last seen unwell."""

    def prepare(args: tuple[Any, ...], _kwargs: dict[str, Any]) -> None:
        house = _house(args)
        for service in services:
            name = house.registry.find(service).name
            if house.monitor.reports.get(name, {}).get("status") == UNHEALTHY:
                raise ServiceNotReadyError(
                    f"{name} is not well now", way_out="try again when its health check passes"
                )

    return functools.partial(_before, prepare=prepare)


def handle_errors(function: Callable[..., Any] | None = None, **known: Any) -> Any:
    """Hand a method's errors to the house's error handler; they go on to the caller after that."""
    if function is None:
        return functools.partial(handle_errors, **known)
    method = function

    def handled(args: tuple[Any, ...], error: Exception) -> None:
        where = {"service": name_of(args[0])} if args else {}
        context = ErrorContext.here(**where, method=method.__name__, **known)
        _house(args).errors.handle(error, context)

    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def watched(*args: Any, **kwargs: Any) -> Any:
            try:
                return await method(*args, **kwargs)
            except Exception as error:
                handled(args, error)
                raise

        return watched

    @functools.wraps(method)
    def watched_plain(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except Exception as error:
            handled(args, error)
            raise

    return watched_plain
