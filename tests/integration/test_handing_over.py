"""A project, or a workspace, becomes somebody else's: once, with its files, and only with their word."""

import asyncio

import pytest
from sqlalchemy import select, text, update

from reelwright.engines.database.failures import RightsError
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, DeniedError, ExhaustedError, MissingError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Activity, Role
from reelwright.identity.audit import AuditLog, Sought
from reelwright.identity.invitations import InvitationGoneError
from reelwright.identity.leaving import Leaving, OwnsWorkError
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import UserRow
from reelwright.identity.tokens import TokenService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.projects.tables import ProjectRow
from support.api import signed_up, whole_api
from support.people import new_person
from support.teams import Team
from support.tenants import owner

pytestmark = pytest.mark.anyio


@pytest.fixture
async def team(database):
    return await Team(database).gather()


async def owner_of(team, project):
    async with team.database.read(team.owner) as tx:
        return await tx.scalar(select(ProjectRow.user_id).where(ProjectRow.id == project))


async def roles(team, project=None):
    return {one.name: one.role for one in await team.members.list(team.owner, project)}


async def role_on(team, who, project):
    async with team.database.read(who) as tx:
        return await tx.scalar(text("SELECT role_here(:p)"), {"p": project})


def keep(url, team, who, *sizes, project=None):
    """Files of somebody, counted for them."""
    with owner(url) as connection:
        for size in sizes:
            told = {"w": team.owner.workspace, "u": who.user, "p": project, "s": str(size)}
            told |= {"a": AssetId.new(), "n": size}
            connection.execute(
                text(
                    "INSERT INTO blobs (workspace_id, sha256, size, key, uses, charged_to)"
                    " VALUES (:w, :s, :n, :s, 1, :u) ON CONFLICT DO NOTHING"
                ),
                told,
            )
            connection.execute(
                text(
                    "INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name,"
                    " upload_ref, facts, project_id) VALUES (:w, :a, :u, :s, :n, 'x', 'x', 'x', '{}', :p)"
                ),
                told,
            )


def counted(url, **known):
    """Set what people are counted for, or say it."""
    with owner(url) as connection:
        for user, size in known.items():
            told = {"u": user, "n": size}
            connection.execute(text("INSERT INTO usage_totals VALUES (:u, :n)"), told)
        return dict(connection.execute(text("SELECT user_id, bytes FROM usage_totals")).all())


async def test_a_project_is_its_new_owners_when_they_say_so_and_the_old_one_edits_it(team):
    bo = await team.person("bo")
    made = await team.offers.hand_over(team.owner, "Bo@example.com", team.one)
    offered, secret = made.invitation, made.text
    assert offered.hands_over
    assert await owner_of(team, team.one) == team.ada.user, "not before they have said so"
    eve = await team.person("eve")
    with pytest.raises(DeniedError):
        await team.offers.accept(eve.user, secret)
    taken = await team.offers.accept(bo.user, secret)
    assert taken.project == team.one
    assert await owner_of(team, team.one) == bo.user
    assert await owner_of(team, team.other) == team.ada.user
    assert await roles(team, team.one) == {"bo": Role.OWNER}
    assert await roles(team) == {"ada": Role.OWNER}
    with pytest.raises(InvitationGoneError):
        await team.offers.accept(bo.user, secret)
    trail = await AuditLog(team.database, SystemClock()).list(team.owner, Sought(subject=team.one))
    assert [(one.action, one.detail["was"]) for one in trail.rows] == [
        ("project:handed_over", team.ada.user)
    ]


@pytest.mark.parametrize("leaves", [False, True])
async def test_whoever_gave_it_away_stays_as_an_editor_or_leaves(team, leaves):
    guest = await team.let_in("gus", Role.OWNER, team.one)
    first = (await team.offers.hand_over(team.owner, "gus@example.com", team.one)).text
    await team.offers.accept(guest.user, first)
    member = await team.let_in("bo", Role.VIEWER)
    secret = (await team.offers.hand_over(guest, "bo@example.com", team.one, leaves=leaves)).text
    await team.offers.accept(member.user, secret)
    assert await owner_of(team, team.one) == member.user
    assert await role_on(team, member, team.one) == "owner"
    left = {} if leaves else {"gus": Role.EDITOR}
    assert await roles(team, team.one) == left


async def test_its_files_are_counted_for_the_new_owner_from_then_on(team, database_url):
    bo = await team.person("bo")
    keep(database_url, team, team.ada, 100, 10, project=team.one)
    keep(database_url, team, team.ada, 10, 7)  # of the same content, and of the workspace
    keep(database_url, team, bo, 3, project=team.one)
    counted(database_url, **{team.ada.user: 117, bo.user: 3})
    secret = (await team.offers.hand_over(team.owner, "bo@example.com", team.one)).text
    await team.offers.accept(bo.user, secret)
    assert counted(database_url) == {team.ada.user: 17, bo.user: 103}


async def test_who_has_no_room_for_its_files_does_not_get_it(team, database_url):
    bo = await team.person("bo")
    keep(database_url, team, team.ada, 100, project=team.one)
    counted(database_url, **{team.ada.user: 100, bo.user: 1})
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        limits = {"plan": QuotaSettings().plan, "max_storage": 100}
        await tx.execute(update(UserRow).where(UserRow.id == bo.user).values(limits))
    secret = (await team.offers.hand_over(team.owner, "bo@example.com", team.one)).text
    with pytest.raises(ExhaustedError):
        await team.offers.accept(bo.user, secret)
    assert await owner_of(team, team.one) == team.ada.user
    assert counted(database_url) == {team.ada.user: 100, bo.user: 1}
    await team.offers.look_at(secret)  # when they have room, they may still say so


async def test_of_two_who_are_offered_it_at_once_one_gets_it(team):
    people = [await team.person(name) for name in ("bo", "cy")]
    offers = [
        (await team.offers.hand_over(team.owner, f"{name}@example.com", team.one)).text
        for name in ("bo", "cy")
    ]
    said = await asyncio.gather(
        *(team.offers.accept(who.user, one) for who, one in zip(people, offers, strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in said) == ["Invitation", "InvitationGoneError"]
    won = next(who for who, one in zip(people, said, strict=True) if not isinstance(one, Exception))
    assert await owner_of(team, team.one) == won.user
    assert len(await roles(team, team.one)) == 1


async def test_only_its_owner_gives_it_away_and_only_what_is_there(team):
    editor = await team.let_in("bo", Role.EDITOR)
    admin = await team.let_in("cy", Role.ADMIN)
    partner = await team.let_in("di", Role.OWNER, team.one)
    stranger = await new_person(team.database)
    for who in (editor, admin, partner):
        with pytest.raises(DeniedError):
            await team.offers.hand_over(who, "eve@example.com", team.one)
    with pytest.raises(MissingError):
        await team.offers.hand_over(stranger, "eve@example.com", team.one)
    with pytest.raises(DeniedError):
        await team.offers.hand_over(editor, "eve@example.com")
    with pytest.raises(ConflictError):
        await team.offers.hand_over(stranger, "eve@example.com")
    secret = (await team.offers.hand_over(team.owner, "ada@example.com", team.one)).text
    with pytest.raises(ConflictError):
        await team.offers.accept(team.ada.user, secret)


async def test_what_somebody_could_give_away_when_they_offered_it_may_be_gone(team, database_url):
    bo, cy = await team.person("bo"), await team.person("cy")
    late = (await team.offers.hand_over(team.owner, "bo@example.com", team.one)).text
    secret = (await team.offers.hand_over(team.owner, "cy@example.com", team.one)).text
    await team.offers.accept(cy.user, secret)
    with pytest.raises(InvitationGoneError):
        await team.offers.accept(bo.user, late)
    trashed = (await team.offers.hand_over(team.owner, "bo@example.com", team.other)).text
    with owner(database_url) as connection:
        connection.execute(text("UPDATE projects SET trashed_at = now()"))
    with pytest.raises(InvitationGoneError):
        await team.offers.accept(bo.user, trashed)


async def test_nothing_but_an_invitation_that_is_accepted_hands_anything_over(team):
    bo = await team.person("bo")
    told = {"p": team.one, "g": team.ada.user, "t": bo.user}
    take = text("SELECT hand_over_project(:p, :g, :t, false, NULL)")
    with pytest.raises(RightsError):
        async with team.database.transaction(team.owner) as tx:
            await tx.scalar(take, told)
    async with team.database.transaction(Activity.CLEAN_UP) as tx:
        assert await tx.scalar(take, told) == "gone"
    assert await owner_of(team, team.one) == team.ada.user


async def test_whoever_wants_to_leave_hands_their_workspace_over_first(team):
    clock, settings = SystemClock(), IdentitySettings()
    audit = AuditLog(team.database, clock)
    sessions = SessionService(team.database, clock, audit, settings)
    tokens = TokenService(team.database, clock, audit, settings)
    leaving = Leaving(team.database, audit, sessions, tokens)
    bo = await team.let_in("bo", Role.EDITOR)
    with pytest.raises(OwnsWorkError, match="transfer"):
        await leaving.leave(team.ada)
    secret = (await team.offers.hand_over(team.owner, "bo@example.com", leaves=True)).text
    await team.offers.accept(bo.user, secret)
    workspace = await WorkspaceService(team.database).get(bo, team.owner.workspace)
    assert workspace.owner == bo.user
    assert [(one.name, one.role) for one in await team.members.list(bo)] == [("bo", Role.OWNER)]
    await leaving.leave(team.ada)


async def test_who_hands_a_workspace_over_and_stays_edits_there(team):
    bo = await team.let_in("bo", Role.VIEWER)
    secret = (await team.offers.hand_over(team.owner, "bo@example.com")).text
    await team.offers.accept(bo.user, secret)
    assert await roles(team) == {"ada": Role.EDITOR, "bo": Role.OWNER}
    with pytest.raises(DeniedError):
        await team.offers.hand_over(team.owner, "ada@example.com")


async def test_over_http_a_project_changes_hands_and_who_gave_it_away_cannot_again(
    database_url, tmp_path
):
    told = {"identity": {"sign_up": "open"}}
    async with whole_api(database_url, tmp_path, **told) as api, api.client("") as client:
        ada, bo = await signed_up(client, "ada"), await signed_up(client, "bo")

        async def ask(method, path, who, status, **more):
            answer = await client.request(method, f"/api/v1{path}", headers=who, **more)
            assert answer.status_code == status, answer.text
            return answer.json()

        made = await ask("POST", "/workspaces", ada, 201, json={"name": "Team"})
        here = {"Reelwright-Workspace": made["id"]}
        script = {"script": "INT. HALL - DAY\n\nMARA waits.\n"}
        project = await ask("POST", "/projects", ada | here, 201, json=script)
        at = f"/projects/{project['id']}"
        to_bo = {"email": "bo@example.com"}
        offer = await ask("POST", f"{at}/transfer", ada | here, 201, json=to_bo)
        assert (offer["hands_over"], offer["leaves"], offer["role"]) == (True, False, "owner")
        (listed,) = (await ask("GET", f"{at}/invitations", ada | here, 200))["items"]
        assert listed == {name: offer[name] for name in listed}
        accepted = {"invitation": offer["invitation"]}
        await ask("POST", "/invitations/accept", ada, 403, json=accepted)
        await ask("POST", "/invitations/accept", bo, 200, json=accepted)
        await ask("PATCH", at, bo | here, 200, json={"name": "Bo's"})
        (project,) = (await ask("GET", "/projects", bo | here, 200))["items"]
        assert project["name"] == "Bo's"
        await ask("POST", f"{at}/transfer", bo | here, 201, json={"email": "ada@example.com"})
        # Whoever owns the workspace may still give away what is in it.
        await ask("POST", f"{at}/transfer", ada | here, 201, json={"email": "cy@example.com"})
        workspace = f"/workspaces/{made['id']}/transfer"
        await ask("POST", workspace, bo, 403, json=to_bo)
        gone = await ask("POST", workspace, ada, 201, json=to_bo | {"leaves": True})
        given = {"invitation": gone["invitation"]}
        await ask("POST", "/invitations/accept", bo, 200, json=given)
        await ask("GET", f"/workspaces/{made['id']}", ada, 404)
        await ask("POST", f"{at}/transfer", ada | here, 404, json=to_bo)
        owned = await ask("GET", f"/workspaces/{made['id']}", bo, 200)
        assert owned["owner"] == (await ask("GET", "/me", bo, 200))["id"]
