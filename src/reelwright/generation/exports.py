"""What a person has had models do: calls, conversations, and through which accounts; never a key."""

from reelwright.engines.database.exporting import THEIRS, TableRows

EXPORTS = (
    TableRows(
        "accounts",
        "id, user_id, provider, name, sharing, variable, base_url, priority, max_concurrent_jobs,"
        " requests_per_minute, credits, paused, state, created_at, last_used_at",
        "accounts",
        THEIRS,
    ),
    TableRows(
        "calls",
        "id, user_id, project_id, job_id, hold_id, account_id, provider, model, operation, request,"
        " remote_id, state, answer, assets, most_micros, cost_micros, error, created_at, finished_at",
        "submissions",
        THEIRS,
    ),
    TableRows(
        "threads",
        "id, user_id, project_id, title, system, route, created_at, updated_at",
        "threads",
        THEIRS,
    ),
    TableRows(
        "thread-messages",
        "m.id, m.thread_id, m.role, m.text, m.images, m.submission_id, m.model, m.cost_micros,"
        " m.currency, m.created_at",
        "thread_messages m JOIN threads t ON t.workspace_id = m.workspace_id AND t.id = m.thread_id",
        "m.workspace_id = :workspace AND (:whole OR t.user_id = :user)",
    ),
    TableRows(
        "model-preferences",
        "lpad(CAST(number AS text), 20, '0') AS id, user_id, project_id, operation, model",
        "model_preferences",
        THEIRS,
    ),
)
