"""What a person has asked for."""

from reelwright.engines.database.exporting import THEIRS, TableRows

EXPORTS = (
    TableRows(
        "jobs",
        "id, user_id, project_id, kind, name, params, state, result, error, created_at, finished_at",
        "jobs",
        THEIRS,
    ),
)
