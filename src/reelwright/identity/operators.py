"""What operators do about people: who else operates, who may have how much, who is kept out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypedDict

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.newcomers import personal
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.putting_out import end_offers
from reelwright.identity.sessions import NO_DEVICE, Device, Session, SessionService
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import User, user_from

_FIND = text(
    "SELECT * FROM operated_users(CAST(:only AS text), CAST(:wanted AS text),"
    " CAST(:after AS text), CAST(:most AS integer))"
)
_CHANGE = text("SELECT operate_user(:id, :said)").bindparams(bindparam("said", type_=JSONB))
_BEGINNING = Paging()
_LIMITS = {f"max_{name}": name for name in Limits.model_fields}


class UserChange(TypedDict, total=False):
    """What is to be changed of a person; what is left out stays, None is as their plan says."""

    admin: bool
    plan: str | None
    max_jobs_a_day: int | None
    max_jobs_at_once: int | None
    max_storage: int | None
    max_accounts: int | None


class Operators:
    """Looks after people. Only operators may; the database asks itself whether one is.

    All that is done is written to the audit trail of the operator's workspace, and that they come in
    a person's place to that person's own. Who owns the
    installation stays an operator, and is not kept out (ConflictError).
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        sessions: SessionService,
        tokens: TokenService,
        settings: QuotaSettings,
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._sessions = sessions
        self._tokens = tokens
        self._settings = settings

    async def list(
        self, who: Principal, search: str | None = None, paging: Paging = _BEGINNING
    ) -> Page[User]:
        """People, the first first; with `search` those whose name, address or id has it.

        Raises DeniedError.
        """
        after = paging.after()
        asked = {"wanted": search, "after": str(after[0]) if after else None}
        async with self._database.transaction(who) as tx:
            rows = await _found(tx, asked | {"most": paging.limit + 1})
            if not rows:
                await require_operator(tx, who)
        return paging.page([user_from(row) for row in rows], lambda user: [user.id])

    async def get(self, who: Principal, user: UserId) -> User:
        """One person; raises DeniedError, MissingError."""
        async with self._database.transaction(who) as tx:
            return await seen(tx, who, user)

    async def change(self, who: Principal, user: UserId, change: UserChange) -> User:
        """Say whether a person operates the installation, their plan, and what overrules its limits.

        Raises InvalidInputError for what is no plan or limit, DeniedError, MissingError.
        """
        self._check(change)
        async with self._database.transaction(who) as tx:
            was = await seen(tx, who, user)
            if was.local and change.get("admin") is False:
                raise ConflictError("the owner of the installation stays an operator")
            return await self._change(tx, who, was, "user:changed", change, change)

    async def suspend(self, who: Principal, user: UserId, reason: str) -> User:
        """Keep a person out: their sessions end at once, their tokens are good for nothing.

        What they have offered, and was offered them, is taken back. What they have asked for goes on.
        Twice is no error.
        """
        async with self._database.transaction(who) as tx:
            was = await seen(tx, who, user)
            if was.local:
                raise ConflictError("the owner of the installation is not kept out")
            if was.suspended_at is not None:
                return was
            said = {"suspended_at": self._clock.now().isoformat()}
            now = await self._change(tx, who, was, "user:suspended", said, {"reason": reason})
            await end_offers(tx, user, None)
        self._sessions.forget(user)
        self._tokens.forget(user)
        return now

    async def restore(self, who: Principal, user: UserId) -> User:
        """Let a person in again; they sign in anew. Twice is no error."""
        async with self._database.transaction(who) as tx:
            was = await seen(tx, who, user)
            if was.suspended_at is None:
                return was
            return await self._change(tx, who, was, "user:restored", {"suspended_at": None}, {})

    async def act_for(
        self, who: Principal, user: UserId, reason: str, device: Device = NO_DEVICE
    ) -> tuple[Session, str]:
        """A session in a person's place, for an hour at most; and its text, told once.

        The person sees it among their own and may end it; it ends with the operator's office too. All
        that is written to the audit trail meanwhile names the operator.
        """
        async with self._database.transaction(who) as tx:
            person = await seen(tx, who, user)
            if person.suspended_at is not None:
                raise ConflictError("this person is kept out", way_out="restore them first")
            if who.operator is not None or user == who.user:
                raise ConflictError("act as yourself", way_out="sign in as an operator")
            await self._audit.write(tx, who, "user:acted_for", user, {"reason": reason})
        # Only signing in writes sessions; the deed is noted before, so there is none that is not.
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            instead = replace(await personal(tx, user), operator=who.user)
            await self._audit.write(tx, instead, "session:begun", user, {})
            return await self._sessions.begin(tx, user, device, operator=who.user)

    def _check(self, change: UserChange) -> None:
        plan = change.get("plan")
        if plan is not None and plan not in self._settings.plans:
            raise InvalidInputError(
                f"there is no plan {plan[:60]!r}", way_out=f"of {', '.join(self._settings.plans)}"
            )
        try:
            Limits.model_validate(
                {name: change.get(column) for column, name in _LIMITS.items() if column in change}
            )
        except ValueError:
            raise InvalidInputError("a limit is a number, 0 or more") from None

    async def _change(
        self,
        tx: Tx,
        who: Principal,
        was: User,
        action: str,
        said: Mapping[str, Any],
        detail: Mapping[str, Any],
    ) -> User:
        await tx.execute(_CHANGE, {"id": was.id, "said": dict(said)})
        await self._audit.write(tx, who, action, was.id, detail)
        return await seen(tx, who, was.id)


async def seen(tx: Tx, who: Principal, user: UserId) -> User:
    """A person as an operator sees them; raises DeniedError, MissingError."""
    rows = await _found(tx, {"only": user, "most": 1})
    if rows:
        return user_from(rows[0])
    await require_operator(tx, who)
    raise MissingError("there is no such user")


async def require_operator(tx: Tx, who: Principal) -> None:
    """Raise DeniedError unless the one who asks operates the installation."""
    if not await _found(tx, {"only": who.user, "most": 1}):  # an operator sees at least themselves
        raise DeniedError("only an operator may", way_out="ask whoever runs this installation")


async def _found(tx: Tx, asked: Mapping[str, Any]) -> "list[RowMapping]":
    told = {"only": None, "wanted": None, "after": None, **asked}
    return list((await tx.execute(_FIND, told)).mappings().all())
