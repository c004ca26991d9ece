"""Bringing a database to the tables this version knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from reelwright.engines.database.failures import TookTooLongError, translated
from reelwright.engines.database.role_setup import check_roles, check_server, set_passwords
from reelwright.engines.database.roles import Urls
from reelwright.ground.errors import ConflictError

_LOCK = 0x7265656C  # "reel": migrations of one database run one at a time
_WAIT_FOR_OTHERS_S = 600
_WAIT_FOR_TABLES_S = 30


class DatabaseNewerError(ConflictError):
    """The database was brought up to date by a newer reelwright."""

    code = "database_newer"


class DatabaseBehindError(ConflictError):
    """The database lacks steps that this version needs."""

    code = "database_behind"


@dataclass(frozen=True, slots=True)
class MigrationState:
    """Where a database stands: its step, the newest one, and those between."""

    current: str | None
    newest: str
    pending: tuple[str, ...]
    known: bool
    """False: the step is none of ours, so a newer version made it."""


class Migrations:
    """The steps in a folder, run as the owner of the tables."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def newest(self) -> str:
        """The step this version of reelwright needs."""
        return self.steps[-1]

    @property
    def steps(self) -> tuple[str, ...]:
        """All steps, the first one first."""
        walked = ScriptDirectory.from_config(self._config()).walk_revisions()
        return tuple(step.revision for step in walked)[::-1]

    def current(self, url: str) -> str | None:
        """The step a database is at; None when it is empty."""
        with _connection(url) as connection:
            return _current(connection)

    def state(self, url: str) -> MigrationState:
        """Where a database stands. Raises DatabaseUnavailableError."""
        with _connection(url) as connection:
            return self._state(_current(connection))

    def check(self, url: str) -> None:
        """Raise DatabaseBehindError or DatabaseNewerError unless the database is as we need it."""
        state = self.state(url)
        _refuse_newer(state)
        if state.pending:
            raise DatabaseBehindError(
                f"the database is at step {state.current or 'none'}, {state.newest} is needed",
                way_out="run `reelwright db upgrade`",
            )

    def upgrade(self, url: str, to: str = "head") -> MigrationState:
        """Run the steps that are missing; safe to be called by several processes at once.

        Each step is a transaction: whatever happens, the database stands at a whole step. Raises
        DatabaseNewerError, ServerUnfitError, RolesUnsafeError, TookTooLongError (a table is in use).
        """
        with _connection(url) as connection:
            check_server(connection)
            _wait_for_lock(connection)
            _refuse_newer(self._state(_current(connection)))
            connection.rollback()
            config = self._config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.commit()
            check_roles(connection)
            return self._state(_current(connection))

    def _state(self, current: str | None) -> MigrationState:
        steps = self.steps
        known = current is None or current in steps
        done = steps.index(current) + 1 if current is not None and known else 0
        return MigrationState(current, steps[-1], steps[done:] if known else (), known)

    def _config(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self._folder).replace("%", "%%"))
        return config


def bring_up_to_date(migrations: Migrations, urls: Urls) -> MigrationState:
    """Run missing steps, then let the two roles sign in."""
    state = migrations.upgrade(urls.owner)
    set_passwords(urls)
    return state


def _refuse_newer(state: MigrationState) -> None:
    if not state.known:
        raise DatabaseNewerError(
            f"the database is at step {state.current}, which this reelwright does not know",
            way_out="use the newer reelwright that made it, or restore a backup of before",
        )


def _current(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _connection(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.SQLAlchemyError as error:
        ours = translated(error)
        if ours is None:
            raise
        raise ours from error


def _wait_for_lock(connection: sa.Connection) -> None:
    """Take the lock, which goes with the connection, also when this process dies."""
    connection.execute(sa.text("SET statement_timeout = 0"))
    connection.execute(sa.text(f"SET lock_timeout = '{_WAIT_FOR_OTHERS_S}s'"))
    try:
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
    except sa.exc.OperationalError as error:
        if isinstance(translated(error), TookTooLongError):
            raise TookTooLongError(
                f"another process has been changing the database for {_WAIT_FOR_OTHERS_S} s",
                way_out="look what it does: SELECT * FROM pg_stat_activity",
            ) from error
        raise
    # A step that waits for a table holds up all who come after it: give up soon instead.
    connection.execute(sa.text(f"SET lock_timeout = '{_WAIT_FOR_TABLES_S}s'"))
    connection.commit()
