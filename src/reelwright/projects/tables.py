"""The tables of projects: revisions, states, comments, share links, and who is looking."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import CommentId, ProjectId, RevisionId, ShareId


def _of_project(table: str) -> ForeignKeyConstraint:
    """A key that leads to no other tenant's project."""
    return ForeignKeyConstraint(
        ["workspace_id", "project_id"],
        ["projects.workspace_id", "projects.id"],
        name=f"fk_{table}_project",
        ondelete="CASCADE",
    )


class ProjectRow(TenantTable):
    """A screenplay on its way to a film. `head` is the number of its newest revision.

    `source` says what it was made from, where that can be known again: a file on this machine.
    """

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id", name="uq_projects_workspace_id_id"),
        Index(
            "ix_projects_trashed_at", "trashed_at", postgresql_where=text("trashed_at IS NOT NULL")
        ),
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
    trashed_at: Mapped[datetime | None]


class RevisionRow(TenantTable):
    """One state of a project's files; never changed. `files` maps a file's name to its asset."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "project_id", "number"),
        UniqueConstraint("workspace_id", "id", name="uq_revisions_workspace_id_id"),
        _of_project("revisions"),
    )

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId]
    user_id: Mapped[str]
    number: Mapped[int]
    script: Mapped[str | None]
    files: Mapped[dict[str, Any]]
    digest: Mapped[str]


class StateRow(TenantTable):
    """That there is a state of a project for one type of editor; whoever saves it locks this row.

    No foreign key: scripts keep states under ids of their own. `bytes` is what its versions take,
    `thin_at` when some of them may go; null: only the newest is left.
    """

    __tablename__ = "project_states"
    __table_args__ = (
        Index("ix_project_states_thin_at", "thin_at", postgresql_where=text("thin_at IS NOT NULL")),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    project_id: Mapped[str] = mapped_column(primary_key=True)
    editor: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    thin_at: Mapped[datetime | None]


class StateVersionRow(TenantTable):
    """A state as it was saved; never changed, and thinned out when it is old."""

    __tablename__ = "project_state_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "project_id", "editor"],
            ["project_states.workspace_id", "project_states.project_id", "project_states.editor"],
            name="fk_project_state_versions_state",
            ondelete="CASCADE",
        ),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    project_id: Mapped[str] = mapped_column(primary_key=True)
    editor: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]]
    size: Mapped[int]
    user_id: Mapped[str]
    restored: Mapped[int | None]


class CommentRow(TenantTable):
    """What somebody said about a project, one of its scenes or shots, or a time in its film.

    A reply names its `thread_id`. `anchor` is a stable id, `label` what it was called when it was
    said. `guest` is the name of somebody who came by a share link: they are no user.
    """

    __tablename__ = "project_comments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id", name="uq_project_comments_workspace_id_id"),
        CheckConstraint("about IN ('project', 'scene', 'shot', 'time')", name="about"),
        CheckConstraint("num_nonnulls(user_id, guest) = 1", name="one_author"),
        _of_project("project_comments"),
        ForeignKeyConstraint(
            ["workspace_id", "thread_id"],
            ["project_comments.workspace_id", "project_comments.id"],
            name="fk_project_comments_thread",
            ondelete="CASCADE",
        ),
        Index("ix_project_comments_project", "workspace_id", "project_id", "id"),
        Index("ix_project_comments_thread", "workspace_id", "thread_id", "id"),
    )

    id: Mapped[CommentId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId]
    thread_id: Mapped[CommentId | None]
    user_id: Mapped[str | None]
    guest: Mapped[str | None]
    about: Mapped[str] = mapped_column(server_default=text("'project'"))
    anchor: Mapped[str | None]
    label: Mapped[str | None]
    at_ms: Mapped[int | None]
    body: Mapped[str]
    edited_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    deleted_at: Mapped[datetime | None]


class ShareLinkRow(TenantTable):
    """A link by which anybody who has its text may look at a project; only hashes are kept."""

    __tablename__ = "share_links"
    __table_args__ = (
        CheckConstraint("scope IN ('view', 'comment', 'download')", name="scope"),
        _of_project("share_links"),
        Index("ix_share_links_project", "workspace_id", "project_id", "id"),
    )

    id: Mapped[ShareId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId]
    user_id: Mapped[str]
    name: Mapped[str]
    hash: Mapped[str]
    scope: Mapped[str]
    password_hash: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    views: Mapped[int] = mapped_column(server_default=text("0"))
    last_viewed_at: Mapped[datetime | None]


class PresenceRow(TenantTable):
    """Who is looking at a project, as last heard; `place` is where in it, in an editor's words."""

    __tablename__ = "project_presences"
    __table_args__ = (_of_project("project_presences"),)

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    project_id: Mapped[ProjectId] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    place: Mapped[str | None]
    seen_at: Mapped[datetime]
