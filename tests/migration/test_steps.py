"""From nothing, and from each earlier step with rows, to the tables this version knows."""

import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from reelwright.app.tables import all_tables
from reelwright.engines.database.failures import TookTooLongError
from reelwright.engines.database.migrating import DatabaseBehindError, DatabaseNewerError
from reelwright.engines.database.roles import APP, role_url
from support.databases import MIGRATIONS
from support.rows import counts, fill
from support.tenants import owner

STEPS = MIGRATIONS.steps


@pytest.fixture
def empty(server):
    """A database without any table."""
    url = server.create_empty()
    yield url
    server.drop(url)


def test_the_tables_are_those_the_code_declares(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": all_tables()}
        )
        assert compare_metadata(context, all_tables()) == []


def test_from_each_step_with_rows_to_the_newest(empty):
    before = {}
    for step in STEPS:
        assert MIGRATIONS.upgrade(empty, step).current == step
        before = fill(empty)
        assert all(before.values())
    assert MIGRATIONS.state(empty).pending == ()
    assert counts(empty) == before


def test_many_at_once_upgrade_once(empty):
    failures = []

    def upgrade():
        try:
            MIGRATIONS.upgrade(empty)
        except Exception as error:  # noqa: BLE001 - raised again by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert MIGRATIONS.current(empty) == MIGRATIONS.newest


def test_a_database_of_a_newer_version_is_refused(database_url):
    with owner(database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not MIGRATIONS.state(database_url).known
    for act in (MIGRATIONS.upgrade, MIGRATIONS.check):
        with pytest.raises(DatabaseNewerError, match="9999"):
            act(database_url)


def test_a_database_that_is_behind_is_refused_also_by_who_may_not_migrate(empty):
    with pytest.raises(DatabaseBehindError, match="db upgrade"):
        MIGRATIONS.check(empty)
    MIGRATIONS.upgrade(empty, STEPS[1])
    with pytest.raises(DatabaseBehindError, match=STEPS[1]):
        MIGRATIONS.check(role_url(empty, APP))
    MIGRATIONS.upgrade(empty)
    MIGRATIONS.check(role_url(empty, APP))


def test_a_step_that_waits_for_a_table_in_use_gives_up(empty, monkeypatch):
    MIGRATIONS.upgrade(empty, STEPS[0])
    monkeypatch.setattr("reelwright.engines.database.migrating._WAIT_FOR_TABLES_S", 1)
    with owner(empty) as connection:
        connection.execute(text("BEGIN; LOCK TABLE alembic_version"))
        with pytest.raises(TookTooLongError):
            MIGRATIONS.upgrade(empty)
        connection.execute(text("ROLLBACK"))
    assert MIGRATIONS.current(empty) == STEPS[0]


def test_what_people_left_behind_who_were_put_out_before_is_settled_and_addresses_go(empty):
    MIGRATIONS.upgrade(empty, "0030")
    with owner(empty) as connection:
        for statement in (
            "INSERT INTO users (id, name) VALUES ('ada', 'Ada'), ('bo', 'Bo'), ('gus', 'Gus')",
            "INSERT INTO workspaces (id, name, owner_id) VALUES ('w', 'Team', 'ada')",
            "INSERT INTO memberships (workspace_id, user_id, role) VALUES ('w', 'ada', 'owner')",
            (
                "INSERT INTO projects (workspace_id, id, user_id, name, head, updated_at)"
                " SELECT 'w', p, u, p, 1, now() FROM (VALUES ('his', 'bo'), ('guests', 'gus'), ('hers', 'ada'))"
                " AS one (p, u)"
            ),
            (
                "INSERT INTO memberships (workspace_id, user_id, project_id, role)"
                " VALUES ('w', 'gus', 'guests', 'owner')"
            ),
            (
                "INSERT INTO accounts (id, workspace_id, user_id, provider, name, access)"
                " VALUES ('a', 'w', 'bo', 'fal', 'k', 'x'), ('b', 'w', 'ada', 'fal', 'k', 'x')"
            ),
            (
                "INSERT INTO audit_entries (workspace_id, id, user_id, action, subject, detail)"
                """ VALUES ('w', 'e', 'ada', 'invitation:offered', 'i', '{"email": "x@y.z", "role": "editor"}')"""
            ),
        ):
            connection.execute(text(statement))
    MIGRATIONS.upgrade(empty)
    with owner(empty) as connection:
        owners = dict(connection.execute(text("SELECT id, user_id FROM projects")).all())
        paused = dict(connection.execute(text("SELECT id, reason FROM accounts")).all())
        details = connection.scalars(text("SELECT detail FROM audit_entries")).all()
    assert owners == {"his": "ada", "guests": "gus", "hers": "ada"}
    assert paused == {"a": "owner_left", "b": None}
    assert details == [{"role": "editor"}]
