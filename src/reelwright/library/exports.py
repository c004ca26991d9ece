"""A person's files: what is known of each, and where its bytes lie; what was said of the people in them.

Earlier exports are left out, and the bytes of what is held back.
"""

from reelwright.engines.database.exporting import THEIRS, TableRows
from reelwright.library.carried import EXPORTED

OPERATION = "export"
"""What the product is called that an export is."""

ASSETS = "assets"

EXPORTS = (
    TableRows(
        ASSETS,
        "a.id, a.user_id, a.name, a.media_type, a.size, a.sha256, a.project_id, a.upload_ref,"
        " a.recipe_digest, a.submission_id, a.remote_id, a.favourite, a.trashed_at,"
        " (SELECT array_agg(t.tag ORDER BY t.tag) FROM asset_tags t"
        " WHERE t.workspace_id = a.workspace_id AND t.asset_id = a.id) AS tags,"
        " a.facts, a.created_at, b.withheld_by,"
        " CASE WHEN b.withheld_by IS NULL THEN b.key END AS key",
        "assets a LEFT JOIN blobs b ON b.workspace_id = a.workspace_id AND b.sha256 = a.sha256",
        "a.workspace_id = :workspace AND (:whole OR a.user_id = :user)"
        " AND NOT EXISTS (SELECT FROM products p WHERE p.workspace_id = a.workspace_id"
        f" AND p.asset_id = a.id AND p.operation IN ('{OPERATION}', '{EXPORTED}'))",
    ),
    TableRows(
        "likenesses",
        "id, asset_id, user_id, person, covers, basis, wording, wording_version, evidence_id,"
        " ends_at, withdrawn_at, withdrawn_by, withdrawn_reason, created_at",
        "likenesses",
        THEIRS,
    ),
    TableRows(
        "takedowns",
        "id, notice_id, kind, reason, assets, reply, replied_by, replied_at, lifted_at,"
        " lifted_reason, created_at",
        "takedowns",
        "workspace_id = :workspace AND (:whole OR replied_by = :user)",
    ),
)
