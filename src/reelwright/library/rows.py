"""Reading assets: rows to values, and the questions that are asked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from reelwright.ground.ids import AssetId, WorkspaceId
from reelwright.library.assets import Asset, AssetFilter, Origin, OriginKind, SyncStatus
from reelwright.library.tables import AssetRow, BlobRow, ProductRow, TagRow

_ORIGINS = {
    OriginKind.UPLOAD: AssetRow.upload_ref,
    OriginKind.RECIPE: AssetRow.recipe_digest,
    OriginKind.SUBMISSION: AssetRow.submission_id,
}


def assets_of(workspace: WorkspaceId) -> Select[*tuple[Any, ...]]:
    """The assets of a workspace, each with the key of its bytes, and what holds them back."""
    bytes_of = and_(
        BlobRow.workspace_id == AssetRow.workspace_id, BlobRow.sha256 == AssetRow.sha256
    )
    return (
        select(AssetRow, BlobRow.key, BlobRow.withheld_by)
        .outerjoin(BlobRow, bytes_of)
        .where(AssetRow.workspace_id == workspace)
    )


def products_of(workspace: WorkspaceId, recipes: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """The products of recipes, as (asset, key, recipe_digest, operation, last_used_at)."""
    made = and_(
        ProductRow.workspace_id == AssetRow.workspace_id, ProductRow.asset_id == AssetRow.id
    )
    return (
        assets_of(workspace)
        .join(ProductRow, made)
        .add_columns(ProductRow.recipe_digest, ProductRow.operation, ProductRow.last_used_at)
        .where(ProductRow.recipe_digest.in_(recipes))
    )


def shown(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The assets with their tags."""
    tags = (
        select(func.array_agg(aggregate_order_by(TagRow.tag, TagRow.tag)))
        .where(TagRow.workspace_id == AssetRow.workspace_id, TagRow.asset_id == AssetRow.id)
        .correlate(AssetRow)
        .scalar_subquery()
    )
    return query.add_columns(tags.label("tags"))


def filtered(query: Select[*tuple[Any, ...]], wanted: AssetFilter) -> Select[*tuple[Any, ...]]:
    """Only what the filter shows; what goes with another asset is never listed.

    Equality alone may use an index: row-level security comes before the rest.
    """
    away = AssetRow.trashed_at
    query = query.where(
        AssetRow.companion_of.is_(None), away.is_not(None) if wanted.trashed else away.is_(None)
    )
    if wanted.media:
        column = AssetRow.media_type if "/" in wanted.media else AssetRow.kind
        query = query.where(column == wanted.media)
    if wanted.project_id:
        query = query.where(AssetRow.project_id == wanted.project_id)
    if wanted.origin:
        query = query.where(_ORIGINS[wanted.origin].is_not(None))
    if wanted.sync_status:
        query = query.where(AssetRow.sync_status == wanted.sync_status.value)
    if wanted.name:
        query = query.where(AssetRow.name.icontains(wanted.name, autoescape=True))
    if wanted.favourite:
        query = query.where(AssetRow.favourite)
    if wanted.since:
        query = query.where(AssetRow.id >= AssetId.earliest(wanted.since))
    if wanted.until:
        query = query.where(AssetRow.id < AssetId.earliest(wanted.until))
    return query


def newest_first(
    query: Select[*tuple[Any, ...]], wanted: AssetFilter, after: str | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """A page of them; by a tag, it goes along the tag's own rows."""
    order: Any = AssetRow.id
    if wanted.tag:
        order = TagRow.asset_id
        query = query.join(
            TagRow,
            and_(
                TagRow.workspace_id == AssetRow.workspace_id,
                TagRow.asset_id == AssetRow.id,
                TagRow.tag == wanted.tag,
            ),
        )
    if after:
        query = query.where(order < after)
    return query.order_by(order.desc()).limit(limit)


def asset_from(row: Row[*tuple[Any, ...]], operation: str = "") -> Asset:
    """The asset of a row of `assets_of`."""
    one: AssetRow = row[0]
    origin = next(
        Origin(kind, ref)
        for kind, column in _ORIGINS.items()
        if (ref := getattr(one, column.key)) is not None
    )
    return Asset(
        AssetId(one.id),
        one.sha256 or "",
        one.size or 0,
        one.media_type,
        one.name,
        origin,
        one.facts,
        one.created_at,
        one.project_id,
        row[1] or "",
        SyncStatus(one.sync_status),
        one.remote_url,
        operation,
        one.remote_id,
        one.favourite,
        one.trashed_at,
        one.sync_error,
        tuple(getattr(row, "tags", None) or ()),
        row[2],
    )
