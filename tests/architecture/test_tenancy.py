"""Every table belongs to tenants and is locked, or stands on a list with its reason."""

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from reelwright.engines.database.roles import APP, SYSTEM

NO_TENANTS = {
    "account_circuits": "how models of accounts fare, for all who may use them; locked by policies",
    "alembic_version": "the step the tables are at",
    "statement_timings": "our own statements, without values",
    "chores": "what is tidied up now and then, for the system's role alone",
    "users": "people belong to several workspaces; locked by policies of their own",
    "workspaces": "the tenants themselves; locked by policies of their own",
    "choices": "what people set for themselves; locked by policies of their own",
    "ceremonies": "sign-ins under way; for signing in alone",
    "executors": "processes, for the system's role alone",
    "credentials": "how people's passwords are checked; for signing in alone",
    "mail_codes": "secrets sent by mail; for signing in alone",
    "passkeys": "keys of people, whatever workspace they work in; locked by policies of their own",
    "sessions": "sign-ins of people, whatever workspace they work in; locked by policies of their own",
    "signing_keys": "of the service itself, sealed; for signing in alone",
    "social_accounts": "accounts of people elsewhere; locked by policies of their own",
    "durable_names": "names of workflows and queues, for the system's role alone",
    "event_marks": "counters of the event stream, without content",
    "model_overrides": "what operators say of models, for all; locked by policies of their own",
    "reaction_cursors": "how far reactions have come, for the system's role alone",
    "reaction_delays": "which reactions wait, for the system's role alone",
    "takedown_notices": "what strangers demand; operators alone read it, locked by policies of its own",
    "usage_days": "what people used, in whatever workspace; locked by policies of their own",
    "usage_totals": "what is kept for people, in whatever workspace; locked by policies of their own",
}
LOCKED = {
    "account_circuits",
    "ceremonies",
    "choices",
    "credentials",
    "mail_codes",
    "model_overrides",
    "passkeys",
    "sessions",
    "signing_keys",
    "social_accounts",
    "takedown_notices",
    "usage_days",
    "usage_totals",
    "users",
    "workspaces",
}
NOT_CONFINED = {
    "audit_entries": "everybody's deeds are noted; owners and admins read them, others their own",
    "events": "everybody tells what they did; guests hear of their projects alone",
    "invitations": "its own policy lets in only whoever may invite",
    "memberships": "its own policies say who may let in, and guests see their projects' members",
    "tokens": "each person's own",
}


@pytest.fixture
def connection(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def tables(connection):
    rows = connection.execute(
        text("""
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                    AND a.attname = 'workspace_id' AND NOT a.attisdropped),
                array(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid)
            FROM pg_class c WHERE c.relkind IN ('r', 'p')
            AND c.relnamespace = 'public'::regnamespace ORDER BY 1""")
    )
    return {name: (locked, tenants, policies) for name, locked, tenants, policies in rows}


def test_every_tenants_table_is_locked_also_for_its_owner(connection):
    for name, (locked, tenants, policies) in tables(connection).items():
        if tenants or name in LOCKED:
            assert locked, f"{name}: row-level security is not enabled and forced"
            assert "owner_all" in policies, f"{name}: migrations and dumps would see nothing"
            assert len(policies) > 1, f"{name}: nobody but the owner has a policy"


def test_every_tenants_table_is_confined_for_guests_and_lookers_on(connection):
    whole = {f"confined_{verb}" for verb in ("sees", "adds", "changes", "removes")}
    for name, (_, tenants, policies) in tables(connection).items():
        if tenants and name not in NOT_CONFINED:
            assert whole <= set(policies), f"{name}: a guest of one project would have all of it"


def test_every_other_table_is_on_the_list(connection):
    assert {name for name, (_, tenants, _) in tables(connection).items() if not tenants} == set(
        NO_TENANTS
    )


def test_no_policy_lets_requests_at_everything(connection):
    rows = connection.execute(
        text("""
            SELECT p.polrelid::regclass::text, p.polname, pg_get_expr(p.polqual, p.polrelid)
            FROM pg_policy p WHERE p.polroles && ARRAY[0::oid, CAST(:app AS regrole)::oid]"""),
        {"app": APP},
    ).all()
    assert rows
    for table, policy, condition in rows:
        assert (
            condition is None or "current_setting('app." in condition or "current_" in condition
        ), f"{policy} on {table} names no principal: {condition}"


def test_requests_have_no_rights_on_the_durable_engines_tables(connection):
    has = connection.scalar(
        text(
            "SELECT coalesce(bool_or(has_schema_privilege(:app, n.oid, 'USAGE')), false)"
            " FROM pg_namespace n WHERE n.nspname = 'dbos'"
        ),
        {"app": APP},
    )
    assert not has


def test_requests_may_not_pass_for_another_role(connection):
    for role in (SYSTEM, connection.scalar(text("SELECT current_user"))):
        assert not connection.scalar(
            text("SELECT pg_has_role(:app, :role, 'MEMBER')"), {"app": APP, "role": role}
        )
