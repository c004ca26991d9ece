"""Accounts of vendors, the slots that calls hold on them; who operates the installation.

An account may be used by workspaces that must neither see how much others use it nor change it. So
slots are counted and taken by functions that run as the owner of the tables, for whoever the
transaction says is asking. They name everything in full: the caller's search path chooses nothing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from reelwright.engines.database.policies import activity_policies, tenant_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"

# Every account the asker may use, and whether it is free: `minute_over` is when it has room again
# for another request in the minute (null: it has), `free` says all there is to say.
_PROSPECTS = """
CREATE FUNCTION public.account_prospects(
    vendor text, variables text[], wanted double precision, moment timestamptz,
    only_one text DEFAULT NULL)
RETURNS TABLE (id text, running bigint, minute_over timestamptz, spare double precision,
    free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, held.running, minute.over, a.credits - held.credits,
           NOT a.paused AND (a.state = 'active' OR a.state = 'cooling' AND a.until <= moment)
           AND held.running < a.max_concurrent_jobs AND minute.over IS NULL
           AND (a.credits IS NULL OR a.credits > 0 AND a.credits - held.credits >= wanted)
      FROM public.accounts AS a
     CROSS JOIN LATERAL (
           SELECT count(*) AS running, coalesce(sum(r.credits), 0) AS credits
             FROM public.account_reservations AS r
            WHERE r.account_id = a.id AND r.released_at IS NULL) AS held
      LEFT JOIN LATERAL (
           SELECT r.taken_at + interval '1 minute' AS over
             FROM public.account_reservations AS r
            WHERE r.account_id = a.id AND r.taken_at > moment - interval '1 minute'
              AND a.requests_per_minute IS NOT NULL
            ORDER BY r.taken_at DESC
           OFFSET coalesce(a.requests_per_minute, 1) - 1 LIMIT 1) AS minute ON true
     WHERE (vendor IS NULL OR a.provider = vendor) AND (only_one IS NULL OR a.id = only_one)
       AND (a.variable IS NULL OR a.variable = ANY (variables))
       AND (a.sharing = 'everyone'
            OR a.workspace_id = nullif(current_setting('app.workspace_id', true), '')
               AND (a.sharing = 'workspace'
                    OR a.user_id = nullif(current_setting('app.user_id', true), '')))
$$
"""
# Takes a slot of the first of the candidates that is free. Whoever takes one locks the account, so
# that nobody else counts meanwhile; the count is a statement of its own, which sees what those who
# had the lock before have committed. First those nobody has locked; then, rather than none, the
# others. An account that is full after all is unlocked at once, by undoing the block: nobody waits
# for one account while they hold another, so nobody waits in a circle.
_RESERVE = """
CREATE FUNCTION public.reserve_account(
    reservation text, asked_model text, wanted double precision, moment timestamptz,
    variables text[], candidates text[])
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tenant text := nullif(current_setting('app.workspace_id', true), '');
    patient boolean;
    one text;
    held text;
BEGIN
    SELECT r.account_id INTO held FROM public.account_reservations AS r
     WHERE r.workspace_id = tenant AND r.id = reservation AND r.released_at IS NULL;
    IF held IS NOT NULL THEN
        RETURN held;
    END IF;
    FOREACH patient IN ARRAY ARRAY[false, true] LOOP
        FOREACH one IN ARRAY candidates LOOP
            BEGIN
                IF patient THEN
                    PERFORM FROM public.accounts AS a WHERE a.id = one FOR NO KEY UPDATE;
                ELSE
                    PERFORM FROM public.accounts AS a WHERE a.id = one
                        FOR NO KEY UPDATE SKIP LOCKED;
                END IF;
                CONTINUE WHEN NOT FOUND;
                PERFORM FROM public.account_prospects(NULL, variables, wanted, moment, one) AS p
                  WHERE p.free;
                IF NOT FOUND THEN
                    RAISE SQLSTATE 'RWFUL';
                END IF;
                INSERT INTO public.account_reservations
                    (id, workspace_id, user_id, account_id, model, credits, taken_at)
                VALUES (reservation, tenant, current_setting('app.user_id', true), one,
                    asked_model, wanted, moment)
                ON CONFLICT DO NOTHING;
                IF FOUND THEN
                    UPDATE public.accounts AS a SET last_used_at = moment WHERE a.id = one;
                    RETURN one;
                END IF;
                -- The same call, by somebody else, a moment before.
                SELECT r.account_id INTO held FROM public.account_reservations AS r
                 WHERE r.workspace_id = tenant AND r.id = reservation AND r.released_at IS NULL;
                RETURN held;
            EXCEPTION WHEN SQLSTATE 'RWFUL' THEN
                NULL;
            END;
        END LOOP;
    END LOOP;
    RETURN NULL;
END $$
"""
_RELEASE = """
CREATE FUNCTION public.release_account(
    reservation text, spent double precision, moment timestamptz)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held text;
BEGIN
    UPDATE public.account_reservations AS r SET released_at = moment
     WHERE r.workspace_id = nullif(current_setting('app.workspace_id', true), '')
       AND r.id = reservation AND r.released_at IS NULL
    RETURNING r.account_id INTO held;
    IF spent > 0 THEN
        UPDATE public.accounts AS a SET credits = greatest(a.credits - spent, 0)
         WHERE a.id = held AND a.credits IS NOT NULL;
    END IF;
    RETURN held;
END $$
"""
_SIGNATURES = (
    "account_prospects(text, text[], double precision, timestamptz, text)",
    "reserve_account(text, text, double precision, timestamptz, text[], text[])",
    "release_account(text, double precision, timestamptz)",
)


def upgrade() -> None:
    """Make the tables, the functions, and say who sees and changes what."""
    op.add_column(
        "users", sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("users", sa.Column("max_accounts", sa.Integer()))
    op.execute("UPDATE users SET admin = true WHERE local")
    _accounts()
    _account_indexes()
    _reservations()
    _policies()
    for statement in tenant_policies("account_reservations", [Activity.DISPATCH], rights="SELECT"):
        op.execute(statement)
    for function, signature in zip((_PROSPECTS, _RESERVE, _RELEASE), _SIGNATURES, strict=True):
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {APP}")


def _accounts() -> None:
    op.create_table(
        "accounts",
        _text("id", primary_key=True),
        _reference("workspace_id", "workspaces"),
        _reference("user_id", "users"),
        _text("provider", nullable=False),
        _text("name", nullable=False),
        _text("sharing", nullable=False, server_default="private"),
        _text("access"),
        _text("variable"),
        _text("base_url", nullable=False, server_default=""),
        _number("priority", 5),
        _number("max_concurrent_jobs", 5),
        sa.Column("requests_per_minute", sa.Integer()),
        sa.Column("credits", sa.Float()),
        sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()),
        _text("state", nullable=False, server_default="active"),
        _time("until"),
        _text("reason"),
        _number("failures", 0),
        _number("probes", 0),
        _time("probe_at"),
        _number("successes", 0, sa.BigInteger()),
        _number("failed", 0, sa.BigInteger()),
        _number("seconds", 0, sa.Float()),
        _time("last_used_at"),
        _time("created_at", nullable=False, server_default=sa.func.now()),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_accounts_{name}")) for name, rule in _CHECKS),
    )


_CHECKS = (
    ("sharing", "sharing IN ('private', 'workspace', 'everyone')"),
    ("state", "state IN ('active', 'cooling', 'exhausted', 'disabled')"),
    ("until", "(state = 'cooling') = (until IS NOT NULL)"),
    ("one_key", "num_nonnulls(access, variable) = 1"),
    ("priority", "priority BETWEEN 0 AND 10"),
    ("slots", "max_concurrent_jobs > 0"),
    ("per_minute", "requests_per_minute > 0"),
    ("credits", "credits >= 0"),
)


def _account_indexes() -> None:
    op.create_index("ix_accounts_workspace_id_provider", "accounts", ["workspace_id", "provider"])
    op.create_index("ix_accounts_user_id", "accounts", ["user_id"])
    key = ["workspace_id", "user_id", "variable"]
    _partial("uq_accounts_variable", key, "variable IS NOT NULL", unique=True)
    _partial("ix_accounts_everyone", ["provider"], "sharing = 'everyone'")
    _partial("ix_accounts_unwell", ["state"], "state <> 'active'")


def _reservations() -> None:
    table = "account_reservations"
    op.create_table(
        table,
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        _text("id", nullable=False),
        _reference("workspace_id", "workspaces"),
        _text("user_id", nullable=False),
        _reference("account_id", "accounts"),
        _text("model", nullable=False),
        sa.Column("credits", sa.Float(), nullable=False),
        _time("taken_at", nullable=False),
        _time("released_at"),
        _time("created_at", nullable=False, server_default=sa.func.now()),
    )
    live = "released_at IS NULL"
    own = ["workspace_id", "id"]
    _partial("uq_account_reservations_live", own, live, table=table, unique=True)
    _partial("ix_account_reservations_live", ["account_id"], live, table=table)
    op.create_index("ix_account_reservations_taken_at", table, ["account_id", "taken_at"])


def _policies() -> None:
    """Who may use an account sees it; who looks after it changes it; the operator's are for all."""
    usable = f"workspace_id = {_WORKSPACE} AND sharing = 'workspace' OR sharing = 'everyone'"
    mine = f"workspace_id = {_WORKSPACE} AND user_id = {_USER}"
    owns = f"EXISTS (SELECT FROM workspaces w WHERE w.id = {_WORKSPACE} AND w.owner_id = {_USER})"
    operates = f"EXISTS (SELECT FROM users u WHERE u.id = {_USER} AND u.admin)"
    keeps = f"""CASE WHEN sharing = 'everyone' THEN {operates} ELSE workspace_id = {_WORKSPACE}
        AND (user_id = {_USER} OR sharing = 'workspace' AND {owns}) END"""
    for statement in (
        "ALTER TABLE accounts ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE accounts FORCE ROW LEVEL SECURITY",
        "CREATE POLICY owner_all ON accounts TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY uses ON accounts FOR SELECT TO {APP} USING (user_id = {_USER} OR {usable})",
        f"CREATE POLICY adds ON accounts FOR INSERT TO {APP} WITH CHECK ({mine} AND {keeps})",
        f"CREATE POLICY changes ON accounts FOR UPDATE TO {APP} USING ({keeps}) WITH CHECK ({keeps})",
        f"CREATE POLICY removes ON accounts FOR DELETE TO {APP} USING ({keeps})",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON accounts TO {APP}",
        *activity_policies("accounts", [Activity.DISPATCH]),
    ):
        op.execute(statement)


def _text(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), **options)


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)


def _number(name: str, default: int, kind: Any = None) -> sa.Column[Any]:
    kind = kind or sa.Integer()
    return sa.Column(name, kind, nullable=False, server_default=sa.text(str(default)))


def _reference(column: str, table: str) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(column, sa.Text(), key, nullable=False)


def _partial(
    name: str, columns: list[str], where: str, *, table: str = "accounts", unique: bool = False
) -> None:
    op.create_index(name, table, columns, unique=unique, postgresql_where=sa.text(where))
