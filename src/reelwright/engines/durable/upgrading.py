"""Bringing the engine's own schema to what the installed DBOS needs, as the owner."""

import sqlalchemy as sa
from dbos import DBOS

from reelwright.engines.database.roles import SYSTEM

VERSION = "wf-1"
"""The version of all workflows. Fixed: work of another version is never run. Bodies are changed
behind `Steps.patched` instead (docs/changing-workflows.md)."""

_SCHEMA = "dbos"
_LOCK = 0x64626F73  # "dbos": two upgrades of one database run one after the other


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
