"""What was stored before contents said for whom they are counted is counted anew, for who brought it first."""

import pytest
from sqlalchemy import text

from support.databases import MIGRATIONS
from support.tenants import owner

BEFORE = (
    "INSERT INTO users (id, name) VALUES ('ada', 'Ada'), ('bob', 'Bob'), ('cy', 'Cy')",
    # As it stood after a colleague had deleted hers, and with equal content counted twice.
    "INSERT INTO usage_totals (user_id, bytes) VALUES ('ada', 900), ('bob', 14)",
    """INSERT INTO blobs (workspace_id, sha256, size, key, uses, released_at) VALUES
    ('w', 'shared', 7, 'k1', 2, NULL), ('w', 'hers', 3, 'k2', 1, NULL),
    ('w', 'gone', 900, 'k3', 0, now()), ('v', 'shared', 7, 'k4', 1, NULL),
    ('v', 'left', 5, 'k5', 1, NULL)""",
    """INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name, upload_ref,
    facts, created_at) SELECT w, id, who, sha, size, 'x', 'x', 'x', '{}', day::timestamptz FROM (VALUES
    ('w', 'a1', 'cy', 'shared', 7, '2026-02-01'), ('w', 'a2', 'bob', 'shared', 7, '2026-01-01'),
    ('w', 'a3', 'ada', 'hers', 3, '2026-01-01'), ('v', 'a4', 'cy', 'shared', 7, '2026-01-01'),
    ('v', 'a5', 'erased', 'left', 5, '2026-01-01')) AS o (w, id, who, sha, size, day)""",
)


@pytest.fixture
def empty(server):
    """A database without any table."""
    url = server.create_empty()
    yield url
    server.drop(url)


def test_each_content_is_counted_for_whose_asset_of_it_is_the_oldest(empty):
    MIGRATIONS.upgrade(empty, "0030")
    with owner(empty) as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    MIGRATIONS.upgrade(empty)
    with owner(empty) as connection:
        charged = connection.execute(text("SELECT key, charged_to FROM blobs ORDER BY key")).all()
        totals = dict(connection.execute(text("SELECT user_id, bytes FROM usage_totals")).all())
    assert charged == [("k1", "bob"), ("k2", "ada"), ("k3", None), ("k4", "cy"), ("k5", "erased")]
    assert totals == {"ada": 3, "bob": 7, "cy": 7}
