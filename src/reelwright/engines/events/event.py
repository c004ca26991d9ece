"""An event as its readers get it, and its id: opaque to them, sorting in the order of delivery."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId, WorkspaceId

_ID = re.compile(r"[0-7][0-9a-f]{15}")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, committed. `user` is who did it; None for the system."""

    id: str
    kind: str
    subject: str
    data: Mapping[str, Any]
    at: datetime
    workspace: WorkspaceId
    user: UserId | None = None

    @property
    def seq(self) -> int:
        """Its place in the order."""
        return int(self.id, 16)


def event_id(seq: int) -> str:
    """The id of the event at a place."""
    return f"{seq:016x}"


def parse_event_id(text: str) -> int:
    """The place an id names; raises InvalidInputError if it can be none of ours."""
    if not _ID.fullmatch(text):
        raise InvalidInputError(
            f"{text[:60]!r} is no id of an event",
            way_out="send the last id you were given, or none",
        )
    return int(text, 16)
