"""What is asked of the director, and answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "director_threads",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("workspace_id", "project_id", "user_id", "title"),
        _now(),
        sa.UniqueConstraint("workspace_id", "id", name="uq_director_threads_workspace_id_id"),
        _reference("director_threads", "project_id", "projects", "project"),
    )
    op.create_index(
        "ix_director_threads_project", "director_threads", ["workspace_id", "project_id", "id"]
    )
    op.create_table(
        "director_messages",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("workspace_id", "thread_id", "project_id", "revision_id", "user_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("role", "text"),
        *(sa.Column(one, JSONB(), nullable=False) for one in _LISTS),
        sa.Column("model", sa.Text()),
        sa.Column("cost_micros", sa.BigInteger()),
        sa.Column("currency", sa.Text()),
        _now(),
        sa.UniqueConstraint("workspace_id", "thread_id", "number"),
        _reference("director_messages", "thread_id", "director_threads", "thread"),
    )
    for table in ("director_threads", "director_messages"):
        for statement in tenant_policies(table):
            op.execute(statement)


_LISTS = ("edits", "warnings", "about", "images")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _now() -> sa.Column[object]:
    now = sa.func.now()
    return sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=now)


def _reference(table: str, column: str, other: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=f"fk_{table}_{name}",
        ondelete="CASCADE",
    )
