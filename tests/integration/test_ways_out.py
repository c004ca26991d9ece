"""What ends when somebody is put out, kept out, or goes: what they offered, owned and paid for there."""

import asyncio

import pytest
from sqlalchemy import insert, select, text

from reelwright.engines.database.failures import RightsError
from reelwright.engines.events.tables import EventRow
from reelwright.generation.accounts.tables import AccountRow
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.audit import AuditLog, Sought
from reelwright.identity.groups import apply_groups
from reelwright.identity.invitations import InvitationGoneError
from reelwright.identity.leaving import Erasure, Farewells, Leaving, OwnsWorkError
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import InvitationRow
from reelwright.identity.tokens import TokenService
from reelwright.projects.tables import ProjectRow
from support.people import operators_of
from support.teams import Team
from support.tenants import owner

pytestmark = pytest.mark.anyio


@pytest.fixture
async def team(database):
    return await Team(database).gather()


def leaving_of(database):
    clock, settings = SystemClock(), IdentitySettings()
    audit = AuditLog(database, clock)
    sessions = SessionService(database, clock, audit, settings)
    tokens = TokenService(database, clock, audit, settings)
    return Leaving(database, audit, sessions, tokens)


async def owner_of(team, project, who=None):
    async with team.database.read(who or team.owner) as tx:
        return await tx.scalar(select(ProjectRow.user_id).where(ProjectRow.id == project))


async def names(team, project=None):
    return [one.name for one in await team.members.list(team.owner, project)]


async def opens(team, who, *offers):
    """Which of these offers still let somebody in."""
    opened = []
    for offer in offers:
        try:
            await team.offers.accept(who.user, offer.text)
        except InvitationGoneError:
            continue
        opened.append(offer)
    return opened


async def account(team, who, sharing="workspace"):
    row = {"id": AccountId.new(), "workspace_id": team.owner.workspace, "user_id": who.user}
    row |= {"provider": "fal", "name": "key", "sharing": sharing, "access": "sealed"}
    async with team.database.transaction(who) as tx:
        await tx.execute(insert(AccountRow).values(row))
    return row["id"]


async def how(team, one):
    asked = select(AccountRow.paused, AccountRow.reason).where(AccountRow.id == one)
    async with team.database.read(team.owner) as tx:
        return tuple((await tx.execute(asked)).one())


async def test_whoever_is_put_out_cannot_let_themselves_in_again(team):
    bo = await team.let_in("bo", Role.ADMIN)
    mine = await team.project(bo, "C")
    friend = await team.person("friend")
    kept = [
        await team.offers.offer(bo, "friend@example.com", Role.EDITOR),
        await team.offers.offer(bo, "friend@example.com", Role.VIEWER, team.one),
        await team.offers.hand_over(bo, "friend@example.com", mine),
    ]
    own = [
        await team.offers.offer(bo, "bo@example.com", Role.EDITOR),
        await team.offers.offer(team.owner, "bo@example.com", Role.VIEWER, team.other),
    ]
    elsewhere = await team.offers.offer(team.owner, "friend@example.com", Role.COMMENTER)
    await team.members.remove(team.owner, bo.user)
    assert await opens(team, friend, *kept) == []
    assert await opens(team, bo, *own) == []
    assert await names(team) == ["ada"]
    assert await opens(team, friend, elsewhere) == [elsewhere], "what others offer stays"


async def test_whoever_is_put_out_of_a_workspace_is_out_of_its_projects(team):
    bo = await team.let_in("bo", Role.VIEWER)
    place = await team.offers.offer(team.owner, "bo@example.com", Role.EDITOR, team.one)
    await team.offers.accept(bo.user, place.text)
    await team.members.remove(team.owner, bo.user)
    assert await names(team, team.one) == []


async def test_whoever_is_less_than_they_were_has_no_offers_left_and_whoever_is_more_has(team):
    bo = await team.let_in("bo", Role.EDITOR)
    friend = await team.person("friend")
    kept = await team.offers.offer(team.owner, "bo@example.com", Role.ADMIN)
    await team.members.change(team.owner, bo.user, Role.ADMIN)
    made = await team.offers.offer(bo, "friend@example.com", Role.EDITOR)
    await team.members.change(team.owner, bo.user, Role.VIEWER)
    assert await opens(team, friend, made) == []
    assert await opens(team, bo, kept) == []


@pytest.mark.parametrize("change", ["demoted", "out", "suspended"])
async def test_an_offer_counts_only_while_whoever_made_it_might_make_it(team, change):
    """Also where nobody has taken it back: the row was changed by other hands."""
    bo, friend = await team.let_in("bo", Role.ADMIN), await team.person("friend")
    made = await team.offers.offer(bo, "friend@example.com", Role.EDITOR)
    told = {"u": bo.user, "w": team.owner.workspace}
    statement = {
        "demoted": "UPDATE memberships SET role = 'editor' WHERE user_id = :u AND workspace_id = :w",
        "out": "DELETE FROM memberships WHERE user_id = :u AND workspace_id = :w",
        "suspended": "UPDATE users SET suspended_at = now() WHERE id = :u",
    }[change]
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text(statement), told)
    with pytest.raises(InvitationGoneError):
        await team.offers.look_at(made.text)
    with pytest.raises(InvitationGoneError):
        await team.offers.accept(friend.user, made.text)


async def test_an_offer_on_a_project_counts_while_its_owner_has_a_place(team):
    guest, friend = await team.let_in("gus", Role.OWNER, team.one), await team.person("friend")
    made = await team.offers.offer(guest, "friend@example.com", Role.EDITOR, team.one)
    assert await opens(team, friend, made) == [made]
    editor, other = await team.let_in("cy", Role.EDITOR), await team.person("other")
    mine = await team.project(editor, "C")
    made = await team.offers.offer(editor, "other@example.com", Role.OWNER, mine)
    assert await opens(team, other, made) == [made]


async def test_whoever_is_kept_out_offers_nothing_and_finds_nothing_offered(team):
    bo, friend = await team.let_in("bo", Role.ADMIN), await team.person("friend")
    operator = await team.person("operator")
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        told = {"u": operator.user}
        await tx.execute(text("UPDATE users SET admin = true WHERE id = :u"), told)
    made = await team.offers.offer(bo, "friend@example.com", Role.EDITOR)
    given = await team.offers.offer(team.owner, "bo@example.com", Role.OWNER, team.one)
    operators = operators_of(team.database)
    await operators.suspend(operator, bo.user, "spam")
    await operators.restore(operator, bo.user)
    assert await opens(team, friend, made) == []
    assert await opens(team, bo, given) == []


async def test_whoever_gave_a_workspace_away_has_no_offers_there_and_owns_nothing_if_they_leave(
    team,
):
    bo, friend = await team.person("bo"), await team.person("friend")
    made = await team.offers.offer(team.owner, "friend@example.com", Role.ADMIN)
    given = await team.offers.hand_over(team.owner, "bo@example.com", leaves=True)
    await team.offers.accept(bo.user, given.text)
    assert await opens(team, friend, made) == []
    new = Principal(bo.user, team.owner.workspace, Role.OWNER)
    assert await owner_of(team, team.one, new) == bo.user


async def test_of_putting_out_and_accepting_at_once_nobody_is_left_in(team):
    bo = await team.let_in("bo", Role.EDITOR)
    for _ in range(5):
        offer = await team.offers.offer(team.owner, "bo@example.com", Role.ADMIN)
        said = await asyncio.gather(
            team.offers.accept(bo.user, offer.text),
            team.members.remove(team.owner, bo.user),
            return_exceptions=True,
        )
        assert said[1] is None
        assert isinstance(said[0], InvitationGoneError) or not isinstance(said[0], Exception)
        assert await names(team) == ["ada"]
        again = await team.offers.offer(team.owner, "bo@example.com", Role.EDITOR)
        await team.offers.accept(bo.user, again.text)


@pytest.mark.parametrize("goes", [False, True])
async def test_the_projects_of_whoever_goes_are_the_workspaces_owners_with_their_files(
    team, database_url, goes
):
    bo = await team.let_in("bo", Role.EDITOR)
    mine, thrown = await team.project(bo, "C"), await team.project(bo, "D")
    with owner(database_url) as connection:
        connection.execute(
            text("UPDATE projects SET trashed_at = now() WHERE id = :p"), {"p": thrown}
        )
        for size, project in ((100, mine), (10, mine), (10, thrown), (7, None)):
            told = {"w": team.owner.workspace, "u": bo.user, "p": project, "s": str(size)}
            told |= {"a": f"ast_{size}{project}", "n": size}
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
                    " upload_ref, facts, project_id)"
                    " VALUES (:w, :a, :u, :s, :n, 'x', 'x', 'x', '{}', :p)"
                ),
                told,
            )
        told = {"b": bo.user, "a": team.ada.user}
        connection.execute(text("INSERT INTO usage_totals VALUES (:b, 117), (:a, 1)"), told)
    await team.members.remove(bo if goes else team.owner, bo.user)
    assert await owner_of(team, mine) == await owner_of(team, thrown) == team.ada.user
    with owner(database_url) as connection:
        counted = dict(connection.execute(text("SELECT user_id, bytes FROM usage_totals")).all())
        trashed = connection.scalars(
            text("SELECT id FROM projects WHERE trashed_at IS NOT NULL")
        ).all()
    assert counted == {bo.user: 7, team.ada.user: 111}
    assert trashed == [thrown]
    trail = await AuditLog(team.database, SystemClock()).list(team.owner, Sought(subject=mine))
    said = {"user": team.ada.user, "was": bo.user, "left": True}
    assert [(one.action, one.detail) for one in trail.rows] == [("project:handed_over", said)]
    async with team.database.transaction(Activity.DELIVER) as tx:
        told = EventRow.kind == "project:handed_over"
        assert set(await tx.scalars(select(EventRow.subject).where(told))) == {mine, thrown}


async def test_a_guest_who_owns_a_project_and_is_put_out_of_it_owns_it_no_more(team):
    gus = await team.person("gus")
    given = await team.offers.hand_over(team.owner, "gus@example.com", team.one, leaves=True)
    await team.offers.accept(gus.user, given.text)
    other = await team.offers.hand_over(team.owner, "gus@example.com", team.other, leaves=True)
    await team.offers.accept(gus.user, other.text)
    await team.members.remove(team.owner, gus.user, team.one)
    assert await owner_of(team, team.one) == team.ada.user
    assert await owner_of(team, team.other) == gus.user, "they are in there still"


async def test_nobody_settles_what_belongs_to_members_or_ends_the_offers_of_others(team):
    bo, cy = await team.let_in("bo", Role.EDITOR), await team.let_in("cy", Role.EDITOR)
    mine, friend = await team.project(cy, "C"), await team.person("friend")
    kept = await team.offers.offer(team.owner, "friend@example.com", Role.VIEWER)
    stranger = await team.person("eve")
    for who in (bo, stranger):
        told = {"w": team.owner.workspace, "c": cy.user, "a": team.ada.user}
        async with team.database.transaction(who) as tx:
            await tx.execute(text("SELECT settle_leaver(:w, :c)"), told)
            await tx.execute(text("SELECT end_offers(:w, :a, NULL)"), told)
            await tx.execute(text("SELECT end_offers(NULL, :a, NULL)"), told)
        with pytest.raises(RightsError):
            async with team.database.transaction(who) as tx:
                await tx.execute(text("SELECT clear_out(:a)"), told)
    assert await owner_of(team, mine) == cy.user
    assert await opens(team, friend, kept) == [kept]


async def test_leaving_a_group_elsewhere_ends_the_same_as_being_put_out(team):
    bo, friend = await team.let_in("bo", Role.ADMIN), await team.person("friend")
    mine, key = await team.project(bo, "C"), await account(team, bo)
    made = await team.offers.offer(bo, "friend@example.com", Role.EDITOR)
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        roles: dict[str, Role | None] = {team.owner.workspace: None}
        await apply_groups(tx, AuditLog(team.database, SystemClock()), bo.user, roles)
    assert await names(team) == ["ada"]
    assert await owner_of(team, mine) == team.ada.user
    assert await how(team, key) == (True, "owner_left")
    assert await opens(team, friend, made) == []


async def test_keys_of_whoever_is_put_out_pay_no_more_and_the_reason_is_shown(team):
    bo, cy = await team.let_in("bo", Role.ADMIN), await team.let_in("cy", Role.EDITOR)
    theirs, hers = await account(team, bo), await account(team, cy)
    await team.members.remove(team.owner, bo.user)
    assert await how(team, theirs) == (True, "owner_left")
    assert await how(team, hers) == (False, None)


async def test_an_account_that_serves_everyone_goes_on_when_its_operator_leaves_a_team(team):
    bo = await team.let_in("bo", Role.EDITOR)
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("UPDATE users SET admin = true WHERE id = :u"), {"u": bo.user})
    served = await account(team, bo, "everyone")
    await team.members.remove(bo, bo.user)
    assert await how(team, served) == (False, None)


@pytest.mark.parametrize("theirs", ["project", "place"])
async def test_nobody_takes_away_with_their_home_what_others_own_or_do_there(team, theirs):
    home = Principal(team.ada.user, team.ada.workspace, Role.OWNER)
    film, bo = await team.project(home, "Given away"), await team.person("bo")
    if theirs == "project":
        offer = await team.offers.hand_over(home, "bo@example.com", film, leaves=True)
    else:
        offer = await team.offers.offer(home, "bo@example.com", Role.EDITOR, film)
    await team.offers.accept(bo.user, offer.text)
    leaving = leaving_of(team.database)
    with pytest.raises(OwnsWorkError, match="Personal") as caught:
        await leaving.leave(team.ada)
    assert "/projects/{id}/members/{id}" in (caught.value.way_out or "")
    async with team.database.transaction(home) as tx:
        assert not await tx.scalar(text("SELECT leave_for_good()"))
    await team.members.remove(home, bo.user, film)
    await leaving.leave(team.ada)
    assert await Erasure(team.database, Farewells([])).erase() == 1


async def test_an_address_stands_in_no_trail_and_is_blanked_where_it_did_when_its_person_goes(
    team, database_url
):
    bo = await team.let_in("bo", Role.EDITOR)
    said = select(InvitationRow.email)
    async with team.database.read(team.owner) as tx:
        assert (await tx.scalars(said)).all() == ["bo@example.com"]
    trail = AuditLog(team.database, SystemClock())
    async with team.database.transaction(team.owner) as tx:
        told = {"reason": "asked for by Bo@Example.com"}
        await trail.write(tx, team.owner, "limit:set", "lim_1", told)
    named = text("SELECT action FROM audit_entries WHERE detail::text ILIKE '%bo@example.com%'")
    with owner(database_url) as connection:
        assert connection.scalars(named).all() == ["limit:set"]
    await leaving_of(team.database).leave(bo)
    assert await Erasure(team.database, Farewells([])).erase() == 1
    with owner(database_url) as connection:
        assert connection.scalars(named).all() == []


async def test_a_home_may_be_left_when_nobody_else_is_there(team):
    bo = await team.person("bo")
    await team.project(Principal(bo.user, bo.workspace, Role.OWNER), "Mine")
    await leaving_of(team.database).leave(bo)
