"""Users, workspaces, tokens."""

import sqlalchemy as sa
from alembic import op

from reelwright.engines.database.policies import activity_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_USER = "current_setting('app.user_id', true)"
_WORKSPACE = "current_setting('app.workspace_id', true)"
_NOW = sa.func.now()


def upgrade() -> None:
    """Make the four tables, and say who sees what."""
    _users()
    _workspaces()
    _memberships()
    _tokens()
    for table in ("users", "workspaces", "memberships", "tokens"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
        )
        for statement in activity_policies(table, (Activity.SIGN_IN,)):
            op.execute(statement)
    _user_policies()
    _workspace_policies()
    _token_policies()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("local", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.create_index(
        "uq_users_local", "users", ["local"], unique=True, postgresql_where=sa.text("local")
    )
    op.create_index("uq_users_email", "users", ["email"], unique=True)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("archived_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name="fk_workspaces_owner_id", ondelete="RESTRICT"
        ),
    )
    op.create_index(
        "uq_workspaces_personal",
        "workspaces",
        ["owner_id"],
        unique=True,
        postgresql_where=sa.text("personal"),
    )
    op.create_index("ix_workspaces_owner_id", "workspaces", ["owner_id"])


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_memberships"),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_memberships_workspace_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_memberships_user_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("role IN ('owner', 'member')", name=op.f("ck_memberships_role")),
    )
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_tokens_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_tokens_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tokens_workspace_id_user_id", "tokens", ["workspace_id", "user_id"])
    op.create_index("ix_tokens_user_id", "tokens", ["user_id"])


def _user_policies() -> None:
    op.execute(f"CREATE POLICY self ON users TO {APP} USING (id = {_USER})")
    op.execute(f"GRANT SELECT, UPDATE (name) ON users TO {APP}")


def _workspace_policies() -> None:
    """Members see a workspace; only its owner makes or changes it, and lets people in.

    The policy of workspaces asks memberships, so the one of memberships must not ask back when
    rows are read: it judges by the principal alone.
    """
    mine = f"owner_id = {_USER}"
    member = f"id IN (SELECT m.workspace_id FROM memberships m WHERE m.user_id = {_USER})"  # noqa: S608  # our own words only
    op.execute(
        f"CREATE POLICY members ON workspaces FOR SELECT TO {APP} USING ({mine} OR {member})"
    )
    op.execute(
        f"CREATE POLICY makes ON workspaces FOR INSERT TO {APP} WITH CHECK ({mine} AND NOT personal)"
    )
    op.execute(
        f"CREATE POLICY changes ON workspaces FOR UPDATE TO {APP} USING ({mine}) WITH CHECK ({mine})"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE (name, archived_at) ON workspaces TO {APP}")
    seen = f"user_id = {_USER} OR workspace_id = {_WORKSPACE}"
    owned = f"workspace_id IN (SELECT w.id FROM workspaces w WHERE w.owner_id = {_USER})"  # noqa: S608  # our own words only
    op.execute(f"CREATE POLICY members ON memberships FOR SELECT TO {APP} USING ({seen})")
    op.execute(f"CREATE POLICY lets_in ON memberships FOR INSERT TO {APP} WITH CHECK ({owned})")
    op.execute(f"GRANT SELECT, INSERT ON memberships TO {APP}")


def _token_policies() -> None:
    own = f"user_id = {_USER} AND workspace_id = {_WORKSPACE}"
    op.execute(f"CREATE POLICY own ON tokens TO {APP} USING ({own}) WITH CHECK ({own})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (name, revoked_at) ON tokens TO {APP}")
