"""Assets on their way into a project's file and out of it: what is known of each, whose products they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.labels import checked_tags
from reelwright.library.tables import AssetRow, TagRow

EXPORTED = "project_export"
"""What the product is called that a project's file is: never part of another."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

# Pieces of films are those of the films that stand: they come by their recipes.
_OF_PROJECT = text("""
    SELECT a.id, a.name, a.media_type, a.size, a.sha256, a.facts, a.favourite, a.created_at,
        a.upload_ref, a.recipe_digest, a.submission_id, b.key,
        coalesce((SELECT array_agg(t.tag ORDER BY t.tag) FROM asset_tags t
            WHERE t.workspace_id = a.workspace_id AND t.asset_id = a.id), '{}') AS tags,
        coalesce((SELECT jsonb_agg(jsonb_build_object('recipe', p.recipe_digest,
                'family', p.family_digest, 'operation', p.operation) ORDER BY p.recipe_digest)
            FROM products p WHERE p.workspace_id = a.workspace_id AND p.asset_id = a.id), '[]')
            AS marks
    FROM assets a JOIN blobs b ON b.workspace_id = a.workspace_id AND b.sha256 = a.sha256
    WHERE a.workspace_id = :workspace AND a.companion_of IS NULL AND b.withheld_by IS NULL
        AND (a.id = ANY(:named) OR (a.trashed_at IS NULL AND a.project_id = :project
                AND NOT (a.recipe_digest IS NOT NULL AND EXISTS (
                    SELECT FROM products p WHERE p.workspace_id = a.workspace_id
                        AND p.asset_id = a.id AND cardinality(p.used_by) > 0)))
            OR a.id IN (SELECT p.asset_id FROM products p WHERE p.workspace_id = :workspace
                AND p.recipe_digest = ANY(:recipes)))
        AND NOT EXISTS (SELECT FROM products p WHERE p.workspace_id = a.workspace_id
            AND p.asset_id = a.id AND p.operation = :exported)
    ORDER BY a.id""")

# What the workspace has made itself stays what it is.
_MARK = text("""
    INSERT INTO products
        (workspace_id, recipe_digest, family_digest, operation, asset_id, created_at, last_used_at)
    SELECT :workspace, recipe, family, operation, asset, :now, :now
    FROM unnest(CAST(:recipes AS text[]), CAST(:families AS text[]), CAST(:operations AS text[]),
        CAST(:assets AS text[])) AS mark (recipe, family, operation, asset)
    ORDER BY recipe ON CONFLICT (workspace_id, recipe_digest) DO NOTHING""")


class Mark(BaseModel):
    """That an asset is the product of a recipe."""

    model_config = ConfigDict(extra="forbid")

    recipe: Digest
    family: Digest | None
    operation: str = Field(max_length=100)


class CarriedAsset(BaseModel):
    """A file of a project: what is known of it. Its bytes go by their digest.

    `ref` is the file's name where it was brought, and the recipe where it was made.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=100)
    name: str = Field(min_length=1, max_length=255)
    media_type: str = Field(pattern=r"^[a-z]+/[A-Za-z0-9.+-]{1,100}$")
    size: int = Field(ge=0)
    sha256: Digest
    origin: Literal["upload", "recipe", "submission"]
    ref: str = Field(max_length=1000)
    facts: dict[str, Any]
    favourite: bool
    tags: list[str] = Field(max_length=50)
    marks: list[Mark] = Field(max_length=1000)
    at: AwareDatetime

    def new_origin(self) -> Origin:
        """Where it comes from in a house that has not called the model itself."""
        made = {one.recipe for one in self.marks}
        if self.origin == OriginKind.RECIPE and self.ref in made:
            return Origin(OriginKind.RECIPE, self.ref)
        if self.origin == OriginKind.SUBMISSION and made:
            return Origin(OriginKind.RECIPE, min(made))
        return Origin(OriginKind.UPLOAD, self.name)


@dataclass(frozen=True, slots=True)
class StoredAsset:
    """An asset that is to be carried; `submission` is the call it came from, if it came from one."""

    told: CarriedAsset
    key: str
    submission: str | None


async def carried_assets(
    tx: Tx, who: Principal, project_id: ProjectId, named: Collection[str], recipes: Collection[str]
) -> list[StoredAsset]:
    """The assets of a project, those that are `named`, and the products of recipes; none is held back."""
    told = {"workspace": who.workspace, "project": project_id, "exported": EXPORTED}
    told |= {"named": sorted(named), "recipes": sorted(recipes)}
    return [_stored(row) for row in (await tx.execute(_OF_PROJECT, told)).mappings()]


async def label_carried(
    tx: Tx,
    who: Principal,
    assets: Sequence[tuple[AssetId, CarriedAsset, Sequence[Mark]]],
    now: datetime,
) -> None:
    """Give assets that have just come their tags, and the marks that may be believed."""
    marks = [(asset, mark) for asset, _, some in assets for mark in some]
    columns: Mapping[str, Any] = {
        "workspace": who.workspace,
        "now": now,
        "recipes": [mark.recipe for _, mark in marks],
        "families": [mark.family for _, mark in marks],
        "operations": [mark.operation for _, mark in marks],
        "assets": [asset for asset, _ in marks],
    }
    if marks:
        await tx.execute(_MARK, columns)
    tags = [
        {"workspace_id": who.workspace, "tag": tag, "asset_id": asset}
        for asset, one, _ in assets
        for tag in checked_tags(one.tags)
    ]
    if tags:
        await tx.execute(insert(TagRow).on_conflict_do_nothing(), tags)
    favourites = [asset for asset, one, _ in assets if one.favourite]
    if favourites:
        mine = AssetRow.workspace_id == who.workspace, AssetRow.id.in_(favourites)
        await tx.execute(update(AssetRow).where(*mine).values(favourite=True))


def _stored(row: Any) -> StoredAsset:
    kind = OriginKind.SUBMISSION if row["submission_id"] else OriginKind.RECIPE
    kind = OriginKind.UPLOAD if row["upload_ref"] is not None else kind
    told = CarriedAsset(
        id=row["id"],
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        sha256=row["sha256"],
        origin=kind.value,
        ref=(row["upload_ref"] or row["recipe_digest"] or "")[:1000],
        facts=row["facts"],
        favourite=row["favourite"],
        tags=list(row["tags"]),
        marks=[Mark(**one) for one in row["marks"]],
        at=row["created_at"],
    )
    return StoredAsset(told, row["key"], row["submission_id"])
