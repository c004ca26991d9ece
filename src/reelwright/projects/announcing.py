"""Telling what happened to projects; the project is always the subject, so one stream tells all of it."""

from typing import Any, Final

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.ids import ProjectId, WorkspaceId

CREATED: Final = "project:created"
REVISED: Final = "project:revised"
RENAMED: Final = "project:renamed"
ARCHIVED: Final = "project:archived"
RESTORED: Final = "project:restored"
TRASHED: Final = "project:trashed"
DELETED: Final = "project:deleted"
SAVED: Final = "project:saved"
COMMENTED: Final = "project:commented"
SHARED: Final = "project:shared"
UNSHARED: Final = "project:unshared"
JOINED: Final = "project:joined"
LEFT: Final = "project:left"


async def announce(
    tx: Tx,
    kind: str,
    project_id: ProjectId | str,
    *,
    workspace: WorkspaceId | None = None,
    **data: Any,
) -> None:
    """Publish what happened to a project, last in the transaction in which it happens.

    `workspace` is named by the system's activities.
    """
    await publish(tx, NewEvent(kind, project_id, data, workspace))
