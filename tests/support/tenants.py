"""A database with one tenant's table of the tests' own, whatever the house's tables are."""

from contextlib import contextmanager

import sqlalchemy as sa

from reelwright.engines.database.policies import tenant_policies
from reelwright.engines.database.roles import APP, SYSTEM, Urls, role_url
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal


def add_props(url: str) -> None:
    """Make the table `props`, with row-level security, one activity let in."""
    with owner(url) as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE props (workspace_id text NOT NULL, name text NOT NULL,"
                " PRIMARY KEY (workspace_id, name))"
            )
        )
        for statement in tenant_policies("props", [Activity.REAP]):
            connection.execute(sa.text(statement))


@contextmanager
def owner(url: str):
    """A connection as whoever the URL names, that commits by itself."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def stranger() -> Principal:
    return Principal(UserId.new(), WorkspaceId.new())


def urls_of(url: str, replica: str | None = None) -> Urls:
    return Urls(url, role_url(url, APP), role_url(url, SYSTEM), replica)
