"""The calls of the tag `audit`. Written by `make openapi`."""

from collections.abc import AsyncIterator
from datetime import datetime

from reelwright.client.models.shared import DeedView
from reelwright.client.waiting import Waited, each
from reelwright.client.wire import Wire


class AuditCalls:
    """The calls of the tag `audit`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_workspace_deeds(
        self,
        *,
        user_id: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        limit: int = 50,
    ) -> AsyncIterator[DeedView]:
        """What was done in the workspace, the newest first; for its owner and admins."""
        return self._wire.rows(
            "/api/v1/audit",
            {"user_id": user_id, "action": action, "since": since, "limit": limit},
            DeedView,
        )

    def list_own_deeds(
        self,
        *,
        user_id: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        limit: int = 50,
    ) -> AsyncIterator[DeedView]:
        """What one did in whatever workspace, or an operator in one's place: sign-ins too, and refused ones."""
        return self._wire.rows(
            "/api/v1/me/audit",
            {"user_id": user_id, "action": action, "since": since, "limit": limit},
            DeedView,
        )


class AuditWaited(Waited):
    """The same, waited for."""

    list_workspace_deeds = each(AuditCalls.list_workspace_deeds)
    list_own_deeds = each(AuditCalls.list_own_deeds)
