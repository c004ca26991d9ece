"""What a person has had made, and what they said to the director and of music; files are assets."""

from reelwright.engines.database.exporting import THEIRS, TableRows

EXPORTS = (
    TableRows(
        "films",
        "id, user_id, project_id, revision_id, job_id, options, figures, outputs, created_at,"
        " finished_at",
        "productions",
        THEIRS,
    ),
    TableRows(
        "references",
        "r.id, r.project_id, r.kind, r.name, r.asset_id, r.created_at",
        "project_references r JOIN projects p"
        " ON p.workspace_id = r.workspace_id AND p.id = r.project_id",
        "r.workspace_id = :workspace AND (:whole OR p.user_id = :user)",
    ),
    TableRows(
        "director-threads",
        "id, project_id, user_id, title, created_at",
        "director_threads",
        THEIRS,
    ),
    TableRows(
        "director-messages",
        "id, thread_id, project_id, revision_id, user_id, number, role, text, edits, warnings, about,"
        " images, model, cost_micros, currency, created_at",
        "director_messages",
        THEIRS,
    ),
    TableRows(
        "music-sessions",
        "id, user_id, project_id, title, style, lyrics, seconds, created_at",
        "music_sessions",
        THEIRS,
    ),
    TableRows(
        "music-takes",
        "t.id, t.session_id, t.number, t.prompt, t.seconds, t.model, t.job_id, t.asset_id, t.extends,"
        " t.rating, t.micros, t.created_at, t.finished_at",
        "music_takes t JOIN music_sessions s"
        " ON s.workspace_id = t.workspace_id AND s.id = t.session_id",
        "t.workspace_id = :workspace AND (:whole OR s.user_id = :user)",
    ),
)
