"""Workspaces: the tenants. Members see one, its owner changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.errors import ConflictError, DeniedError, MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.identity.names import clean_name
from reelwright.identity.tables import MembershipRow, WorkspaceRow


@dataclass(frozen=True, slots=True)
class Workspace:
    """A place of work, of one person or of a team."""

    id: WorkspaceId
    name: str
    owner: UserId
    personal: bool
    archived_at: datetime | None
    created_at: datetime


class WorkspaceService:
    """Makes, lists, renames and archives workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, who: Principal, name: str) -> Workspace:
        """A new workspace that belongs to the one who asks."""
        workspace = WorkspaceId.new()
        name = clean_name(name, "workspace")
        async with self._database.transaction(who) as tx:
            await tx.execute(
                insert(WorkspaceRow).values(id=workspace, name=name, owner_id=who.user)
            )
            await tx.execute(
                insert(MembershipRow).values(workspace_id=workspace, user_id=who.user, role="owner")
            )
            return await _find(tx, workspace)

    async def get(self, who: Principal, workspace: WorkspaceId) -> Workspace:
        """A workspace the one who asks belongs to, else MissingError."""
        async with self._database.read(who) as tx:
            return await _find(tx, workspace)

    async def list(self, who: Principal, *, archived: bool = False) -> Sequence[Workspace]:
        """All workspaces of the one who asks, their personal one first; archived ones on demand."""
        statement = select(WorkspaceRow).order_by(WorkspaceRow.personal.desc(), WorkspaceRow.id)
        if not archived:
            statement = statement.where(WorkspaceRow.archived_at.is_(None))
        async with self._database.read(who) as tx:
            return [_workspace(row) for row in await tx.scalars(statement)]

    async def rename(self, who: Principal, workspace: WorkspaceId, name: str) -> Workspace:
        """Give a workspace another name; DeniedError for members who do not own it."""
        name = clean_name(name, "workspace")
        async with self._database.transaction(who) as tx:
            await _owned(tx, who, workspace)
            return await _change(tx, workspace, name=name)

    async def archive(self, who: Principal, workspace: WorkspaceId) -> Workspace:
        """Put a workspace away; nothing in it is lost. The personal one stays (ConflictError)."""
        async with self._database.transaction(who) as tx:
            found = await _owned(tx, who, workspace)
            if found.personal:
                raise ConflictError("the personal workspace cannot be archived")
            return await _change(tx, workspace, archived_at=func.now())

    async def restore(self, who: Principal, workspace: WorkspaceId) -> Workspace:
        """Take an archived workspace out again."""
        async with self._database.transaction(who) as tx:
            await _owned(tx, who, workspace)
            return await _change(tx, workspace, archived_at=None)

    async def default(self, who: Principal) -> Workspace:
        """The personal workspace of the one who asks."""
        statement = select(WorkspaceRow).where(
            WorkspaceRow.owner_id == who.user, WorkspaceRow.personal
        )
        async with self._database.read(who) as tx:
            row = (await tx.scalars(statement)).one_or_none()
        if row is None:
            raise MissingError("there is no personal workspace")
        return _workspace(row)

    async def enter(self, who: Principal, workspace: WorkspaceId) -> Principal:
        """The same person in another workspace they belong to, else MissingError."""
        await self.get(who, workspace)
        return Principal(who.user, workspace)


async def _find(tx: Tx, workspace: WorkspaceId) -> Workspace:
    statement = select(WorkspaceRow).where(WorkspaceRow.id == workspace)
    row = (await tx.scalars(statement.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise MissingError("there is no such workspace")
    return _workspace(row)


async def _owned(tx: Tx, who: Principal, workspace: WorkspaceId) -> Workspace:
    found = await _find(tx, workspace)
    if found.owner != who.user:
        raise DeniedError(
            "only the owner changes a workspace", way_out="ask the owner of the workspace"
        )
    return found


async def _change(tx: Tx, workspace: WorkspaceId, **values: object) -> Workspace:
    await tx.execute(update(WorkspaceRow).where(WorkspaceRow.id == workspace).values(**values))
    return await _find(tx, workspace)


def _workspace(row: WorkspaceRow) -> Workspace:
    return Workspace(
        WorkspaceId(row.id),
        row.name,
        UserId(row.owner_id),
        row.personal,
        row.archived_at,
        row.created_at,
    )
