"""The calls of the tag `references`. Written by `make openapi`."""

from reelwright.client.models.references import NewReference, ReferenceView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class ReferencesCalls:
    """The calls of the tag `references`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def pin_reference(
        self, project_id: str, body: NewReference, *, key: str | None = None
    ) -> ReferenceView:
        """Pin a picture: stills of whoever or whatever bears its name are drawn after it."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/references", project_id=project_id),
            body=body,
            key=key,
        )
        return read(ReferenceView, answer.body)

    async def list_references(self, project_id: str) -> list[ReferenceView]:
        """A project's pinned pictures, by name."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/references", project_id=project_id)
        )
        return read(list[ReferenceView], answer.body)

    async def unpin_reference(self, reference_id: str) -> None:
        """Take a picture from its project; it stays in the library."""
        await self._wire.ask(
            "DELETE", at("/api/v1/references/{reference_id}", reference_id=reference_id)
        )


class ReferencesWaited(Waited):
    """The same, waited for."""

    pin_reference = waited(ReferencesCalls.pin_reference)
    list_references = waited(ReferencesCalls.list_references)
    unpin_reference = waited(ReferencesCalls.unpin_reference)
