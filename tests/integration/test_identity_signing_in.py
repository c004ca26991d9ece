"""Signing up, in and out: passwords, sessions, and what wrong tries come to."""

import asyncio
from datetime import UTC, datetime, timedelta

import bcrypt
import pytest
from sqlalchemy import delete, select, text, update

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.database.failures import RightsError
from reelwright.engines.limits.limiter import Limiter, RateLimitedError
from reelwright.engines.limits.settings import LimitSettings
from reelwright.ground.errors import ConflictError, DeniedError, MissingError, UnauthenticatedError
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Activity, Role
from reelwright.identity import auth_service
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService, SignInRefusedError
from reelwright.identity.evenness import Evenly
from reelwright.identity.mail_codes import CodeKey, MailCodes
from reelwright.identity.passwords import PasswordRefusedError, Passwords
from reelwright.identity.roles import NoPlaceError
from reelwright.identity.sessions import Device, SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import CredentialRow, UserRow
from reelwright.identity.throttling import Throttle
from support.people import join, new_person

pytestmark = pytest.mark.anyio

WORDS = "lighthouse keeper 7"
AT_HOME = Device("192.0.2.7", "a browser")


class Clock:
    def __init__(self):
        self.time = datetime(2026, 11, 30, 12, tzinfo=UTC)

    def now(self):
        return self.time


class Desk:
    """All that signing in takes."""

    def __init__(self, database, limits=None, **settings):
        self.clock = Clock()
        limiter = Limiter(LimitSettings(**limits or {}), CacheSettings(), self.clock)
        given = IdentitySettings.model_validate({"sign_up": "open", "remember_s": 0, **settings})
        self.passwords = Passwords()
        self.audit = AuditLog(database, self.clock)
        self.sessions = SessionService(database, self.clock, self.audit, given)
        self.auth = AuthService(
            database,
            self.clock,
            self.passwords,
            self.sessions,
            self.audit,
            Throttle(limiter),
            MailCodes(self.clock, given, CodeKey(b"k" * 32)),
            given,
        )

    async def ada(self):
        return await self.auth.sign_up("Ada@Example.com", WORDS, "Ada", AT_HOME)


@pytest.fixture
def desk(database):
    desk = Desk(database)
    yield desk
    desk.passwords.close()


async def test_whoever_signs_up_has_a_workspace_of_their_own_and_is_signed_in(desk):
    made = await desk.ada()
    assert (made.user.email, made.user.name, made.user.admin) == ("ada@example.com", "Ada", False)
    visitor = await desk.sessions.admit(made.token)
    assert (visitor.principal.user, visitor.principal.role) == (made.user.id, Role.OWNER)
    assert await desk.auth.verify_token(made.token) == made.user


async def test_one_address_is_one_person_however_it_is_written_and_however_many_come_at_once(desk):
    tries = (desk.auth.sign_up(one, WORDS, "Ada") for one in ("a@b.org", "A@b.org", " a@B.ORG "))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == [
        "ConflictError",
        "ConflictError",
        "SignedIn",
    ]


@pytest.mark.parametrize("password", ["short", "password123", "ada@example.com", "x" * 300])
async def test_what_is_guessed_first_is_no_password(desk, password):
    with pytest.raises(PasswordRefusedError):
        await desk.auth.sign_up("ada@example.com", password, "Ada")


@pytest.mark.parametrize("sign_up", ["closed", "invited"])
async def test_where_signing_up_is_not_open_nobody_does_by_themselves(database, sign_up):
    desk = Desk(database, sign_up=sign_up)
    with pytest.raises(DeniedError):
        await desk.ada()
    desk.passwords.close()


async def test_a_wrong_password_and_an_unknown_address_have_one_answer(desk):
    await desk.ada()
    said = set()
    for email, password in (("ada@example.com", "wrong"), ("bo@example.com", WORDS), ("", "")):
        with pytest.raises(SignInRefusedError) as caught:
            await desk.auth.login(email, password)
        said.add(str(caught.value))
    assert len(said) == 1


class Meter:
    """A clock that goes as far as work is done, at what each piece of it costs, and as far as one sleeps."""

    def __init__(self, desk, monkeypatch):
        self.now, self.hashes, self.worked = 0.0, 0, 0.0
        verify, transaction = desk.passwords.verify, desk.auth._database.transaction

        async def checked(password, kept):
            self.hashes += 1
            self._work(0.4 if kept and kept.startswith("$2b$") else 0.02)
            return await verify(password, kept)

        def opened(who):
            self._work(0.007)
            return transaction(who)

        async def sleep(seconds):
            self.now += seconds

        monkeypatch.setattr(desk.passwords, "verify", checked)
        monkeypatch.setattr(desk.auth._database, "transaction", opened)
        monkeypatch.setattr(
            auth_service, "Evenly", lambda every_s: Evenly(every_s, lambda: self.now, sleep)
        )

    def _work(self, seconds):
        self.now += seconds
        self.worked += seconds

    async def refused(self, desk, email, said="wrong"):
        """When a refused sign-in was answered, after how many checked hashes; and the work it was."""
        self.now, self.hashes, self.worked = 0.0, 0, 0.0
        with pytest.raises(SignInRefusedError):
            await desk.auth.login(email, said)
        return round(self.now, 6), self.hashes, round(self.worked, 6)


async def test_nobody_learns_by_the_clock_who_is_known_and_how_their_password_is_kept(
    desk, database, monkeypatch
):
    people = {
        name: await desk.auth.sign_up(f"{name}@example.com", WORDS, name.title())
        for name in ("known", "bare", "old", "out")
    }
    old = bcrypt.hashpw(WORDS.encode(), bcrypt.gensalt(4)).decode()
    async with database.transaction(Activity.SIGN_IN) as tx:
        of = CredentialRow.user_id
        await tx.execute(delete(CredentialRow).where(of == people["bare"].user.id))
        theirs = update(CredentialRow).where(of == people["old"].user.id)
        await tx.execute(theirs.values(password_hash=old))
        keeping_out = update(UserRow).where(UserRow.id == people["out"].user.id)
        await tx.execute(keeping_out.values(suspended_at=desk.clock.now()))
    meter = Meter(desk, monkeypatch)
    tried = [
        await meter.refused(desk, "unknown@example.com"),
        await meter.refused(desk, "unknown@example.com", "x" * 300),
        await meter.refused(desk, "out@example.com", WORDS),
        *[await meter.refused(desk, f"{name}@example.com") for name in people],
    ]
    assert {(answered, hashes) for answered, hashes, _ in tried} == {(1.0, 1)}
    assert len({work for _, _, work in tried}) > 2, "what is done for them is not the same"


async def test_a_hash_of_bcrypt_is_read_and_renewed(desk, database):
    made = await desk.ada()
    long = "a long password, of more than seventy-two signs " * 2
    old = bcrypt.hashpw(long.encode()[:72], bcrypt.gensalt(4)).decode()
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(update(CredentialRow).values(password_hash=old))
    await desk.auth.login("ada@example.com", long)
    async with database.transaction(Activity.SIGN_IN) as tx:
        kept = await tx.scalar(select(CredentialRow.password_hash))
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    await desk.auth.login("ada@example.com", long)
    with pytest.raises(SignInRefusedError):
        await desk.auth.login(made.user.email, long[:72])


async def test_sessions_are_listed_with_where_they_come_from_and_end_one_by_one_or_all(desk):
    first = await desk.ada()
    second = await desk.auth.login("ada@example.com", WORDS, Device("198.51.100.1", "a phone"))
    third = await desk.auth.login("ada@example.com", WORDS)
    who = (await desk.sessions.admit(first.token)).principal
    listed = {one.id: (one.address, one.agent) for one in await desk.sessions.list(who)}
    assert listed[second.session.id] == ("198.51.100.1", "a phone")
    assert len(listed) == 3
    await desk.sessions.revoke(who, second.session.id)
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(second.token)
    assert await desk.sessions.revoke_all(who, but=first.session.id) == 1
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(third.token)
    await desk.auth.logout(first.token)
    await desk.auth.logout(first.token)
    with pytest.raises(UnauthenticatedError):
        await desk.auth.verify_token(first.token)


async def test_anothers_session_is_missing(desk, database):
    made, stranger = await desk.ada(), await new_person(database)
    with pytest.raises(MissingError):
        await desk.sessions.revoke(stranger, made.session.id)
    assert await desk.sessions.list(stranger) == []
    assert (await desk.sessions.admit(made.token)).session == made.session.id


async def test_a_session_ends_when_it_is_not_used_and_at_last_in_any_case(desk):
    made = await desk.ada()
    used = await desk.auth.login("ada@example.com", WORDS)
    for _ in range(6):
        desk.clock.time += timedelta(days=13)
        await desk.sessions.admit(used.token)
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(made.token)
    desk.clock.time += timedelta(days=13)
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(used.token)


async def test_a_new_password_ends_all_other_sessions(desk):
    first, second = await desk.ada(), await desk.auth.login("ada@example.com", WORDS)
    visitor = await desk.sessions.admit(first.token)
    new = "another keeper 8"
    with pytest.raises(SignInRefusedError):
        await desk.auth.change_password(visitor.principal, visitor.session, "wrong", new)
    assert await desk.auth.change_password(visitor.principal, visitor.session, WORDS, new) == 1
    await desk.sessions.admit(first.token)
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(second.token)
    await desk.auth.login("ada@example.com", new)
    with pytest.raises(SignInRefusedError):
        await desk.auth.login("ada@example.com", WORDS)


async def test_somebody_who_is_suspended_is_out_at_once(desk, database):
    made = await desk.ada()
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(update(UserRow).values(suspended_at=text("now()")))
    with pytest.raises(UnauthenticatedError):
        await desk.sessions.admit(made.token)
    with pytest.raises(SignInRefusedError):
        await desk.auth.login("ada@example.com", WORDS)


async def test_a_session_goes_into_every_workspace_its_person_belongs_to_and_into_no_other(
    desk, database
):
    made, other = await desk.ada(), await new_person(database)
    with pytest.raises(NoPlaceError):
        await desk.sessions.admit(made.token, other.workspace)
    with pytest.raises(NoPlaceError):
        await desk.sessions.admit(made.token, WorkspaceId.new())
    who = (await desk.sessions.admit(made.token)).principal
    await join(database, who, other.workspace, "viewer")
    there = (await desk.sessions.admit(made.token, other.workspace)).principal
    assert (there.user, there.workspace, there.role) == (who.user, other.workspace, Role.VIEWER)


async def test_too_many_wrong_passwords_shut_the_account_and_the_address_for_a_while(database):
    desk = Desk(database, {"sign_in": "3/hour", "sign_in_address": "5/hour"})
    await desk.ada()
    for _ in range(3):
        with pytest.raises(SignInRefusedError):
            await desk.auth.login("ada@example.com", "wrong")
    with pytest.raises(RateLimitedError):
        await desk.auth.login("ada@example.com", WORDS)
    for number in range(5):
        with pytest.raises(SignInRefusedError):
            await desk.auth.login(f"{number}@example.com", "wrong", AT_HOME)
    with pytest.raises(RateLimitedError):
        await desk.auth.login("bo@example.com", "wrong", AT_HOME)
    desk.passwords.close()


async def test_all_addresses_of_one_subscriber_are_counted_as_one(database):
    desk = Desk(database, {"sign_in": "3/hour", "sign_in_address": "5/hour", "sign_up": "2/hour"})
    await desk.ada()
    for number in range(3):
        with pytest.raises(SignInRefusedError):
            await desk.auth.login("ada@example.com", "wrong", Device(f"2001:db8:0:1::{number}", ""))
    neighbour, other = (Device(f"2001:db8:0:{net}:ffff::", "") for net in (1, 2))
    with pytest.raises(RateLimitedError):
        await desk.auth.login("ada@example.com", WORDS, neighbour)
    made = await desk.auth.login("ada@example.com", WORDS, other)
    assert made.session.address == other.address
    for number in range(2):
        await desk.auth.sign_up(f"{number}@b.org", WORDS, "Bo", Device(f"2001:db8::{number}", ""))
    with pytest.raises(RateLimitedError):
        await desk.auth.sign_up("cy@b.org", WORDS, "Cy", Device("2001:db8::9", ""))
    desk.passwords.close()


async def test_what_happened_to_an_account_is_written_down(desk):
    made = await desk.ada()
    with pytest.raises(SignInRefusedError):
        await desk.auth.login("ada@example.com", "wrong", AT_HOME)
    await desk.auth.login("ada@example.com", WORDS)
    who = (await desk.sessions.admit(made.token)).principal
    deeds = [entry.action for entry in (await desk.audit.list(who)).rows]
    assert deeds == ["session:begun", "session:refused", "user:signed_up"]


async def test_requests_cannot_read_how_passwords_are_checked(desk, database):
    made = await desk.ada()
    who = (await desk.sessions.admit(made.token)).principal
    for table in ("credentials", "mail_codes"):
        with pytest.raises(RightsError):
            async with database.transaction(who) as tx:
                await tx.execute(text(f"SELECT * FROM {table}"))  # noqa: S608


async def test_a_taken_address_is_told_only_to_whoever_may_sign_up(database):
    desk = Desk(database)
    await desk.ada()
    with pytest.raises(ConflictError):
        await desk.ada()
    desk.passwords.close()
