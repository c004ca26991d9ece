"""The tables of assets, of the blobs that hold their bytes, and of the products they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Text,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable
from reelwright.ground.ids import AssetId


def _some(name: str, column: str, *, where: str, unique: bool = False) -> Index:
    """An index of a workspace's rows of which `where` is true."""
    return Index(name, "workspace_id", column, unique=unique, postgresql_where=text(where))


class BlobRow(TenantTable):
    """Bytes of one workspace, once, by their content; the object lies in storage under `key`.

    `uses` counts the assets that have this content. At none, `released_at` says since when; after
    a grace period the row goes, and then the object. `charged_to` is who brought it when nothing
    used it: as long as something does, it is counted for them. `withheld_by` names the takedown that
    keeps anybody from reading it.
    """

    __tablename__ = "blobs"
    __table_args__ = (
        CheckConstraint("uses >= 0", name="uses"),
        CheckConstraint("(uses = 0) = (released_at IS NOT NULL)", name="released"),
        Index("uq_blobs_key", "workspace_id", "key", unique=True),
        Index(
            "ix_blobs_released_at", "released_at", postgresql_where=text("released_at IS NOT NULL")
        ),
        Index("ix_blobs_charged_to", "charged_to", "workspace_id"),
        _some("ix_blobs_withheld_by", "withheld_by", where="withheld_by IS NOT NULL"),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str]
    uses: Mapped[int]
    charged_to: Mapped[str | None]
    released_at: Mapped[datetime | None]
    withheld_by: Mapped[str | None]


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
        CheckConstraint(
            "sync_status IN ('remote', 'downloading', 'downloaded', 'failed')", name="sync"
        ),
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
        Index("ix_assets_workspace_id_kind", "workspace_id", "kind", "id"),
        _some("uq_assets_remote_id", "remote_id", where="remote_id IS NOT NULL", unique=True),
        _some("ix_assets_workspace_id_favourite", "id", where="favourite"),
        _some("ix_assets_workspace_id_trashed", "id", where="trashed_at IS NOT NULL"),
        _some("ix_assets_workspace_id_upload", "id", where="upload_ref IS NOT NULL"),
        _some("ix_assets_workspace_id_submission", "id", where="submission_id IS NOT NULL"),
        _some("ix_assets_workspace_id_remote", "id", where="sync_status <> 'downloaded'"),
        Index(
            "ix_assets_trashed_at", "trashed_at", postgresql_where=text("trashed_at IS NOT NULL")
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
    remote_id: Mapped[str | None]
    sync_error: Mapped[dict[str, Any] | None]
    favourite: Mapped[bool] = mapped_column(server_default=false())
    trashed_at: Mapped[datetime | None]
    kind: Mapped[str | None] = mapped_column(
        Computed("split_part(media_type, '/', 1)", persisted=True)
    )


class TagRow(TenantTable):
    """A word that people have put on an asset. A row of its own: a list of one tag is one range."""

    __tablename__ = "asset_tags"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["assets.workspace_id", "assets.id"],
            ondelete="CASCADE",
        ),
        Index("ix_asset_tags_workspace_id_asset_id", "workspace_id", "asset_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    asset_id: Mapped[str] = mapped_column(primary_key=True)


class UploadRow(TenantTable):
    """A file that is coming in pieces. Its bytes are here up to `received`, in the parts.

    `asset_id` is given out beforehand: of two who finish it, one writes the asset.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("received BETWEEN 0 AND size", name="received"),
        CheckConstraint("state IN ('open', 'finished', 'refused')", name="state"),
        Index("ix_uploads_expires_at", "expires_at"),
        # What a person has announced, in whatever workspace: their quota counts it.
        Index("ix_uploads_open", "user_id", postgresql_where=text("state = 'open'")),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    name: Mapped[str]
    project_id: Mapped[str | None]
    project_type: Mapped[str]
    state: Mapped[str]
    asset_id: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    parts: Mapped[int] = mapped_column(server_default=text("0"))
    facts: Mapped[dict[str, Any]]
    error: Mapped[dict[str, Any] | None]
    finishing_until: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class UploadPartRow(TenantTable):
    """Bytes of an upload from `starts_at` on; the object lies in storage under `key`."""

    __tablename__ = "upload_parts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "upload_id"],
            ["uploads.workspace_id", "uploads.id"],
            ondelete="CASCADE",
        ),
        Index("uq_upload_parts_key", "workspace_id", "key", unique=True),
    )

    workspace_id: Mapped[str] = mapped_column(Text(), primary_key=True)
    upload_id: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str]


class ProductRow(TenantTable):
    """Which asset is the product of a recipe. `family_digest` is the recipe without its take.

    `made_from` are the digests of its inputs: of contents, or of recipes. `used_by` are the projects
    whose films it is a piece of.
    """

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
    made_from: Mapped[list[Any] | None]
    used_by: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    last_used_at: Mapped[datetime]
