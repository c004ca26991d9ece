"""Jobs."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from reelwright.engines.database.policies import tenant_policies
from reelwright.ground.principals import Activity

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LIVE = "state IN ('pending', 'scheduled', 'blocked', 'queued', 'running', 'waiting', 'unknown')"


def upgrade() -> None:
    """Make the three tables, their indexes and their policies."""
    _jobs()
    _job_indexes()
    _dependencies()
    _history()
    for table in ("jobs", "job_dependencies", "job_history"):
        rights = "SELECT, INSERT" if table != "jobs" else "SELECT, INSERT, UPDATE"
        for statement in tenant_policies(table, [Activity.DISPATCH], rights=rights):
            op.execute(statement)


def _jobs() -> None:
    op.create_table(
        "jobs",
        _text("id", primary_key=True),
        _text("workspace_id", nullable=False),
        _text("user_id", nullable=False),
        _text("project_id"),
        _text("kind", nullable=False),
        _text("name"),
        sa.Column("params", JSONB(), nullable=False),
        _text("state", nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        _text("after_failure", nullable=False),
        _time("scheduled_at"),
        sa.Column("attempt", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("retries", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("time_limit_s", sa.Float()),
        _time("deadline_at"),
        _text("join_key"),
        _text("request_key"),
        sa.Column("progress", JSONB()),
        sa.Column("result", JSONB()),
        sa.Column("error", JSONB()),
        _text("workflow_id", nullable=False),
        sa.Column("stopping", ARRAY(sa.Text())),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        _time("changed_at", nullable=False),
        _time("started_at"),
        _time("finished_at"),
        sa.CheckConstraint("priority BETWEEN 0 AND 10", name=op.f("ck_jobs_priority")),
        sa.UniqueConstraint("workspace_id", "id", name="uq_jobs_workspace_id_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_jobs_workspace_id", ondelete="CASCADE"
        ),
        _in_workspace("project_id", "fk_jobs_project", "projects"),
    )


def _job_indexes() -> None:
    op.create_index("ix_jobs_state", "jobs", ["workspace_id", "state", "id"])
    project = ["workspace_id", "project_id", "id"]
    _partial("ix_jobs_project", project, "project_id IS NOT NULL")
    key = ["workspace_id", "join_key"]
    _partial("uq_jobs_join_key", key, f"join_key IS NOT NULL AND {_LIVE}", unique=True)
    key = ["workspace_id", "request_key"]
    _partial("uq_jobs_request_key", key, "request_key IS NOT NULL", unique=True)
    _partial("ix_jobs_live", ["id"], _LIVE)
    _partial("ix_jobs_due", ["scheduled_at"], "state = 'scheduled'")
    _partial(
        "ix_jobs_deadline",
        ["deadline_at"],
        "deadline_at IS NOT NULL AND state IN ('running', 'waiting')",
    )
    _partial("ix_jobs_stopping", ["id"], "stopping IS NOT NULL")


def _dependencies() -> None:
    op.create_table(
        "job_dependencies",
        _text("workspace_id", nullable=False),
        _text("job_id", nullable=False),
        _text("parent_id", nullable=False),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("workspace_id", "job_id", "parent_id", name="pk_job_dependencies"),
        _in_workspace("job_id", "fk_job_dependencies_job"),
        _in_workspace("parent_id", "fk_job_dependencies_parent"),
    )
    op.create_index("ix_job_dependencies_parent", "job_dependencies", ["workspace_id", "parent_id"])


def _history() -> None:
    op.create_table(
        "job_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        _text("workspace_id", nullable=False),
        _text("job_id", nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        _text("state", nullable=False),
        _text("why"),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        _in_workspace("job_id", "fk_job_history_job"),
    )
    op.create_index("ix_job_history_job", "job_history", ["workspace_id", "job_id", "id"])


def _text(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), **options)


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)


def _in_workspace(column: str, name: str, table: str = "jobs") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=name,
        ondelete="CASCADE",
    )


def _partial(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, "jobs", columns, unique=unique, postgresql_where=sa.text(where))
