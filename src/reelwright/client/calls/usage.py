"""The calls of the tag `usage`. Written by `make openapi`."""

from datetime import date

from reelwright.client.models.usage import UsageView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, read


class UsageCalls:
    """The calls of the tag `usage`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get_usage(self, *, since: date | None = None, until: date | None = None) -> UsageView:
        """What the caller has used, and what is left."""
        answer = await self._wire.ask(
            "GET", "/api/v1/usage", query={"since": since, "until": until}
        )
        return read(UsageView, answer.body)


class UsageWaited(Waited):
    """The same, waited for."""

    get_usage = waited(UsageCalls.get_usage)
