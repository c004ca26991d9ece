"""A person's files: what is known of each, and where its bytes lie. Earlier exports are left out."""

from reelwright.engines.database.exporting import TableRows
from reelwright.library.carried import EXPORTED

OPERATION = "export"
"""What the product is called that an export is."""

ASSETS = "assets"

EXPORTS = (
    TableRows(
        ASSETS,
        "a.id, a.user_id, a.name, a.media_type, a.size, a.sha256, a.project_id, a.upload_ref,"
        " a.recipe_digest, a.submission_id, a.facts, a.created_at, b.key",
        "assets a LEFT JOIN blobs b ON b.workspace_id = a.workspace_id AND b.sha256 = a.sha256",
        "a.workspace_id = :workspace AND (:whole OR a.user_id = :user)"
        " AND NOT EXISTS (SELECT FROM products p WHERE p.workspace_id = a.workspace_id"
        f" AND p.asset_id = a.id AND p.operation IN ('{OPERATION}', '{EXPORTED}'))",
    ),
)
