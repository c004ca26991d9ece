"""The tables of what was asked of the director, and answered."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable


class DirectorThreadRow(TenantTable):
    """A conversation about a project."""

    __tablename__ = "director_threads"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id", name="uq_director_threads_workspace_id_id"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_director_threads_project",
            ondelete="CASCADE",
        ),
        Index("ix_director_threads_project", "workspace_id", "project_id", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[str]
    user_id: Mapped[str]
    title: Mapped[str]


class DirectorMessageRow(TenantTable):
    """A question or an answer. `edits` are proposed notes, `about` and `images` what was in question."""

    __tablename__ = "director_messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "thread_id", "number"),
        ForeignKeyConstraint(
            ["workspace_id", "thread_id"],
            ["director_threads.workspace_id", "director_threads.id"],
            name="fk_director_messages_thread",
            ondelete="CASCADE",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str]
    project_id: Mapped[str]
    revision_id: Mapped[str]
    user_id: Mapped[str]
    number: Mapped[int]
    role: Mapped[str]
    text: Mapped[str]
    edits: Mapped[list[Any]]
    warnings: Mapped[list[Any]]
    about: Mapped[list[Any]]
    images: Mapped[list[Any]]
    model: Mapped[str | None]
    cost_micros: Mapped[int | None] = mapped_column(BigInteger())
    currency: Mapped[str | None]
