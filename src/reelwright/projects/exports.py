"""A person's projects: every state of their scripts and editors, and what was said; files are assets."""

from reelwright.engines.database.exporting import THEIRS, TableRows

EXPORTS = (
    TableRows(
        "projects",
        "id, user_id, name, project_type, head, created_at, updated_at, archived_at",
        "projects",
        THEIRS,
    ),
    TableRows(
        "revisions",
        "id, project_id, user_id, number, script, files, created_at",
        "revisions",
        THEIRS,
    ),
    TableRows(
        "states",
        "concat_ws('/', project_id, editor, lpad(CAST(version AS text), 10, '0')) AS id, project_id,"
        " editor, version, user_id, data, restored, created_at",
        "project_state_versions",
        THEIRS,
    ),
    TableRows(
        "comments",
        "id, project_id, thread_id, user_id, guest, about, anchor, label, at_ms, body, created_at,"
        " edited_at, resolved_at, resolved_by",
        "project_comments",
        f"deleted_at IS NULL AND {THEIRS}",
    ),
    TableRows(
        "share-links",
        "id, project_id, user_id, name, scope, created_at, expires_at, revoked_at, views,"
        " last_viewed_at",
        "share_links",
        THEIRS,
    ),
)
