"""Signing up, in and out, by e-mail address and password."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    ConflictError,
    DeniedError,
    MissingError,
    UnauthenticatedError,
)
from reelwright.ground.ids import SessionId, UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.emails import clean_email
from reelwright.identity.evenness import Evenly
from reelwright.identity.mail_codes import MailCodes, Purpose
from reelwright.identity.names import clean_name
from reelwright.identity.newcomers import at_home, make_person, person_of, personal
from reelwright.identity.passwords import Passwords
from reelwright.identity.sessions import NO_DEVICE, Device, Session, SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import (
    CredentialRow,
    SessionRow,
    UserRow,
)
from reelwright.identity.throttling import Throttle
from reelwright.identity.users import User, user_of

_FRESH = timedelta(minutes=10)
_EVEN_S = 1.0
"""Refused sign-ins are answered at whole seconds: a bcrypt hash, and the note of who was known, take less."""


class SignInRefusedError(UnauthenticatedError):
    """The address and the password do not go together; which of the two is wrong is not told."""

    code = "sign_in_refused"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in, their session, and its text, which is told once."""

    user: User
    session: Session
    token: str

    def __iter__(self) -> Iterator[Any]:
        """`user, token = await auth.login(...)`, as scripts write it."""
        return iter((self.user, self.token))


class AuthService:
    """Recognises people by their passwords."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        sessions: SessionService,
        audit: AuditLog,
        throttle: Throttle,
        codes: MailCodes,
        settings: IdentitySettings,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._audit = audit
        self._throttle = throttle
        self._codes = codes
        self._settings = settings
        # One more than are hashed at once, who reads or writes meanwhile: the others wait in line,
        # and take no turns from requests that have nothing to do with them.
        self._line = asyncio.Semaphore(passwords.at_once + 1)

    async def sign_up(
        self,
        email: str,
        password: str,
        name: str,
        device: Device = NO_DEVICE,
        *,
        invited: str | None = None,
    ) -> SignedIn:
        """Make a person with a personal workspace, and sign them in; a letter asks for their address.

        `invited` is the address that was invited: an invitation is for that one alone. Raises
        DeniedError where signing up is not open to them, ConflictError for an address that is taken,
        InvalidInputError for what is no address, name or password.
        """
        email, name = clean_email(email), clean_name(name, "person")
        self._let_in(email, invited)
        await self._throttle.sign_up(device.address)
        kept = await self._passwords.choose(password, name, email)
        mailed = await self._throttle.letter_too(email)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            user = await make_person(tx, name, email)
            if user is None:
                raise ConflictError(
                    "this address has signed up already", way_out="sign in, or reset the password"
                )
            await tx.execute(
                insert(CredentialRow).values(
                    user_id=user.user, password_hash=kept, changed_at=self._clock.now()
                )
            )
            await self._audit.write(tx, user, "user:signed_up", user.user, _where(device))
            done = await self._begin(tx, user.user, device)
            if mailed:
                await self._codes.write(tx, user.user, user.workspace, Purpose.VERIFY, email)
            return done

    def _let_in(self, email: str, invited: str | None) -> None:
        """Raise DeniedError for whoever signing up is not open to."""
        if invited not in {None, email}:
            raise DeniedError(
                "this invitation is for another address", way_out="sign up with that one"
            )
        alone = invited is None and self._settings.sign_up != "open"
        if alone or self._settings.sign_up == "closed":
            raise DeniedError(
                "nobody can sign up here by themselves", way_out="ask for an invitation"
            )

    async def login(self, email: str, password: str, device: Device = NO_DEVICE) -> SignedIn:
        """Sign a person in. Raises SignInRefusedError, at the same moments for whatever is wrong.

        Raises RateLimitedError after too many tries at the account or from the address.
        """
        known = email.strip().lower()
        await self._throttle.sign_in(known, device.address)
        async with self._line:
            evenly = Evenly(_EVEN_S)
            try:
                return await self._sign_in(known, password, device)
            except SignInRefusedError as error:
                refusal = error
        await evenly.wait()  # and hold up nobody in the line
        raise refusal

    async def _sign_in(self, known: str, password: str, device: Device) -> SignedIn:
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = (await tx.execute(_by_email(known))).one_or_none()
        found, kept = (row[0], row[1]) if row else (None, None)
        right, newer = await self._passwords.verify(password, kept)
        if found is None or not right or found.suspended_at is not None:
            raise await self._refusal(found, device)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            if newer is not None:
                await _keep_password(tx, found.id, newer, self._clock.now(), instead_of=kept)
            who = await personal(tx, found.id)
            await self._audit.write(tx, who, "session:begun", found.id, _where(device))
            return await self._begin(tx, UserId(found.id), device)

    async def _refusal(self, found: UserRow | None, device: Device) -> SignInRefusedError:
        if found is not None:
            async with self._database.transaction(Activity.SIGN_IN) as tx:
                who = await personal(tx, UserId(found.id))
                await self._audit.write(tx, who, "session:refused", found.id, _where(device))
        return SignInRefusedError(
            "the address and the password do not go together",
            way_out="look at both, or reset the password",
        )

    async def logout(self, token: str) -> None:
        """End the session of a token; one that is over already is no error."""
        try:
            visitor = await self._sessions.admit(token)
        except UnauthenticatedError:
            return
        if visitor.session is not None:
            await self._sessions.revoke(visitor.principal, visitor.session)

    async def verify_token(self, token: str) -> User:
        """Whose session it is; raises UnauthenticatedError."""
        visitor = await self._sessions.admit(token)
        async with self._database.read(visitor.principal) as tx:
            return user_of(await tx.get_one(UserRow, visitor.principal.user))

    async def change_password(
        self, who: Principal, session: SessionId | None, old: str, new: str
    ) -> int:
        """Put a new password in place of the old one; all other sessions end, and all mailed codes.

        Answers how many sessions did. Raises SignInRefusedError for a wrong old one, PasswordRefusedError for a bad new one.
        """
        user, kept = await self.check_password(who, old)
        chosen = await self._passwords.choose(new, user.name, user.email)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            if not await _keep_password(tx, who.user, chosen, self._clock.now(), instead_of=kept):
                raise ConflictError("the password was changed meanwhile", way_out="sign in anew")
            ended = await self._sessions.revoke_in(tx, who.user, but=session)
            home, told = await at_home(tx, who), {"sessions_ended": ended}
            await self._audit.write(tx, home, "password:changed", who.user, told)
            await self._codes.end_all(tx, who.user)
        return ended

    async def prove(self, who: Principal, session: SessionId | None, password: str | None) -> None:
        """Make sure that it is the person themselves, before what cannot be undone.

        They have signed in a few minutes ago, or know their password; else SignInRefusedError.
        """
        if password is None:
            now = self._clock.now()
            async with self._database.read(who) as tx:
                begun = await tx.scalar(_begun(who, session or SessionId("")))
            if begun is not None and now - begun < _FRESH:
                return
            raise SignInRefusedError(
                "this asks for your password, or a fresh session", way_out="sign in anew"
            )
        await self.check_password(who, password)

    async def check_password(self, who: Principal, password: str) -> tuple[User, str | None]:
        """That it is they: by their password. Who they are, and what is kept of it.

        Raises SignInRefusedError, RateLimitedError.
        """
        await self._throttle.sign_in(who.user, None)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            user = await tx.get_one(UserRow, who.user)
            kept = await tx.scalar(_password_of(who.user))
        right, _ = await self._passwords.verify(password, kept)
        if not right:
            async with self._database.transaction(Activity.SIGN_IN) as tx:
                home = await at_home(tx, who)
                await self._audit.write(tx, home, "password:refused", who.user, {})
            raise SignInRefusedError("this is not your password", way_out="or reset it by mail")
        return user_of(user), kept

    # For scripts and plugins, which know people and sessions by their ids: no request may reach these,
    # for they believe whoever asks.

    async def get_user_sessions(self, user_id: str) -> Sequence[Session]:
        """The sessions of a person that are not over; raises MissingError for nobody."""
        return await self._sessions.list(await person_of(self._database, user_id))

    async def revoke_session(self, session_id: str) -> None:
        """End anybody's session; again is no error. Raises MissingError for none."""
        session = SessionId.parse(session_id)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            user = await tx.scalar(select(SessionRow.user_id).where(SessionRow.id == session))
        if user is None:
            raise MissingError("there is no such session")
        await self._sessions.revoke(await person_of(self._database, user), session)

    async def set_password(self, tx: Tx, user: UserId, password_hash: str) -> None:
        """Set a password in the transaction of whoever has proved who they are.

        All sessions and mailed codes end.
        """
        statement = insert(CredentialRow).values(
            user_id=user, password_hash=password_hash, changed_at=self._clock.now()
        )
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id"],
                set_={"password_hash": password_hash, "changed_at": self._clock.now()},
            )
        )
        told = {"sessions_ended": await self._sessions.revoke_in(tx, user)}
        await self._audit.write(tx, await personal(tx, user), "password:reset", user, told)
        await self._codes.end_all(tx, user)

    async def begin(self, tx: Tx, user: UserId, device: Device) -> SignedIn:
        """A session for a person whom something else than a password has shown to be one."""
        who = await personal(tx, user)
        await self._audit.write(tx, who, "session:begun", user, _where(device))
        return await self._begin(tx, user, device)

    async def _begin(self, tx: Tx, user: UserId, device: Device) -> SignedIn:
        session, text = await self._sessions.begin(tx, user, device)
        return SignedIn(user_of(await tx.get_one(UserRow, user)), session, text)


async def still_known(tx: Tx, user: UserId, password_hash: str | None) -> bool:
    """Whether a password that was checked is still theirs; it stays so until the commit."""
    kept = _password_of(user).where(CredentialRow.password_hash == password_hash)
    return await tx.scalar(kept.with_for_update(read=True)) is not None


async def _keep_password(
    tx: Tx, user: UserId, password_hash: str, now: datetime, *, instead_of: str | None
) -> bool:
    """Unless it was changed since it was looked at."""
    kept = await tx.scalar(
        update(CredentialRow)
        .where(CredentialRow.user_id == user, CredentialRow.password_hash == instead_of)
        .values(password_hash=password_hash, changed_at=now)
        .returning(CredentialRow.user_id)
    )
    return kept is not None


def _by_email(email: str) -> Select[*tuple[UserRow, str]]:
    return (
        select(UserRow, CredentialRow.password_hash)
        .outerjoin(CredentialRow, CredentialRow.user_id == UserRow.id)
        .where(UserRow.email == email)
    )


def _begun(who: Principal, session: SessionId) -> Select[*tuple[datetime]]:
    mine = (SessionRow.user_id == who.user, SessionRow.operator_id.is_(None))
    return select(SessionRow.created_at).where(SessionRow.id == session, *mine)


def _password_of(user: UserId) -> Select[*tuple[str]]:
    return select(CredentialRow.password_hash).where(CredentialRow.user_id == user)


def _where(device: Device) -> dict[str, str | None]:
    return {"address": device.address, "agent": (device.agent or "")[:300] or None}
