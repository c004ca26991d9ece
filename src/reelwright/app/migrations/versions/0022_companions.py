"""Small pictures that go with assets: which asset each belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; an asset's companions are found by it when the asset goes."""
    op.add_column("assets", sa.Column("companion_of", sa.Text()))
    op.create_index(
        "ix_assets_workspace_id_companion_of",
        "assets",
        ["workspace_id", "companion_of"],
        postgresql_where=sa.text("companion_of IS NOT NULL"),
    )
