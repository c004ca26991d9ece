"""Films along a route: what a production is made without, and the jobs of one root found quickly."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column(
        "productions",
        sa.Column("unmade", ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_index(
        "ix_jobs_root",
        "jobs",
        ["workspace_id", "root_job_id", "id"],
        postgresql_where=sa.text("root_job_id IS NOT NULL"),
    )
