"""The calls of the tag `presence`. Written by `make openapi`."""

from reelwright.client.models.presence import Beat, PresenceView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class PresenceCalls:
    """The calls of the tag `presence`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def beat_presence(self, project_id: str, body: Beat | None = None) -> list[PresenceView]:
        """Say that one is looking, again at least every half minute; all who are."""
        answer = await self._wire.ask(
            "PUT", at("/api/v1/projects/{project_id}/presence", project_id=project_id), body=body
        )
        return read(list[PresenceView], answer.body)

    async def list_presences(self, project_id: str) -> list[PresenceView]:
        """Who is looking now."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/presence", project_id=project_id)
        )
        return read(list[PresenceView], answer.body)

    async def leave_presence(self, project_id: str) -> None:
        """Say that one looks no more."""
        await self._wire.ask(
            "DELETE", at("/api/v1/projects/{project_id}/presence", project_id=project_id)
        )


class PresenceWaited(Waited):
    """The same, waited for."""

    beat_presence = waited(PresenceCalls.beat_presence)
    list_presences = waited(PresenceCalls.list_presences)
    leave_presence = waited(PresenceCalls.leave_presence)
