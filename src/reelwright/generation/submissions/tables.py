"""The table of paid calls."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import SubmissionId

_TO_LOOK_AT = "look_at IS NOT NULL"


class SubmissionRow(TenantTable):
    """One paid call; see `submissions.model`. One remote id of a vendor is one submission."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("(ticket IS NULL) = (remote_id IS NULL)", name="ticket"),
        Index("ix_submissions_job", "workspace_id", "job_id", "attempt"),
        Index("ix_submissions_recipe", "workspace_id", "recipe"),
        Index(
            "uq_submissions_remote",
            "workspace_id",
            "provider",
            "remote_id",
            unique=True,
            postgresql_where=text("remote_id IS NOT NULL"),
        ),
        # The poller's own, over all workspaces; it holds only rows it has to look at.
        Index("ix_submissions_look_at", "look_at", postgresql_where=text(_TO_LOOK_AT)),
    )

    id: Mapped[SubmissionId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(Text())
    project_id: Mapped[str | None]
    job_id: Mapped[str | None]
    workflow_id: Mapped[str | None]
    attempt: Mapped[int]
    provider: Mapped[str]
    model: Mapped[str]
    operation: Mapped[str]
    recall: Mapped[str]
    request: Mapped[dict[str, Any]]
    recipe: Mapped[str]
    account_id: Mapped[str | None]
    hold_id: Mapped[str]
    most_micros: Mapped[int] = mapped_column(BigInteger)
    cost_micros: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(server_default=text("'ready'"))
    sends: Mapped[int] = mapped_column(server_default=text("0"))
    sent_at: Mapped[datetime | None]
    first_sent_at: Mapped[datetime | None]
    ticket: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    remote_id: Mapped[str | None]
    used: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    assets: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    answer: Mapped[str | None] = mapped_column(Text())
    error: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    moved_on: Mapped[str | None]
    abandoned: Mapped[bool] = mapped_column(server_default=text("false"))
    looks: Mapped[int] = mapped_column(server_default=text("0"))
    look_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
