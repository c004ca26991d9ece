"""Money: holds, entries, totals, limits, alerts; and the audit trail.

The functions run as whoever calls them, so row-level security holds inside. They are functions
because each of their statements sees what was committed before it: first the totals are locked,
then they are read.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import activity_policies, tenant_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_COUNT = """
CREATE TYPE public.spending_count AS
    (scope text, subject text, period text, currency text, held bigint, spent bigint)
"""
# What a hold counts against. An operation's limit is for each call: it has no total.
_PERIODS = """
CREATE FUNCTION public.spending_periods(asker text, project text, root text, day date)
RETURNS TABLE (scope text, subject text, period text) LANGUAGE sql STABLE AS $$
    SELECT one.* FROM (VALUES
        ('workspace_month', '', to_char(day, 'YYYY-MM')),
        ('user_day', asker, to_char(day, 'YYYY-MM-DD')),
        ('project', project, ''),
        ('production', root, '')
    ) AS one (scope, subject, period) WHERE one.subject IS NOT NULL
$$
"""
# A subject's own limit goes before the one for all. If there are limits in other currencies only,
# one of those: nothing may be spent past a limit by paying in another currency.
_LIMIT = """
CREATE FUNCTION public.spending_limit(tenant text, kind text, whom text, money text)
RETURNS SETOF public.spending_limits LANGUAGE sql STABLE AS $$
    SELECT * FROM public.spending_limits AS l
     WHERE l.workspace_id = tenant AND l.scope = kind AND l.subject IN (whom, '')
     ORDER BY l.currency = money DESC, l.subject DESC, l.currency LIMIT 1
$$
"""
# The workspace's own total first, alone: who has it finds nobody else among the workspace's others.
_LOCK = """
CREATE FUNCTION public.lock_spending(tenant text, counts public.spending_count[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    own boolean;
BEGIN
    FOREACH own IN ARRAY ARRAY[true, false] LOOP
        INSERT INTO public.spending_totals
            (workspace_id, scope, subject, period, currency, held_micros, spent_micros)
        SELECT tenant, c.scope, c.subject, c.period, c.currency, 0, 0 FROM unnest(counts) AS c
         WHERE (c.scope = 'workspace_month') = own ORDER BY 2, 3, 4, 5 ON CONFLICT DO NOTHING;
        PERFORM FROM public.spending_totals AS t JOIN unnest(counts) AS c
             ON t.workspace_id = tenant AND (t.scope, t.subject, t.period, t.currency)
                = (c.scope, c.subject, c.period, c.currency)
          WHERE (c.scope = 'workspace_month') = own
          ORDER BY t.scope, t.subject, t.period, t.currency FOR UPDATE OF t;
    END LOOP;
END $$
"""
# Changes locked totals, and returns the steps of limits that are reached by it for the first time.
_ADD = """
CREATE FUNCTION public.add_spending(
    tenant text, counts public.spending_count[], steps integer[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    told jsonb;
BEGIN
    WITH changed AS (
        UPDATE public.spending_totals AS t
           SET held_micros = t.held_micros + c.held, spent_micros = t.spent_micros + c.spent
          FROM unnest(counts) AS c
         WHERE t.workspace_id = tenant AND (t.scope, t.subject, t.period, t.currency)
               = (c.scope, c.subject, c.period, c.currency)
        RETURNING t.scope, t.subject, t.period, t.currency, t.held_micros + t.spent_micros AS taken,
            c.held + c.spent AS more
    ), reached AS (
        SELECT l.id, c.scope, c.subject, c.period, s.step, l.micros, c.taken, c.currency
          FROM changed AS c
          CROSS JOIN LATERAL public.spending_limit(tenant, c.scope, c.subject, c.currency) AS l
          CROSS JOIN unnest(steps) AS s (step)
         WHERE c.more > 0 AND l.currency = c.currency AND c.taken * 100 >= l.micros * s.step
    ), new AS (
        INSERT INTO public.spending_alerts (workspace_id, limit_id, subject, period, step)
        SELECT tenant, r.id, r.subject, r.period, r.step FROM reached AS r ORDER BY 2, 3, 4, 5
            ON CONFLICT DO NOTHING RETURNING limit_id, subject, period, step
    )
    SELECT jsonb_agg(jsonb_build_object('limit_id', r.id, 'scope', r.scope, 'subject', r.subject,
               'period', r.period, 'step', r.step, 'micros', r.micros, 'taken', r.taken,
               'currency', r.currency) ORDER BY r.scope, r.subject, r.period, r.step)
      INTO told
      FROM reached AS r
      JOIN new AS n ON (n.limit_id, n.subject, n.period, n.step) = (r.id, r.subject, r.period, r.step);
    RETURN coalesce(told, '[]');
END $$
"""
_COUNTS = """
CREATE FUNCTION public.spending_counts(asker text, news jsonb, day date)
RETURNS public.spending_count[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(c), '{}') FROM (
        SELECT ROW(p.scope, p.subject, p.period, n.currency, sum(n.micros)::bigint, 0
                  )::public.spending_count AS c
          FROM jsonb_to_recordset(news)
               AS n (project_id text, root_job_id text, micros bigint, currency text),
               LATERAL public.spending_periods(asker, n.project_id, n.root_job_id, day) AS p
         WHERE n.micros > 0
         GROUP BY p.scope, p.subject, p.period, n.currency) AS each
$$
"""
# The tightest limit that does not have room for what is asked; null when all have.
_REFUSAL = """
CREATE FUNCTION public.spending_refusal(tenant text, news jsonb, counts public.spending_count[])
RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('limit_id', l.id, 'scope', a.scope, 'subject', a.subject,
               'period', a.period, 'micros', l.micros, 'limit_currency', l.currency,
               'taken', a.taken, 'asked', a.asked, 'currency', a.currency)
      FROM (
        SELECT c.scope, c.subject, c.period, c.currency, c.held AS asked,
               t.held_micros + t.spent_micros AS taken
          FROM unnest(counts) AS c JOIN public.spending_totals AS t
            ON t.workspace_id = tenant AND (t.scope, t.subject, t.period, t.currency)
               = (c.scope, c.subject, c.period, c.currency)
         UNION ALL
        SELECT 'operation', n.operation, '', n.currency, max(n.micros), 0
          FROM jsonb_to_recordset(news) AS n (operation text, currency text, micros bigint)
         WHERE n.micros > 0 GROUP BY n.operation, n.currency
      ) AS a
      CROSS JOIN LATERAL public.spending_limit(tenant, a.scope, a.subject, a.currency) AS l
     WHERE l.currency <> a.currency OR a.taken + a.asked > l.micros
     ORDER BY l.currency = a.currency, l.micros - a.taken, a.scope, a.subject LIMIT 1
$$
"""
# All of them or, with a refusal, none. Holds that are there already are left as they are.
_TAKE = """
CREATE FUNCTION public.take_holds(
    tenant text, asker text, news jsonb, now timestamptz, steps integer[],
    OUT holds jsonb, OUT refusal jsonb, OUT alerts jsonb)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    today date := (now AT TIME ZONE 'UTC')::date;
    fresh jsonb := news;
    counts public.spending_count[] := public.spending_counts(asker, news, today);
    ids text[] := ARRAY(SELECT one->>'id' FROM jsonb_array_elements(news) AS one);
BEGIN
    IF cardinality(counts) > 0 THEN
        PERFORM public.lock_spending(tenant, counts);
    END IF;
    SELECT coalesce(jsonb_agg(to_jsonb(h)), '[]') INTO holds
      FROM public.holds AS h WHERE h.workspace_id = tenant AND h.id = ANY (ids);
    IF holds <> '[]' THEN
        SELECT coalesce(jsonb_agg(one), '[]') INTO fresh FROM jsonb_array_elements(news) AS one
         WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(holds) AS h WHERE h->>'id' = one->>'id');
        counts := public.spending_counts(asker, fresh, today);
    END IF;
    refusal := public.spending_refusal(tenant, fresh, counts);
    IF refusal IS NOT NULL OR fresh = '[]' THEN
        RETURN;
    END IF;
    WITH made AS (
        INSERT INTO public.holds AS h (workspace_id, id, user_id, project_id, job_id, root_job_id,
            operation, vendor, model, micros, currency, price, day, created_at)
        SELECT tenant, n.id, asker, n.project_id, n.job_id, n.root_job_id, n.operation, n.vendor,
            n.model, n.micros, n.currency, n.price, today, now
          FROM jsonb_to_recordset(fresh) AS n (id text, project_id text, job_id text,
            root_job_id text, operation text, vendor text, model text, micros bigint, currency text,
            price jsonb)
        RETURNING h.*
    ), written AS (
        INSERT INTO public.ledger_entries
            (workspace_id, hold_id, debit, credit, micros, currency, user_id, created_at)
        SELECT tenant, m.id, 'held', 'budget', m.micros, m.currency, asker, now
          FROM made AS m WHERE m.micros > 0
    )
    SELECT holds || jsonb_agg(to_jsonb(m)) INTO holds FROM made AS m;
    IF cardinality(counts) > 0 THEN
        alerts := public.add_spending(tenant, counts, steps);
    END IF;
END $$
"""
# `paid` null gives the money back; else it was made for that much. What a hold counts against never
# changes, so it is read before the locks, and its state after them.
_END = """
CREATE FUNCTION public.end_hold(
    tenant text, asker text, one text, paid bigint, remote text, now timestamptz, steps integer[],
    OUT hold jsonb, OUT was text, OUT alerts jsonb)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    h public.holds;
    counts public.spending_count[];
    freed bigint;
BEGIN
    SELECT * INTO h FROM public.holds AS x WHERE x.workspace_id = tenant AND x.id = one;
    IF h.state <> 'settled' AND (h.micros > 0 OR paid > 0) THEN
        counts := ARRAY(SELECT ROW(p.scope, p.subject, p.period, h.currency, 0, coalesce(paid, 0)
                                  )::public.spending_count
            FROM public.spending_periods(h.user_id, h.project_id, h.root_job_id, h.day) AS p);
        PERFORM public.lock_spending(tenant, counts);
    END IF;
    SELECT * INTO h FROM public.holds AS x
     WHERE x.workspace_id = tenant AND x.id = one FOR UPDATE;
    was := h.state;
    hold := to_jsonb(h);
    IF h.id IS NULL OR was = 'settled' OR (was = 'released' AND paid IS NULL) THEN
        RETURN;
    END IF;
    freed := CASE was WHEN 'held' THEN h.micros ELSE 0 END;
    UPDATE public.holds AS x SET state = CASE WHEN paid IS NULL THEN 'released' ELSE 'settled' END,
        settled_micros = paid, remote_id = coalesce(remote, x.remote_id), ended_at = now
     WHERE x.workspace_id = tenant AND x.id = one RETURNING to_jsonb(x) INTO hold;
    INSERT INTO public.ledger_entries
        (workspace_id, hold_id, debit, credit, micros, currency, user_id, created_at)
    SELECT tenant, one, v.debit, v.credit, v.micros, h.currency, asker, now
      FROM (VALUES ('budget', 'held', freed), ('spent', 'payable', paid)) AS v (debit, credit, micros)
     WHERE v.micros > 0;
    IF counts IS NOT NULL THEN
        SELECT array_agg(ROW(c.scope, c.subject, c.period, c.currency, -freed, c.spent
                            )::public.spending_count) INTO counts FROM unnest(counts) AS c;
        alerts := public.add_spending(tenant, counts, steps);
    END IF;
END $$
"""
_FUNCTIONS = (
    ("spending_periods(text, text, text, date)", _PERIODS),
    ("spending_limit(text, text, text, text)", _LIMIT),
    ("spending_counts(text, jsonb, date)", _COUNTS),
    ("lock_spending(text, public.spending_count[])", _LOCK),
    ("spending_refusal(text, jsonb, public.spending_count[])", _REFUSAL),
    ("add_spending(text, public.spending_count[], integer[])", _ADD),
    ("take_holds(text, text, jsonb, timestamptz, integer[])", _TAKE),
    ("end_hold(text, text, text, bigint, text, timestamptz, integer[])", _END),
)
# Both legs of every entry; as whoever asks, so that row-level security holds.
_LEGS = """
CREATE VIEW public.ledger_legs WITH (security_invoker = true) AS
    SELECT id, workspace_id, hold_id, debit AS account, micros, currency, created_at
      FROM public.ledger_entries
    UNION ALL
    SELECT id, workspace_id, hold_id, credit, -micros, currency, created_at
      FROM public.ledger_entries
"""


def upgrade() -> None:
    """Make the tables, lock them, make the functions."""
    _holds()
    _entries()
    _totals()
    _limits()
    _audit()
    _rights()
    op.execute(_COUNT)
    for name, statement in _FUNCTIONS:
        op.execute(statement)
        op.execute(f"REVOKE ALL ON FUNCTION public.{name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{name} TO {APP}")
    op.execute(_LEGS)
    op.execute(f"GRANT SELECT ON ledger_legs TO {APP}")


def _holds() -> None:
    op.create_table(
        "holds",
        *_tenant("id", "user_id", "operation", "vendor", "model", "currency"),
        *(sa.Column(name, sa.Text()) for name in ("project_id", "job_id", "root_job_id")),
        _micros("micros"),
        sa.Column("price", JSONB(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="held"),
        sa.Column("settled_micros", sa.BigInteger()),
        sa.Column("remote_id", sa.Text()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_holds"),
        _check("holds", "state", "state IN ('held', 'released', 'settled')"),
        _check("holds", "amounts", "micros >= 0 AND settled_micros >= 0"),
        _check("holds", "settled", "(state = 'settled') = (settled_micros IS NOT NULL)"),
        _check("holds", "ended", "(state = 'held') = (ended_at IS NULL)"),
        _check("holds", "currency", "currency ~ '^[A-Z]{3}$'"),
    )
    op.create_index("ix_holds_day", "holds", ["workspace_id", "day"])
    _partial("ix_holds_open", ["workspace_id", "id"], "state = 'held'")
    _partial("ix_holds_remote_id", ["workspace_id", "vendor", "remote_id"], "remote_id IS NOT NULL")


def _entries() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        *_tenant("hold_id", "debit", "credit", "currency", "user_id"),
        _micros("micros"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entries"),
        sa.UniqueConstraint(
            "workspace_id", "hold_id", "debit", "credit", name="uq_ledger_entries_once"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "hold_id"],
            ["holds.workspace_id", "holds.id"],
            name="fk_ledger_entries_hold",
        ),
        _check(
            "ledger_entries",
            "accounts",
            "debit = 'held' AND credit = 'budget' OR debit = 'budget' AND credit = 'held'"
            " OR debit = 'spent' AND credit = 'payable'",
        ),
        _check("ledger_entries", "amount", "micros > 0"),
        _check("ledger_entries", "currency", "currency ~ '^[A-Z]{3}$'"),
    )


def _totals() -> None:
    key = ("scope", "subject", "period", "currency")
    op.create_table(
        "spending_totals",
        *_tenant(*key),
        _micros("held_micros"),
        _micros("spent_micros"),
        sa.PrimaryKeyConstraint("workspace_id", *key, name="pk_spending_totals"),
        _check("spending_totals", "amounts", "held_micros >= 0 AND spent_micros >= 0"),
        postgresql_with={"fillfactor": "50"},
    )


def _limits() -> None:
    op.create_table(
        "spending_limits",
        *_tenant("id", "scope", "subject", "currency", "user_id"),
        _micros("micros"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_spending_limits"),
        sa.UniqueConstraint(
            "workspace_id", "scope", "subject", "currency", name="uq_spending_limits_subject"
        ),
        _check("spending_limits", "amount", "micros >= 0"),
    )
    op.create_table(
        "spending_alerts",
        *_tenant("limit_id", "subject", "period"),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "limit_id", "subject", "period", "step", name="pk_spending_alerts"
        ),
    )


def _audit() -> None:
    op.create_table(
        "audit_entries",
        *_tenant("id", "user_id", "action", "subject"),
        sa.Column("detail", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["workspace_id", "subject", "id"])


def _rights() -> None:
    """What was written about money and deeds is added to, never changed; the system only reads it."""
    ended = "UPDATE (state, settled_micros, remote_id, ended_at)"
    rights = {
        "holds": f"SELECT, INSERT, {ended}",
        "ledger_entries": "SELECT, INSERT",
        "spending_totals": "SELECT, INSERT, UPDATE (held_micros, spent_micros)",
        "spending_limits": "SELECT, INSERT, UPDATE, DELETE",
        "spending_alerts": "SELECT, INSERT, DELETE",
        "audit_entries": "SELECT, INSERT",
    }
    statements = [one for table in rights for one in tenant_policies(table, rights=rights[table])]
    for table in ("holds", "ledger_entries", "audit_entries"):
        statements += activity_policies(table, [Activity.AUDIT], rights="SELECT")
    for statement in statements:
        op.execute(statement)


def _tenant(*texts: str) -> list[sa.Column[Any]]:
    """The columns of every tenant's table, and some of text."""
    return [
        sa.Column("workspace_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    ]


def _micros(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _check(table: str, name: str, what: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(what, name=op.f(f"ck_{table}_{name}"))


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "holds", columns, postgresql_where=sa.text(where))
