"""People: who they are, and the one who owns this installation."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.names import clean_name
from reelwright.identity.tables import MembershipRow, UserRow, WorkspaceRow


@dataclass(frozen=True, slots=True)
class User:
    """A person; an `admin` operates the installation.

    `plan` names their limits (None: the usual ones); each `max_` overrules one of them.
    """

    id: UserId
    name: str
    email: str | None
    local: bool
    admin: bool
    created_at: datetime
    max_accounts: int | None = None
    zone: str = "UTC"
    email_verified_at: datetime | None = None
    suspended_at: datetime | None = None
    plan: str | None = None
    max_jobs_a_day: int | None = None
    max_jobs_at_once: int | None = None
    max_storage: int | None = None


class UserService:
    """Finds people, and makes the local owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, who: Principal) -> User:
        """The one who asks; raises MissingError when they are gone."""
        async with self._database.read(who) as tx:
            row = await tx.get(UserRow, who.user)
        if row is None:
            raise MissingError("there is no such user")
        return user_of(row)

    async def change(
        self, who: Principal, *, name: str | None = None, zone: str | None = None
    ) -> User:
        """Change the name, or the time zone (IANA), of the one who asks; raises InvalidInputError."""
        told = {"name": clean_name(name, "person")} if name is not None else {}
        if zone is not None:
            told["zone"] = _known_zone(zone)
        async with self._database.transaction(who) as tx:
            if told:
                await tx.execute(update(UserRow).where(UserRow.id == who.user).values(**told))
            return user_of(await tx.get_one(UserRow, who.user))

    async def local_owner(self) -> Principal:
        """The owner of this installation in their personal workspace; both are made when missing.

        Any number of processes may ask at once: the unique indexes let one of them make the rows,
        and the others wait for it and read them.
        """
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            found = await _local(tx)
            if found is None:
                await _make_local(tx)
                found = await _local(tx)
        assert found is not None  # made above, or by whoever made us wait
        return found


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInputError(
            f"{zone[:60]!r} is no time zone", way_out="write one as Europe/Berlin"
        ) from None
    return zone


_FIELDS = tuple(one.name for one in fields(User))


def user_of(row: UserRow) -> User:
    """A person as their row says."""
    return user_from({name: getattr(row, name) for name in _FIELDS})


def user_from(row: Mapping[Any, Any]) -> User:
    """The same, of a row of columns."""
    return User(**{name: row[name] for name in _FIELDS} | {"id": UserId(row["id"])})


async def _local(tx: Tx) -> Principal | None:
    statement = (
        select(UserRow.id, WorkspaceRow.id)
        .join(WorkspaceRow, WorkspaceRow.owner_id == UserRow.id)
        .where(UserRow.local, WorkspaceRow.personal)
    )
    row = (await tx.execute(statement)).one_or_none()
    return None if row is None else Principal(UserId(row[0]), WorkspaceId(row[1]))


async def _make_local(tx: Tx) -> None:
    user = insert(UserRow).values(id=UserId.new(), name="Owner", local=True, admin=True)
    await tx.execute(user.on_conflict_do_nothing())
    owner = await tx.scalar(select(UserRow.id).where(UserRow.local))
    workspace = insert(WorkspaceRow).values(
        id=WorkspaceId.new(), name="Personal", owner_id=owner, personal=True
    )
    await tx.execute(workspace.on_conflict_do_nothing())
    personal = await tx.scalar(
        select(WorkspaceRow.id).where(WorkspaceRow.owner_id == owner, WorkspaceRow.personal)
    )
    member = insert(MembershipRow).values(workspace_id=personal, user_id=owner, role="owner")
    await tx.execute(member.on_conflict_do_nothing())
