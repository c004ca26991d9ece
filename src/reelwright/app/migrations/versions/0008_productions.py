"""Productions and their batches."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies
from reelwright.ground.principals import Activity

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    _productions()
    _batches()


def _productions() -> None:
    op.create_table(
        "productions",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Text(), nullable=False),
        _reference("job_id", "jobs"),
        sa.Column("options", JSONB(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("wanted", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("figures", JSONB()),
        sa.Column("outputs", JSONB()),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        _time("finished_at"),
        _in_workspace("project_id", "projects"),
        _in_workspace("revision_id", "revisions"),
    )
    op.create_index("ix_productions_revision", "productions", ["workspace_id", "revision_id"])
    op.create_index("ix_productions_project", "productions", ["workspace_id", "project_id", "id"])
    op.create_index("ix_productions_job", "productions", ["job_id"], unique=True)
    for statement in tenant_policies("productions", [Activity.DISPATCH]):
        op.execute(statement)


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        _reference("production_id", "productions"),
        sa.Column("state", sa.Text(), nullable=False, server_default="queued"),
        sa.Column("digests", JSONB(), nullable=False),
        sa.Column("made", JSONB()),
        sa.Column("error", JSONB()),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        _time("finished_at"),
    )
    op.create_index("ix_batches_production", "batches", ["production_id", "state"])
    for statement in tenant_policies("batches", [Activity.DISPATCH]):
        op.execute(statement)


def _in_workspace(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=f"fk_productions_{column}",
        ondelete="CASCADE",
    )


def _reference(column: str, table: str) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(column, sa.Text(), key, nullable=False)


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)
