"""References pinned to projects; music sessions and their takes."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _references()
    _sessions()
    _takes()
    for table in ("project_references", "music_sessions", "music_takes"):
        for statement in tenant_policies(table):
            op.execute(statement)


def _references() -> None:
    op.create_table(
        "project_references",
        *_tenant(),
        *_texts("project_id", "kind", "name", "asset_id"),
        _inside("project_references", "project_id", "projects"),
        _inside("project_references", "asset_id", "assets"),
        sa.CheckConstraint("kind IN ('character', 'location')", name="kind"),
    )
    unique = ["workspace_id", "project_id", "name", "asset_id"]
    op.create_index("uq_project_references", "project_references", unique, unique=True)
    op.create_index(
        "ix_project_references_asset_id", "project_references", ["workspace_id", "asset_id"]
    )


def _sessions() -> None:
    op.create_table(
        "music_sessions",
        *_tenant(),
        *_texts("user_id", "title", "style", "lyrics"),
        *_texts("project_id", nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
    )
    op.create_index("ix_music_sessions", "music_sessions", ["workspace_id", "id"])


def _takes() -> None:
    op.create_table(
        "music_takes",
        *_tenant(),
        sa.Column(
            "session_id",
            sa.Text(),
            sa.ForeignKey("music_sessions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("prompt"),
        sa.Column("seconds", sa.Float(), nullable=False),
        *_texts("model", "job_id", "asset_id", "extends", nullable=True),
        sa.Column("rating", sa.Integer()),
        sa.Column("micros", JSONB()),
        sa.Column("error", JSONB()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        _inside("music_takes", "asset_id", "assets"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )
    op.create_index("uq_music_takes_number", "music_takes", ["session_id", "number"], unique=True)
    op.create_index("ix_music_takes_asset_id", "music_takes", ["workspace_id", "asset_id"])


def _tenant() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column(
            "workspace_id",
            sa.Text(),
            sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    ]


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _inside(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A key that leads to no other tenant's row."""
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=f"fk_{table}_{column}",
        ondelete="CASCADE",
    )
