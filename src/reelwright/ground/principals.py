"""Who is asking: a person in a workspace, or one of the system's own activities."""

from dataclasses import dataclass
from enum import StrEnum

from reelwright.ground.ids import UserId, WorkspaceId


@dataclass(frozen=True, slots=True)
class Principal:
    """A person acting in one workspace; all they see and make belongs to it."""

    user: UserId
    workspace: WorkspaceId


class Activity(StrEnum):
    """What the system does on nobody's behalf; row-level policies name the activities they let in."""

    SIGN_IN = "sign_in"  # finding the user of a token
    DISPATCH = "dispatch"  # running jobs: reading a job before its principal is known
    REAP = "reap"  # taking over from dead workers
    CLEAN_UP = "clean_up"  # forgetting what nobody needs
    POLL = "poll"  # asking vendors how calls stand, and hearing them ring
    AUDIT = "audit"  # reading money and the audit trail of all workspaces
    DELIVER = "deliver"  # handing events of all workspaces to their subscribers


Who = Principal | Activity
"""Whoever opens a transaction; nobody else can."""
