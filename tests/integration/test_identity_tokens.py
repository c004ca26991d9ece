"""Tokens: made, checked, revoked; and the local owner's own."""

import asyncio
import stat

import pytest
from sqlalchemy import text

from reelwright.ground.errors import MissingError, UnauthenticatedError
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.owner import LocalOwner
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from support.clocks import HandClock
from support.people import join, new_person

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def tokens(database, clock):
    return TokenService(database, clock, AuditLog(database, clock), IdentitySettings())


async def test_a_token_signs_its_maker_in(database, tokens):
    who = await new_person(database)
    token, secret = await tokens.create(who, "laptop")
    assert secret.startswith(f"rw_{token.id}_")
    assert await tokens.authenticate(secret) == who
    assert [t.name for t in await tokens.list(who)] == ["laptop"]


async def test_the_secret_is_nowhere_in_the_database(database, tokens):
    who = await new_person(database)
    _, secret = await tokens.create(who, "laptop")
    async with database.read(who) as tx:
        row = await tx.scalar(text("SELECT t::text FROM tokens t"))
    assert secret.rpartition("_")[2] not in row


async def test_a_token_that_is_not_quite_right_is_refused(database, tokens):
    _, secret = await tokens.create(await new_person(database), "laptop")
    wrong = "0" if secret[-1] != "0" else "1"
    for text_ in (secret[:-1] + wrong, secret[:-1], "rw_x_y", "", secret.replace("tok_", "tok_7")):
        with pytest.raises(UnauthenticatedError):
            await tokens.authenticate(text_)


async def test_a_revoked_token_is_refused_at_once_here_and_in_seconds_elsewhere(
    database, tokens, clock
):
    who = await new_person(database)
    elsewhere = TokenService(database, clock, AuditLog(database, clock), IdentitySettings())
    token, secret = await tokens.create(who, "laptop")
    await elsewhere.authenticate(secret)
    await tokens.authenticate(secret)
    await tokens.revoke(who, token.id)
    await tokens.revoke(who, token.id)
    with pytest.raises(UnauthenticatedError):
        await tokens.authenticate(secret)
    clock.pass_time(5)
    with pytest.raises(UnauthenticatedError):
        await elsewhere.authenticate(secret)


async def test_anothers_token_is_missing(database, tokens):
    token, _ = await tokens.create(await new_person(database), "laptop")
    stranger = await new_person(database)
    with pytest.raises(MissingError):
        await tokens.revoke(stranger, token.id)
    assert await tokens.list(stranger) == []


async def test_a_fellow_member_does_not_see_or_revoke_my_token(database, tokens):
    owner, member = await new_person(database), await new_person(database)
    team = await WorkspaceService(database).create(owner, "Team")
    await join(database, member, team.id)
    token, _ = await tokens.create(Principal(owner.user, team.id), "laptop")
    fellow = Principal(member.user, team.id)
    assert await tokens.list(fellow) == []
    with pytest.raises(MissingError):
        await tokens.revoke(fellow, token.id)


async def test_who_left_a_workspace_has_no_token_there(database, tokens, database_url):
    who = await new_person(database)
    _, secret = await tokens.create(who, "laptop")
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("DELETE FROM memberships"))
    with pytest.raises(UnauthenticatedError):
        await tokens.authenticate(secret)


async def test_the_last_use_is_noted_coarsely(database, tokens, clock):
    who = await new_person(database)
    _, secret = await tokens.create(who, "laptop")
    begun = clock.now()
    await tokens.authenticate(secret)
    clock.pass_time(60)
    await tokens.authenticate(secret)
    assert (await tokens.list(who))[0].last_used_at == begun
    clock.pass_time(3600)
    await tokens.authenticate(secret)
    assert (await tokens.list(who))[0].last_used_at == clock.now()


def local_owner(database, tokens):
    sessions = SessionService(
        database, HandClock(), AuditLog(database, HandClock()), IdentitySettings()
    )
    return LocalOwner(UserService(database), tokens, sessions)


async def test_the_local_owners_token_is_written_once_and_only_for_them(database, tokens, tmp_path):
    owners = [
        local_owner(
            database,
            TokenService(
                database, HandClock(), AuditLog(database, HandClock()), IdentitySettings()
            ),
        )
        for _ in range(4)
    ]
    home = tmp_path / "home"
    found = await asyncio.gather(*(one.ensure_local_token(home) for one in owners))
    path = home / "token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert await tokens.authenticate(path.read_text()) == found[0]
    assert len(await tokens.list(found[0])) == 1


async def test_a_local_token_that_no_longer_works_is_replaced(database, tokens, tmp_path):
    owner = local_owner(database, tokens)
    who = await owner.ensure_local_token(tmp_path)
    path = tmp_path / "token"
    before = path.read_text()
    await tokens.revoke(who, (await tokens.list(who))[0].id)
    path.chmod(0o644)
    await owner.ensure_local_token(tmp_path)
    assert path.read_text() != before
    assert await tokens.authenticate(path.read_text()) == who
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_renewed_token_ends_the_old_ones_of_all_machines_and_no_other(
    database, tokens, tmp_path
):
    owner = local_owner(database, tokens)
    who = await owner.ensure_local_token(tmp_path / "one")
    await owner.ensure_local_token(tmp_path / "two")
    _, program = await tokens.create(who, "program")
    before = [(tmp_path / name / "token").read_text() for name in ("one", "two")]
    assert await owner.renew_token(tmp_path / "one") == 2
    for old in before:
        with pytest.raises(UnauthenticatedError):
            await tokens.authenticate(old)
    assert await tokens.authenticate((tmp_path / "one" / "token").read_text()) == who
    assert await tokens.authenticate(program) == who


async def test_the_owner_signs_in_by_this_machine_for_what_no_token_may(database, tokens, tmp_path):
    owner = local_owner(database, tokens)
    who = await owner.ensure_local_token(tmp_path)
    made, text = await owner.sign_in()
    visitor = await SessionService(
        database, HandClock(), AuditLog(database, HandClock()), IdentitySettings()
    ).admit(text)
    assert (visitor.principal, visitor.session) == (who, made.id)
