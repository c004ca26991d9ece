"""Bringing the engine's own schema to what the installed DBOS needs, as the owner."""

import sqlalchemy as sa
from dbos import DBOS
from dbos._migration import get_migration_versions

from reelwright.engines.database.roles import SYSTEM

VERSION = "wf-1"
"""The version of all workflows. Fixed: work of another version is never run. Bodies are changed
behind `Steps.patched` instead (docs/changing-workflows.md)."""

_SCHEMA = "dbos"
_LOCK = 0x64626F73  # "dbos": two upgrades of one database run one after the other


_RIGHTS = sa.text("""
SELECT bool_and(CASE c.relkind
    WHEN 'S' THEN has_sequence_privilege(c.oid, 'USAGE')
    ELSE has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'DELETE') END)
FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('r', 'S')
""")


def is_engine_current(url: str) -> bool:
    """Whether the engine's schema has all its migrations, and the role of `url` its rights there.

    `url` signs in as the system's role. False also when that cannot be found out.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            if not connection.scalar(_RIGHTS, {"schema": _SCHEMA}):
                return False
        done, needed = get_migration_versions(engine, _SCHEMA, use_listen_notify=True)
    except sa.exc.SQLAlchemyError:
        return False
    return done >= needed


def upgrade_engine(url: str) -> None:
    """Run DBOS's missing migrations and give the system's role its rights; safe to repeat.

    `url` signs in as the owner. To be called after Alembic at every upgrade: a new release of DBOS
    may bring steps of its own, and workers, who may not change tables, refuse to start without.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
        DBOS.migrate(url, schema=_SCHEMA, application_role=SYSTEM)
