"""Uploads that go on where they broke off, tags, favourites, trash, and what vendors call an asset."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import child_policies, project_policies, tenant_policies
from reelwright.ground.principals import Activity

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the columns by which assets are found; only clean-up sees all workspaces."""
    _uploads()
    _parts()
    _assets()
    _tags()
    for table in ("uploads", "upload_parts", "asset_tags"):
        for statement in tenant_policies(table, [Activity.CLEAN_UP]):
            op.execute(statement)
    for statement in (
        *child_policies("asset_tags", "asset_id", "assets"),
        *project_policies("uploads"),
        *child_policies("upload_parts", "upload_id", "uploads"),
    ):
        op.execute(statement)


def _tenant(*texts: str) -> list[sa.Column]:
    return [
        sa.Column("workspace_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now()),
    ]


def _uploads() -> None:
    op.create_table(
        "uploads",
        *_tenant("id", "user_id", "name", "project_type", "state", "asset_id"),
        sa.Column("project_id", sa.Text()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("parts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("error", JSONB()),
        sa.Column("finishing_until", _TIME),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
        sa.CheckConstraint("received BETWEEN 0 AND size", name="received"),
        sa.CheckConstraint("state IN ('open', 'finished', 'refused')", name="state"),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])


def _parts() -> None:
    op.create_table(
        "upload_parts",
        *_tenant("upload_id", "key"),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "upload_id", "starts_at"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "upload_id"],
            ["uploads.workspace_id", "uploads.id"],
            ondelete="CASCADE",
        ),
    )
    op.create_index("uq_upload_parts_key", "upload_parts", ["workspace_id", "key"], unique=True)


def _assets() -> None:
    for column in (
        sa.Column("remote_id", sa.Text()),
        sa.Column("sync_error", JSONB()),
        sa.Column("favourite", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("trashed_at", _TIME),
        sa.Column("kind", sa.Text(), sa.Computed("split_part(media_type, '/', 1)", persisted=True)),
    ):
        op.add_column("assets", column)
    op.drop_constraint(op.f("ck_assets_sync"), "assets")
    op.create_check_constraint(
        op.f("ck_assets_sync"),
        "assets",
        "sync_status IN ('remote', 'downloading', 'downloaded', 'failed')",
    )
    op.create_index("ix_assets_workspace_id_kind", "assets", ["workspace_id", "kind", "id"])
    for name, columns, where, unique in (
        ("uq_assets_remote_id", ["remote_id"], "remote_id IS NOT NULL", True),
        ("ix_assets_workspace_id_favourite", ["id"], "favourite", False),
        ("ix_assets_workspace_id_trashed", ["id"], "trashed_at IS NOT NULL", False),
        ("ix_assets_workspace_id_upload", ["id"], "upload_ref IS NOT NULL", False),
        ("ix_assets_workspace_id_submission", ["id"], "submission_id IS NOT NULL", False),
        ("ix_assets_workspace_id_remote", ["id"], "sync_status <> 'downloaded'", False),
    ):
        op.create_index(
            name,
            "assets",
            ["workspace_id", *columns],
            unique=unique,
            postgresql_where=sa.text(where),
        )
    trashed = sa.text("trashed_at IS NOT NULL")
    op.create_index("ix_assets_trashed_at", "assets", ["trashed_at"], postgresql_where=trashed)


def _tags() -> None:
    op.create_table(
        "asset_tags",
        *_tenant("tag", "asset_id"),
        sa.PrimaryKeyConstraint("workspace_id", "tag", "asset_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_asset_tags_workspace_id_asset_id", "asset_tags", ["workspace_id", "asset_id"]
    )
