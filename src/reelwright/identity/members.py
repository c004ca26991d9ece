"""Members: who belongs to a workspace, or to one of its projects, as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.errors import ConflictError, DeniedError, MissingError
from reelwright.ground.ids import ProjectId, UserId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.identity.putting_out import end_offers, settle
from reelwright.identity.tables import MembershipRow, UserRow, WorkspaceRow

_ROLE_HERE = text("SELECT role_here(CAST(:project AS text))")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a workspace, or to the one project of it that is named."""

    user: UserId
    name: str
    email: str | None
    role: Role
    project: ProjectId | None
    since: datetime


class MemberService:
    """Looks after the members of the workspace of whoever asks, and of its projects.

    Owners and admins of a workspace may; of admins only its owner. The owner of a project may let
    others in to it. Others are denied (DeniedError).
    """

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    async def list(self, who: Principal, project: ProjectId | None = None) -> Sequence[Member]:
        """The members of the workspace, or those let in to a project besides; the first first."""
        statement = (
            select(MembershipRow, UserRow.name, UserRow.email)
            .join(UserRow, UserRow.id == MembershipRow.user_id)
            .where(MembershipRow.workspace_id == who.workspace, _place(project))
            .order_by(MembershipRow.created_at, MembershipRow.user_id)
        )
        async with self._database.read(who) as tx:
            return [_member(row, name, email) for row, name, email in await tx.execute(statement)]

    async def change(
        self, who: Principal, user: UserId, role: Role, project: ProjectId | None = None
    ) -> Member:
        """Give a member another role; the owner of the workspace keeps theirs (ConflictError)."""
        async with self._database.transaction(who) as tx:
            was = await self._one(tx, who, user, project)
            for one in (was.role, role):
                await may_admit(tx, one, project)
            if project is None:
                await _not_the_owner(tx, who, user)
            await tx.execute(
                update(MembershipRow).where(*_is(who, user, project)).values(role=role.value)
            )
            now = await self._one(tx, who, user, project)
            if not role.reaches(was.role):
                await end_offers(tx, user, who.workspace, project)
            await publish(tx, await self._noted(tx, who, "member:changed", now))
        return now

    async def remove(self, who: Principal, user: UserId, project: ProjectId | None = None) -> None:
        """Put a member out, or leave; what they made stays. Their own projects go to the owner.

        Out of the workspace is out of all its projects. Offers of theirs and to them end, accounts
        that they added are paused. The owner of the workspace stays (ConflictError).
        """
        async with self._database.transaction(who) as tx:
            was = await self._one(tx, who, user, project)
            if user != who.user:
                await may_admit(tx, was.role, project)
            if project is None:
                await _not_the_owner(tx, who, user)
            await end_offers(tx, user, who.workspace, project)
            await tx.execute(delete(MembershipRow).where(*_within(who, user, project)))
            told = await settle(tx, self._audit, who, user)
            removed = await self._noted(tx, who, "member:removed", was)
            await publish(tx, *told, removed)

    async def _one(self, tx: Tx, who: Principal, user: UserId, project: ProjectId | None) -> Member:
        statement = (
            select(MembershipRow, UserRow.name, UserRow.email)
            .join(UserRow, UserRow.id == MembershipRow.user_id)
            .where(*_is(who, user, project))
            .execution_options(populate_existing=True)
        )
        row = (await tx.execute(statement)).one_or_none()
        if row is None:
            raise MissingError("there is no such member")
        return _member(*row)

    async def _noted(self, tx: Tx, who: Principal, action: str, member: Member) -> NewEvent:
        said = {"user": member.user, "role": member.role.value, "project_id": member.project}
        await self._audit.write(tx, who, action, member.user, said)
        return NewEvent(action, member.project or who.workspace, said)


async def may_admit(tx: Tx, role: Role, project: ProjectId | None) -> None:
    """Raise DeniedError unless whoever opened the transaction may let people in as this, there."""
    there = await tx.scalar(_ROLE_HERE, {"project": None})
    if there == Role.OWNER or (
        there == Role.ADMIN and (project is not None or role not in {Role.OWNER, Role.ADMIN})
    ):
        return
    if project is not None and await tx.scalar(_ROLE_HERE, {"project": project}) == Role.OWNER:
        return
    raise DeniedError(
        f"you may not look after {role.value}s here",
        way_out="ask the owner of the project, or of the workspace",
    )


async def _not_the_owner(tx: Tx, who: Principal, user: UserId) -> None:
    owner = await tx.scalar(select(WorkspaceRow.owner_id).where(WorkspaceRow.id == who.workspace))
    if owner == user:
        raise ConflictError(
            "a workspace cannot be without its owner",
            way_out="hand it over first: POST /workspaces/{id}/transfer",
        )


def _place(project: ProjectId | None) -> ColumnElement[bool]:
    return MembershipRow.project_id.is_not_distinct_from(project)


def _is(who: Principal, user: UserId, project: ProjectId | None) -> tuple[ColumnElement[bool], ...]:
    return *_within(who, user, project), _place(project)


def _within(
    who: Principal, user: UserId, project: ProjectId | None
) -> tuple[ColumnElement[bool], ...]:
    """All places of somebody there: in a workspace also those on its projects."""
    theirs = (MembershipRow.workspace_id == who.workspace, MembershipRow.user_id == user)
    return theirs if project is None else (*theirs, _place(project))


def _member(row: MembershipRow, name: str, email: str | None) -> Member:
    project = ProjectId(row.project_id) if row.project_id else None
    return Member(UserId(row.user_id), name, email, Role(row.role), project, row.created_at)
