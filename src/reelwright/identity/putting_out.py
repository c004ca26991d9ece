"""Putting somebody out, by others or by themselves: with their place ends what they offered, owned and paid for there."""

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog

_END_OFFERS = text("SELECT end_offers(CAST(:here AS text), :person, CAST(:place AS text))")
_SETTLE = text("SELECT project, heir FROM settle_leaver(:here, :person)")
_CLEAR_OUT = text("SELECT workspace_id, user_id, project_id, role FROM clear_out(:person)")


async def end_offers(
    tx: Tx, user: UserId, workspace: WorkspaceId | None, project: str | None = None
) -> None:
    """Take back what somebody offers in a workspace, or everywhere, and what is offered them there.

    Before their place ends: whoever accepts meanwhile holds the offer, and is waited for.
    """
    await tx.execute(_END_OFFERS, {"here": workspace, "person": user, "place": project})


async def settle(tx: Tx, audit: AuditLog, who: Principal, user: UserId) -> list[NewEvent]:
    """Give what somebody without a place owns to the workspace's owner, and pause their accounts.

    Does nothing for whoever has a place. The events of it are to be published last.
    """
    told = []
    for row in await tx.execute(_SETTLE, {"here": who.workspace, "person": user}):
        said = {"user": row.heir, "was": user, "left": True}
        await audit.write(tx, who, "project:handed_over", row.project, said)
        told.append(NewEvent("project:handed_over", row.project, said, who.workspace))
    return told


async def clear_out(tx: Tx, audit: AuditLog, user: UserId) -> None:
    """Leave somebody alone with what is theirs: others may have been let in before they proved who they are.

    Members and guests of their workspaces are put out; offers and share links are revoked, accounts
    of vendors paused until they say that these are theirs.
    """
    told = []
    for row in (await tx.execute(_CLEAR_OUT, {"person": user})).all():
        said = {"user": row.user_id, "role": row.role, "project_id": row.project_id}
        there = Principal(user, WorkspaceId(row.workspace_id))
        await audit.write(tx, there, "member:removed", row.user_id, said)
        place = row.project_id or there.workspace
        told.append(NewEvent("member:removed", place, said, there.workspace))
    await publish(tx, *told)
