"""Which indexes are missing, and which only cost."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Activity


class Finding(StrEnum):
    """What can be said of an index that is there, or is not."""

    FOREIGN_KEY = "foreign_key"  # no index leads with its columns: deleting the parent scans
    SCANNED = "scanned"  # a big table that is mostly read from end to end
    UNUSED = "unused"  # an index that nothing has read since the counters began
    COVERED = "covered"  # an index that another one begins with


@dataclass(frozen=True, slots=True)
class IndexAdvice:
    """One finding, and the statement that would help, for a person to judge."""

    finding: Finding
    table: str
    name: str
    detail: str
    statement: str | None = None


class IndexingStrategy:
    """Looks for missing and useless indexes. Its name is the mission's.

    `big` is the number of rows from which a table counts as big; counters younger than the last
    reset say little, so on a fresh server few findings are right.
    """

    def __init__(self, database: Database, big: int = 10_000) -> None:
        self._database = database
        self._big = big

    async def advice(self) -> list[IndexAdvice]:
        """All findings, the missing indexes first."""
        found = []
        async with self._database.read(Activity.CLEAN_UP) as tx:
            for finding, statement in _QUESTIONS.items():
                told = {"big": self._big} if ":big" in statement else {}
                rows = await tx.execute(text(statement), told)
                found += [IndexAdvice(finding, *row) for row in rows]
        return found


# Each answers: table, name, detail, the statement that would help.
_QUESTIONS = {
    Finding.FOREIGN_KEY: r"""
        SELECT t.relname, c.conname, 'references ' || c.confrelid::regclass::text,
            format('CREATE INDEX CONCURRENTLY ON %I.%I (%s)', n.nspname, t.relname, k.names)
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        CROSS JOIN LATERAL (
            SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY o) AS names
            FROM unnest(c.conkey) WITH ORDINALITY AS u(num, o)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num
        ) k
        WHERE c.contype = 'f' AND NOT EXISTS (
            SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisvalid
            AND (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(c.conkey)]
                @> c.conkey)
        ORDER BY 1, 2""",
    Finding.SCANNED: """
        SELECT relname, relname,
            format('%s full reads of %s rows, %s by index', seq_scan, n_live_tup,
                coalesce(idx_scan, 0)), NULL
        FROM pg_stat_user_tables
        WHERE n_live_tup >= :big AND seq_scan > coalesce(idx_scan, 0) AND seq_scan > 10
        ORDER BY seq_tup_read DESC""",
    Finding.UNUSED: """
        SELECT s.relname, s.indexrelname,
            format('%s, never read', pg_size_pretty(pg_relation_size(s.indexrelid))),
            format('DROP INDEX CONCURRENTLY %I.%I', s.schemaname, s.indexrelname)
        FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid
        JOIN pg_stat_user_tables t ON t.relid = s.relid
        WHERE s.schemaname = 'public' AND s.idx_scan = 0 AND NOT i.indisunique
            AND t.n_live_tup >= :big
        ORDER BY pg_relation_size(s.indexrelid) DESC""",
    Finding.COVERED: """
        SELECT t.relname, a.relname, format('%s begins with the same columns', b.relname),
            format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, a.relname)
        FROM pg_index i
        JOIN pg_index j ON j.indrelid = i.indrelid AND j.indexrelid <> i.indexrelid
        JOIN pg_class a ON a.oid = i.indexrelid JOIN pg_class b ON b.oid = j.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        WHERE NOT i.indisunique AND i.indpred IS NULL AND j.indpred IS NULL
            AND i.indexprs IS NULL AND j.indexprs IS NULL AND a.relam = b.relam
            AND i.indoption::text = ANY (ARRAY[j.indoption::text,
                left(j.indoption::text, length(i.indoption::text))])
            AND (j.indkey::text || ' ') LIKE (i.indkey::text || ' %')
            AND (j.indkey::text <> i.indkey::text OR j.indisunique OR i.indexrelid > j.indexrelid)
        ORDER BY 1, 2""",
}
