"""Bringing a database to the tables this version knows."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_LOCK = 0x7265656C  # "reel": migrations of one database run one at a time


class Migrations:
    """The steps in a folder, run as the owner of the tables."""

    def __init__(self, folder: Path) -> None:
        self._config = Config()
        self._config.set_main_option("script_location", str(folder))

    @property
    def newest(self) -> str:
        """The step this version of reelwright needs."""
        return str(ScriptDirectory.from_config(self._config).get_current_head())

    def current(self, url: str) -> str | None:
        """The step a database is at; None when it is empty."""
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def upgrade(self, url: str) -> None:
        """Run the steps that are missing; safe to be called by several processes at once."""
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            connection.commit()
            self._config.attributes["connection"] = connection
            command.upgrade(self._config, "head")
            connection.commit()
