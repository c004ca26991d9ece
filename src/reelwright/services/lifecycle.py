"""Starts services in the order of their needs and stops them in reverse, also half-way."""

import asyncio
import inspect
from typing import Any

from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.services.blueprint import blueprint_of
from reelwright.services.calling import asks_nothing
from reelwright.services.container import ServiceContainer
from reelwright.services.log import ServiceLogger
from reelwright.services.redaction import redact


class ServiceStartError(ReelwrightError):
    """A service could not be started; those before it were stopped again."""

    code = "service_start"
    kind = Kind.UNAVAILABLE


class ServiceStopError(ReelwrightError):
    """Some services did not stop as they should; all were told to."""

    code = "service_stop"


class ServiceManager:
    """Starts and stops what the container holds; a service takes part by having `start` and `stop`."""

    def __init__(self, container: ServiceContainer) -> None:
        self._container = container
        self._running: dict[str, object] = {}
        self._lock = asyncio.Lock()
        self._log = ServiceLogger("lifecycle")

    @property
    def running(self) -> list[str]:
        """Names of what runs, in the order it was started."""
        return list(self._running)

    async def start(self) -> list[str]:
        """Start everything that does not run yet; names in the order of starting.

        When one fails, what this call started is stopped in reverse. Raises the failure where it is
        one of ours, ServiceStartError otherwise.
        """
        async with self._lock:
            begun: list[str] = []
            name = ""
            try:
                for name in self._container.make_all():
                    if name not in self._running:
                        service = self._container.get(name)
                        seconds = blueprint_of(service, name).start_timeout
                        await _told(service, "start", seconds)
                        self._running[name] = service
                        begun.append(name)
            except BaseException as error:
                await self._stop(reversed(begun))
                if isinstance(error, ReelwrightError) or not isinstance(error, Exception):
                    raise
                raise ServiceStartError(
                    f"service {name!r} did not start: {redact(repr(error))}"
                ) from error
            return begun

    async def stop(self) -> list[str]:
        """Stop everything in reverse; names in the order of stopping. Raises ServiceStopError."""
        async with self._lock:
            stopped = list(reversed(self._running))
            failed = await self._stop(stopped)
        if failed:
            raise ServiceStopError(f"services did not stop well: {', '.join(failed)}")
        return stopped

    async def _stop(self, names: Any) -> list[str]:
        failed = []
        for name in list(names):
            service = self._running.pop(name)
            try:
                await _told(service, "stop", blueprint_of(service, name).stop_timeout)
            except Exception as error:  # noqa: BLE001 - the others must be stopped too
                self._log.error("did not stop", of=name, error=repr(error))
                failed.append(name)
        return failed


async def _told(service: object, what: str, seconds: float) -> None:
    told: Any = getattr(service, what, None)
    if asks_nothing(told):
        try:
            async with asyncio.timeout(seconds):
                outcome = told()  # on the event loop: what it begins may belong to it
                if inspect.isawaitable(outcome):
                    await outcome
        except TimeoutError as error:
            raise TimeoutError(str(error) or f"{what} took longer than {seconds:g} s") from error
