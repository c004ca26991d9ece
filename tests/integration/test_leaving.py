"""A person leaves for good: what is theirs alone goes, what is others' stays, whoever dies meanwhile."""

import asyncio
import os
import signal
import sys

import pytest
from sqlalchemy import text

from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, MissingError, UnauthenticatedError
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog
from reelwright.identity.leaving import Erasure, Farewells, Leaving, OwnsWorkError
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.jobs.job import NewJob
from reelwright.jobs.leaving import JobFarewell
from reelwright.studio.productions.store_sweeping import StoreSweeper
from support.people import join, new_person
from support.rows import counts, fill
from support.studio_floor import Floor
from support.tenants import owner

pytestmark = pytest.mark.anyio


# Erases whoever has left, and is killed over it: when, says the last word.
KILLED = """
import asyncio, os, signal, sys
from sqlalchemy import event
from sqlalchemy.orm import Session
from reelwright.identity.leaving import Erasure, Farewells
from support.databases import doors

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def run(url, moment):
    async def farewell(user):
        if moment == "farewell":
            die()
        event.listen(Session, moment, die)

    async with doors(url) as database:
        await Erasure(database, Farewells([farewell])).erase()

asyncio.run(run(*sys.argv[1:]))
"""


class Door:
    """Leaving, and what it needs."""

    def __init__(self, database, *farewells):
        clock, settings = SystemClock(), IdentitySettings()
        self.database = database
        self.audit = AuditLog(database, clock)
        self.tokens = TokenService(database, clock, self.audit, settings)
        sessions = SessionService(database, clock, self.audit, settings)
        self.leaving = Leaving(database, self.audit, sessions, self.tokens)
        self.erasure = Erasure(database, Farewells(farewells))


async def test_all_that_is_theirs_goes_and_the_audit_trail_keeps_ids_alone(database, database_url):
    door, ada, bob = Door(database), await new_person(database), await new_person(database, "Bob")
    token = (await door.tokens.create(ada, "hers"))[1]
    async with database.transaction(ada) as tx:
        await door.audit.write(tx, ada, "user:changed", ada.user, {"address": "192.0.2.1"})
    with owner(database_url) as connection:
        connection.execute(
            text(
                "INSERT INTO blobs (workspace_id, sha256, size, key, uses, charged_to)"
                " VALUES (:w, 'a', 1, 'k', 1, :u), (:w, 'b', 3, 'l', 1, :b)"
            ),
            {"w": ada.workspace, "u": ada.user, "b": bob.user},
        )
        connection.execute(
            text(
                "INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name,"
                " upload_ref, facts) VALUES (:w, 'ast', :u, 'a', 1, 'x', 'x', 'x', '{}')"
            ),
            {"w": ada.workspace, "u": ada.user},
        )
        connection.execute(
            text("INSERT INTO usage_totals VALUES (:u, 1), (:b, 5)"), {"u": ada.user, "b": bob.user}
        )
        connection.execute(
            text(
                "INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name,"
                " upload_ref, facts) VALUES (:w, 'ast2', :b, 'b', 3, 'x', 'x', 'x', '{}')"
            ),
            {"w": ada.workspace, "b": bob.user},
        )
    await door.leaving.leave(ada)
    with pytest.raises(UnauthenticatedError):
        await door.tokens.admit(token)
    assert await door.erasure.erase() == 1
    assert await door.erasure.erase() == 0
    with owner(database_url) as connection:
        left = {
            table: connection.scalar(
                text(f"SELECT count(*) FROM {table} WHERE workspace_id = :w"),  # noqa: S608  # ours
                {"w": ada.workspace},
            )
            for table in ("assets", "blobs", "tokens", "memberships")
        }
        details = connection.execute(text("SELECT user_id, detail FROM audit_entries")).all()
        kept_for_bob = connection.scalars(text("SELECT bytes FROM usage_totals")).all()
    assert not any(left.values()), left
    assert kept_for_bob == [2]
    assert details
    assert {tuple(one.detail) for one in details} == {()}
    with pytest.raises(MissingError):
        await UserService(database).get(ada)
    assert (await UserService(database).get(bob)).name == "Bob"


async def test_what_machines_keep_of_workspaces_that_are_no_more_is_swept(database, tmp_path):
    ada, gone = await new_person(database), WorkspaceId.new()
    for name in (ada.workspace, gone, "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "film.mp4").write_text("bytes")
    assert await StoreSweeper(database, tmp_path).sweep() == 1
    assert {one.name for one in tmp_path.iterdir()} == {ada.workspace, "notes"}
    assert await StoreSweeper(database, tmp_path / "none").sweep() == 0


async def test_every_table_of_tenants_is_emptied_whatever_refers_to_what(database, database_url):
    fill(database_url)
    door, ada = Door(database), await new_person(database)
    with owner(database_url) as connection:
        others = {
            row.workspace_id for row in connection.execute(text("SELECT workspace_id FROM assets"))
        }
        connection.execute(text("DELETE FROM memberships WHERE user_id = 'x'"))
        connection.execute(
            text("UPDATE workspaces SET owner_id = :u, personal = (id = :w)"),
            {"u": ada.user, "w": ada.workspace},
        )
        connection.execute(text("UPDATE projects SET user_id = :u"), {"u": ada.user})
    await door.leaving.leave(ada)
    assert await door.erasure.erase() == 1
    assert others
    with owner(database_url) as connection:
        names = connection.scalars(
            text(
                "SELECT DISTINCT table_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND column_name = 'workspace_id'"
            )
        ).all()
    left = counts(database_url)
    assert {name for name in names if left.get(name)} <= {"audit_entries"}


async def test_whoever_owns_work_of_others_hands_it_over_first(database):
    door, ada, bob = Door(database), await new_person(database), await new_person(database)
    workspaces = WorkspaceService(database)
    team, alone = await workspaces.create(ada, "Team"), await workspaces.create(ada, "Alone")
    await join(database, bob, team.id)
    with pytest.raises(OwnsWorkError, match=f"1 of your workspaces: Team .{team.id}"):
        await door.leaving.leave(ada)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(
            text("UPDATE workspaces SET owner_id = :bob WHERE id = :id"),
            {"bob": bob.user, "id": team.id},
        )
    await door.leaving.leave(ada)
    await door.erasure.erase()
    assert [one.name for one in await workspaces.list(bob)] == ["Personal", "Team"]
    with pytest.raises(MissingError):
        await workspaces.get(bob, alone.id)


async def test_the_owner_of_the_installation_stays_and_nobody_is_erased_who_did_not_leave(database):
    door, ada = Door(database), await new_person(database)
    with pytest.raises(ConflictError, match="stays"):
        await door.leaving.leave(await UserService(database).local_owner())
    async with database.transaction(Activity.CLEAN_UP) as tx:
        assert not await tx.scalar(text("SELECT erase_person(:user)"), {"user": ada.user})
    async with database.transaction(Activity.REAP) as tx:
        assert not await tx.scalar(text("SELECT erase_person(:user)"), {"user": ada.user})


async def test_what_is_under_way_is_called_off_first_and_dying_in_between_does_no_harm(database):
    floor, ada, bob = Floor(database), await new_person(database), await new_person(database)
    await join(database, ada, bob.workspace)
    mine = await floor.jobs.create_job(ada, NewJob(kind="shot"))
    theirs = await floor.jobs.create_job(bob, NewJob(kind="shot"))
    for_them = await floor.jobs.create_job(type(ada)(ada.user, bob.workspace), NewJob(kind="shot"))
    calling_off = JobFarewell(database, floor.jobs).call_off
    deaths = [True]

    async def dying(_user):
        if deaths:
            deaths.pop()
            raise asyncio.CancelledError

    door = Door(database, calling_off, dying)
    await door.leaving.leave(ada)
    with pytest.raises(asyncio.CancelledError):
        await door.erasure.erase()
    assert sorted(floor.released) == sorted([mine.id, for_them.id])
    assert await door.erasure.erase() == 1
    assert (await floor.state(bob, for_them)).value == "cancelled"
    assert (await floor.state(bob, theirs)).value == "queued"
    await floor.run_all()
    assert floor.done == [theirs.id]


@pytest.mark.parametrize("moment", ["farewell", "before_commit", "after_commit"])
async def test_erasing_whose_process_is_killed_is_done_whole_or_not_at_all_and_by_the_next(
    database, database_url, moment
):
    fill(database_url)
    door, ada = Door(database), await new_person(database)
    token = (await door.tokens.create(ada, "hers"))[1]
    with owner(database_url) as connection:
        connection.execute(text("DELETE FROM memberships WHERE user_id = 'x'"))
        whole = {"u": ada.user, "w": ada.workspace}
        connection.execute(text("UPDATE workspaces SET owner_id = :u, personal = (id = :w)"), whole)
        connection.execute(text("UPDATE projects SET user_id = :u"), {"u": ada.user})
    await door.leaving.leave(ada)
    before = counts(database_url)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, database_url, moment),
        env=os.environ | {"PYTHONPATH": "tests"},
    )
    assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
    with pytest.raises(UnauthenticatedError):
        await door.tokens.admit(token)
    left = counts(database_url)
    if moment == "after_commit":
        assert not left["assets"]
        assert not left["workspaces"]
    else:
        assert left == before
    assert await door.erasure.erase() == (0 if moment == "after_commit" else 1)
    left = counts(database_url)
    assert [left[one] for one in ("assets", "tokens", "memberships", "workspaces")] == [0] * 4


async def test_whoever_cannot_be_let_go_of_keeps_nobody_else_waiting(database):
    ada, bob = await new_person(database), await new_person(database, "Bob")

    async def hold(user):
        if user == ada.user:
            raise RuntimeError("not yet")

    door = Door(database, hold)
    await door.leaving.leave(ada)
    await door.leaving.leave(bob)
    with pytest.raises(RuntimeError):
        await door.erasure.erase()
    async with database.transaction(Activity.SIGN_IN) as tx:
        left = (await tx.scalars(text("SELECT id FROM users"))).all()
    assert ada.user in left
    assert bob.user not in left
