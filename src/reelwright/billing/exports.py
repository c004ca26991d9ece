"""What a person has set aside and spent, and the limits they set."""

from reelwright.engines.database.exporting import THEIRS, TableRows

EXPORTS = (
    TableRows(
        "holds",
        "id, user_id, project_id, job_id, operation, vendor, model, micros, settled_micros, currency,"
        " price, day, state, created_at, ended_at",
        "holds",
        THEIRS,
    ),
    TableRows(
        "spending-limits",
        "id, user_id, scope, subject, micros, currency, created_at",
        "spending_limits",
        THEIRS,
    ),
    TableRows(
        "ledger",
        "lpad(CAST(id AS text), 20, '0') AS id, hold_id, user_id, debit, credit, micros, currency,"
        " created_at",
        "ledger_entries",
        THEIRS,
    ),
)
