"""Tables of music sessions and their takes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable


class MusicSessionRow(TenantTable):
    """Takes that share a style and lyrics."""

    __tablename__ = "music_sessions"
    __table_args__ = (Index("ix_music_sessions", "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(Text())
    project_id: Mapped[str | None] = mapped_column(Text())
    title: Mapped[str] = mapped_column(Text())
    style: Mapped[str] = mapped_column(Text())
    lyrics: Mapped[str] = mapped_column(Text())
    seconds: Mapped[float]


class MusicTakeRow(TenantTable):
    """One take: in the making while it has a job and no file; `error` where nothing came of it.

    `micros` is its cost by currency, `extends` the take it goes on from.
    """

    __tablename__ = "music_takes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            name="fk_music_takes_asset_id",
            ondelete="CASCADE",
        ),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index("uq_music_takes_number", "session_id", "number", unique=True),
        Index("ix_music_takes_asset_id", "workspace_id", "asset_id"),
    )

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    session_id: Mapped[str] = mapped_column(
        Text(), ForeignKey("music_sessions.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    prompt: Mapped[str] = mapped_column(Text())
    seconds: Mapped[float]
    model: Mapped[str | None] = mapped_column(Text())
    job_id: Mapped[str | None] = mapped_column(Text())
    asset_id: Mapped[str | None] = mapped_column(Text())
    extends: Mapped[str | None] = mapped_column(Text())
    rating: Mapped[int | None]
    micros: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    finished_at: Mapped[datetime | None]
