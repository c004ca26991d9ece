"""The tables of conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import MessageId, ThreadId


class ThreadRow(TenantTable):
    """A conversation; `system` is said before all of it, `route` is how its models are chosen."""

    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id", name="uq_threads_workspace_id_id"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_threads_project",
            ondelete="CASCADE",
        ),
        Index("ix_threads_project", "workspace_id", "project_id"),
    )

    id: Mapped[ThreadId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspaces.id", name="fk_threads_workspace", ondelete="CASCADE")
    )
    user_id: Mapped[str] = mapped_column(Text())
    project_id: Mapped[str | None]
    title: Mapped[str]
    system: Mapped[str]
    route: Mapped[dict[str, Any]] = mapped_column(JSONB())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ThreadMessageRow(TenantTable):
    """One turn, in the order of ids; an answer names the call that wrote it."""

    __tablename__ = "thread_messages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "thread_id"],
            ["threads.workspace_id", "threads.id"],
            name="fk_thread_messages_thread",
            ondelete="CASCADE",
        ),
        Index("ix_thread_messages", "workspace_id", "thread_id", "id"),
    )

    id: Mapped[MessageId] = mapped_column(primary_key=True)
    thread_id: Mapped[ThreadId]
    role: Mapped[str]
    text: Mapped[str]
    images: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    submission_id: Mapped[str | None]
    model: Mapped[str | None]
    cost_micros: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
