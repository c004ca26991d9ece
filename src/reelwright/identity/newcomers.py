"""People as they come in: a person and their personal workspace are made together."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import NoResultFound

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.tables import MembershipRow, UserRow, WorkspaceRow


async def make_person(
    tx: Tx, name: str, email: str, *, verified: datetime | None = None
) -> Principal | None:
    """A new person with their personal workspace; None if the address is taken."""
    user, workspace = UserId.new(), WorkspaceId.new()
    adding = insert(UserRow).values(id=user, name=name, email=email, email_verified_at=verified)
    made = await tx.scalar(adding.on_conflict_do_nothing().returning(UserRow.id))
    if made is None:
        return None
    await tx.execute(
        insert(WorkspaceRow).values(id=workspace, name="Personal", owner_id=user, personal=True)
    )
    await tx.execute(
        insert(MembershipRow).values(workspace_id=workspace, user_id=user, role=Role.OWNER.value)
    )
    return Principal(user, workspace, Role.OWNER)


async def personal(tx: Tx, user: UserId) -> Principal:
    """A person in their personal workspace, where what happens to them is noted."""
    statement = select(WorkspaceRow.id).where(WorkspaceRow.owner_id == user, WorkspaceRow.personal)
    return Principal(user, WorkspaceId((await tx.execute(statement)).scalar_one()), Role.OWNER)


async def at_home(tx: Tx, who: Principal) -> Principal:
    """The same in their personal workspace; who acts in their place is named there too."""
    return replace(await personal(tx, who.user), operator=who.operator)


async def go_home(database: Database, who: Principal) -> Principal:
    """The same, for a transaction of its own: what concerns a person alone is noted at home."""
    async with database.transaction(who) as tx:
        return await at_home(tx, who)


async def person_of(database: Database, user_id: str) -> Principal:
    """Whoever has an id, for scripts that know no other name of them; raises MissingError.

    No request may reach this: it believes whoever asks.
    """
    known = UserId.parse(user_id)
    async with database.transaction(Activity.SIGN_IN) as tx:
        try:
            return await personal(tx, known)
        except NoResultFound:
            raise MissingError(f"there is no user {known}") from None
