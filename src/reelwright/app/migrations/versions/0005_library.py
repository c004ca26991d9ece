"""Assets, blobs, products."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import tenant_policies
from reelwright.ground.principals import Activity

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; only clean-up sees those of all workspaces."""
    _blobs()
    _assets()
    _products()
    op.create_table(
        "project_data",
        *_tenant("project_id", "project_type"),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", "project_type"),
    )
    for table in ("blobs", "assets", "products", "project_data"):
        for statement in tenant_policies(table, [Activity.CLEAN_UP]):
            op.execute(statement)


def _tenant(*texts: str) -> list[sa.Column]:
    """The columns of every tenant's table, and some of text."""
    return [
        sa.Column("workspace_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
    ]


def _blobs() -> None:
    op.create_table(
        "blobs",
        *_tenant("sha256", "key"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("released_at", _TIME),
        sa.PrimaryKeyConstraint("workspace_id", "sha256"),
        sa.CheckConstraint("uses >= 0", name="uses"),
        sa.CheckConstraint("(uses = 0) = (released_at IS NOT NULL)", name="released"),
    )
    op.create_index("uq_blobs_key", "blobs", ["workspace_id", "key"], unique=True)
    released = sa.text("released_at IS NOT NULL")
    op.create_index("ix_blobs_released_at", "blobs", ["released_at"], postgresql_where=released)


def _assets() -> None:
    optional = (
        "sha256",
        "upload_ref",
        "recipe_digest",
        "submission_id",
        "project_id",
        "remote_url",
    )
    op.create_table(
        "assets",
        *_tenant("id", "user_id", "media_type", "name"),
        *(sa.Column(name, sa.Text()) for name in optional),
        sa.Column("size", sa.BigInteger()),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("sync_status", sa.Text(), nullable=False, server_default="downloaded"),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.ForeignKeyConstraint(["workspace_id", "sha256"], ["blobs.workspace_id", "blobs.sha256"]),
        sa.CheckConstraint(
            "num_nonnulls(upload_ref, recipe_digest, submission_id) = 1", name="one_origin"
        ),
        sa.CheckConstraint("sync_status IN ('remote', 'downloading', 'downloaded')", name="sync"),
        sa.CheckConstraint(
            "num_nonnulls(sha256, size) = CASE sync_status WHEN 'downloaded' THEN 2 ELSE 0 END",
            name="bytes",
        ),
    )
    op.create_index("ix_assets_workspace_id_sha256", "assets", ["workspace_id", "sha256"])
    op.create_index(
        "ix_assets_workspace_id_project_id",
        "assets",
        ["workspace_id", "project_id", "id"],
        postgresql_where=sa.text("project_id IS NOT NULL"),
    )


def _products() -> None:
    op.create_table(
        "products",
        *_tenant("recipe_digest", "operation", "asset_id"),
        sa.Column("family_digest", sa.Text()),
        sa.Column("last_used_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "recipe_digest"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    for column in ("asset_id", "last_used_at"):
        op.create_index(f"ix_products_workspace_id_{column}", "products", ["workspace_id", column])
