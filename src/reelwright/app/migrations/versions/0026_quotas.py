"""Plans and quotas, usage by day; what operators see and do; people who leave for good."""

import sqlalchemy as sa
from alembic import op

from reelwright.engines.database.policies import activity_policies
from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"
_OPERATES = f"EXISTS (SELECT FROM public.users AS me WHERE me.admin AND me.suspended_at IS NULL AND me.id = {_USER})"
_AT_WORK = "state IN ('pending', 'scheduled', 'blocked', 'queued', 'running', 'waiting')"
_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# What a colleague ends or deletes is given back to whom it was counted for, and to nobody else.
_THEIRS = f"""(person = {_USER} OR EXISTS (SELECT FROM public.memberships AS m
         WHERE m.user_id = person AND m.workspace_id = {_WORKSPACE}))"""
# All parts of these are our own words.
_FUNCTIONS = {
    "live_jobs()": f"""
CREATE FUNCTION public.live_jobs() RETURNS bigint LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT count(*) FROM public.jobs AS j
     WHERE j.user_id = {_USER} AND j.root_job_id IS NULL AND j.{_AT_WORK}
$$""",  # noqa: S608
    "return_jobs(text, date, bigint)": f"""
CREATE FUNCTION public.return_jobs(person text, on_day date, amount bigint)
RETURNS void LANGUAGE sql VOLATILE {_DEFINER} AS $$
    UPDATE public.usage_days AS u SET jobs_counted = greatest(0, u.jobs_counted - amount)
     WHERE u.user_id = person AND u.day = on_day AND amount > 0 AND {_THEIRS}
$$""",  # noqa: S608
    "return_storage(text, bigint)": f"""
CREATE FUNCTION public.return_storage(person text, amount bigint)
RETURNS void LANGUAGE sql VOLATILE {_DEFINER} AS $$
    UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - amount)
     WHERE u.user_id = person AND amount > 0 AND {_THEIRS}
$$""",  # noqa: S608
    "operated_job_counts()": f"""
CREATE FUNCTION public.operated_job_counts()
RETURNS TABLE (kind text, state text, jobs bigint) LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT j.kind, j.state, count(*) FROM public.jobs AS j WHERE {_OPERATES} GROUP BY 1, 2 ORDER BY 1, 2
$$""",  # noqa: S608
    "operated_stuck_jobs(timestamptz, timestamptz, text, integer)": f"""
CREATE FUNCTION public.operated_stuck_jobs(
    waits_since timestamptz, works_since timestamptz, after text, most integer)
RETURNS SETOF public.jobs LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT j.* FROM public.jobs AS j
     WHERE (after IS NULL OR j.id > after) AND {_OPERATES}
       AND (j.state = 'unknown' OR j.state IN ('pending', 'queued') AND j.changed_at < waits_since
            OR j.state IN ('running', 'waiting') AND j.changed_at < works_since)
     ORDER BY j.id LIMIT most
$$""",  # noqa: S608
    "operated_accounts(text, integer)": f"""
CREATE FUNCTION public.operated_accounts(after text, most integer)
RETURNS TABLE (id text, workspace_id text, user_id text, provider text, name text, sharing text,
    state text, until timestamptz, reason text, paused boolean, failures bigint,
    succeeded bigint, failed bigint, last_used_at timestamptz, created_at timestamptz)
LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT a.id, a.workspace_id, a.user_id, a.provider, a.name, a.sharing, a.state, a.until, a.reason,
           a.paused, a.failures::bigint, a.successes, a.failed, a.last_used_at, a.created_at
      FROM public.accounts AS a
     WHERE (after IS NULL OR a.id > after) AND {_OPERATES} ORDER BY a.id LIMIT most
$$""",  # noqa: S608
    "operated_users(text, text, text, integer)": f"""
CREATE FUNCTION public.operated_users(only_one text, wanted text, after text, most integer)
RETURNS SETOF public.users LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT u.* FROM public.users AS u
     WHERE (only_one IS NULL OR u.id = only_one) AND (after IS NULL OR u.id > after)
       AND (wanted IS NULL OR u.id = wanted OR strpos(lower(u.name), lower(wanted)) > 0
            OR strpos(lower(coalesce(u.email, '')), lower(wanted)) > 0)
       AND {_OPERATES}
     ORDER BY u.id LIMIT most
$$""",  # noqa: S608
    "operate_user(text, jsonb)": f"""
CREATE FUNCTION public.operate_user(person text, said jsonb)
RETURNS boolean LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
BEGIN
    UPDATE public.users AS u
       SET admin = u.local OR coalesce((said ->> 'admin')::boolean, u.admin),
           plan = CASE WHEN said ? 'plan' THEN said ->> 'plan' ELSE u.plan END,
           max_jobs_a_day = CASE WHEN said ? 'max_jobs_a_day'
               THEN (said ->> 'max_jobs_a_day')::bigint ELSE u.max_jobs_a_day END,
           max_jobs_at_once = CASE WHEN said ? 'max_jobs_at_once'
               THEN (said ->> 'max_jobs_at_once')::bigint ELSE u.max_jobs_at_once END,
           max_storage = CASE WHEN said ? 'max_storage'
               THEN (said ->> 'max_storage')::bigint ELSE u.max_storage END,
           max_accounts = CASE WHEN said ? 'max_accounts'
               THEN (said ->> 'max_accounts')::integer ELSE u.max_accounts END,
           suspended_at = CASE WHEN said ? 'suspended_at' AND NOT u.local AND u.erasing_at IS NULL
               THEN (said ->> 'suspended_at')::timestamptz ELSE u.suspended_at END
     WHERE u.id = person AND {_OPERATES};
    IF FOUND AND said ->> 'suspended_at' IS NOT NULL THEN
        UPDATE public.sessions AS s SET revoked_at = now()
         WHERE s.user_id = person AND s.revoked_at IS NULL;
    END IF;
    RETURN FOUND;
END $$""",  # noqa: S608
}

_TIDIES = f"coalesce(current_setting('app.activity', true), '') = '{Activity.CLEAN_UP.value}'"
_SHARED_WORK = f"""
SELECT w.id, w.name FROM public.workspaces AS w
 WHERE w.owner_id = {_USER} AND NOT w.personal AND EXISTS (SELECT FROM public.memberships AS m
       WHERE m.workspace_id = w.id AND m.user_id <> {_USER})"""  # noqa: S608
_LEAVING = {
    "work_with_others()": f"""
CREATE FUNCTION public.work_with_others() RETURNS TABLE (id text, name text)
LANGUAGE sql STABLE {_DEFINER} AS $$
    {_SHARED_WORK} ORDER BY 1
$$""",
    "leave_for_good()": f"""
CREATE FUNCTION public.leave_for_good() RETURNS boolean
LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    person text := {_USER};
BEGIN
    PERFORM FROM public.users AS u WHERE u.id = person AND NOT u.local FOR UPDATE;
    IF NOT FOUND OR EXISTS ({_SHARED_WORK}) THEN
        RETURN false;
    END IF;
    UPDATE public.users AS u SET erasing_at = coalesce(u.erasing_at, now()),
           suspended_at = coalesce(u.suspended_at, now())
     WHERE u.id = person;
    UPDATE public.sessions AS s SET revoked_at = now()
     WHERE s.user_id = person AND s.revoked_at IS NULL;
    RETURN true;
END $$""",  # noqa: S608
}
# Whatever tables there will be: what belongs to a workspace goes with it. Tables that others refer to
# are tried again when these are empty.
_ERASING = {
    "leaving_people()": f"""
CREATE FUNCTION public.leaving_people() RETURNS SETOF text LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT u.id FROM public.users AS u WHERE u.erasing_at IS NOT NULL AND {_TIDIES} ORDER BY 1
$$""",  # noqa: S608
    "known_workspaces(text[])": f"""
CREATE FUNCTION public.known_workspaces(asked text[])
RETURNS SETOF text LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT w.id FROM public.workspaces AS w WHERE w.id = ANY (asked) AND {_TIDIES}
$$""",  # noqa: S608
    "jobs_of_leaving(text)": f"""
CREATE FUNCTION public.jobs_of_leaving(person text)
RETURNS TABLE (id text, workspace_id text, user_id text) LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT j.id, j.workspace_id, j.user_id FROM public.jobs AS j
     WHERE {_TIDIES} AND j.{_AT_WORK} AND (j.user_id = person OR j.workspace_id IN
           (SELECT w.id FROM public.workspaces AS w WHERE w.owner_id = person))
     ORDER BY 1
$$""",  # noqa: S608
    "erase_person(text)": f"""
CREATE FUNCTION public.erase_person(person text) RETURNS boolean
LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    doomed text[];
    one record;
    again boolean;
BEGIN
    PERFORM FROM public.users AS u
      WHERE u.id = person AND u.erasing_at IS NOT NULL AND NOT u.local AND {_TIDIES} FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    doomed := array(SELECT w.id FROM public.workspaces AS w WHERE w.owner_id = person);
    UPDATE public.audit_entries AS a SET detail = '{{}}'
     WHERE a.user_id = person OR a.subject = person OR a.workspace_id = ANY (doomed);
    -- What others have made there is kept for them no longer.
    UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - gone.bytes)
      FROM (SELECT a.user_id, coalesce(sum(a.size), 0) AS bytes FROM public.assets AS a
             WHERE a.workspace_id = ANY (doomed) GROUP BY 1) AS gone
     WHERE u.user_id = gone.user_id;
    FOR round IN 1..20 LOOP
        again := false;
        FOR one IN SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
                    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                      AND a.attname = 'workspace_id' AND NOT a.attisdropped
                      AND c.relname <> 'audit_entries' ORDER BY 1
        LOOP
            BEGIN
                EXECUTE format('DELETE FROM public.%I WHERE workspace_id = ANY ($1)', one.relname)
                  USING doomed;
            EXCEPTION WHEN foreign_key_violation THEN
                again := true;
            END;
        END LOOP;
        EXIT WHEN NOT again;
    END LOOP;
    DELETE FROM public.workspaces AS w WHERE w.id = ANY (doomed);
    DELETE FROM public.invitations AS i USING public.users AS u
     WHERE u.id = person AND i.email = u.email;
    DELETE FROM public.users AS u WHERE u.id = person;
    RETURN true;
END $$""",  # noqa: S608
}


def upgrade() -> None:
    """Make the tables, and say who sees and changes what."""
    _limits()
    _days()
    op.execute("DROP FUNCTION public.operated_users(text)")
    op.execute("DROP FUNCTION public.operate_user(text, boolean, boolean, integer)")
    for role, functions in ((APP, _FUNCTIONS | _LEAVING), (SYSTEM, _ERASING)):
        for signature, body in functions.items():
            op.execute(body)
            op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
            op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {role}")
    _places()
    op.create_index(
        "ix_jobs_at_work",
        "jobs",
        ["user_id"],
        postgresql_where=sa.text(f"root_job_id IS NULL AND {_AT_WORK}"),
    )


def _limits() -> None:
    op.add_column("users", sa.Column("plan", sa.Text()))
    op.add_column("users", sa.Column("erasing_at", sa.DateTime(timezone=True)))
    for name in ("max_jobs_a_day", "max_jobs_at_once", "max_storage"):
        op.add_column("users", sa.Column(name, sa.BigInteger()))


def _days() -> None:
    op.create_table(
        "usage_days",
        _person(),
        sa.Column("day", sa.Date(), primary_key=True),
        *(_count(name) for name in ("jobs_created", "jobs_counted", "assets_made", "bytes_made")),
    )
    op.create_table("usage_totals", _person(), _count("bytes"))
    op.execute(
        "INSERT INTO usage_totals (user_id, bytes) SELECT a.user_id, sum(a.size) FROM assets a"
        " JOIN users u ON u.id = a.user_id WHERE a.size IS NOT NULL GROUP BY 1"
    )
    mine = f"user_id = {_USER}"
    for table in ("usage_days", "usage_totals"):
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"CREATE POLICY own ON {table} TO {APP} USING ({mine}) WITH CHECK ({mine})",
            f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP}",
            *activity_policies(table, [Activity.AUDIT], rights="SELECT"),
        ):
            op.execute(statement)


def _places() -> None:
    """Whoever acts in another's place is written into every entry that is made meanwhile."""
    op.add_column(
        "audit_entries",
        sa.Column(
            "operator_id",
            sa.Text(),
            server_default=sa.text("nullif(current_setting('app.operator_id', true), '')"),
        ),
    )
    op.create_index("ix_audit_entries_user_id", "audit_entries", ["user_id", "id"])


def _person() -> sa.Column[str]:
    return sa.Column(
        "user_id", sa.Text(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
