"""The tables of assets, of the blobs that hold their bytes, and of the products they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import AssetId


class BlobRow(TenantTable):
    """Bytes of one workspace, once, by their content; the object lies in storage under `key`.

    `uses` counts the assets that have this content. At none, `released_at` says since when; after
    a grace period the row goes, and then the object.
    """

    __tablename__ = "blobs"
    __table_args__ = (
        CheckConstraint("uses >= 0", name="uses"),
        CheckConstraint("(uses = 0) = (released_at IS NOT NULL)", name="released"),
        Index("uq_blobs_key", "workspace_id", "key", unique=True),
        Index(
            "ix_blobs_released_at", "released_at", postgresql_where=text("released_at IS NOT NULL")
        ),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str]
    uses: Mapped[int]
    released_at: Mapped[datetime | None]


class AssetRow(TenantTable):
    """A file in the library. It has exactly one origin, and bytes as soon as they are here.

    `companion_of` names the asset whose thumbnail, strip or waveform this is; such are not listed, and go
    with it.
    """

    __tablename__ = "assets"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(upload_ref, recipe_digest, submission_id) = 1", name="one_origin"
        ),
        CheckConstraint("sync_status IN ('remote', 'downloading', 'downloaded')", name="sync"),
        CheckConstraint(
            "num_nonnulls(sha256, size) = CASE sync_status WHEN 'downloaded' THEN 2 ELSE 0 END",
            name="bytes",
        ),
        ForeignKeyConstraint(["workspace_id", "sha256"], ["blobs.workspace_id", "blobs.sha256"]),
        Index("ix_assets_workspace_id_sha256", "workspace_id", "sha256"),
        Index(
            "ix_assets_workspace_id_project_id",
            "workspace_id",
            "project_id",
            "id",
            postgresql_where=text("project_id IS NOT NULL"),
        ),
        Index(
            "ix_assets_workspace_id_companion_of",
            "workspace_id",
            "companion_of",
            postgresql_where=text("companion_of IS NOT NULL"),
        ),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    id: Mapped[AssetId] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    sha256: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str]
    name: Mapped[str]
    upload_ref: Mapped[str | None]
    recipe_digest: Mapped[str | None]
    submission_id: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    project_id: Mapped[str | None]
    sync_status: Mapped[str] = mapped_column(server_default=text("'downloaded'"))
    remote_url: Mapped[str | None]
    companion_of: Mapped[str | None]


class ProductRow(TenantTable):
    """Which asset is the product of a recipe. `family_digest` is the recipe without its take."""

    __tablename__ = "products"
    __table_args__ = (
        # Deferred: the row claims the recipe first, then its asset is written.
        ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("ix_products_workspace_id_asset_id", "workspace_id", "asset_id"),
        Index("ix_products_workspace_id_last_used_at", "workspace_id", "last_used_at"),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    recipe_digest: Mapped[str] = mapped_column(primary_key=True)
    family_digest: Mapped[str | None]
    operation: Mapped[str]
    asset_id: Mapped[str]
    last_used_at: Mapped[datetime]
