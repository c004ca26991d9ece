"""Who is asking: a person in a workspace, or one of the system's own activities."""

from dataclasses import dataclass, field
from enum import StrEnum

from reelwright.ground.ids import UserId, WorkspaceId


class Role(StrEnum):
    """What a person may do in a workspace, or on one of its projects; the first may most.

    Owners give away, share and delete; admins look after members, keys and limits of a workspace;
    editors make and change; commenters also say something; viewers look. A guest belongs to some
    projects of a workspace and not to the workspace: what they may is said of each project.
    """

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    COMMENTER = "commenter"
    VIEWER = "viewer"
    GUEST = "guest"

    def reaches(self, least: "Role") -> bool:
        """Whether this role may what `least` may."""
        return _RANKS[self] <= _RANKS[least]


_RANKS = {role: rank for rank, role in enumerate(Role)}
CONFINED = frozenset({Role.COMMENTER, Role.VIEWER, Role.GUEST})
"""Roles the database itself confines: they change only projects of which they are editors."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A person acting in one workspace; all they see and make belongs to it.

    `role` is what the door has found out; whoever works on somebody's behalf works as an editor.
    `operator` is who acts in the person's place, while they do.
    """

    user: UserId
    workspace: WorkspaceId
    role: Role = field(default=Role.EDITOR, compare=False)
    operator: UserId | None = field(default=None, compare=False)


class Activity(StrEnum):
    """What the system does on nobody's behalf; row-level policies name the activities they let in."""

    SIGN_IN = "sign_in"  # finding the user of a token, a session, a password, an invitation
    DISPATCH = "dispatch"  # running jobs: reading a job before its principal is known
    REAP = "reap"  # taking over from dead workers
    CLEAN_UP = "clean_up"  # forgetting what nobody needs
    POLL = "poll"  # asking vendors how calls stand, and hearing them ring
    AUDIT = "audit"  # reading money and the audit trail of all workspaces
    SHARE = "share"  # showing what a live share link names to whoever has it
    NOTICE = "notice"  # taking notices of strangers in, and asking what is held back
    DELIVER = "deliver"  # handing events of all workspaces to their subscribers


Who = Principal | Activity
"""Whoever opens a transaction; nobody else can."""
