"""Accounts elsewhere by which people sign in: found, linked, unlinked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.ids import SocialAccountId, UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.emails import clean_email
from reelwright.identity.names import LONGEST, clean_name
from reelwright.identity.newcomers import at_home, make_person, personal
from reelwright.identity.oauth.provider import Outsider
from reelwright.identity.tables import SocialAccountRow, UserRow
from reelwright.identity.ways_in import keep_one


class EmailUnprovedError(DeniedError):
    """The place elsewhere does not say that the address is theirs."""

    code = "email_unproved"


class LinkRefusedError(ConflictError):
    """Somebody has the address or the account already; nobody is let in on a likeness."""

    code = "link_refused"


@dataclass(frozen=True, slots=True)
class SocialAccount:
    """An account elsewhere that belongs to a person here."""

    id: SocialAccountId
    provider: str
    subject: str
    email: str | None
    name: str | None
    created_at: datetime
    used_at: datetime


class SocialAccountService:
    """Knows which accounts elsewhere belong to whom."""

    def __init__(self, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit

    async def list(self, who: Principal) -> Sequence[SocialAccount]:
        """The accounts elsewhere of whoever asks, the first linked first."""
        mine = select(SocialAccountRow).where(SocialAccountRow.user_id == who.user)
        async with self._database.read(who) as tx:
            return [_account(row) for row in await tx.scalars(mine.order_by(SocialAccountRow.id))]

    async def unlink(self, who: Principal, account: SocialAccountId) -> None:
        """Let nobody in by an account any more. ConflictError for the last way in, MissingError."""
        mine = (SocialAccountRow.id == account) & (SocialAccountRow.user_id == who.user)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await tx.scalar(select(SocialAccountRow).where(mine))
            if row is None:
                raise MissingError("there is no such account")
            await keep_one(tx, who.user)
            await tx.execute(delete(SocialAccountRow).where(mine))
            home = await at_home(tx, who)
            await self._audit.write(
                tx, home, "identity:unlinked", account, {"provider": row.provider}
            )

    async def link(self, tx: Tx, user: UserId, provider: str, outsider: Outsider) -> None:
        """Let somebody in by an account from now on; raises LinkRefusedError if it is another's."""
        now, account = self._clock.now(), SocialAccountId.new()
        values = {"email": outsider.email, "name": (outsider.name or "")[:LONGEST] or None}
        adding = insert(SocialAccountRow).values(
            id=account,
            user_id=user,
            provider=provider,
            subject=outsider.subject,
            created_at=now,
            used_at=now,
            **values,
        )
        owner = await tx.scalar(
            adding.on_conflict_do_update(
                index_elements=["provider", "subject"],
                set_={"used_at": now, **values},
                where=SocialAccountRow.user_id == user,
            ).returning(SocialAccountRow.id)
        )
        if owner is None:
            raise LinkRefusedError(
                "this account belongs to another person here", way_out="unlink it there first"
            )
        if owner == account:
            home = await personal(tx, user)
            await self._audit.write(tx, home, "identity:linked", account, {"provider": provider})

    async def admit(self, tx: Tx, provider: str, outsider: Outsider, *, may_join: bool) -> UserId:
        """Whom somebody elsewhere is here; made if nobody is and they may join.

        An account is linked to a person by its address only when both sides have proved it. Raises
        EmailUnprovedError, LinkRefusedError, DeniedError.
        """
        known = await tx.scalar(
            update(SocialAccountRow)
            .where(
                SocialAccountRow.provider == provider, SocialAccountRow.subject == outsider.subject
            )
            .values(used_at=self._clock.now())
            .returning(SocialAccountRow.user_id)
        )
        if known is not None:
            return UserId(known)
        email = _proved(outsider)
        found = await tx.scalar(select(UserRow).where(UserRow.email == email))
        user = await self._join(tx, email, outsider, may_join) if found is None else _same(found)
        await self.link(tx, user, provider, outsider)
        return user

    async def _join(self, tx: Tx, email: str, outsider: Outsider, may_join: bool) -> UserId:
        if not may_join:
            raise DeniedError(
                "nobody can sign up here by themselves", way_out="ask for an invitation"
            )
        who = await make_person(tx, _name(outsider, email), email, verified=self._clock.now())
        if who is None:  # somebody has taken the address this moment
            raise _likeness()
        await self._audit.write(tx, who, "user:signed_up", who.user, {})
        return who.user


def _proved(outsider: Outsider) -> str:
    if outsider.email is None or not outsider.verified:
        raise EmailUnprovedError(
            "your address is not proved there", way_out="prove it there, and come again"
        )
    return clean_email(outsider.email)


def _same(found: UserRow) -> UserId:
    if found.email_verified_at is None:
        raise _likeness()
    return UserId(found.id)


def _likeness() -> LinkRefusedError:
    return LinkRefusedError(
        "somebody here has this address, and has not proved it",
        way_out="sign in, or reset the password by mail, and link the account then",
    )


def _name(outsider: Outsider, email: str) -> str:
    for name in (outsider.name or "", email.partition("@")[0]):
        try:
            return clean_name(name[:LONGEST], "person")
        except InvalidInputError:
            continue
    return "Somebody"


def _account(row: SocialAccountRow) -> SocialAccount:
    return SocialAccount(
        SocialAccountId(row.id),
        row.provider,
        row.subject,
        row.email,
        row.name,
        row.created_at,
        row.used_at,
    )
