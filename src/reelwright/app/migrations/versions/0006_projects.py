"""Projects and their revisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables. A revision can be written and read, never changed."""
    _projects()
    _revisions()
    for statement in tenant_policies("projects"):
        op.execute(statement)
    for statement in tenant_policies("revisions", rights="SELECT, INSERT"):
        op.execute(statement)


def _projects() -> None:
    op.create_table(
        "projects",
        *_texts("id", "workspace_id", "user_id", "name"),
        sa.Column("project_type", sa.Text(), nullable=False, server_default="film"),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("archived_at", _TIME),
        sa.PrimaryKeyConstraint("id"),
        # Others refer to it together with the workspace: no key leads to another tenant's.
        sa.UniqueConstraint("workspace_id", "id", name="uq_projects_workspace_id_id"),
    )
    op.create_index(
        "uq_projects_source",
        "projects",
        ["workspace_id", "source"],
        unique=True,
        postgresql_where=sa.text("source IS NOT NULL"),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        *_texts("id", "workspace_id", "project_id", "user_id", "script", "digest"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("files", JSONB(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_revisions_project",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("workspace_id", "project_id", "number"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_revisions_workspace_id_id"),
    )


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
