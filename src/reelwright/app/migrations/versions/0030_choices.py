"""What people have set for themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import activity_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"


def upgrade() -> None:
    """Make the table: each sees their own row."""
    op.create_table(
        "choices",
        sa.Column(
            "user_id", sa.Text(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("choices", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute("ALTER TABLE choices ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE choices FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY owner_all ON choices TO CURRENT_USER USING (true) WITH CHECK (true)")
    for statement in activity_policies("choices", (Activity.CLEAN_UP,)):
        op.execute(statement)
    op.execute(
        f"CREATE POLICY own ON choices TO {APP} USING (user_id = {_USER})"
        f" WITH CHECK (user_id = {_USER})"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON choices TO {APP}")
