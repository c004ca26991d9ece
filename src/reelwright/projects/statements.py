"""The projects' SQL, where it says more than a query of one table."""

from sqlalchemy import text

# Not stronger: revisions and jobs of the project may be made meanwhile, only its end waits.
HOLD_PROJECT = text("""
    SELECT FROM projects WHERE workspace_id = :workspace AND id = :project FOR KEY SHARE""")

LOCK_STATE = text("""
    INSERT INTO project_states AS s (workspace_id, project_id, editor)
    VALUES (:workspace, :project, :editor)
    ON CONFLICT (workspace_id, project_id, editor) DO UPDATE SET editor = s.editor""")

# Asked of Postgres: what it keeps of a number may be written otherwise than what was sent.
IS_SAME_STATE = text("""
    SELECT data = CAST(:new AS jsonb) FROM project_state_versions
    WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor
        AND version = :version""")

ADD_STATE = text("""
    INSERT INTO project_state_versions
        (workspace_id, project_id, editor, version, data, size, user_id, restored, created_at)
    VALUES (:workspace, :project, :editor, :version, CAST(:data AS jsonb), :size, :user,
        :restored, :now)""")

NEWEST_STATES = text("""
    SELECT DISTINCT ON (editor) editor, version, data, user_id, created_at
    FROM project_state_versions WHERE workspace_id = :workspace AND project_id = :project
    ORDER BY editor, version DESC""")

FORGET_STATES = text("""
    DELETE FROM project_states WHERE workspace_id = :workspace AND project_id = :project""")

THIN_STATES = text("""
    WITH dated AS (
        SELECT ctid AS place, row_number() OVER (PARTITION BY workspace_id, project_id, editor,
                CASE WHEN created_at > CAST(:now AS timestamptz) - interval '1 day'
                        THEN version::text
                    WHEN created_at > CAST(:now AS timestamptz) - interval '7 days'
                        THEN 'h' || date_trunc('hour', created_at, 'UTC')
                    WHEN created_at > CAST(:now AS timestamptz) - interval '90 days'
                        THEN 'd' || date_trunc('day', created_at, 'UTC')
                    ELSE 'w' || date_trunc('week', created_at, 'UTC') END
                ORDER BY version DESC) AS age,
            max(version) OVER (PARTITION BY workspace_id, project_id, editor) AS newest
        FROM project_state_versions)
    DELETE FROM project_state_versions AS v USING dated
    WHERE v.ctid = dated.place AND dated.age > 1 AND v.version < dated.newest
    RETURNING v.version""")

# Whoever is being heard of just now is left alone, and so is nobody waited for.
FORGET_PRESENCES = text("""
    WITH old AS MATERIALIZED (
        SELECT workspace_id, project_id, user_id FROM project_presences
        WHERE workspace_id = :workspace AND project_id = :project AND seen_at <= :before
        FOR UPDATE SKIP LOCKED)
    DELETE FROM project_presences AS p USING old
    WHERE p.workspace_id = old.workspace_id AND p.project_id = old.project_id
        AND p.user_id = old.user_id AND p.user_id <> :user
    RETURNING p.user_id""")

LOOKING = text("""
    SELECT place FROM project_presences
    WHERE workspace_id = :workspace AND project_id = :project AND user_id = :user
        AND seen_at > :before""")

NOTE_PRESENCE = text("""
    INSERT INTO project_presences (workspace_id, project_id, user_id, place, seen_at)
    VALUES (:workspace, :project, :user, :place, :now)
    ON CONFLICT (workspace_id, project_id, user_id)
        DO UPDATE SET place = excluded.place, seen_at = excluded.seen_at""")

LEAVE = text("""
    DELETE FROM project_presences
    WHERE workspace_id = :workspace AND project_id = :project AND user_id = :user
    RETURNING user_id""")
