"""Transactions open as whoever asks, and nobody sees another's rows."""

import asyncio
import contextlib
import contextvars
import gc

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import text

from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.database import connect
from reelwright.engines.database.failures import (
    AbortedTransactionError,
    DatabaseBusyError,
    DatabaseUnavailableError,
    RightsError,
    TookTooLongError,
)
from reelwright.engines.database.roles import APP, plain_dsn, role_url
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.ground.transactions import InsideTransactionError
from support.tenants import add_props, owner, stranger, urls_of

pytestmark = pytest.mark.anyio

NOBODYS_PORT = "postgresql+psycopg://postgres@127.0.0.1:1/nothing"


@pytest.fixture
def props(database_url):
    add_props(database_url)
    return database_url


@contextlib.asynccontextmanager
async def opened(url, replica=None, **settings):
    database = connect(DatabaseSettings(**settings), urls_of(url, replica))
    try:
        yield database
    finally:
        await database.dispose()


async def put(tx, who, name):
    await tx.execute(
        text("INSERT INTO props VALUES (:workspace, :name)"),
        {"workspace": who.workspace, "name": name},
    )


async def names(tx):
    return sorted(await tx.scalars(text("SELECT name FROM props")))


async def test_a_transaction_knows_who_is_asking(database):
    who = Principal(UserId.new(), WorkspaceId.new())
    async with database.transaction(who) as tx:
        row = (
            await tx.execute(text("SELECT current_user, current_setting('app.workspace_id')"))
        ).one()
    assert row == ("reelwright_app", who.workspace)


async def test_the_system_has_a_role_of_its_own(database):
    async with database.transaction(Activity.REAP) as tx:
        row = (await tx.execute(text("SELECT current_user, current_setting('app.activity')"))).one()
    assert row == ("reelwright_system", "reap")


async def test_a_transaction_inside_another_is_refused(database):
    async with database.transaction(Activity.REAP):
        with pytest.raises(InsideTransactionError):
            async with database.read(Activity.REAP):
                pass


@pytest.mark.parametrize(
    "who",
    [
        None,
        "ws_1",
        Principal(UserId(""), WorkspaceId("")),
        Principal(UserId("usr_1"), WorkspaceId("x'; RESET ROLE; --")),
    ],
)
async def test_nobody_and_odd_names_open_nothing(database, who):
    with pytest.raises(UnauthenticatedError):
        async with database.transaction(who):
            pass


async def test_what_one_workspace_puts_another_never_sees(props):
    mine, theirs = stranger(), stranger()
    async with opened(props) as database:
        async with database.transaction(mine) as tx:
            await put(tx, mine, "lamp")
        async with database.read(theirs) as tx:
            assert await names(tx) == []
        async with database.read(mine) as tx:
            assert await names(tx) == ["lamp"]
        with pytest.raises(RightsError):
            async with database.transaction(theirs) as tx:
                await put(tx, mine, "chair")


async def test_a_pooled_connection_forgets_who_used_it(props):
    who = stranger()
    async with opened(props, pool_size=1, max_overflow=0) as database:
        async with database.transaction(who) as tx:
            await put(tx, who, "lamp")
            before = await tx.scalar(text("SELECT pg_backend_pid()"))
        engine = database.pools.here().app
        async with engine.connect() as connection:
            seen = (
                await connection.execute(
                    text(
                        "SELECT pg_backend_pid(), current_setting('app.workspace_id', true),"
                        " (SELECT count(*) FROM props)"
                    )
                )
            ).one()
    assert seen == (before, "", 0)


async def test_only_named_activities_see_all_workspaces(props):
    who = stranger()
    async with opened(props) as database:
        async with database.transaction(who) as tx:
            await put(tx, who, "lamp")
        async with database.read(Activity.REAP) as tx:
            assert await names(tx) == ["lamp"]
        async with database.read(Activity.SIGN_IN) as tx:
            assert await names(tx) == []


async def test_a_request_cannot_pass_for_the_system(props):
    who = stranger()
    async with opened(props) as database:
        async with database.transaction(who) as tx:
            await put(tx, who, "lamp")
        async with database.transaction(stranger()) as tx:
            await tx.execute(text("SELECT set_config('app.activity', 'reap', true)"))
            assert await names(tx) == []
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied to set role"):
                async with tx.begin_nested():
                    await tx.execute(text("SET ROLE reelwright_system"))


async def test_what_is_read_only_cannot_write(props):
    who = stranger()
    async with opened(props) as database:
        with pytest.raises(sa.exc.DBAPIError, match="read-only"):
            async with database.read(who) as tx:
                await put(tx, who, "lamp")


async def test_what_fails_is_undone(props):
    who = stranger()
    async with opened(props) as database:
        with pytest.raises(ZeroDivisionError):
            async with database.transaction(who) as tx:
                await put(tx, who, "lamp")
                raise ZeroDivisionError
        async with database.read(who) as tx:
            assert await names(tx) == []


async def test_a_swallowed_error_is_no_silent_rollback(props):
    who = stranger()
    async with opened(props) as database:
        with pytest.raises(AbortedTransactionError):
            async with database.transaction(who) as tx:
                await put(tx, who, "lamp")
                with contextlib.suppress(sa.exc.IntegrityError):
                    await put(tx, who, "lamp")


async def test_a_pool_with_no_connection_left_says_so_soon(database_url):
    async with opened(database_url, pool_size=1, max_overflow=0, pool_timeout_s=0.1) as database:

        async def hold(ready, done):
            async with database.transaction(stranger()):
                ready.set()
                await done.wait()

        ready, done = asyncio.Event(), asyncio.Event()
        holding = asyncio.create_task(hold(ready, done))
        await ready.wait()
        assert ConnectionManager(database).pools()["app"].in_use == 1
        with pytest.raises(DatabaseBusyError):
            async with database.transaction(stranger()):
                pass
        done.set()
        await holding


async def test_a_server_that_is_away_is_told_apart():
    async with opened(NOBODYS_PORT) as database:
        with pytest.raises(DatabaseUnavailableError):
            async with database.transaction(stranger()):
                pass
        pings = await ConnectionManager(database).ping()
    assert pings["app"].trouble == "the database cannot be reached"


async def test_a_restarted_server_is_not_noticed_by_who_comes_after(props):
    who = stranger()
    async with opened(props) as database:
        for _ in range(2):
            async with database.transaction(who) as tx:
                pid = await tx.scalar(text("SELECT pg_backend_pid()"))
            with owner(props) as connection:
                connection.execute(text(f"SELECT pg_terminate_backend({pid})"))
        async with database.transaction(who) as tx:
            assert await tx.scalar(text("SELECT pg_backend_pid()")) != pid


async def test_a_connection_lost_in_the_middle_is_our_error(props):
    async with opened(props) as database:
        with pytest.raises(DatabaseUnavailableError) as caught:
            async with database.transaction(stranger()) as tx:
                pid = await tx.scalar(text("SELECT pg_backend_pid()"))
                with owner(props) as connection:
                    connection.execute(text(f"SELECT pg_terminate_backend({pid})"))
                await tx.execute(text("SELECT 1"))
        assert not caught.value.in_doubt
        async with database.transaction(stranger()) as tx:
            await tx.execute(text("SELECT 1"))


async def test_each_role_has_its_time_limits(props):
    async with opened(props, statement_timeout_s=0.1, system_statement_timeout_s=60) as database:
        with pytest.raises(TookTooLongError):
            async with database.read(stranger()) as tx:
                await tx.execute(text("SELECT pg_sleep(5)"))
        async with database.read(Activity.REAP) as tx:
            await tx.execute(text("SELECT pg_sleep(0.2)"))
            told = await tx.execute(
                text(
                    "SELECT current_setting('lock_timeout'),"
                    " current_setting('idle_in_transaction_session_timeout'),"
                    " current_setting('application_name')"
                )
            )
    assert told.one() == ("10s", "1min", "reelwright")


async def test_a_wait_for_a_lock_ends(props):
    with owner(props) as connection:
        connection.execute(text("INSERT INTO props VALUES ('ws_1', 'lamp')"))
        connection.execute(text("BEGIN; LOCK TABLE props"))
        async with opened(props, lock_timeout_s=0.1) as database:
            with pytest.raises(TookTooLongError):
                async with database.read(stranger()) as tx:
                    await names(tx)
        connection.execute(text("ROLLBACK"))


async def test_reads_go_to_the_replica_and_to_the_primary_while_it_is_away(props, server):
    elsewhere = server.create()
    try:
        async with opened(props, role_url(elsewhere, APP)) as database:
            async with database.read(stranger()) as tx:
                where = await tx.scalar(text("SELECT current_database()"))
            assert where == sa.make_url(elsewhere).database
            async with database.transaction(stranger()) as tx:
                where = await tx.scalar(text("SELECT current_database()"))
            assert where == sa.make_url(props).database
    finally:
        server.drop(elsewhere)
    async with opened(props, NOBODYS_PORT, replica_retry_s=60) as database:
        for _ in range(2):
            async with database.read(stranger()) as tx:
                where = await tx.scalar(text("SELECT current_database()"))
            assert where == sa.make_url(props).database
        assert await ConnectionManager(database).is_healthy()


def test_each_event_loop_has_its_own_pools(database_url):
    async def pid(database):
        async with database.transaction(stranger()) as tx:
            return await tx.scalar(text("SELECT pg_backend_pid()"))

    database = connect(DatabaseSettings(), urls_of(database_url))

    async def twice():
        assert await pid(database) == await pid(database)
        other = await asyncio.to_thread(asyncio.run, closing(database))
        assert other != await pid(database)
        await database.dispose()

    async def closing(database):
        found = await pid(database)
        await database.pools.here().app.dispose()
        return found

    asyncio.run(twice())


async def test_work_that_is_cancelled_leaves_no_connection_behind(database_url):
    async with opened(database_url, pool_size=2, max_overflow=0) as database:

        async def work(seconds):
            async with database.read(stranger()) as tx:
                await tx.execute(text("SELECT pg_sleep(:s)"), {"s": seconds})

        for round_ in range(20):
            tasks = [asyncio.create_task(work(0.01)) for _ in range(4)]
            await asyncio.sleep(0.001 * round_)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(500):
            if not ConnectionManager(database).pools()["app"].in_use:
                break
            await asyncio.sleep(0.01)
        assert ConnectionManager(database).pools()["app"].in_use == 0
        await asyncio.gather(work(0), work(0))


async def test_connecting_that_is_cancelled_leaves_nobody_half_signed_in(database_url):
    half = "SELECT count(*) FROM pg_stat_activity WHERE state = 'starting'"
    gc.disable()  # what is left to it is left for long, now and then
    try:
        for wait in range(40):
            async with opened(database_url) as database:
                connecting = asyncio.create_task(answered(database))
                await asyncio.sleep(wait / 4000)
                connecting.cancel()
                await asyncio.gather(connecting, return_exceptions=True)
        with psycopg.connect(plain_dsn(database_url), autocommit=True) as owner_s:
            for _ in range(100):
                left = owner_s.execute(half).fetchone()
                if left == (0,):
                    break
                await asyncio.sleep(0.02)
    finally:
        gc.enable()
    assert left == (0,)


async def answered(database):
    async with database.read(stranger()) as tx:
        return await tx.scalar(text("SELECT 1"))


async def test_the_end_waits_for_connections_that_are_on_their_way_back(database_url):
    async with opened(database_url) as database:
        engines = database.pools.here()
        may_end, back = asyncio.Event(), []

        async def put_back():
            await may_end.wait()
            back.append("a connection")

        leaving = asyncio.create_task(engines.bring_back(put_back()))
        await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        asyncio.get_running_loop().call_soon(may_end.set)
        await database.dispose()
        assert back == ["a connection"]


async def test_one_lost_connection_costs_those_in_use_nothing(database_url):
    async with opened(database_url) as database:
        who = Principal(UserId.new(), WorkspaceId.new())
        async with database.transaction(who) as busy:
            mine = await busy.scalar(text("SELECT pg_backend_pid()"))
            lost = await _elsewhere(_pid(database, who))
            with owner(database_url) as admin:
                admin.execute(text(f"SELECT pg_terminate_backend({lost}, 5000)"))
            assert await _elsewhere(_pid(database, who)) not in {mine, lost}
            assert await busy.scalar(text("SELECT pg_backend_pid()")) == mine


async def _pid(database, who):
    async with database.transaction(who) as tx:
        return await tx.scalar(text("SELECT pg_backend_pid()"))


async def _elsewhere(work):
    """Done by a task that is not inside our transaction."""
    return await asyncio.create_task(work, context=contextvars.Context())
