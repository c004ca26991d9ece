"""The root of a job's tree: what the jobs of one film spend is limited together."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; jobs that are there already are their own roots."""
    op.add_column("jobs", sa.Column("root_job_id", sa.Text()))
