"""Paid calls."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from reelwright.engines.database.policies import tenant_policies
from reelwright.ground.principals import Activity

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; besides its workspace, the poller sees it."""
    op.create_table(
        "submissions",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column(
            "workspace_id",
            sa.Text(),
            sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
            nullable=False,
        ),
        *_texts("user_id", "provider", "model", "operation", "recall", "recipe", "hold_id"),
        *_texts("project_id", "job_id", "workflow_id", "account_id", nullable=True),
        *_texts("remote_id", "moved_on", nullable=True),
        sa.Column("most_micros", sa.BigInteger(), nullable=False),
        sa.Column("cost_micros", sa.BigInteger()),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("request", JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="ready"),
        sa.Column("sends", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("looks", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("abandoned", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("ticket", JSONB()),
        sa.Column("used", JSONB()),
        sa.Column("error", JSONB()),
        sa.Column("assets", ARRAY(sa.Text()), nullable=False, server_default="{}"),
        *(_time(one) for one in ("sent_at", "previous_sent_at", "look_at", "finished_at")),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        _time("changed_at", nullable=False),
        sa.CheckConstraint("(ticket IS NULL) = (remote_id IS NULL)", name="ticket"),
    )
    _index()
    for statement in tenant_policies("submissions", [Activity.POLL]):
        op.execute(statement)


def _index() -> None:
    op.create_index("ix_submissions_job", "submissions", ["workspace_id", "job_id", "attempt"])
    op.create_index("ix_submissions_recipe", "submissions", ["workspace_id", "recipe"])
    op.create_index(
        "uq_submissions_remote",
        "submissions",
        ["workspace_id", "provider", "remote_id"],
        unique=True,
        postgresql_where=sa.text("remote_id IS NOT NULL"),
    )
    op.create_index(
        "ix_submissions_look_at",
        "submissions",
        ["look_at"],
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)
