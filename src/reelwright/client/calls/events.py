"""The calls of the tag `events`. Written by `make openapi`."""

from reelwright.client.waiting import Waited
from reelwright.client.wire import Wire


class EventsCalls:
    """The calls of the tag `events`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire


class EventsWaited(Waited):
    """The same, waited for."""
