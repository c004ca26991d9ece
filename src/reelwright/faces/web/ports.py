"""What the web face asks of services that are wired in from above, as far as it needs it."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from reelwright.ground.principals import Principal


class Event(Protocol):
    """Something that happened."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> datetime: ...


class EventStream(Protocol):
    """Events as they happen."""

    def iterate(
        self, who: Principal, after: str | None = None, subject: str | None = None
    ) -> AsyncIterator[Event]:
        """Events after one, then as they happen."""
        ...
