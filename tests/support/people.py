"""People for tests: users with a personal workspace, and who looks after them."""

from sqlalchemy import insert

from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.operators import Operators
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import MembershipRow, UserRow, WorkspaceRow
from reelwright.identity.tokens import TokenService


async def new_person(database, name="Ada"):
    """A person in a personal workspace of their own."""
    who = Principal(UserId.new(), WorkspaceId.new())
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(insert(UserRow).values(id=who.user, name=name))
        await tx.execute(
            insert(WorkspaceRow).values(
                id=who.workspace, name="Personal", owner_id=who.user, personal=True
            )
        )
    await join(database, who, who.workspace, "owner")
    return who


async def join(database, who, workspace, role="editor"):
    """Make a person a member of a workspace."""
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(
            insert(MembershipRow).values(workspace_id=workspace, user_id=who.user, role=role)
        )


def operators_of(database, sessions=None, tokens=None):
    """What operators can do about people."""
    clock, settings = SystemClock(), IdentitySettings()
    audit = AuditLog(database, clock)
    return Operators(
        database,
        clock,
        audit,
        sessions or SessionService(database, clock, audit, settings),
        tokens or TokenService(database, clock, audit, settings),
        QuotaSettings(),
    )
