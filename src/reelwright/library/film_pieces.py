"""Which projects' films a product is a piece of: as long as one of them is there, it stays."""

from collections.abc import Collection

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Principal

_STANDING = text("""
    SELECT recipe_digest, :project = ANY (used_by) AS noted FROM products
    WHERE workspace_id = :workspace AND recipe_digest = ANY (CAST(:some AS text[]))""")

# Sorted, as all writers do: two films that share pieces never wait for each other in a circle.
_NOTE = text("""
    WITH held AS MATERIALIZED (
        SELECT recipe_digest FROM products WHERE workspace_id = :workspace
            AND recipe_digest = ANY (CAST(:some AS text[])) AND NOT :project = ANY (used_by)
        ORDER BY recipe_digest FOR UPDATE)
    UPDATE products AS p SET used_by = array_append(p.used_by, CAST(:project AS text)) FROM held
    WHERE p.workspace_id = :workspace AND p.recipe_digest = held.recipe_digest
    RETURNING p.recipe_digest, p.asset_id""")

# What was made for nobody, or for a project that is gone, belongs to who uses it now.
_ADOPT = text("""
    WITH held AS MATERIALIZED (
        SELECT id FROM assets WHERE workspace_id = :workspace
            AND id = ANY (CAST(:assets AS text[])) AND project_id IS NULL
            AND recipe_digest IS NOT NULL
        ORDER BY id FOR UPDATE)
    UPDATE assets AS a SET project_id = :project FROM held
    WHERE a.workspace_id = :workspace AND a.id = held.id""")

# Whoever notes a use waits for whoever deletes the project it was made for, and finds it gone; or is
# waited for, and it stays.
HOLD_PIECES = text("""
    SELECT FROM products AS p WHERE p.workspace_id = :workspace AND (:project = ANY (p.used_by)
        OR p.asset_id IN (SELECT a.id FROM assets AS a
            WHERE a.workspace_id = :workspace AND a.project_id = :project))
    ORDER BY p.recipe_digest FOR UPDATE""")

FORGET_USES = text("""
    UPDATE products SET used_by = array_remove(used_by, CAST(:project AS text))
    WHERE workspace_id = :workspace AND :project = ANY (used_by)""")


async def note_uses(
    database: Database, who: Principal, project_id: str, digests: Collection[str]
) -> set[str]:
    """Note that products are pieces of a film of a project; returns the recipes of those that there are."""
    told = {"workspace": who.workspace, "project": project_id, "some": sorted(digests)}
    async with database.read(who) as tx:
        standing = (await tx.execute(_STANDING, told)).all()
    noted = {row.recipe_digest for row in standing if row.noted}
    new = {row.recipe_digest for row in standing} - noted
    if not new:
        return noted
    async with database.transaction(who) as tx:
        pieces = (await tx.execute(_NOTE, told | {"some": sorted(new)})).all()
        await tx.execute(_ADOPT, told | {"assets": [row.asset_id for row in pieces]})
    # One that another process has noted for the project meanwhile comes with the next look.
    return noted | {row.recipe_digest for row in pieces}
