"""The audit trail: written with the deed, read by the workspace, changed by nobody."""

import pytest
from sqlalchemy import text

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity, Role
from reelwright.identity.audit import AuditLog, Sought
from reelwright.identity.newcomers import personal
from support.clocks import HandClock
from support.people import new_person
from support.teams import Team

pytestmark = pytest.mark.anyio


@pytest.fixture
async def team(database):
    return await Team(database).gather()


async def test_a_deed_is_noted_with_its_transaction_and_shown_to_its_workspace_only(database):
    log = AuditLog(database, HandClock())
    who, stranger = await new_person(database), await new_person(database)
    async with database.transaction(who) as tx:
        first = await log.write(tx, who, "route:changed", "rte_1", {"to": "fal"})
        second = await log.write(tx, who, "route:changed", "rte_2", {})
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(who) as tx:
            await log.write(tx, who, "route:changed", "rte_1", {})
            raise ZeroDivisionError
    assert (await log.list(who)).rows == [second, first]
    assert (await log.list(who, Sought(subject="rte_1"))).rows == [first]
    page = await log.list(who, paging=Paging(1))
    assert (await log.list(who, paging=Paging(1, page.next))).rows == [first]
    assert (await log.list(stranger)).rows == []
    async with database.read(Activity.AUDIT) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM audit_entries")) == 2
    async with database.transaction(who) as tx:
        for action, detail in (
            ("changed", {}),
            ("route:changed", {"at": object()}),
            ("route:changed", {"text": "\0"}),
            ("route:changed", {"text": "x" * 20_000}),
        ):
            with pytest.raises(InvalidInputError):
                await log.write(tx, who, action, "rte_1", detail)


async def test_the_database_shows_members_their_own_deeds_alone_and_owners_and_admins_all(team):
    log = AuditLog(team.database, HandClock())
    editor = await team.let_in("bo", Role.EDITOR)
    admin = await team.let_in("di", Role.ADMIN)
    async with team.database.transaction(editor) as tx:
        mine = await log.write(tx, editor, "account:added", "acc_1", {})
    counted = text("SELECT count(*) FROM audit_entries WHERE workspace_id = :here")
    seen = {}
    for who in (team.owner, admin, editor):
        async with team.database.read(who) as tx:
            seen[who.user] = await tx.scalar(counted, {"here": who.workspace})
    assert seen[team.owner.user] == seen[admin.user] > seen[editor.user] == 2
    own = await log.list(editor)
    assert [one.action for one in own.rows] == ["account:added", "invitation:accepted"]
    async with team.database.transaction(editor) as tx:
        at_home = await personal(tx, editor.user)
    assert mine in (await log.list_own(at_home)).rows
    assert mine not in (await log.list(at_home)).rows
