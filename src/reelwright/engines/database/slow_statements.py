"""Which statements cost most: by our own counts, and by the server's where it counts."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.database.timings import StatementTimings, p95_us
from reelwright.ground.principals import Activity


@dataclass(frozen=True, slots=True)
class SlowStatement:
    """One statement's cost over all its runs; milliseconds. `p95_ms` only where we counted."""

    statement: str
    calls: int
    total_ms: float
    mean_ms: float
    longest_ms: float
    p95_ms: float | None
    counted_by: str
    """`reelwright` (our own counts) or `postgres` (pg_stat_statements)."""


class QueryOptimizer:
    """Finds the statements worth making faster. Its name is the mission's."""

    def __init__(self, database: Database, timings: StatementTimings | None = None) -> None:
        self._database = database
        self._timings = timings

    async def slow_statements(self, most: int = 10) -> list[SlowStatement]:
        """The statements that cost most in all, ours first; flushes our own counts before."""
        if self._timings is not None:
            await self._timings.flush(self._database)
        async with self._database.read(Activity.CLEAN_UP) as tx:
            return await _ours(tx, most) + await _servers(tx, most)


async def _ours(tx: Tx, most: int) -> list[SlowStatement]:
    rows = await tx.execute(_OURS, {"most": most})
    return [
        SlowStatement(
            statement,
            calls,
            total / 1000,
            total / 1000 / calls,
            longest / 1000,
            p95_us(buckets, longest) / 1000,
            "reelwright",
        )
        for statement, calls, total, longest, buckets in rows
    ]


async def _servers(tx: Tx, most: int) -> list[SlowStatement]:
    """What pg_stat_statements tells about this database; nothing where it is not installed."""
    if await tx.scalar(text("SELECT to_regclass('pg_stat_statements')")) is None:
        return []
    try:
        # Installed but not preloaded, it raises when it is read; a savepoint keeps the rest.
        async with tx.begin_nested():
            rows = (await tx.execute(_SERVERS, {"most": most})).all()
    except DBAPIError:
        return []
    return [
        SlowStatement(" ".join(query.split()), calls, total, mean, longest, None, "postgres")
        for query, calls, total, mean, longest in rows
    ]


_OURS = text(
    "SELECT statement, calls, total_us, longest_us, buckets FROM statement_timings"
    " ORDER BY total_us DESC LIMIT :most"
)
# Whoever may not see a statement's text gets a note in its place; such rows help nobody.
_SERVERS = text(
    "SELECT query, calls, total_exec_time, mean_exec_time, max_exec_time FROM pg_stat_statements"
    " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND query <> '<insufficient privilege>' ORDER BY total_exec_time DESC LIMIT :most"
)
