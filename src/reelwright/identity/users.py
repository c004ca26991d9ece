"""People: who they are, and the one who owns this installation."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.emails import clean_email
from reelwright.identity.leaving import Leaving
from reelwright.identity.names import clean_name
from reelwright.identity.newcomers import make_person, person_of
from reelwright.identity.passwords import Passwords
from reelwright.identity.quotas import Quotas
from reelwright.identity.tables import CredentialRow, MembershipRow, UserRow, WorkspaceRow
from reelwright.identity.usage import UsageBook, UsageDay

_GB = 10**9
_ROLES = ("user", "admin")


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


@dataclass(frozen=True, slots=True)
class Books:
    """Who knows more of people than their rows say."""

    quotas: Quotas
    usage: UsageBook
    leaving: Leaving
    passwords: Passwords
    clock: Clock


class UserService:
    """Finds people, makes the local owner, and counts what people use.

    Without `books` it only finds: nothing can be counted, made or let go.
    """

    def __init__(self, database: Database, books: Books | None = None) -> None:
        self._database = database
        self._books = books

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

    async def usage(self, who: Principal, since: date, until: date) -> Sequence[UsageDay]:
        """What the one who asks has used, day by day of theirs."""
        return await self._known.usage.list(who, who.user, since, until)

    # From here on for scripts and plugins, which know people by their ids: no request may reach these,
    # for they believe whoever asks.

    async def create_user(
        self, email: str, username: str, password: str, role: str = "user"
    ) -> User:
        """Make a person (`user`, or `admin` for an operator) with a workspace of their own.

        Raises ConflictError for an address that is taken, InvalidInputError for what makes no sense.
        """
        if role not in _ROLES:
            raise InvalidInputError(f"{role[:60]!r} is no role", way_out=f"of {', '.join(_ROLES)}")
        address, name = clean_email(email), clean_name(username, "person")
        kept = await self._known.passwords.choose(password, name, address)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            made = await make_person(tx, name, address)
            if made is None:
                raise ConflictError("this address is taken", way_out="give another")
            now = self._known.clock.now()
            told = {"user_id": made.user, "password_hash": kept, "changed_at": now}
            await tx.execute(insert(CredentialRow).values(**told))
            if role == "admin":
                await tx.execute(update(UserRow).where(UserRow.id == made.user).values(admin=True))
            return user_of(await tx.get_one(UserRow, made.user, populate_existing=True))

    async def get_user(self, user_id: str) -> User:
        """A person; raises MissingError."""
        return await self.get(await self._as(user_id))

    async def update_user(
        self, user_id: str, *, name: str | None = None, zone: str | None = None
    ) -> User:
        """Change a person's name, or their time zone."""
        return await self.change(await self._as(user_id), name=name, zone=zone)

    async def delete_user(self, user_id: str) -> None:
        """Let a person go for good, as if they had asked for it; see `Leaving`."""
        await self._known.leaving.leave(await self._as(user_id))

    async def check_can_create_job(self, user: User) -> None:
        """Whether they may ask for another job now; raises QuotaError."""
        await self._known.quotas.check_jobs(await self._as(user.id))

    async def check_storage_available(self, user: User, gigabytes: float) -> None:
        """Whether so much more has room; raises QuotaError."""
        await self._known.quotas.check_storage(await self._as(user.id), _bytes(gigabytes))

    async def increment_job_count(self, user: User) -> None:
        """Count a job that is made elsewhere than by JobService, which counts its own."""
        who = await self._as(user.id)
        async with self._database.transaction(who) as tx:
            await self._known.quotas.charge_jobs(tx, who, 1)

    async def increment_storage(self, user: User, gigabytes: float) -> None:
        """Count bytes that are kept elsewhere than by the library; less than none are given back."""
        who, size = await self._as(user.id), _bytes(gigabytes)
        async with self._database.transaction(who) as tx:
            if size >= 0:
                await self._known.quotas.charge_storage(tx, who, size)
            else:
                await self._known.quotas.return_storage(tx, who.user, -size)

    async def record_daily_usage(
        self, user_id: str, jobs_created: int = 0, assets_created: int = 0
    ) -> UsageDay:
        """Add to what is known of a person's day, whatever the limits; the day as it is then."""
        who = await self._as(user_id)
        return await self._known.usage.note(who, jobs=jobs_created, assets=assets_created)

    @property
    def _known(self) -> Books:
        if self._books is None:
            raise RuntimeError("this UserService was made without books")
        return self._books

    async def _as(self, user_id: str) -> Principal:
        return await person_of(self._database, user_id)


def _bytes(gigabytes: float) -> int:
    if not math.isfinite(gigabytes):
        raise InvalidInputError("this is no number of gigabytes")
    return round(gigabytes * _GB)


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
