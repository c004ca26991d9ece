"""The tables of jobs: what was asked for, what depends on what, what happened when."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import JobId

LIVE_SQL = "state IN ('pending', 'scheduled', 'blocked', 'queued', 'running', 'waiting', 'unknown')"


class JobRow(TenantTable):
    """Work that was asked for.

    `workflow_id` names the run of the current attempt: whoever brings news of another run is late.
    `retries` counts attempts we made by ourselves; `stopping` lists workflows still to be stopped.
    `root_job_id` names the job for whose sake it was asked for; without one it is its own root.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("priority BETWEEN 0 AND 10", name="priority"),
        UniqueConstraint("workspace_id", "id", name="uq_jobs_workspace_id_id"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_jobs_project",
            ondelete="CASCADE",
        ),
        Index("ix_jobs_state", "workspace_id", "state", "id"),
        Index(
            "ix_jobs_project",
            "workspace_id",
            "project_id",
            "id",
            postgresql_where=text("project_id IS NOT NULL"),
        ),
        Index(
            "ix_jobs_root",
            "workspace_id",
            "root_job_id",
            "id",
            postgresql_where=text("root_job_id IS NOT NULL"),
        ),
        Index(
            "uq_jobs_join_key",
            "workspace_id",
            "join_key",
            unique=True,
            postgresql_where=text(f"join_key IS NOT NULL AND {LIVE_SQL}"),
        ),
        Index(
            "uq_jobs_request_key",
            "workspace_id",
            "request_key",
            unique=True,
            postgresql_where=text("request_key IS NOT NULL"),
        ),
        # The scheduler's own, over all workspaces; each holds only rows it has to look at.
        Index("ix_jobs_live", "id", postgresql_where=text(LIVE_SQL)),
        # What a person has asked for that is under way, in whatever workspace: their quota counts it.
        Index(
            "ix_jobs_at_work",
            "user_id",
            postgresql_where=text(
                "root_job_id IS NULL AND state IN ('pending', 'scheduled', 'blocked', 'queued',"
                " 'running', 'waiting')"
            ),
        ),
        Index("ix_jobs_due", "scheduled_at", postgresql_where=text("state = 'scheduled'")),
        Index(
            "ix_jobs_deadline",
            "deadline_at",
            postgresql_where=text("deadline_at IS NOT NULL AND state IN ('running', 'waiting')"),
        ),
        Index("ix_jobs_stopping", "id", postgresql_where=text("stopping IS NOT NULL")),
    )

    id: Mapped[JobId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(Text())
    project_id: Mapped[str | None]
    root_job_id: Mapped[str | None]
    kind: Mapped[str]
    name: Mapped[str | None]
    params: Mapped[dict[str, Any]]
    state: Mapped[str]
    priority: Mapped[int]
    after_failure: Mapped[str]
    scheduled_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(server_default=text("1"))
    retries: Mapped[int] = mapped_column(server_default=text("0"))
    time_limit_s: Mapped[float | None]
    deadline_at: Mapped[datetime | None]
    join_key: Mapped[str | None]
    request_key: Mapped[str | None]
    progress: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    result: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    error: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    workflow_id: Mapped[str]
    stopping: Mapped[list[str] | None] = mapped_column(ARRAY(Text()))
    changed_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class DependencyRow(TenantTable):
    """A job waits for another of the same workspace: the keys allow no other."""

    __tablename__ = "job_dependencies"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "job_id"],
            ["jobs.workspace_id", "jobs.id"],
            name="fk_job_dependencies_job",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "parent_id"],
            ["jobs.workspace_id", "jobs.id"],
            name="fk_job_dependencies_parent",
            ondelete="CASCADE",
        ),
        Index("ix_job_dependencies_parent", "workspace_id", "parent_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    job_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    parent_id: Mapped[str] = mapped_column(Text(), primary_key=True)


class JobChangeRow(TenantTable):
    """A job entered a state; `created_at` says when, `why` whatever is not self-evident."""

    __tablename__ = "job_history"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "job_id"],
            ["jobs.workspace_id", "jobs.id"],
            name="fk_job_history_job",
            ondelete="CASCADE",
        ),
        Index("ix_job_history_job", "workspace_id", "job_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    job_id: Mapped[str]
    attempt: Mapped[int]
    state: Mapped[str]
    why: Mapped[str | None]
