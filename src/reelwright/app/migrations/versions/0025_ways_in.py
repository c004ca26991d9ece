"""Accounts elsewhere, passkeys, sign-ins under way, and keys that sign tokens between services."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import activity_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"


def upgrade() -> None:
    """Make the tables, and say who sees what."""
    _social_accounts()
    _passkeys()
    op.create_table(
        "ceremonies",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        _time("expires_at"),
    )
    op.create_index("ix_ceremonies_expires_at", "ceremonies", ["expires_at"])
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("public", JSONB(), nullable=False),
        *(_time(name) for name in ("created_at", "retires_at", "expires_at")),
    )
    for table in ("social_accounts", "passkeys", "ceremonies", "signing_keys"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
        )
        for statement in activity_policies(table, (Activity.SIGN_IN, Activity.CLEAN_UP)):
            op.execute(statement)
    for table in ("social_accounts", "passkeys"):
        op.execute(f"CREATE POLICY own ON {table} FOR SELECT TO {APP} USING (user_id = {_USER})")
        op.execute(f"GRANT SELECT ON {table} TO {APP}")


def _social_accounts() -> None:
    op.create_table(
        "social_accounts",
        sa.Column("id", sa.Text(), primary_key=True),
        _user(),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("name", sa.Text()),
        *(_time(name) for name in ("created_at", "used_at")),
    )
    op.create_index(
        "uq_social_accounts_subject", "social_accounts", ["provider", "subject"], unique=True
    )
    op.create_index("ix_social_accounts_user_id", "social_accounts", ["user_id"])


def _passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Text(), primary_key=True),
        _user(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        _time("created_at"),
        _time("used_at", nullable=True),
    )
    op.create_index("uq_passkeys_credential", "passkeys", ["credential"], unique=True)
    op.create_index("ix_passkeys_user_id", "passkeys", ["user_id"])


def _user() -> sa.Column[str]:
    return sa.Column(
        "user_id", sa.Text(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False
    )


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
