"""Which projects' films a product is a piece of: as long as one of them is there, it stays."""

from collections.abc import Collection

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Principal

_UNNOTED = text("""
    SELECT recipe_digest FROM products WHERE workspace_id = :workspace
        AND recipe_digest = ANY (CAST(:some AS text[])) AND NOT :project = ANY (used_by)""")

# Sorted, as all writers do: two films that share pieces never wait for each other in a circle.
_NOTE = text("""
    WITH held AS MATERIALIZED (
        SELECT recipe_digest FROM products WHERE workspace_id = :workspace
            AND recipe_digest = ANY (CAST(:some AS text[])) AND NOT :project = ANY (used_by)
        ORDER BY recipe_digest FOR UPDATE)
    UPDATE products AS p SET used_by = array_append(p.used_by, CAST(:project AS text)) FROM held
    WHERE p.workspace_id = :workspace AND p.recipe_digest = held.recipe_digest
    RETURNING p.asset_id""")

# What was made for nobody, or for a project that is gone, belongs to who uses it now.
_ADOPT = text("""
    WITH held AS MATERIALIZED (
        SELECT id FROM assets WHERE workspace_id = :workspace
            AND id = ANY (CAST(:assets AS text[])) AND project_id IS NULL
            AND recipe_digest IS NOT NULL
        ORDER BY id FOR UPDATE)
    UPDATE assets AS a SET project_id = :project FROM held
    WHERE a.workspace_id = :workspace AND a.id = held.id""")

FORGET_USES = text("""
    UPDATE products SET used_by = array_remove(used_by, CAST(:project AS text))
    WHERE workspace_id = :workspace AND :project = ANY (used_by)""")


async def note_uses(
    database: Database, who: Principal, project_id: str, digests: Collection[str]
) -> None:
    """Note that the products of these recipes are pieces of a film of a project."""
    told = {"workspace": who.workspace, "project": project_id, "some": sorted(digests)}
    async with database.read(who) as tx:
        told["some"] = sorted((await tx.execute(_UNNOTED, told)).scalars())
    if not told["some"]:
        return
    async with database.transaction(who) as tx:
        assets = list((await tx.execute(_NOTE, told)).scalars())
        await tx.execute(_ADOPT, told | {"assets": assets})
