"""What is being made of projects, and what of one project others show."""

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal

_LIVE = text("""
    SELECT EXISTS (SELECT FROM jobs WHERE workspace_id = :workspace AND project_id = :project
        AND state NOT IN ('completed', 'failed', 'cancelled'))""")

# A film of one project may have been made of what an equal one had made before.
_USED = text("""
    WITH mine AS (
        SELECT id FROM assets WHERE workspace_id = :workspace AND project_id = :project)
    SELECT id FROM mine WHERE id IN (
        SELECT file.asset FROM productions, jsonb_each_text(outputs) AS file (name, asset)
        WHERE workspace_id = :workspace AND project_id <> :project
        UNION ALL
        SELECT asset_id FROM project_references
        WHERE workspace_id = :workspace AND project_id <> :project
        UNION ALL
        SELECT t.asset_id FROM music_takes t JOIN music_sessions s ON s.id = t.session_id
        WHERE t.workspace_id = :workspace AND s.project_id IS DISTINCT FROM :project)""")


class ProjectWorks:
    """Answers for all that is made of projects, in the caller's transaction."""

    async def are_live_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> bool:
        """Whether something of a project is being made, or how it ended is not known."""
        told = {"workspace": who.workspace, "project": project_id}
        return bool(await tx.scalar(_LIVE, told))

    async def used_elsewhere_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> set[str]:
        """The assets of a project that others' films, pins or sessions show."""
        told = {"workspace": who.workspace, "project": project_id}
        return set((await tx.execute(_USED, told)).scalars())
