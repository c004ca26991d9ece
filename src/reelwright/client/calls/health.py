"""The calls of the tag `health`. Written by `make openapi`."""

from reelwright.client.models.health import Alive, Readiness
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, read


class HealthCalls:
    """The calls of the tag `health`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def live(self) -> Alive:
        """The process answers; says nothing about what it needs."""
        answer = await self._wire.ask("GET", "/health/live")
        return read(Alive, answer.body)

    async def ready(self) -> Readiness:
        """Whether requests can be served now."""
        answer = await self._wire.ask("GET", "/health/ready")
        return read(Readiness, answer.body)


class HealthWaited(Waited):
    """The same, waited for."""

    live = waited(HealthCalls.live)
    ready = waited(HealthCalls.ready)
