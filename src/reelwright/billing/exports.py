"""What a person has spent."""

from reelwright.engines.database.exporting import TableRows

EXPORTS = (
    TableRows(
        "ledger",
        "lpad(CAST(id AS text), 20, '0') AS id, hold_id, user_id, debit, credit, micros, currency,"
        " created_at",
        "ledger_entries",
        "workspace_id = :workspace AND (:whole OR user_id = :user)",
    ),
)
