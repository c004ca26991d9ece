"""Groups elsewhere, and what their members are in workspaces here: again at each sign-in."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.identity.oauth.settings import ProviderSettings
from reelwright.identity.putting_out import end_offers, settle
from reelwright.identity.tables import MembershipRow, WorkspaceRow


def roles_of(settings: ProviderSettings, groups: Iterable[str]) -> dict[str, Role | None]:
    """The highest role in each workspace that the settings name; None: no place in it."""
    roles: dict[str, Role | None] = {one.workspace: None for one in settings.groups.values()}
    for group in groups:
        if place := settings.groups.get(group):
            role, has = Role(place.role), roles[place.workspace]
            roles[place.workspace] = role if has is None or role.reaches(has) else has
    return roles


async def apply_groups(
    tx: Tx, audit: AuditLog, user: UserId, roles: dict[str, Role | None]
) -> None:
    """Make somebody what their groups say, and note what has changed. Owners stay what they are."""
    asked = (
        select(WorkspaceRow.id, MembershipRow.role)
        .outerjoin(
            MembershipRow,
            (MembershipRow.workspace_id == WorkspaceRow.id)
            & (MembershipRow.user_id == user)
            & MembershipRow.project_id.is_(None),
        )
        .where(WorkspaceRow.id.in_(roles), WorkspaceRow.owner_id != user)
    )
    told: list[NewEvent] = []
    for workspace, has in (await tx.execute(asked.order_by(WorkspaceRow.id))).all():
        role = roles[workspace]
        if has in {role.value if role else None, Role.OWNER.value}:
            continue
        there = Principal(user, WorkspaceId(workspace))
        if has is not None and (role is None or not role.reaches(Role(has))):
            await end_offers(tx, user, there.workspace)
        await _put(tx, workspace, user, role)
        told += await settle(tx, audit, there, user)
        detail = {"role": role.value if role else None, "was": has}
        await audit.write(tx, there, "member:changed", user, detail)
    await publish(tx, *told)


async def _put(tx: Tx, workspace: str, user: UserId, role: Role | None) -> None:
    if role is None:
        here = (MembershipRow.workspace_id == workspace) & (MembershipRow.user_id == user)
        await tx.execute(delete(MembershipRow).where(here))
        return
    adding = insert(MembershipRow).values(workspace_id=workspace, user_id=user, role=role.value)
    await tx.execute(
        adding.on_conflict_do_update(
            index_elements=["workspace_id", "user_id", "project_id"], set_={"role": role.value}
        )
    )
