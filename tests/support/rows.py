"""A row for every table, whatever tables there are, so that migrations meet data."""

import re

import sqlalchemy as sa
from sqlalchemy import text

_VALUES = {
    "text": "x",
    "bool": False,
    "int4": 1,
    "int8": 1,
    "int2": 1,
    "float8": 1.0,
    "numeric": 1,
    "bytea": b"x",
    "jsonb": "{}",
    "date": "2026-11-20",
    "timestamptz": "2026-11-20T12:00:00Z",
    "_int8": [1],
    "_text": ["x"],
}
_MORE: dict[str, dict[str, object]] = {  # where columns depend on each other
    "accounts": {"access": "x"},
    "assets": {"upload_ref": "x", "sha256": "x", "size": 1},
    "holds": {"currency": "USD"},
    "project_comments": {"user_id": "x"},
    "ledger_entries": {"currency": "USD", "debit": "held", "credit": "budget"},
}
_COLUMNS = text("""
    SELECT a.attname, t.typname, (SELECT string_agg(pg_get_constraintdef(c.oid), ' ')
        FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c'
        AND a.attnum = ANY (c.conkey))
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = CAST(:name AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
""")


def fill(url: str) -> dict[str, int]:
    """Put one row into every table that has none; returns how many each has then.

    Parents before children; since all ids are the same text, all references find something.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for table in _tables(connection):
            if not _count(connection, table):
                _put(connection, table)
    return counts(url)


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {table: _count(connection, table) for table in _tables(connection)}


def _tables(connection: sa.Connection) -> list[str]:
    tables = sa.MetaData()
    tables.reflect(connection)
    return [one.name for one in tables.sorted_tables if one.name != "alembic_version"]


def _count(connection: sa.Connection, table: str) -> int:
    return len(connection.execute(text(f"TABLE {table} LIMIT 5")).all())


def _put(connection: sa.Connection, table: str) -> None:
    columns = connection.execute(_COLUMNS, {"name": table}).all()
    needed = {name: _value(kind, check) for name, kind, check in columns}
    row = needed | _MORE.get(table, {})
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)  # noqa: S608 - names from the catalogue


def _value(kind: str, check: str | None) -> object:
    # A column with a list of words says so in its check.
    words = re.findall(r"'(\w+)'::text", check or "")
    return words[0] if words and kind == "text" else _VALUES[kind]
