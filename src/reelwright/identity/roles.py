"""What a person may do where: read from their memberships."""

from typing import Any

from sqlalchemy import RowMapping

from reelwright.ground.errors import MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal, Role

PLACE = """
    CROSS JOIN LATERAL (
        SELECT min(m.role) FILTER (WHERE m.project_id IS NULL) AS role,
               bool_or(m.project_id IS NOT NULL) AS invited
          FROM memberships m WHERE m.user_id = u.id AND m.workspace_id = w.id) AS place
"""
"""Joined to users `u` and workspaces `w`: their one role there, and whether projects of it are shared."""


def principal_of(row: RowMapping | None) -> Principal | None:
    """The principal of a row with `user_id`, `workspace_id` and what PLACE adds; None for strangers."""
    if row is None or not (row["role"] or row["invited"]):
        return None
    role: Any = row["role"] or Role.GUEST
    return Principal(UserId(row["user_id"]), WorkspaceId(row["workspace_id"]), Role(role))


class NoPlaceError(MissingError):
    """Whoever asks has no place in the workspace they name, if there is one."""

    code = "workspace_missing"

    def __init__(
        self, message: str = "there is no such workspace", *, way_out: str | None = None
    ) -> None:
        super().__init__(message, way_out=way_out)
