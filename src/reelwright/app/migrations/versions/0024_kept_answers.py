"""Answers of requests that bear a key, so that one that is sent again is not done again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import confining_policies, tenant_policies
from reelwright.ground.principals import Activity

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """One row a key; besides its workspace, whoever tidies up sees it."""
    op.create_table(
        "kept_answers",
        sa.Column(
            "workspace_id",
            sa.Text(),
            sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("user_id", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", JSONB()),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("created_at", _TIME, server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_kept_answers_created_at", "kept_answers", ["created_at"])
    for statement in tenant_policies("kept_answers", [Activity.CLEAN_UP]):
        op.execute(statement)
    own = "user_id = nullif(current_setting('app.user_id', true), '')"
    for statement in confining_policies("kept_answers", seen=own, changed=own):
        op.execute(statement)
