"""Table of the references pinned to projects."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable


class ReferenceRow(TenantTable):
    """A picture pinned to a project, by the name of a character or a place."""

    __tablename__ = "project_references"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_project_references_project_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            name="fk_project_references_asset_id",
            ondelete="CASCADE",
        ),
        CheckConstraint("kind IN ('character', 'location')", name="kind"),
        Index(
            "uq_project_references",
            "workspace_id",
            "project_id",
            "name",
            "asset_id",
            unique=True,
        ),
        Index("ix_project_references_asset_id", "workspace_id", "asset_id"),
    )

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    project_id: Mapped[str] = mapped_column(Text())
    kind: Mapped[str] = mapped_column(Text())
    name: Mapped[str] = mapped_column(Text())
    asset_id: Mapped[str] = mapped_column(Text())
