"""A person's projects, with every state of their scripts; their files are assets."""

from reelwright.engines.database.exporting import TableRows

_THEIRS = "workspace_id = :workspace AND (:whole OR user_id = :user)"

EXPORTS = (
    TableRows(
        "projects",
        "id, user_id, name, project_type, head, created_at, updated_at, archived_at",
        "projects",
        _THEIRS,
    ),
    TableRows(
        "revisions",
        "id, project_id, user_id, number, script, files, created_at",
        "revisions",
        _THEIRS,
    ),
)
