"""Letters that take invitations to the addresses they are for."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.engines.limits.limiter import RateLimitedError
from reelwright.engines.mail.contract import MailDelayedError
from reelwright.engines.storage.home import home
from reelwright.ground.errors import DeniedError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.letters.inviting import InvitationWriter
from reelwright.identity.mail_codes import CodeKey
from reelwright.identity.workspaces import WorkspaceService
from reelwright.projects.service import ProjectService
from support.api import signed_up, whole_api
from support.identity import AT_HOME, WORDS, Desk, code_in
from support.mail_server import mail_server
from support.people import join

pytestmark = pytest.mark.anyio

BO = "bo@example.com"


class Team(Desk):
    """A workspace of Ada's, who has proved her address."""

    async def gather(self, name="The lighthouse", inviter="Ada"):
        made = await self.auth.sign_up("ada@example.com", WORDS, inviter, AT_HOME)
        await self.recovery.verify(await self.code())
        team = await WorkspaceService(self.database).create(await self.who(made), name)
        self.owner = Principal(made.user.id, team.id, Role.OWNER)
        return self


@pytest.fixture
async def team(database):
    team = await Team(database).gather()
    yield team
    team.passwords.close()


async def test_an_invitation_reaches_its_address_and_opens_the_place(team):
    offered = await team.offers.offer(team.owner, BO, Role.EDITOR)
    assert offered.mailed
    (letter,) = await team.mails()
    assert (letter.to, letter.subject) == (BO, "An invitation to reelwright")
    said = "Ada invites you to the workspace The lighthouse at reelwright; your role there: editor."
    assert said in letter.text
    assert f"https://film.example/letters/invitation#{offered.text}" in letter.text
    assert "$" not in letter.text
    bo = await team.auth.sign_up(BO, WORDS, "Bo", AT_HOME, invited=BO)
    await team.offers.accept(bo.user.id, code_in(letter))


async def test_an_invitation_to_a_project_tells_nothing_of_the_workspace(team):
    projects, script = ProjectService(team.database, team.clock), {"a.fountain": AssetId.new()}
    project = await projects.create(team.owner, "The storm", script, "a.fountain")
    await team.offers.offer(team.owner, BO, Role.VIEWER, project.id)
    (letter,) = await team.mails()
    assert "Ada invites you to a project at reelwright; your role there: viewer." in letter.text
    assert "lighthouse" not in letter.text


async def test_whoever_is_to_own_something_is_told_that_it_will_be_theirs(team):
    projects, script = ProjectService(team.database, team.clock), {"a.fountain": AssetId.new()}
    project = await projects.create(team.owner, "The storm", script, "a.fountain")
    offered = await team.offers.hand_over(team.owner, BO, project.id)
    (letter,) = await team.mails()
    assert (letter.to, letter.subject) == (BO, "Something at reelwright that is to be yours")
    assert "Ada wants to hand over a project to you" in letter.text
    assert f"https://film.example/letters/invitation#{offered.text}" in letter.text


async def test_a_letter_that_is_written_twice_says_the_same(team):
    offered = await team.offers.offer(team.owner, BO, Role.EDITOR)
    (event,) = await team.asked()
    assert offered.text.rpartition("_")[2] not in str(event)
    team.box.failures = [MailDelayedError("busy")]
    with pytest.raises(MailDelayedError):
        await team.inviting.write(event)
    await team.inviting.write(event)
    await team.inviting.write(event)
    first, second = team.box.letters[-2:]
    assert first == second


@pytest.mark.parametrize("over", ["revoked", "late", "accepted", "suspended", "another key"])
async def test_a_letter_that_would_open_nothing_is_not_written(team, over):
    offered = await team.offers.offer(team.owner, BO, Role.EDITOR)
    (event,) = await team.asked()
    before, writer = len(team.box.letters), team.inviting
    if over == "revoked":
        await team.offers.revoke(team.owner, offered.invitation.id)
    elif over == "late":
        team.clock.time += timedelta(days=8)
    elif over == "accepted":
        bo = await team.auth.sign_up(BO, WORDS, "Bo", AT_HOME, invited=BO)
        await team.offers.accept(bo.user.id, offered.text)
    elif over == "suspended":
        async with team.database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(text("UPDATE users SET suspended_at = now()"))
    else:
        key = CodeKey(b"x" * 32)
        writer = InvitationWriter(team.database, team.clock, key, team.box, team.site)
    await writer.write(event)
    assert len(team.box.letters) == before


@pytest.mark.parametrize(
    ("inviter", "name", "said"),
    [
        ("Win at evil.example", "Team", "somebody invites you to the workspace Team at"),
        ("Ada", "https://evil.example", "Ada invites you to the workspace at"),
        ("A" * 100, "T", f"{'A' * 59}… invites you to the workspace T at"),
    ],
)
async def test_a_stranger_cannot_write_in_an_invitation(database, inviter, name, said):
    team = await Team(database).gather(name, inviter)
    await team.offers.offer(team.owner, BO, Role.EDITOR)
    (letter,) = await team.mails()
    assert said in letter.text
    assert "evil" not in letter.text
    assert "evil" not in letter.subject
    team.passwords.close()


async def test_for_whoever_has_not_proved_their_address_no_letter_goes(team):
    eve = await team.auth.sign_up("eve@example.com", WORDS, "Eve", AT_HOME)
    await team.asked()
    offered = await team.offers.offer(await team.who(eve), BO, Role.EDITOR)
    assert not offered.mailed
    assert await team.mails() == []
    bo = await team.auth.sign_up(BO, WORDS, "Bo", AT_HOME, invited=BO)
    await team.offers.accept(bo.user.id, offered.text)


async def test_invitations_are_counted_by_who_invites_and_by_whose_mailbox_it_is(database):
    team = await Team(database, {"invitation": "3/hour", "letter": "2/hour"}).gather()
    for email in (BO, BO, "cy@example.com"):
        await team.offers.offer(team.owner, email, Role.EDITOR)
    with pytest.raises(RateLimitedError):
        await team.offers.offer(team.owner, "di@example.com", Role.EDITOR)
    other = await team.auth.sign_up("eve@example.com", WORDS, "Eve", AT_HOME)
    with pytest.raises(RateLimitedError):
        await team.offers.offer(await team.who(other), BO, Role.EDITOR)
    team.passwords.close()


async def test_whoever_may_not_invite_sends_no_letter(team):
    cy = await team.auth.sign_up("cy@example.com", WORDS, "Cy", AT_HOME)
    await join(team.database, await team.who(cy), team.owner.workspace, "editor")
    editor = Principal(cy.user.id, team.owner.workspace, Role.EDITOR)
    await team.asked()
    with pytest.raises(DeniedError):
        await team.offers.offer(editor, BO, Role.EDITOR)
    assert await team.mails() == []


async def test_letters_outlive_the_process_that_was_asked_and_reach_the_mail_server(database_url):
    people = {"sign_up": "open", "remember_s": 0}
    async with whole_api(database_url, home(), identity=people) as api, api.client("") as client:
        await signed_up(client, "ada")
        team = {"email": BO, "role": "editor"}
        async with api.client() as owner:
            offered = await owner.post("/api/v1/invitations", json=team)
        assert offered.status_code == 201, offered.text
        assert offered.json()["mailed"]
        assert offered.json()["workspace_name"]
    async with mail_server() as server:
        mail = {"host": "127.0.0.1", "port": server.port, "security": "none"}
        web = {"base_url": "https://film.example"}
        async with (
            whole_api(database_url, home(), worker=True, identity=people, mail=mail, web=web),
            asyncio.timeout(20),
        ):
            await server.have(2)
        told = {server.letter(one)["To"]: server.letter(one).get_content() for one in (0, 1)}
    assert "https://film.example/letters/verify#rw_mlc_" in told["ada@example.com"]
    assert f"/letters/invitation#{offered.json()['invitation']}" in told[BO]
