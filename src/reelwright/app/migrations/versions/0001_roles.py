"""The three roles: whoever migrates owns the tables; requests and the system run as the others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from reelwright.engines.database.role_setup import ensure_roles
from reelwright.engines.database.roles import APP, SYSTEM

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two roles, unless another database of this server has made them."""
    ensure_roles(op.get_bind())
    for role in (APP, SYSTEM):
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        # A process that may not migrate still looks whether the tables are those it knows.
        op.execute(f"GRANT SELECT ON alembic_version TO {role}")
    _statement_timings()
    _chores()


def _statement_timings() -> None:
    op.create_table(
        "statement_timings",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("total_us", sa.BigInteger(), nullable=False),
        sa.Column("longest_us", sa.BigInteger(), nullable=False),
        sa.Column("buckets", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column(
            "first_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "last_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_statement_timings")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON statement_timings TO {SYSTEM}")


def _chores() -> None:
    op.create_table(
        "chores",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chores")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON chores TO {SYSTEM}")
