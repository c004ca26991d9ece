"""What is known of a person: never their password, nor the secrets of sessions and tokens."""

from reelwright.engines.database.exporting import THEIRS, TableRows

_MINE = "user_id = :user"

EXPORTS = (
    TableRows(
        "profile",
        "id, name, email, email_verified_at, zone, plan, admin, created_at",
        "users",
        "id = :user",
        personal=True,
    ),
    TableRows(
        "social-accounts",
        "id, provider, subject, email, name, created_at, used_at",
        "social_accounts",
        _MINE,
        personal=True,
    ),
    TableRows("passkeys", "id, name, created_at, used_at", "passkeys", _MINE, personal=True),
    TableRows("choices", "user_id AS id, choices, changed_at", "choices", _MINE, personal=True),
    TableRows(
        "sessions",
        "id, address, agent, created_at, seen_at, expires_at, revoked_at, operator_id",
        "sessions",
        _MINE,
        personal=True,
    ),
    TableRows(
        "usage",
        "CAST(day AS text) AS id, jobs_created, assets_made, bytes_made",
        "usage_days",
        _MINE,
        personal=True,
    ),
    TableRows(
        "memberships",
        "coalesce(project_id, '-') AS id, workspace_id, role, created_at",
        "memberships",
        f"{_MINE} AND workspace_id = :workspace",
    ),
    TableRows(
        "invitations",
        "id, project_id, user_id, email, role, owned_by, created_at, expires_at, accepted_at,"
        " revoked_at",
        "invitations",
        THEIRS,
    ),
    TableRows(
        "tokens",
        "id, name, scopes, created_at, last_used_at, expires_at, revoked_at",
        "tokens",
        f"{_MINE} AND workspace_id = :workspace",
    ),
    TableRows(
        "audit",
        "id, user_id, operator_id, action, subject, detail, created_at",
        "audit_entries",
        THEIRS,
    ),
)
