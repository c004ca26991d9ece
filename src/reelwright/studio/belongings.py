"""What is being made of projects, and what of one project others show."""

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal

_LIVE = text("""
    SELECT EXISTS (SELECT FROM jobs WHERE workspace_id = :workspace AND project_id = :project
        AND state NOT IN ('completed', 'failed', 'cancelled'))""")

# A film of one project may have been made of what an equal one had made before. In states an id may
# stand anywhere, also where names stand: they are read as text.
_USED = text("""
    WITH mine AS (
        SELECT id FROM assets WHERE workspace_id = :workspace
            AND (project_id = :project OR project_id IS NULL))
    SELECT id FROM mine JOIN (
        SELECT file.asset FROM productions, jsonb_each_text(outputs) AS file (name, asset)
        WHERE workspace_id = :workspace AND project_id <> :project
        UNION
        SELECT found.ids[1] FROM (
            SELECT DISTINCT ON (project_id, editor) data FROM project_state_versions
            WHERE workspace_id = :workspace AND project_id <> :project
            ORDER BY project_id, editor, version DESC) AS newest,
            regexp_matches(newest.data::text, :an_asset, 'g') AS found (ids)
        UNION
        SELECT asset_id FROM project_references
        WHERE workspace_id = :workspace AND project_id <> :project
        UNION
        SELECT t.asset_id FROM music_takes t JOIN music_sessions s ON s.id = t.session_id
        WHERE t.workspace_id = :workspace AND s.project_id IS DISTINCT FROM :project
    ) AS used ON used.asset = mine.id""")
_AN_ASSET = f"({AssetId.prefix}_[0-9a-z]+)"


class ProjectWorks:
    """Answers for all that is made of projects, in the caller's transaction."""

    async def are_live_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> bool:
        """Whether something of a project is being made, or how it ended is not known."""
        told = {"workspace": who.workspace, "project": project_id}
        return bool(await tx.scalar(_LIVE, told))

    async def used_elsewhere_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> set[str]:
        """The assets of a project that others' films, newest states, pins or sessions show."""
        told = {"workspace": who.workspace, "project": project_id, "an_asset": _AN_ASSET}
        return set((await tx.execute(_USED, told)).scalars())
