"""Row-level security as SQL: which rows a role sees. Migrations call this; Alembic does not see it."""

from collections.abc import Iterable, Iterator

from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

_ALL = "SELECT, INSERT, UPDATE, DELETE"


def tenant_policies(
    table: str,
    activities: Iterable[Activity] = (),
    *,
    column: str = "workspace_id",
    rights: str = _ALL,
) -> Iterator[str]:
    """Statements that lock a table: requests see their workspace's rows, named activities see all.

    Without a principal nothing is seen and nothing can be written. The owner is bound as well
    (forced), and let in by name, for migrations and dumps.
    """
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    # An unset principal reads as null in a new connection and as '' in a used one: never equal.
    mine = f"{column} = nullif(current_setting('app.workspace_id', true), '')"
    yield f"CREATE POLICY tenant ON {table} TO {APP} USING ({mine}) WITH CHECK ({mine})"
    yield f"GRANT {rights} ON {table} TO {APP}"
    yield from activity_policies(table, activities)


def activity_policies(
    table: str, activities: Iterable[Activity], *, rights: str = _ALL
) -> Iterator[str]:
    """Statements that let the system's named activities at all rows of a table."""
    names = ", ".join(f"'{one.value}'" for one in activities)
    if names:
        during = f"current_setting('app.activity', true) IN ({names})"
        yield f"CREATE POLICY activities ON {table} TO {SYSTEM} USING ({during}) WITH CHECK ({during})"
        yield f"GRANT {rights} ON {table} TO {SYSTEM}"
