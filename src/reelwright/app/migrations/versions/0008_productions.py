"""Productions and their batches."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""


def downgrade() -> None:
    """There is no way back; restore a backup."""
    raise NotImplementedError
