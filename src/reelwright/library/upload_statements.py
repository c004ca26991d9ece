"""The SQL of uploads."""

from sqlalchemy import text

# Of whoever asks, in all workspaces.
ANNOUNCED = text("SELECT uploads, bytes FROM announced_uploads(:now)")

ADD_UPLOAD = text("""
    INSERT INTO uploads (workspace_id, id, user_id, name, project_type, project_id, state, asset_id,
        size, facts, expires_at, created_at)
    VALUES (:workspace, :id, :user, :name, :project_type, :project_id, 'open', :asset_id,
        :size, CAST(:facts AS jsonb), :expires_at, :now)""")

# Whoever writes first at an offset moves it on; the other finds it moved.
ADD_PART = text("""
    WITH moved AS (
        UPDATE uploads SET received = :ends_at, parts = parts + 1, expires_at = :expires_at
        WHERE workspace_id = :workspace AND id = :id AND state = 'open' AND received = :starts_at
            AND size >= :ends_at AND parts < :most AND expires_at > :now
        RETURNING workspace_id, id)
    INSERT INTO upload_parts (workspace_id, upload_id, starts_at, size, key, created_at)
    SELECT workspace_id, id, :starts_at, :size, :key, :now FROM moved
    RETURNING starts_at""")

PARTS = text("""
    SELECT key FROM upload_parts WHERE workspace_id = :workspace AND upload_id = :id
    ORDER BY starts_at""")

CLAIM = text("""
    UPDATE uploads SET finishing_until = :until
    WHERE workspace_id = :workspace AND id = :id AND state = 'open' AND received = size
        AND (finishing_until IS NULL OR finishing_until < :now)
    RETURNING id""")

RENEW = text("""
    UPDATE uploads SET finishing_until = :until
    WHERE workspace_id = :workspace AND id = :id AND state = 'open'""")

LEFT = text("""
    SELECT workspace_id, user_id, id FROM uploads
    WHERE state = 'open' AND received = size AND expires_at > :now
        AND (finishing_until IS NULL OR finishing_until < :now)
    ORDER BY created_at LIMIT :most""")

LEAVE = text("""
    UPDATE uploads SET finishing_until = NULL
    WHERE workspace_id = :workspace AND id = :id AND state = 'open'""")

END = text("""
    UPDATE uploads SET state = :state, error = CAST(:error AS jsonb), finishing_until = NULL
    WHERE workspace_id = :workspace AND id = :id AND state = 'open'
    RETURNING id""")

DROP_PARTS = text("""
    DELETE FROM upload_parts WHERE workspace_id = :workspace AND upload_id = :id
    RETURNING key""")

DROP_UPLOAD = text("""
    DELETE FROM uploads WHERE workspace_id = :workspace AND id = :id
        AND (state <> 'open' OR finishing_until IS NULL OR finishing_until < :now)
    RETURNING id""")

# The rows go first; a process that dies before the objects have gone leaves orphans.
EXPIRE = text("""
    WITH old AS MATERIALIZED (
        SELECT workspace_id, id FROM uploads WHERE expires_at < :now
            AND (finishing_until IS NULL OR finishing_until < :now)
        ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM uploads AS u USING old
        WHERE u.workspace_id = old.workspace_id AND u.id = old.id
    ), parts AS (
        SELECT p.key FROM upload_parts AS p JOIN old
            ON p.workspace_id = old.workspace_id AND p.upload_id = old.id
    )
    SELECT (SELECT count(*) FROM old) AS uploads,
        coalesce((SELECT array_agg(key) FROM parts), '{}') AS keys""")
