"""The calls of the tag `workspaces`. Written by `make openapi`."""

from reelwright.client.models.workspaces import WorkspaceList, WorkspaceNames, WorkspaceView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class WorkspacesCalls:
    """The calls of the tag `workspaces`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def create_workspace(
        self, body: WorkspaceNames, *, key: str | None = None
    ) -> WorkspaceView:
        """Make a workspace that belongs to the caller."""
        answer = await self._wire.ask("POST", "/api/v1/workspaces", body=body, key=key)
        return read(WorkspaceView, answer.body)

    async def list_workspaces(self, *, archived: bool | None = None) -> WorkspaceList:
        """All workspaces of the caller, their personal one first."""
        answer = await self._wire.ask("GET", "/api/v1/workspaces", query={"archived": archived})
        return read(WorkspaceList, answer.body)

    async def get_workspace(self, workspace_id: str) -> WorkspaceView:
        """One workspace."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/workspaces/{workspace_id}", workspace_id=workspace_id)
        )
        return read(WorkspaceView, answer.body)

    async def rename_workspace(self, workspace_id: str, body: WorkspaceNames) -> WorkspaceView:
        """Give a workspace another name."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/workspaces/{workspace_id}", workspace_id=workspace_id), body=body
        )
        return read(WorkspaceView, answer.body)

    async def archive_workspace(
        self, workspace_id: str, *, key: str | None = None
    ) -> WorkspaceView:
        """Put a workspace away; nothing in it is lost."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/workspaces/{workspace_id}/archive", workspace_id=workspace_id),
            key=key,
        )
        return read(WorkspaceView, answer.body)

    async def restore_workspace(
        self, workspace_id: str, *, key: str | None = None
    ) -> WorkspaceView:
        """Take an archived workspace out again."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/workspaces/{workspace_id}/restore", workspace_id=workspace_id),
            key=key,
        )
        return read(WorkspaceView, answer.body)


class WorkspacesWaited(Waited):
    """The same, waited for."""

    create_workspace = waited(WorkspacesCalls.create_workspace)
    list_workspaces = waited(WorkspacesCalls.list_workspaces)
    get_workspace = waited(WorkspacesCalls.get_workspace)
    rename_workspace = waited(WorkspacesCalls.rename_workspace)
    archive_workspace = waited(WorkspacesCalls.archive_workspace)
    restore_workspace = waited(WorkspacesCalls.restore_workspace)
