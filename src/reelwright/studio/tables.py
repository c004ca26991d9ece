"""Tables of productions: the making of a film, and the batches its products are made in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable


def _in_workspace(column: str, table: str) -> ForeignKeyConstraint:
    """A key that leads to no other tenant's row."""
    return ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=f"fk_productions_{column}",
        ondelete="CASCADE",
    )


class ProductionRow(TenantTable):
    """One making of a film from one revision; `job_id` is the job that does it.

    `outputs` maps paths in the delivered folder to assets. `live` while it may still be worked on.
    `wanted`: how many have asked for it and not gone away since. `unmade` are the digests of the
    commissions it is made without.
    """

    __tablename__ = "productions"
    __table_args__ = (
        _in_workspace("project_id", "projects"),
        _in_workspace("revision_id", "revisions"),
        Index("ix_productions_revision", "workspace_id", "revision_id"),
        Index("ix_productions_project", "workspace_id", "project_id", "id"),
        Index("ix_productions_job", "job_id", unique=True),
    )

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    user_id: Mapped[str] = mapped_column(Text())
    project_id: Mapped[str] = mapped_column(Text())
    revision_id: Mapped[str] = mapped_column(Text())
    job_id: Mapped[str] = mapped_column(Text(), ForeignKey("jobs.id", ondelete="CASCADE"))
    options: Mapped[dict[str, Any]]
    live: Mapped[bool] = mapped_column(server_default=text("true"))
    wanted: Mapped[int] = mapped_column(server_default=text("1"))
    unmade: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    figures: Mapped[dict[str, Any] | None]
    outputs: Mapped[dict[str, Any] | None]
    finished_at: Mapped[datetime | None]


class BatchRow(TenantTable):
    """Some products of a production that one worker makes one after the other.

    `digests` are the products' names; `made` says for each whether it was made just now.
    """

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_production", "production_id", "state"),)

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    production_id: Mapped[str] = mapped_column(
        Text(), ForeignKey("productions.id", ondelete="CASCADE")
    )
    state: Mapped[str] = mapped_column(Text(), server_default="queued")
    digests: Mapped[list[Any]]
    made: Mapped[list[Any] | None]
    error: Mapped[dict[str, Any] | None]
    finished_at: Mapped[datetime | None]
