"""Whoever proves that an account is theirs has it to themselves: nobody else's way in is left."""

import pytest
from sqlalchemy import insert, select, text

from reelwright.generation.accounts.tables import AccountRow
from reelwright.ground.ids import AccountId, AssetId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.audit import Sought
from reelwright.identity.auth_service import SignInRefusedError
from reelwright.identity.invitations import InvitationGoneError
from reelwright.identity.mail_codes import CodeRefusedError
from reelwright.identity.members import MemberService
from reelwright.identity.roles import NoPlaceError
from reelwright.identity.workspaces import WorkspaceService
from reelwright.projects.service import ProjectService
from reelwright.projects.tables import ProjectRow
from support.identity import AT_HOME, WORDS, Desk, code_in
from support.tenants import owner

pytestmark = pytest.mark.anyio

NEW = "another keeper 8"
EVE = "eve@example.com"


@pytest.fixture
def desk(database):
    desk = Desk(database)
    yield desk
    desk.passwords.close()


async def reset(desk, password=NEW):
    await desk.recovery.ask_reset("ada@example.com")
    await desk.recovery.reset(code_in((await desk.mails())[-1]), password)
    await desk.mails()


@pytest.mark.parametrize("way", ["reset", "changed"])
async def test_a_new_password_ends_all_codes_that_are_on_their_way(desk, way):
    ada = await desk.ada()
    who = await desk.who(ada)
    await desk.recovery.ask_change(who, EVE, WORDS)
    change = await desk.code()
    await desk.recovery.ask_reset("ada@example.com")
    other = await desk.code()
    if way == "reset":
        await reset(desk)
    else:
        await desk.auth.change_password(who, ada.session.id, WORDS, NEW)
    with pytest.raises(CodeRefusedError):
        await desk.recovery.change(change)
    with pytest.raises(CodeRefusedError):
        await desk.recovery.reset(other, "a third keeper 9")
    assert (await desk.auth.login("ada@example.com", NEW)).user.email == "ada@example.com"


async def test_no_code_is_asked_for_with_a_password_that_is_changed_meanwhile(desk, monkeypatch):
    ada = await desk.ada()
    who, check = await desk.who(ada), desk.auth.check_password

    async def slow(*given):
        found = await check(*given)
        await reset(desk)
        return found

    monkeypatch.setattr(desk.auth, "check_password", slow)
    with pytest.raises(SignInRefusedError):
        await desk.recovery.ask_change(who, EVE, WORDS)
    assert await desk.mails() == []


async def hijacked(desk):
    """Eve has signed up with Ada's address, and let herself in under her own name."""
    as_ada = await desk.who(await desk.ada())
    eve = await desk.auth.sign_up(EVE, WORDS, "Eve", AT_HOME)
    projects, files = ProjectService(desk.database, desk.clock), {"a.fountain": AssetId.new()}
    desk.film = (await projects.create(as_ada, "Film", files, "a.fountain")).id
    team = await WorkspaceService(desk.database).create(as_ada, "Team")
    desk.team = Principal(as_ada.user, team.id, Role.OWNER)
    for who, role, project in (
        (as_ada, Role.ADMIN, None),
        (as_ada, Role.OWNER, desk.film),
        (desk.team, Role.EDITOR, None),
    ):
        offer = await desk.offers.offer(who, EVE, role, project)
        await desk.offers.accept(eve.user.id, offer.text)
    desk.kept = await desk.offers.offer(as_ada, "later@example.com", Role.ADMIN)
    there = Principal(eve.user.id, as_ada.workspace, Role.ADMIN)
    desk.hers = (await projects.create(there, "Hers", files, "a.fountain")).id
    async with desk.database.transaction(as_ada) as tx:
        row = {"id": AccountId.new(), "workspace_id": as_ada.workspace, "user_id": as_ada.user}
        row |= {"provider": "fal", "name": "k", "sharing": "workspace", "access": "sealed"}
        await tx.execute(insert(AccountRow).values(row))
    await desk.asked()
    return as_ada, eve


async def link(url, who, project):
    told = {"w": who.workspace, "p": project, "u": who.user}
    with owner(url) as connection:
        connection.execute(
            text(
                "INSERT INTO share_links (id, workspace_id, project_id, user_id, name, hash, scope)"
                " VALUES ('shr_1', :w, :p, :u, 'x', 'x', 'view')"
            ),
            told,
        )


async def test_whoever_signed_up_with_somebody_elses_address_keeps_nothing(desk, database_url):
    as_ada, eve = await hijacked(desk)
    await link(database_url, as_ada, desk.film)
    await reset(desk)
    for workspace in (as_ada.workspace, desk.team.workspace):
        with pytest.raises(NoPlaceError):
            await desk.sessions.admit(eve.token, workspace)
    members = MemberService(desk.database, desk.audit)
    for there in (as_ada, desk.team):
        assert [one.name for one in await members.list(there)] == ["Ada"]
    assert await members.list(as_ada, desk.film) == []
    with pytest.raises(InvitationGoneError):
        await desk.offers.look_at(desk.kept.text)
    async with desk.database.read(as_ada) as tx:
        assert set(await tx.scalars(select(ProjectRow.user_id))) == {as_ada.user}
        assert await tx.scalar(text("SELECT revoked_at IS NOT NULL FROM share_links"))
        paused = await tx.execute(select(AccountRow.paused, AccountRow.reason))
        assert [tuple(one) for one in paused] == [(True, "owner_unproved")]
    trail = await desk.audit.list(as_ada, Sought(subject=eve.user.id))
    assert {one.action for one in trail.rows} == {"member:removed"}


async def test_a_reset_of_an_address_that_was_proved_puts_nobody_out(desk):
    made = await desk.auth.sign_up("ada@example.com", WORDS, "Ada", AT_HOME)
    await desk.recovery.verify(await desk.code())
    who = await desk.who(made)
    bo = await desk.auth.sign_up("bo@example.com", WORDS, "Bo", AT_HOME)
    offer = await desk.offers.offer(who, "bo@example.com", Role.EDITOR)
    await desk.offers.accept(bo.user.id, offer.text)
    await reset(desk)
    assert (await desk.sessions.admit(bo.token, who.workspace)).principal.role is Role.EDITOR


async def test_only_who_recognises_people_clears_out_what_is_theirs(desk):
    as_ada, _ = await hijacked(desk)
    async with desk.database.transaction(Activity.CLEAN_UP) as tx:
        found = await tx.execute(text("SELECT * FROM clear_out(:u)"), {"u": as_ada.user})
        assert found.all() == []
