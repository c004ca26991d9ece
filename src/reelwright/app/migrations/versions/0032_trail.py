"""The audit trail of a workspace is its owner's and admins'; everybody sees what they did themselves."""

from alembic import op

from reelwright.engines.database.roles import APP

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_MINE = "user_id = nullif(current_setting('app.user_id', true), '')"
_THEIRS = "(SELECT role_here(NULL)) IN ('owner', 'admin')"


def upgrade() -> None:
    """Change who reads: others of a workspace read it before, and nobody their deeds elsewhere."""
    op.execute("DROP POLICY confined_sees ON audit_entries")
    op.execute(
        f"CREATE POLICY confined_sees ON audit_entries AS RESTRICTIVE FOR SELECT TO {APP}"
        f" USING ({_MINE} OR {_THEIRS})"
    )
    op.execute(f"CREATE POLICY own ON audit_entries FOR SELECT TO {APP} USING ({_MINE})")
