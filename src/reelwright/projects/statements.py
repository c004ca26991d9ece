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

# A row is counted with what it takes besides its content: small ones are many.
ADD_STATE = text("""
    WITH counted AS (
        UPDATE project_states SET bytes = bytes + :size + 256,
            thin_at = least(thin_at, CAST(:now AS timestamptz) + interval '1 day')
        WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor)
    INSERT INTO project_state_versions
        (workspace_id, project_id, editor, version, data, size, user_id, restored, created_at)
    VALUES (:workspace, :project, :editor, :version, CAST(:data AS jsonb), :size, :user,
        :restored, :now)""")

IS_ONES_OWN = text("""
    SELECT count(*) = CAST(:there AS integer) - CAST(:expected AS integer)
    FROM project_state_versions
    WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor
        AND version > :expected AND user_id = :user""")

BYTES_OF_STATES = text("""
    SELECT sum(bytes) FROM project_states WHERE workspace_id = :workspace AND project_id = :project""")

# What somebody saves just now is left alone: nobody waits for another editor's state.
BOUND_STATES = text("""
    WITH held AS MATERIALIZED (
        SELECT editor FROM project_states
        WHERE workspace_id = :workspace AND project_id = :project
        ORDER BY editor FOR UPDATE SKIP LOCKED
    ), known AS (
        SELECT editor, version, size, created_at,
            version = max(version) OVER (PARTITION BY editor) AS newest
        FROM project_state_versions WHERE workspace_id = :workspace AND project_id = :project
    ), ranked AS (
        SELECT editor, version, newest, sum(size + 256) OVER (
            ORDER BY newest DESC, created_at DESC, version DESC, editor) AS kept
        FROM known
    ), gone AS (
        DELETE FROM project_state_versions AS v USING ranked JOIN held USING (editor)
        WHERE v.workspace_id = :workspace AND v.project_id = :project
            AND v.editor = ranked.editor AND v.version = ranked.version
            AND NOT ranked.newest AND ranked.kept > :most
        RETURNING v.editor, v.size
    ), freed AS (SELECT editor, sum(size + 256) AS bytes FROM gone GROUP BY editor)
    UPDATE project_states AS s SET bytes = s.bytes - freed.bytes FROM freed
    WHERE s.workspace_id = :workspace AND s.project_id = :project AND s.editor = freed.editor""")

NEWEST_STATES = text("""
    SELECT DISTINCT ON (editor) editor, version, data, user_id, created_at
    FROM project_state_versions WHERE workspace_id = :workspace AND project_id = :project
    ORDER BY editor, version DESC""")

FORGET_STATES = text("""
    DELETE FROM project_states WHERE workspace_id = :workspace AND project_id = :project""")

OLD_STATES = text("""
    SELECT workspace_id, project_id, editor FROM project_states
    WHERE thin_at <= :now
        AND (workspace_id, project_id, editor) > (:workspace, :project, :editor)
    ORDER BY workspace_id, project_id, editor LIMIT :most""")

HOLD_STATE = text("""
    SELECT FROM project_states WHERE workspace_id = :workspace AND project_id = :project
        AND editor = :editor AND thin_at <= :now FOR UPDATE SKIP LOCKED""")

THIN_STATE = text("""
    WITH dated AS (
        SELECT version, row_number() OVER (PARTITION BY
                CASE WHEN created_at > CAST(:now AS timestamptz) - interval '1 day'
                        THEN version::text
                    WHEN created_at > CAST(:now AS timestamptz) - interval '7 days'
                        THEN 'h' || date_trunc('hour', created_at, 'UTC')
                    WHEN created_at > CAST(:now AS timestamptz) - interval '90 days'
                        THEN 'd' || date_trunc('day', created_at, 'UTC')
                    ELSE 'w' || date_trunc('week', created_at, 'UTC') END
                ORDER BY version DESC) AS age, max(version) OVER () AS newest
        FROM project_state_versions
        WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor)
    DELETE FROM project_state_versions AS v USING dated
    WHERE v.workspace_id = :workspace AND v.project_id = :project AND v.editor = :editor
        AND v.version = dated.version AND dated.age > 1 AND dated.version < dated.newest
    RETURNING v.version""")

# Versions go when they become a day, a week and a quarter old: before the next of these days there
# is nothing to do, nor more than once a day.
NOTE_THINNED = text("""
    WITH kept AS (
        SELECT size, created_at, version = max(version) OVER () AS newest
        FROM project_state_versions
        WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor)
    UPDATE project_states SET
        bytes = (SELECT coalesce(sum(size + 256), 0) FROM kept),
        thin_at = (SELECT greatest(min(day), CAST(:now AS timestamptz) + interval '1 day')
            FROM kept, unnest(ARRAY[created_at + interval '1 day', created_at + interval '7 days',
                created_at + interval '90 days']) AS day
            WHERE NOT newest AND day > :now)
    WHERE workspace_id = :workspace AND project_id = :project AND editor = :editor""")

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
