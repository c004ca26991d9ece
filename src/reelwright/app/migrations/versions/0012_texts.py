"""Texts that are answered at once, kept with their calls; and conversations."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from reelwright.engines.database.policies import tenant_policies

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A call that is answered at once keeps its text in its row; a conversation is turns, in order."""
    op.add_column("submissions", sa.Column("answer", sa.Text()))
    _threads()
    _messages()
    for table in ("threads", "thread_messages"):
        for statement in tenant_policies(table):
            op.execute(statement)


def _threads() -> None:
    op.create_table(
        "threads",
        *_texts("id", "workspace_id", "user_id", "title", "system"),
        sa.Column("project_id", sa.Text()),
        sa.Column("route", JSONB(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_threads_workspace_id_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_threads_project",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_threads_workspace", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_threads_project", "threads", ["workspace_id", "project_id"])


def _messages() -> None:
    op.create_table(
        "thread_messages",
        *_texts("id", "workspace_id", "thread_id", "role", "text"),
        *(sa.Column(name, sa.Text()) for name in ("submission_id", "model", "currency")),
        sa.Column("cost_micros", sa.BigInteger()),
        sa.Column("images", ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_id"],
            ["threads.workspace_id", "threads.id"],
            name="fk_thread_messages_thread",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_thread_messages", "thread_messages", ["workspace_id", "thread_id", "id"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
