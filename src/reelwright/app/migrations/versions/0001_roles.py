"""The three roles: whoever migrates owns the tables; requests and the system run as the others."""

from alembic import op

from reelwright.engines.database.roles import APP, SYSTEM

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two roles, unless another database of this server has made them."""
    for role in (APP, SYSTEM):
        op.execute(
            f"""DO $$ BEGIN
                CREATE ROLE {role} LOGIN NOINHERIT;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
        )
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")


def downgrade() -> None:
    """There is no way back; restore a backup."""
    raise NotImplementedError
