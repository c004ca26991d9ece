"""All that can be said about the database's speed, together."""

from dataclasses import dataclass

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.database.indexes import IndexAdvice, IndexingStrategy
from reelwright.engines.database.slow_statements import QueryOptimizer, SlowStatement
from reelwright.ground.principals import Activity


@dataclass(frozen=True, slots=True)
class TableAdvice:
    """A table that wants `VACUUM` or `ANALYZE`, and why."""

    table: str
    detail: str
    statement: str


@dataclass(frozen=True, slots=True)
class Optimisation:
    """What was found; empty lists mean that nothing stands out."""

    slow: list[SlowStatement]
    indexes: list[IndexAdvice]
    tables: list[TableAdvice]
    size: int
    """Bytes of the whole database."""


class OptimizationService:
    """Asks the others and looks after dead rows and stale statistics. Its name is the mission's.

    It changes nothing: what to do is a person's choice.
    """

    def __init__(
        self, database: Database, queries: QueryOptimizer, indexing: IndexingStrategy
    ) -> None:
        self._database = database
        self._queries = queries
        self._indexing = indexing

    async def analyse(self, most: int = 10) -> Optimisation:
        """Everything; at most `most` slow statements of each count."""
        slow = await self._queries.slow_statements(most)
        indexes = await self._indexing.advice()
        async with self._database.read(Activity.CLEAN_UP) as tx:
            tables = [TableAdvice(*row) for row in await tx.execute(_TABLES)]
            size = await tx.scalar(text("SELECT pg_database_size(current_database())"))
        return Optimisation(slow, indexes, tables, int(size or 0))


# Dead rows: what autovacuum's own threshold (20 %) should have caught, and somehow has not.
_TABLES = text("""
    SELECT relname, format('%s dead rows beside %s live ones', n_dead_tup, n_live_tup),
        format('VACUUM (ANALYZE) %I.%I', schemaname, relname)
    FROM pg_stat_user_tables WHERE n_dead_tup > 10000 AND n_dead_tup > 0.3 * n_live_tup
    UNION ALL
    SELECT relname, format('%s of %s rows changed since the statistics were made',
            n_mod_since_analyze, n_live_tup), format('ANALYZE %I.%I', schemaname, relname)
    FROM pg_stat_user_tables
    WHERE n_mod_since_analyze > 10000 AND n_mod_since_analyze > 0.3 * n_live_tup
        AND NOT (n_dead_tup > 10000 AND n_dead_tup > 0.3 * n_live_tup)
    ORDER BY 1
""")
