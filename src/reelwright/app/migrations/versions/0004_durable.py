"""The durable engine's schema, executors, and the function that enqueues."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""


def downgrade() -> None:
    """There is no way back; restore a backup."""
    raise NotImplementedError
