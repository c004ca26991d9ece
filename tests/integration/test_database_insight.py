"""What the database can tell of itself: slow statements, indexes, tables, connections."""

import pytest
from sqlalchemy import text

from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.database import connect
from reelwright.engines.database.indexes import Finding, IndexingStrategy
from reelwright.engines.database.optimisation import OptimizationService
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.database.slow_statements import QueryOptimizer
from reelwright.engines.database.timings import StatementTimings
from reelwright.ground.principals import Activity
from support.tenants import add_props, owner, stranger, urls_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def timed(database_url):
    timings = StatementTimings()
    database = connect(DatabaseSettings(), urls_of(database_url), timings=timings)
    yield database, timings
    await database.dispose()


async def test_statements_are_counted_over_processes(timed):
    database, timings = timed
    for _ in range(2):
        async with database.read(stranger()) as tx:
            await tx.execute(text("SELECT pg_sleep(:s)"), {"s": 0.05})
            await tx.execute(text("SELECT pg_sleep(:s)"), {"s": 0})
        assert await timings.flush(database) >= 1
    found = await QueryOptimizer(database, timings).slow_statements()
    slow = found[0]
    assert slow.statement.startswith("SELECT pg_sleep(?")
    assert slow.calls == 4
    assert 100 <= slow.total_ms < 5000
    assert slow.p95_ms is not None
    assert 50 <= slow.p95_ms <= slow.longest_ms


async def test_missing_and_useless_indexes_are_found(database_url, timed):
    add_props(database_url)
    with owner(database_url) as connection:
        for statement in (
            "CREATE TABLE scenes (workspace_id text, name text, take int)",
            "ALTER TABLE scenes ADD FOREIGN KEY (workspace_id, name) REFERENCES props",
            "CREATE INDEX ix_one ON scenes (take)",
            "CREATE INDEX ix_two ON scenes (take, name)",
            "INSERT INTO props SELECT 'ws_1', n FROM generate_series(1, 100) n",
            "INSERT INTO scenes SELECT 'ws_1', n % 100 + 1, n FROM generate_series(1, 500) n",
            "ANALYZE scenes",
        ):
            connection.execute(text(statement))
    database, _ = timed
    found = await IndexingStrategy(database, big=100).advice()
    about = {(one.finding, one.name) for one in found if one.table == "scenes"}
    assert (Finding.COVERED, "ix_one") in about
    assert (Finding.COVERED, "ix_two") not in about
    keys = [one for one in found if one.finding == Finding.FOREIGN_KEY and one.table == "scenes"]
    assert keys[0].statement == ("CREATE INDEX CONCURRENTLY ON public.scenes (workspace_id, name)")
    with owner(database_url) as connection:
        connection.execute(text("CREATE INDEX ON scenes (name, workspace_id, take)"))
    found = await IndexingStrategy(database, big=100).advice()
    assert not [one for one in found if one.table == "scenes" and one.finding == "foreign_key"]


async def test_all_of_it_together(timed):
    database, timings = timed
    service = OptimizationService(
        database, QueryOptimizer(database, timings), IndexingStrategy(database)
    )
    found = await service.analyse()
    assert found.size > 1_000_000
    assert found.tables == []


async def test_connections_are_watched(timed):
    database, _ = timed
    watch = ConnectionManager(database)
    assert await watch.is_healthy()
    pings = await watch.ping()
    assert pings["app"].user == "reelwright_app"
    assert pings["system"].trouble is None
    async with database.transaction(Activity.REAP):
        assert watch.pools()["system"].in_use == 1
    assert watch.pools()["system"].in_use == 0
    assert sum((await watch.server()).values()) >= 1
