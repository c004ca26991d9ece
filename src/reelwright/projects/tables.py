"""The tables of projects and of their revisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import ProjectId, RevisionId


class ProjectRow(TenantTable):
    """A screenplay on its way to a film. `head` is the number of its newest revision.

    `source` says what it was made from, where that can be known again: a file on this machine.
    """

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id", name="uq_projects_workspace_id_id"),
        Index(
            "uq_projects_source",
            "workspace_id",
            "source",
            unique=True,
            postgresql_where=text("source IS NOT NULL"),
        ),
    )

    id: Mapped[ProjectId] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    name: Mapped[str]
    project_type: Mapped[str] = mapped_column(server_default=text("'film'"))
    head: Mapped[int]
    source: Mapped[str | None]
    updated_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class RevisionRow(TenantTable):
    """One state of a project's files; never changed. `files` maps a file's name to its asset."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "project_id", "number"),
        UniqueConstraint("workspace_id", "id", name="uq_revisions_workspace_id_id"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_revisions_project",
            ondelete="CASCADE",
        ),
    )

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId]
    user_id: Mapped[str]
    number: Mapped[int]
    script: Mapped[str]
    files: Mapped[dict[str, Any]]
    digest: Mapped[str]
