"""Durable work: executors, names, the memory of steps, and the function that enqueues.

The engine's own schema `dbos` is not made here: its steps cannot run inside a transaction.
`engines.durable.upgrading.upgrade_engine` brings it up, after every upgrade.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from reelwright.engines.database.roles import APP, SYSTEM

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_TIME = sa.DateTime(timezone=True)

# Runs as the owner, so that whoever calls it needs no right on the engine's tables and can read no
# workflow. It names everything in full: the caller's search path must not choose what runs here.
_ENQUEUE = """
CREATE FUNCTION public.enqueue_calls(calls jsonb, version text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call jsonb;
    wrong text;
BEGIN
    IF jsonb_typeof(calls) IS DISTINCT FROM 'array' OR version !~ '^[a-z0-9._-]{1,40}$' THEN
        RAISE EXCEPTION 'calls must be an array, version a short name' USING ERRCODE = '22023';
    END IF;
    SELECT left(format('%s on %s, id %s', one->>'workflow', one->>'queue', one->>'id'), 300)
      INTO wrong
      FROM jsonb_array_elements(calls) AS one
      LEFT JOIN public.durable_names AS w ON w.kind = 'workflow' AND w.name = one->>'workflow'
      LEFT JOIN public.durable_names AS q ON q.kind = 'queue' AND q.name = one->>'queue'
     WHERE w.name IS NULL OR q.name IS NULL
        OR q.fair IS DISTINCT FROM (one->>'partition' IS NOT NULL)
        OR coalesce(one->>'id' !~ '^[A-Za-z0-9][A-Za-z0-9_:./-]{0,199}$', true)
        OR coalesce((one->>'priority')::integer NOT BETWEEN 0 AND 10, true)
        OR coalesce((one->>'delay_ms')::bigint < 0, true)
        OR octet_length((one->'input')::text) > 8192
     LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'no such call can be made: %', wrong USING ERRCODE = '22023';
    END IF;
    FOR call IN SELECT one FROM jsonb_array_elements(calls) AS one LOOP
        PERFORM dbos.enqueue_workflow(
            workflow_name => call->>'workflow',
            queue_name => call->>'queue',
            positional_args => ARRAY[(call->'input')::json],
            workflow_id => call->>'id',
            app_version => version,
            priority => (call->>'priority')::integer + 1,
            queue_partition_key => call->>'partition',
            delay_until_epoch_ms => CASE WHEN (call->>'delay_ms')::bigint > 0 THEN
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint
                + (call->>'delay_ms')::bigint END,
            application_name => 'reelwright'
        );
    END LOOP;
    RETURN jsonb_array_length(calls);
END $$
"""


def upgrade() -> None:
    """Make the tables, lock them, make the function."""
    op.create_table(
        "executors",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("host", sa.Text()),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("process_started", sa.Text()),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", _TIME, nullable=False, server_default=_NOW),
        sa.Column("seen_at", _TIME, nullable=False, server_default=_NOW),
        sa.Column("taken_at", _TIME),
    )
    op.create_table(
        "durable_names",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("fair", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.create_table(
        "step_effects",
        sa.Column("workspace_id", sa.Text(), primary_key=True),
        sa.Column("workflow_id", sa.Text(), primary_key=True),
        sa.Column("step", sa.Integer(), primary_key=True),
        sa.Column("answer", postgresql.JSONB()),
        sa.Column("created_at", _TIME, nullable=False, server_default=_NOW),
    )
    op.create_index("ix_step_effects_created_at", "step_effects", ["created_at"])
    for statement in _rights():
        op.execute(statement)
    op.execute(_ENQUEUE)
    op.execute("REVOKE ALL ON FUNCTION public.enqueue_calls(jsonb, text) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION public.enqueue_calls(jsonb, text) TO {APP}, {SYSTEM}")


def _rights() -> list[str]:
    """Requests see their workspace's steps; the system all, for taking part and for forgetting."""
    mine = "workspace_id <> '' AND workspace_id = current_setting('app.workspace_id', true)"
    return [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON executors, durable_names TO {SYSTEM}",
        "ALTER TABLE step_effects ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE step_effects FORCE ROW LEVEL SECURITY",
        "CREATE POLICY owner_all ON step_effects TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY tenant ON step_effects TO {APP} USING ({mine}) WITH CHECK ({mine})",
        f"CREATE POLICY system ON step_effects TO {SYSTEM} USING (true) WITH CHECK (true)",
        f"GRANT SELECT, INSERT, UPDATE (answer) ON step_effects TO {APP}",
        f"GRANT SELECT, INSERT, UPDATE (answer), DELETE ON step_effects TO {SYSTEM}",
    ]
