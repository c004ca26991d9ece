"""Whether the database has the tables of this version; the embedded one is brought to them."""

from pathlib import Path

import psycopg

import reelwright.app.migrations
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.engines.durable.upgrading import is_engine_current, upgrade_engine

MIGRATIONS = Path(reelwright.app.migrations.__file__).parent


def prepare(urls: Urls) -> None:
    """Bring the embedded database to this version's tables; raise when another one is behind.

    Where nothing is to be done, which is nearly always, two short looks find that out.
    """
    if _stands_at(urls.system) == newest() and is_engine_current(urls.system):
        return
    # Half a second of importing, for those who need it only.
    from reelwright.engines.database.migrating import (  # noqa: PLC0415
        DatabaseBehindError,
        Migrations,
    )

    migrations = Migrations(MIGRATIONS)
    if urls.embedded:
        migrations.upgrade(urls.owner)
        upgrade_engine(urls.owner)
        return
    migrations.check(urls.app)
    if not is_engine_current(urls.system):
        raise DatabaseBehindError(
            "the database lacks tables of the durable engine",
            way_out="run `reelwright db upgrade`",
        )


def newest() -> str:
    """The step this version needs, by the names of its files."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _stands_at(url: str) -> str | None:
    """The step the database is at; None when that cannot be said like this."""
    try:
        with psycopg.connect(plain_dsn(url), autocommit=True, connect_timeout=5) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.Error:
        return None  # whoever looks closer says what is wrong
    return row[0] if row else None
