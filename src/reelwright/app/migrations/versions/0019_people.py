"""Passwords, sessions, invitations; roles in workspaces and on projects; scopes of tokens."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from reelwright.engines.database.policies import GUEST, activity_policies
from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"
_ROLES = "role IN ('owner', 'admin', 'editor', 'commenter', 'viewer')"

# Policies of memberships ask memberships: only a function of the owner's can, without going round.
_FUNCTIONS = {
    "role_here(project text)": """
        RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT CASE WHEN EXISTS (
                SELECT FROM public.projects AS p WHERE p.id = project
                   AND p.workspace_id = nullif(current_setting('app.workspace_id', true), '')
                   AND p.user_id = nullif(current_setting('app.user_id', true), ''))
            THEN 'owner' ELSE (
                SELECT m.role FROM public.memberships AS m
                 WHERE m.user_id = nullif(current_setting('app.user_id', true), '')
                   AND m.workspace_id = nullif(current_setting('app.workspace_id', true), '')
                   AND m.project_id IS NOT DISTINCT FROM project) END
        $$""",
    "shared_projects()": """
        RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT coalesce(array_agg(m.project_id), '{}') FROM public.memberships AS m
             WHERE m.user_id = nullif(current_setting('app.user_id', true), '')
               AND m.workspace_id = nullif(current_setting('app.workspace_id', true), '')
               AND m.project_id IS NOT NULL
        $$""",
    "edited_projects()": """
        RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT coalesce(array_agg(one.id), '{}') FROM (
                SELECT m.project_id AS id FROM public.memberships AS m
                 WHERE m.user_id = nullif(current_setting('app.user_id', true), '')
                   AND m.workspace_id = nullif(current_setting('app.workspace_id', true), '')
                   AND m.project_id IS NOT NULL AND m.role IN ('owner', 'editor')
                UNION SELECT p.id FROM public.projects AS p
                 WHERE p.user_id = nullif(current_setting('app.user_id', true), '')
                   AND p.workspace_id = nullif(current_setting('app.workspace_id', true), '')
            ) AS one
        $$""",
}
# Whoever may let people in: who owns the workspace; its admins, below their own rank; who owns the project.
_ADMITS = (
    f"workspace_id IN (SELECT w.id FROM workspaces w WHERE w.owner_id = {_USER})"  # noqa: S608  # our own words only
    f" OR workspace_id = {_WORKSPACE} AND role_here(NULL) IN ('owner', 'admin')"
    " AND role NOT IN ('owner', 'admin')"
    f" OR workspace_id = {_WORKSPACE} AND project_id IS NOT NULL"
    " AND (role_here(NULL) IN ('owner', 'admin') OR role_here(project_id) = 'owner')"
)


def upgrade() -> None:
    """Make the tables, and say who sees what."""
    _users()
    _memberships()
    for name, body in _FUNCTIONS.items():
        op.execute(f"CREATE FUNCTION public.{name} {body}")
        signature = name.replace("project ", "")
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {APP}")
    _invitations()
    _credentials()
    _sessions()
    _mail_codes()
    op.add_column(
        "tokens",
        sa.Column(
            "scopes",
            ARRAY(sa.Text()),
            nullable=False,
            server_default=sa.text("'{read,write,spend,manage}'"),
        ),
    )
    op.add_column("tokens", _time("expires_at", nullable=True))
    _policies()


def _users() -> None:
    op.add_column(
        "users", sa.Column("zone", sa.Text(), nullable=False, server_default=sa.text("'UTC'"))
    )
    op.add_column("users", _time("email_verified_at", nullable=True))
    op.add_column("users", _time("suspended_at", nullable=True))
    op.execute(f"GRANT UPDATE (zone) ON users TO {APP}")


def _memberships() -> None:
    op.drop_constraint(op.f("ck_memberships_role"), "memberships", type_="check")
    op.execute("UPDATE memberships SET role = 'editor' WHERE role = 'member'")
    op.add_column("memberships", sa.Column("project_id", sa.Text()))
    op.create_check_constraint(op.f("ck_memberships_role"), "memberships", _ROLES)
    op.create_check_constraint(
        op.f("ck_memberships_project_role"), "memberships", "project_id IS NULL OR role <> 'admin'"
    )
    op.drop_constraint("pk_memberships", "memberships", type_="primary")
    op.create_index(
        "uq_memberships_place",
        "memberships",
        ["workspace_id", "user_id", "project_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "ix_memberships_project",
        "memberships",
        ["workspace_id", "project_id"],
        postgresql_where=sa.text("project_id IS NOT NULL"),
    )
    op.create_foreign_key(
        "fk_memberships_project",
        "memberships",
        "projects",
        ["workspace_id", "project_id"],
        ["workspace_id", "id"],
        ondelete="CASCADE",
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), primary_key=True),
        _of("workspace_id", "workspaces"),
        sa.Column("project_id", sa.Text()),
        _of("user_id", "users"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("email", "role", "hash")),
        _time("expires_at"),
        _time("accepted_at", nullable=True),
        _time("revoked_at", nullable=True),
        _time("created_at", now=True),
        sa.CheckConstraint(_ROLES, name=op.f("ck_invitations_role")),
        sa.CheckConstraint(
            "project_id IS NULL OR role <> 'admin'", name=op.f("ck_invitations_project_role")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_invitations_project",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_invitations_workspace_id", "invitations", ["workspace_id", "id"])
    op.create_index("ix_invitations_project", "invitations", ["workspace_id", "project_id"])
    op.create_index("ix_invitations_user_id", "invitations", ["user_id"])


def _credentials() -> None:
    op.create_table(
        "credentials",
        _of("user_id", "users", key=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        _time("changed_at"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), primary_key=True),
        _of("user_id", "users"),
        _of("operator_id", "users", nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("agent", sa.Text()),
        *(_time(name) for name in ("created_at", "seen_at", "expires_at")),
        _time("revoked_at", nullable=True),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id", "id"])
    op.create_index(
        "ix_sessions_operator_id",
        "sessions",
        ["operator_id"],
        postgresql_where=sa.text("operator_id IS NOT NULL"),
    )


def _mail_codes() -> None:
    op.create_table(
        "mail_codes",
        sa.Column("id", sa.Text(), primary_key=True),
        _of("user_id", "users"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("purpose", "email", "hash")),
        *(_time(name) for name in ("created_at", "expires_at")),
        _time("used_at", nullable=True),
    )
    op.create_index("ix_mail_codes_user_id", "mail_codes", ["user_id", "purpose"])


def _policies() -> None:
    for table in ("invitations", "credentials", "sessions", "mail_codes"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
        )
        for statement in activity_policies(table, (Activity.SIGN_IN, Activity.CLEAN_UP)):
            op.execute(statement)
    during = f"current_setting('app.activity', true) = '{Activity.SIGN_IN.value}'"
    for table in ("audit_entries", "events"):
        op.execute(
            f"CREATE POLICY signs_in ON {table} FOR INSERT TO {SYSTEM} WITH CHECK ({during})"
        )
        op.execute(f"GRANT INSERT ON {table} TO {SYSTEM}")
    for statement in (*_of_people(), *_of_places()):
        op.execute(statement)


def _of_people() -> Iterator[str]:
    own = f"user_id = {_USER}"
    yield f"CREATE POLICY own ON sessions FOR SELECT TO {APP} USING ({own})"
    yield f"CREATE POLICY ends ON sessions FOR UPDATE TO {APP} USING ({own}) WITH CHECK ({own})"
    yield f"GRANT SELECT, UPDATE (revoked_at) ON sessions TO {APP}"
    # Who works with whom sees their names.
    met = f"SELECT m.user_id FROM memberships m WHERE m.workspace_id = {_WORKSPACE}"  # noqa: S608  # our own words only
    yield f"CREATE POLICY colleagues ON users FOR SELECT TO {APP} USING (id IN ({met}))"


def _of_places() -> Iterator[str]:
    yield "DROP POLICY lets_in ON memberships"
    for name, action, clause in (
        ("lets_in", "INSERT", f"WITH CHECK ({_ADMITS})"),
        ("changes", "UPDATE", f"USING ({_ADMITS}) WITH CHECK ({_ADMITS})"),
        ("removes", "DELETE", f"USING ({_ADMITS} OR user_id = {_USER})"),
    ):
        yield f"CREATE POLICY {name} ON memberships FOR {action} TO {APP} {clause}"
    theirs = f"user_id = {_USER} OR NOT {GUEST} OR project_id = ANY (shared_projects())"
    yield (
        f"CREATE POLICY confined_sees ON memberships AS RESTRICTIVE FOR SELECT TO {APP}"
        f" USING ({theirs})"
    )
    yield f"GRANT UPDATE (role), DELETE ON memberships TO {APP}"
    yield f"CREATE POLICY offers ON invitations TO {APP} USING ({_ADMITS}) WITH CHECK ({_ADMITS})"
    yield f"GRANT SELECT, INSERT, UPDATE (revoked_at) ON invitations TO {APP}"


def _of(name: str, table: str, *, key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(
        name,
        sa.Text(),
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=nullable,
    )


def _time(name: str, *, nullable: bool = False, now: bool = False) -> sa.Column[datetime]:
    given = sa.func.now() if now else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, server_default=given)
