"""Lists of assets among a million of them: what row-level security costs, and each way to look."""

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from benchmarks.figures import Figure
from benchmarks.homes import fresh_database
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.ground.ids import ProjectId, WorkspaceId
from reelwright.library.assets import AssetFilter, OriginKind
from reelwright.library.rows import assets_of, filtered, newest_first, shown

_EACH = 100_000
_TENANTS = 10
_PAGE = 51
_ROUNDS = 201
_PROJECT = ProjectId.new()
_WAYS = {
    "all": AssetFilter(),
    "one kind": AssetFilter(media="video"),
    "one project": AssetFilter(project_id=_PROJECT),
    "one tag": AssetFilter(tag="tag 7"),
    "favourites": AssetFilter(favourite=True),
    "uploads": AssetFilter(origin=OriginKind.UPLOAD),
    "up to a date": AssetFilter(until=datetime(2026, 9, 1, tzinfo=UTC)),
}
_NAMED = {
    "part of a name that many have": AssetFilter(name="shot 7"),
    "part of a name that nobody has": AssetFilter(name="nowhere"),
}

_FILL = """
INSERT INTO blobs (workspace_id, sha256, size, key, uses)
SELECT %(w)s, 'sha' || n, 1000, %(w)s || '/' || n, 100 FROM generate_series(1, 1000) n;
INSERT INTO assets (workspace_id, id, user_id, sha256, size, media_type, name, upload_ref,
    recipe_digest, facts, project_id, favourite, created_at)
SELECT %(w)s, 'ast_01m' || lpad(to_hex(n), 7, '0') || lpad('', 16, '0'), 'usr_x', 'sha' || (n %% 1000 + 1),
    1000, (ARRAY['image/png', 'image/png', 'audio/wav', 'video/mp4'])[n %% 4 + 1],
    'shot ' || n || '.png', CASE WHEN n %% 50 = 0 THEN 'a' END,
    CASE WHEN n %% 50 <> 0 THEN 'r' || n END, '{"width": 1920, "height": 1080}',
    CASE WHEN n %% 100 = 3 THEN %(p)s END, n %% 500 = 0,
    timestamptz '2026-01-01' + n * interval '4 minutes'
FROM generate_series(1, %(n)s) n;
INSERT INTO asset_tags (workspace_id, tag, asset_id)
SELECT %(w)s, 'tag ' || n %% 40, 'ast_01m' || lpad(to_hex(n), 7, '0') || lpad('', 16, '0')
FROM generate_series(1, %(n)s, 3) n;
"""


def measure() -> Iterator[Figure]:
    """One tenant's lists, as requests ask for them and as one whom nothing is hidden from."""
    with fresh_database() as urls:
        ours = _fill(urls)
        with _connected(urls.app) as app, _connected(urls.owner) as owner:
            for table in ("assets", "blobs", "asset_tags"):
                # A table's owner is bound by its policies only where that is forced.
                owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            ratios = {}
            for name, wanted in _WAYS.items():
                ratios[name] = _compared(app, owner, ours, wanted)
            named = {name: _p50(app, ours, _sql(ours, one), 11) for name, one in _NAMED.items()}
    plain, beside = ratios["all"]
    yield Figure(
        "50 of 100,000 assets among 1,000,000, p50, beside the same without row-level security",
        "at most 1.5 times",
        f"{plain / beside:.2f} times ({plain:.2f} ms)",
        plain / beside <= 1.5,
    )
    worst = max(ratios, key=lambda name: ratios[name][0] / ratios[name][1])
    slowest = max(ratios, key=lambda name: ratios[name][0])
    ratio = ratios[worst][0] / ratios[worst][1]
    yield Figure(
        f"the same by {', '.join(list(_WAYS)[1:])}: the worst of them",
        "at most 1.5 times",
        f"{ratio:.2f} times ({worst}); slowest {ratios[slowest][0]:.2f} ms ({slowest})",
        ratio <= 1.5,
    )
    yield Figure(
        "the same by part of a name (no index: row-level security comes before it)",
        "under 300 ms",
        "; ".join(f"{name}: {took:.1f} ms" for name, took in named.items()),
        max(named.values()) < 300,
    )


def _fill(urls: Urls) -> WorkspaceId:
    workspaces = [WorkspaceId.new() for _ in range(_TENANTS)]
    with psycopg.connect(plain_dsn(urls.owner), autocommit=True) as connection:
        # Without a server-side bind several statements go at once.
        cursor = psycopg.ClientCursor(connection)
        for workspace in workspaces:
            cursor.execute(_FILL, {"w": workspace, "p": _PROJECT, "n": _EACH})
        cursor.execute("VACUUM ANALYZE assets")
        cursor.execute("VACUUM ANALYZE blobs")
        cursor.execute("VACUUM ANALYZE asset_tags")
    return workspaces[_TENANTS // 2]


def _connected(url: str) -> Any:
    return psycopg.connect(plain_dsn(url), autocommit=True)


def _sql(workspace: WorkspaceId, wanted: AssetFilter) -> str:
    """The very query of the service, with its values in it."""
    query: Select[Any] = newest_first(
        filtered(shown(assets_of(workspace)), wanted), wanted, None, _PAGE
    )
    made = query.compile(
        dialect=postgresql.psycopg.dialect(), compile_kwargs={"literal_binds": True}
    )
    return str(made).replace("%%", "%")


def _compared(
    app: psycopg.Connection, owner: psycopg.Connection, ours: WorkspaceId, wanted: AssetFilter
) -> tuple[float, float]:
    sql = _sql(ours, wanted)
    mine, free = [], []
    for _ in range(_ROUNDS):
        mine.append(_once(app, ours, sql))
        free.append(_once(owner, ours, sql))
    return statistics.median(mine), statistics.median(free)


def _p50(connection: psycopg.Connection, ours: WorkspaceId, sql: str, rounds: int) -> float:
    return statistics.median(_once(connection, ours, sql) for _ in range(rounds))


def _once(connection: Any, workspace: WorkspaceId, sql: str) -> float:
    """Milliseconds of one run, as a request makes it."""
    connection.execute(
        f"BEGIN READ ONLY; SET LOCAL app.workspace_id = '{workspace}'", prepare=False
    )
    try:
        begun = time.perf_counter()
        rows = connection.execute(sql, prepare=False).fetchall()
        took = time.perf_counter() - begun
        assert len(rows) <= _PAGE
        return took * 1000
    finally:
        connection.execute("COMMIT")
