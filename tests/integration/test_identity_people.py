"""The local owner, workspaces and who sees which."""

import asyncio
import sys

import anyio
import pytest
from sqlalchemy import select, text

from reelwright.engines.database.failures import RightsError
from reelwright.ground.errors import (
    ConflictError,
    DeniedError,
    InvalidInputError,
    MissingError,
)
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.tables import MembershipRow, TokenRow, UserRow, WorkspaceRow
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from support.people import join, new_person

pytestmark = pytest.mark.anyio

_OWNER = """
import asyncio, sys
sys.path.insert(0, "tests")
from support.databases import doors
from reelwright.identity.users import UserService
async def main():
    async with doors(sys.argv[1]) as database:
        print(await UserService(database).local_owner())
asyncio.run(main())
"""


async def test_the_local_owner_is_made_once_and_has_a_personal_workspace(database):
    users = UserService(database)
    found = await asyncio.gather(*(users.local_owner() for _ in range(8)))
    assert len(set(found)) == 1
    assert (await users.get(found[0])).local
    personal = await WorkspaceService(database).default(found[0])
    assert (personal.id, personal.personal) == (found[0].workspace, True)


async def test_two_processes_that_start_together_find_one_local_owner(database_url):
    command = [sys.executable, "-c", _OWNER, database_url]
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        running = [group.create_task(anyio.run_process(command)) for _ in range(2)]
    answers = [task.result().stdout.decode() for task in running]
    assert answers[0] == answers[1]
    assert "usr_" in answers[0]


async def test_a_person_makes_renames_and_archives_workspaces(database):
    who, workspaces = await new_person(database), WorkspaceService(database)
    made = await workspaces.create(who, "  The  Keeper ")
    assert (made.name, made.owner, made.personal) == ("The Keeper", who.user, False)
    assert (await workspaces.rename(who, made.id, "Lighthouse")).name == "Lighthouse"
    assert [w.id for w in await workspaces.list(who)] == [who.workspace, made.id]
    assert (await workspaces.archive(who, made.id)).archived_at is not None
    assert [w.id for w in await workspaces.list(who)] == [who.workspace]
    assert [w.id for w in await workspaces.list(who, archived=True)] == [who.workspace, made.id]
    assert (await workspaces.restore(who, made.id)).archived_at is None


async def test_the_personal_workspace_cannot_be_archived(database):
    who = await new_person(database)
    with pytest.raises(ConflictError):
        await WorkspaceService(database).archive(who, who.workspace)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "bell\a"])
async def test_a_workspace_needs_a_name(database, name):
    with pytest.raises(InvalidInputError):
        await WorkspaceService(database).create(await new_person(database), name)


async def test_a_strangers_workspace_is_missing(database):
    who, stranger = await new_person(database), await new_person(database)
    workspaces = WorkspaceService(database)
    for attempt in (
        workspaces.get(stranger, who.workspace),
        workspaces.rename(stranger, who.workspace, "mine"),
        workspaces.archive(stranger, who.workspace),
        workspaces.enter(stranger, who.workspace),
    ):
        with pytest.raises(MissingError):
            await attempt


async def test_a_member_enters_a_workspace_but_does_not_change_it(database):
    owner, member = await new_person(database), await new_person(database)
    workspaces = WorkspaceService(database)
    team = await workspaces.create(owner, "Team")
    await join(database, member, team.id)
    assert await workspaces.enter(member, team.id) == Principal(member.user, team.id)
    with pytest.raises(DeniedError):
        await workspaces.rename(member, team.id, "Mine")


async def test_nobody_lets_themselves_into_anothers_workspace(database):
    who, stranger = await new_person(database), await new_person(database)
    statement = text("INSERT INTO memberships VALUES (:workspace, :user, 'owner')")
    with pytest.raises(RightsError):
        async with database.transaction(stranger) as tx:
            told = {"workspace": who.workspace, "user": stranger.user}
            await tx.execute(statement, told)


async def test_without_a_known_principal_nothing_is_seen(database):
    await new_person(database)
    nobody = Principal(UserId.new(), WorkspaceId.new())
    for who in (nobody, Activity.REAP):
        async with database.read(who) as tx:
            for table in (UserRow, WorkspaceRow, MembershipRow, TokenRow):
                assert (await tx.scalars(select(table))).all() == []


async def test_people_see_only_themselves(database):
    who = await new_person(database)
    await new_person(database)
    async with database.read(who) as tx:
        assert (await tx.scalars(text("SELECT id FROM users"))).all() == [who.user]
