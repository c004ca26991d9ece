"""The calls of the tag `media`. Written by `make openapi`."""

from reelwright.client.models.media import MediaOrder, OperationView
from reelwright.client.models.shared import JobView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, read


class MediaCalls:
    """The calls of the tag `media`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_media_operations(self) -> list[OperationView]:
        """What can be done with files, and which types of project have it."""
        answer = await self._wire.ask("GET", "/api/v1/media/operations")
        return read(list[OperationView], answer.body)

    async def process_media(self, body: MediaOrder, *, key: str | None = None) -> JobView:
        """Ask for an operation. The job's result names the asset it made, or holds the analysis."""
        answer = await self._wire.ask("POST", "/api/v1/media/operations", body=body, key=key)
        return read(JobView, answer.body)


class MediaWaited(Waited):
    """The same, waited for."""

    list_media_operations = waited(MediaCalls.list_media_operations)
    process_media = waited(MediaCalls.process_media)
