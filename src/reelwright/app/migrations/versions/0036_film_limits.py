"""What a member allows a film goes no further than the limit that is set for every film; pages of the ledger."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

# A subject's own limit goes before the one for all; of films, whose makers set their own, the tighter one.
_LIMIT = """
CREATE OR REPLACE FUNCTION public.spending_limit(tenant text, kind text, whom text, money text)
RETURNS SETOF public.spending_limits LANGUAGE sql STABLE AS $$
    SELECT * FROM public.spending_limits AS l
     WHERE l.workspace_id = tenant AND l.scope = kind AND l.subject IN (whom, '')
     ORDER BY l.currency = money DESC, CASE WHEN kind = 'production' THEN l.micros END,
           l.subject DESC, l.currency LIMIT 1
$$
"""


def upgrade() -> None:
    """Choose the tighter limit of a film, and read entries in their order without sorting them."""
    op.execute(_LIMIT)
    op.create_index("ix_ledger_entries_workspace_id", "ledger_entries", ["workspace_id", "id"])
