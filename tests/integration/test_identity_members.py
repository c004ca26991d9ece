"""Who belongs where, as what: invitations, roles, and what the database itself holds them to."""

import pytest
from sqlalchemy import insert, select, text

from reelwright.engines.database.failures import RightsError
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, RevisionId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.invitations import InvitationGoneError
from reelwright.projects.tables import ProjectRow, RevisionRow
from support.teams import Team

pytestmark = pytest.mark.anyio


@pytest.fixture
async def team(database):
    return await Team(database).gather()


async def test_an_invitation_is_shown_once_and_lets_in_whoever_it_was_sent_to(team):
    bo, eve = await team.person("bo"), await team.person("eve")
    secret = (await team.offers.offer(team.owner, " Bo@Example.com ", Role.EDITOR)).text
    assert secret not in repr(await team.offers.list(team.owner))
    assert (await team.offers.look_at(secret)).workspace_name == "Team"
    with pytest.raises(DeniedError):
        await team.offers.accept(eve.user, secret)
    await team.offers.accept(bo.user, secret)
    with pytest.raises(InvitationGoneError):
        await team.offers.accept(bo.user, secret)
    assert [(one.name, one.role) for one in await team.members.list(team.owner)] == [
        ("ada", Role.OWNER),
        ("bo", Role.EDITOR),
    ]
    assert await team.offers.list(team.owner) == []


async def test_an_invitation_that_is_over_taken_back_or_wrong_lets_nobody_in(team):
    bo = await team.person("bo")
    back = await team.offers.offer(team.owner, "bo@example.com", Role.EDITOR)
    await team.offers.revoke(team.owner, back.invitation.id)
    late = await team.offers.offer(team.owner, "bo@example.com", Role.EDITOR)
    async with team.database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(
            text("UPDATE invitations SET expires_at = now() WHERE id = :id"),
            {"id": late.invitation.id},
        )
    mixed = late.text.replace(late.invitation.id, back.invitation.id)
    for wrong in (back.text, late.text, back.text[:-1], mixed, "", "x"):
        with pytest.raises(InvitationGoneError):
            await team.offers.accept(bo.user, wrong)


@pytest.mark.parametrize("role", [Role.OWNER, Role.GUEST])
async def test_nobody_is_invited_to_own_a_workspace_or_to_be_nothing(team, role):
    with pytest.raises(InvalidInputError):
        await team.offers.offer(team.owner, "bo@example.com", role)


async def test_admins_let_in_whoever_is_below_them_and_editors_nobody(team):
    admin = await team.let_in("bo", Role.ADMIN)
    editor = await team.let_in("cy", Role.EDITOR, by=admin)
    with pytest.raises(DeniedError):
        await team.offers.offer(admin, "di@example.com", Role.ADMIN)
    for role in (Role.VIEWER, Role.ADMIN):
        with pytest.raises(DeniedError):
            await team.offers.offer(editor, "di@example.com", role)
    with pytest.raises(DeniedError):
        await team.members.change(editor, editor.user, Role.ADMIN)
    with pytest.raises(DeniedError):
        await team.members.change(admin, admin.user, Role.OWNER)
    with pytest.raises(DeniedError):
        await team.members.remove(editor, admin.user)
    changed = await team.members.change(admin, editor.user, Role.VIEWER)
    assert changed.role is Role.VIEWER
    await team.members.remove(admin, editor.user)
    with pytest.raises(MissingError):
        await team.members.remove(admin, editor.user)


async def test_the_owner_of_a_workspace_stays_and_others_may_leave(team):
    admin = await team.let_in("bo", Role.ADMIN)
    for deed in (
        team.members.remove(admin, team.owner.user),
        team.members.change(admin, team.owner.user, Role.VIEWER),
    ):
        with pytest.raises((ConflictError, DeniedError)):
            await deed
    with pytest.raises(ConflictError):
        await team.members.remove(team.owner, team.owner.user)
    await team.members.remove(admin, admin.user)
    assert len(await team.members.list(team.owner)) == 1


async def test_a_strangers_workspace_can_be_neither_joined_nor_looked_at_nor_changed(team):
    stranger = await team.person("eve")
    assert all(one.user == stranger.user for one in await team.members.list(stranger))
    inside = Principal(stranger.user, team.owner.workspace, Role.OWNER)
    with pytest.raises(DeniedError):
        await team.offers.offer(inside, "eve@example.com", Role.ADMIN)
    with pytest.raises(DeniedError):
        await team.members.change(inside, team.owner.user, Role.VIEWER)


async def test_whoever_made_a_project_owns_it_and_lets_others_in_to_it_alone(team):
    editor = await team.let_in("bo", Role.EDITOR)
    mine = await team.project(editor, "C")
    guest = await team.let_in("gus", Role.VIEWER, mine, by=editor)
    seen = (await team.projects.list(guest)).rows
    assert [one.id for one in seen] == [mine]
    with pytest.raises(DeniedError):
        await team.offers.offer(editor, "di@example.com", Role.VIEWER, team.one)
    with pytest.raises(DeniedError):
        await team.offers.offer(guest, "di@example.com", Role.VIEWER, mine)
    assert [one.name for one in await team.members.list(guest, mine)] == ["gus"]


async def test_a_guest_sees_one_project_and_nothing_else_whatever_is_asked(team):
    guest = await team.let_in("gus", Role.EDITOR, team.one)
    async with team.database.read(guest) as tx:
        assert (await tx.scalars(select(ProjectRow.id))).all() == [team.one]
        assert (await tx.scalars(select(RevisionRow.project_id))).all() == [team.one]
        told = await tx.scalars(text("SELECT DISTINCT subject FROM events"))
        assert told.all() == [team.one]
        names = await tx.scalars(text("SELECT name FROM users ORDER BY name"))
        assert names.all() == ["gus"]
        tables = await tx.scalars(
            text(
                "SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace_id'"
                " AND has_table_privilege(table_schema || '.' || table_name, 'SELECT')"
                " AND table_schema = 'public' ORDER BY 1"
            )
        )
        for table in tables.all():
            if table in {"projects", "revisions", "memberships", "tokens", "events", "blobs"}:
                continue
            # Of the audit trail what they did themselves: that they came in.
            own = f" WHERE user_id <> '{guest.user}'" if table == "audit_entries" else ""
            count = await tx.scalar(text(f"SELECT count(*) FROM {table}{own}"))  # noqa: S608
            assert count == 0, table


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER])
@pytest.mark.parametrize("guest", [True, False])
async def test_lookers_on_change_nothing_even_by_raw_statements(team, role, guest):
    who = await team.let_in("vi", role, team.one if guest else None)
    with pytest.raises(DeniedError):
        await team.projects.rename(who, team.one, "Mine")
    with pytest.raises(RightsError):
        await team.project(who, "D")
    async with team.database.transaction(who) as tx:
        for statement in ("UPDATE projects SET name = 'x'", "DELETE FROM projects"):
            assert (await tx.execute(text(statement))).rowcount == 0
    with pytest.raises(RightsError):
        async with team.database.transaction(who) as tx:
            await tx.execute(
                insert(RevisionRow).values(
                    id=RevisionId.new(),
                    workspace_id=who.workspace,
                    project_id=team.one,
                    user_id=who.user,
                    number=9,
                    script="a",
                    files={},
                    digest="d",
                )
            )


async def test_a_guest_who_edits_a_project_revises_it_and_makes_none_of_their_own(team):
    guest = await team.let_in("gus", Role.EDITOR, team.one)
    files = {"a.fountain": AssetId.new()}
    assert (await team.projects.revise(guest, team.one, files, "a.fountain")).number == 2
    with pytest.raises(MissingError):
        await team.projects.revise(guest, team.other, files, "a.fountain")
    with pytest.raises(RightsError):
        await team.project(guest, "D")


async def test_a_viewer_of_the_workspace_who_edits_a_project_edits_that_one(team):
    viewer = await team.let_in("vi", Role.VIEWER)
    secret = (await team.offers.offer(team.owner, "vi@example.com", Role.EDITOR, team.one)).text
    await team.offers.accept(viewer.user, secret)
    assert (await team.projects.rename(viewer, team.one, "Better")).name == "Better"
    with pytest.raises(DeniedError):
        await team.projects.rename(viewer, team.other, "Better")


async def test_whoever_is_put_out_sees_nothing_any_more(team):
    guest = await team.let_in("gus", Role.EDITOR, team.one)
    await team.members.remove(team.owner, guest.user, team.one)
    assert (await team.projects.list(guest)).rows == []


async def test_nobody_makes_themselves_more_than_they_are_by_raw_statements(team):
    editor = await team.let_in("bo", Role.EDITOR)
    async with team.database.transaction(editor) as tx:
        changed = await tx.execute(
            text("UPDATE memberships SET role = 'owner' WHERE workspace_id = :here"),
            {"here": editor.workspace},
        )
        assert changed.rowcount == 0
    for role, project in (("admin", None), ("owner", None), ("owner", team.one)):
        with pytest.raises(RightsError):
            async with team.database.transaction(editor) as tx:
                await tx.execute(
                    text(
                        "INSERT INTO memberships (workspace_id, user_id, project_id, role)"
                        " VALUES (:w, :u, :p, :r)"
                    ),
                    {"w": editor.workspace, "u": editor.user, "p": project, "r": role},
                )
