"""Texts that are answered at once: kept with their calls."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A call that is answered at once keeps its text in its row."""
    op.add_column("submissions", sa.Column("answer", sa.Text()))
