"""The calls of the tag `states`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.states import Patch, State, StateNoteView, StateView
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class StatesCalls:
    """The calls of the tag `states`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get_state(self, project_id: str) -> StateView:
        """The newest state; its ETag names the version."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/state", project_id=project_id)
        )
        return read(StateView, answer.body)

    async def save_state(
        self, project_id: str, body: State, *, expected: int | None = None
    ) -> StateView:
        """Make this the newest state. A stale one is refused, and `details` has both: `there` and `sent`."""
        answer = await self._wire.ask(
            "PUT",
            at("/api/v1/projects/{project_id}/state", project_id=project_id),
            query={"expected": expected},
            body=body,
        )
        return read(StateView, answer.body)

    async def edit_state(
        self, project_id: str, body: Patch, *, expected: int | None = None
    ) -> StateView:
        """Change parts of the state by a JSON merge patch (RFC 7396); null takes away."""
        answer = await self._wire.ask(
            "PATCH",
            at("/api/v1/projects/{project_id}/state", project_id=project_id),
            query={"expected": expected},
            body=body,
        )
        return read(StateView, answer.body)

    def list_state_versions(
        self, project_id: str, *, limit: int = 50
    ) -> AsyncIterator[StateNoteView]:
        """The versions that are kept, newest first: all of the last day, fewer of the time before."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/state/versions", project_id=project_id),
            {"limit": limit},
            StateNoteView,
        )

    async def get_state_version(self, project_id: str, version: str) -> StateView:
        """An earlier version of the state."""
        answer = await self._wire.ask(
            "GET",
            at(
                "/api/v1/projects/{project_id}/state/versions/{version}",
                project_id=project_id,
                version=version,
            ),
        )
        return read(StateView, answer.body)

    async def restore_state(
        self, project_id: str, version: str, *, expected: int | None = None, key: str | None = None
    ) -> StateView:
        """Make an earlier version's content the newest again, as a version of its own."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/state/versions/{version}/restore",
                project_id=project_id,
                version=version,
            ),
            query={"expected": expected},
            key=key,
        )
        return read(StateView, answer.body)


class StatesWaited(Waited):
    """The same, waited for."""

    get_state = waited(StatesCalls.get_state)
    save_state = waited(StatesCalls.save_state)
    edit_state = waited(StatesCalls.edit_state)
    list_state_versions = each(StatesCalls.list_state_versions)
    get_state_version = waited(StatesCalls.get_state_version)
    restore_state = waited(StatesCalls.restore_state)
