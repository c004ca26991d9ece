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


GUEST = "coalesce(current_setting('app.role', true), '') = 'guest'"
FREE = "coalesce(current_setting('app.role', true), '') = ''"
"""Whether whoever asks belongs to single projects only; and whether nothing confines them."""

# Asked once a statement, not once a row.
_SHARED = "ANY ((SELECT shared_projects())::text[])"
_EDITED = "ANY ((SELECT edited_projects())::text[])"


def confining_policies(
    table: str, *, seen: str | None = None, changed: str | None = None, added: str | None = None
) -> Iterator[str]:
    """Statements that confine guests and lookers-on, on top of `tenant_policies`.

    `seen` says which rows a guest sees, `changed` which rows whoever is confined may write; none at
    all where it is left out. `added`: which they may add, if that is something else.
    """
    reads = f"NOT {GUEST}" + (f" OR {seen}" if seen else "")
    writes = FREE + (f" OR {changed}" if changed else "")
    adds = f"{FREE} OR {added}" if added else writes
    for name, action, clause in (
        ("sees", "SELECT", f"USING ({reads})"),
        ("adds", "INSERT", f"WITH CHECK ({adds})"),
        ("changes", "UPDATE", f"USING ({writes}) WITH CHECK ({writes})"),
        ("removes", "DELETE", f"USING ({writes})"),
    ):
        yield (
            f"CREATE POLICY confined_{name} ON {table} AS RESTRICTIVE FOR {action} TO {APP} {clause}"
        )


def project_policies(table: str, *, column: str = "project_id") -> Iterator[str]:
    """Confine a table whose rows belong to projects: guests see theirs, editors among them write."""
    yield from confining_policies(
        table,
        seen=f"{column} = {_SHARED}",
        changed=f"{column} = {_EDITED}",
    )


def child_policies(table: str, column: str, parents: str) -> Iterator[str]:
    """Confine a table whose rows belong to rows (`column` is their id) of a table of projects.

    Whoever edits a project may add children of any: a parent that the same statement adds cannot be
    looked at yet.
    """
    parent = f"{column} IN (SELECT p.id FROM {parents} p"  # noqa: S608  # our own words only
    yield from confining_policies(
        table,
        seen=f"{parent})",
        changed=f"{parent} WHERE p.project_id = {_EDITED})",
        added="cardinality(edited_projects()) > 0",
    )
