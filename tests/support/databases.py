"""Databases for tests: each test that asks gets its own, made from a template with all tables."""

import os
import uuid
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import sqlalchemy as sa

import reelwright.app.migrations
from reelwright.engines.database.database import connect
from reelwright.engines.database.embedded import EmbeddedPostgres
from reelwright.engines.database.migrating import Migrations
from reelwright.engines.database.roles import APP, SYSTEM, Urls, role_url
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.upgrading import upgrade_engine

_AHEAD, _HANDS = 1, 2
NAMED = "REELWRIGHT_TEST_DATABASE_URL"
MIGRATIONS = Migrations(Path(reelwright.app.migrations.__file__).parent)


class Server:
    """A Postgres server on which tests may make and drop databases.

    The next ones are made while a test runs, and those of the tests before are dropped: copying a
    database is waiting for the disk more than work.
    """

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._template = f"reelwright_template_{uuid.uuid4().hex[:8]}"
        # Copying files costs half as much, where nobody waits until they have reached the disk.
        self._copied = "" if NAMED in os.environ else "STRATEGY = FILE_COPY"
        self._admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._coming: deque[Future[str]] = deque()
        self._going: list[Future[None]] = []
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="databases")
        self._execute(f"CREATE DATABASE {self._template}")
        MIGRATIONS.upgrade(self.url(self._template))
        upgrade_engine(self.url(self._template))

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def create(self) -> str:
        """Make a database with all tables; returns the owner's URL."""
        while len(self._coming) <= _AHEAD:
            self._coming.append(self._hands.submit(self._copy))
        return self._coming.popleft().result()

    def _copy(self) -> str:
        name = f"reelwright_test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template} {self._copied}")
        self._execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        return self.url(name)

    def create_empty(self) -> str:
        """Make a database without any table; returns the owner's URL."""
        name = f"reelwright_test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self._going.append(self._hands.submit(self._drop, sa.make_url(url).database))

    def _drop(self, name: str | None) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Drop all that is left; raises what went wrong with any of them."""
        for one in self._coming:
            self.drop(one.result())
        self._hands.shutdown(wait=True)
        self._drop(self._template)
        for gone in self._going:
            gone.result()

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(sa.text(statement))


@asynccontextmanager
async def doors(url: str):
    """The doors of a database, as the service has them."""
    urls = Urls(url, role_url(url, APP), role_url(url, SYSTEM))
    database = connect(DatabaseSettings(), urls)
    try:
        yield database
    finally:
        await database.dispose()


@contextmanager
def server_url(run: Path):
    """Where tests may make databases: the server that is named, else one embedded for the whole run.

    All processes of a run pass the same folder, and whoever comes first starts the server. It stops
    by itself soon after the last.
    """
    named = os.environ.get(NAMED)
    if named:
        yield named
        return
    with EmbeddedPostgres(durable=False, idle_s=1, wait_s=120).attach(run) as attachment:
        owner = sa.make_url(attachment.url)
        admin = sa.create_engine(owner, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with admin.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(1)"))  # one process at a time
            for role in (APP, SYSTEM):  # tests go from one role's URL to another's by its name
                connection.execute(sa.text(f"ALTER ROLE {role} PASSWORD '{owner.password}'"))
        yield attachment.url
