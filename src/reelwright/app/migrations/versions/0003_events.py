"""What happened, and how far the reactions to it have come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from reelwright.engines.database.policies import tenant_policies
from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_TIME = sa.DateTime(timezone=True)
_SYSTEM = (Activity.DELIVER, Activity.CLEAN_UP, Activity.DISPATCH, Activity.REAP, Activity.SIGN_IN)

# Numbers are handed out before the commit, so a lower one may become visible after a higher one.
# Whoever writes events therefore first says, by a lock that ends with its transaction, above which
# number it writes; readers stop below the lowest that is said. One lock a transaction: if a
# savepoint takes the lock back, it takes the note of it back as well.
_MARK = """
CREATE FUNCTION public.mark_publisher() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('app.publishing', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared(
            1919247724, ((last_value - (NOT is_called)::integer) & x'7fffffff'::bigint)::integer)
          FROM public.events_seq_seq;
        PERFORM set_config('app.publishing', 'yes', true);
    END IF;
    RETURN NULL;
END $$
"""
# The number is read before the locks: who has written a number up to it either still holds its
# lock, or has ended and is seen by the next statement. So it must be two statements.
_HORIZON = """
CREATE FUNCTION public.event_horizon(OUT horizon bigint, OUT newest bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT last_value - (NOT is_called)::integer INTO newest FROM public.events_seq_seq;
    SELECT coalesce(min(
               newest - ((newest - held.objid::bigint) & x'7fffffff'::bigint)), newest)
      INTO horizon
      FROM pg_locks AS held
     WHERE held.locktype = 'advisory' AND held.classid = 1919247724 AND held.objsubid = 2
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database());
END $$
"""
# One round trip. A last row without a number says: more is on its way.
_READ = """
CREATE FUNCTION public.read_events(after bigint, most integer) RETURNS SETOF public.events
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    known record;
BEGIN
    SELECT * INTO known FROM public.event_horizon();
    RETURN QUERY SELECT * FROM public.events
        WHERE seq > after AND seq <= known.horizon ORDER BY seq LIMIT most;
    IF known.horizon < known.newest THEN
        RETURN NEXT NULL;
    END IF;
END $$
"""
_NEWEST = """
CREATE FUNCTION public.newest_event() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    known record;
BEGIN
    SELECT * INTO known FROM public.event_horizon();
    RETURN coalesce((SELECT max(seq) FROM public.events WHERE seq <= known.horizon), 0);
END $$
"""


def upgrade() -> None:
    """Make the tables, the functions, and say who sees what."""
    op.create_table(
        "events",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False, server_default=sa.text("clock_timestamp()")),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.Column("user_id", sa.Text()),
    )
    op.create_index("ix_events_workspace_id_seq", "events", ["workspace_id", "seq"])
    op.create_index(
        "ix_events_workspace_id_subject_seq", "events", ["workspace_id", "subject", "seq"]
    )
    op.create_index("ix_events_created_at", "events", ["created_at"])
    for function in (_MARK, _HORIZON, _READ, _NEWEST):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER mark_publisher BEFORE INSERT ON events"
        " FOR EACH STATEMENT EXECUTE FUNCTION public.mark_publisher()"
    )
    for statement in tenant_policies("events", _SYSTEM, rights="SELECT, INSERT"):
        op.execute(statement)
    for name in ("event_horizon()", "read_events(bigint, integer)", "newest_event()"):
        op.execute(f"REVOKE ALL ON FUNCTION public.{name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{name} TO {SYSTEM}")
    op.execute("REVOKE ALL ON FUNCTION public.mark_publisher() FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION public.mark_publisher() TO {APP}, {SYSTEM}")
    _reactions()


def _reactions() -> None:
    op.create_table(
        "event_marks",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "reaction_cursors",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("held_by", sa.Text()),
        sa.Column("held_until", _TIME),
    )
    op.create_table(
        "reaction_delays",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("event", postgresql.JSONB(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("dead_at", _TIME),
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON event_marks, reaction_cursors, reaction_delays"
        f" TO {SYSTEM}"
    )
    op.execute(f"GRANT SELECT ON event_marks TO {APP}")
