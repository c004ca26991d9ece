"""How a project stands: what tells whether anything was saved in it since somebody looked."""

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal

_STANDING = text("""
    SELECT jsonb_build_array(p.head, p.name,
        (SELECT jsonb_object_agg(s.editor, s.version) FROM (
            SELECT editor, max(version) AS version FROM project_state_versions
            WHERE workspace_id = :workspace AND project_id = :project GROUP BY editor) AS s),
        (SELECT jsonb_build_array(count(*), max(id),
                max(greatest(created_at, edited_at, resolved_at, deleted_at)))
            FROM project_comments WHERE workspace_id = :workspace AND project_id = :project),
        (SELECT max(id) FROM assets WHERE workspace_id = :workspace AND project_id = :project
            AND upload_ref IS NOT NULL AND companion_of IS NULL))::text
    FROM projects AS p WHERE p.workspace_id = :workspace AND p.id = :project""")


async def standing_of(tx: Tx, who: Principal, project_id: ProjectId) -> str:
    """Its head, newest states, last comment and last file, as one text to compare."""
    told = {"workspace": who.workspace, "project": project_id}
    return str(await tx.scalar(_STANDING, told))
