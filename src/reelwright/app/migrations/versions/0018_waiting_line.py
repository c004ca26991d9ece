"""The line in which jobs stand while no account is free."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies
from reelwright.ground.principals import Activity

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; besides its workspace, whoever calls jobs up sees it."""
    op.create_table(
        "account_waits",
        sa.Column("workflow_id", sa.Text(), primary_key=True),
        sa.Column(
            "workspace_id",
            sa.Text(),
            sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column(
            "job_id", sa.Text(), sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("wants", JSONB(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True)),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
    )
    op.create_index(
        "ix_account_waits_lane", "account_waits", ["workspace_id", "lane", "created_at"]
    )
    op.create_index("ix_account_waits_job_id", "account_waits", ["job_id"])
    for statement in tenant_policies("account_waits", [Activity.DISPATCH]):
        op.execute(statement)
