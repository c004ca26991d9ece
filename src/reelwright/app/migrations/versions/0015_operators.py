"""What operators and users set about models."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from reelwright.engines.database.policies import activity_policies, tenant_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"


def upgrade() -> None:
    """Make the tables, and say who sees and changes what."""
    _overrides()
    _preferences()
    _circuits()
    _people()
    op.add_column("submissions", sa.Column("passed_over", JSONB()))


# The call that tries a model which was left alone is one; it may be another workspace's account.
_TRY = """
CREATE FUNCTION public.try_circuit(
    account text, asked_model text, reservation text, moment timestamptz, lasting timestamptz)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.account_reservations AS r
      WHERE r.id = reservation AND r.account_id = account AND r.released_at IS NULL
        AND r.workspace_id = nullif(current_setting('app.workspace_id', true), '');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE public.account_circuits AS c SET trial_until = lasting, trial_of = reservation
     WHERE c.account_id = account AND c.model = asked_model
       AND (c.trial_of = reservation OR c.open_until <= moment
            AND (c.trial_until IS NULL OR c.trial_until <= moment));
    IF FOUND THEN
        RETURN true;
    END IF;
    -- Closed, or forgotten, meanwhile.
    RETURN NOT EXISTS (SELECT FROM public.account_circuits AS c
        WHERE c.account_id = account AND c.model = asked_model AND c.open_until IS NOT NULL);
END $$
"""


# Requests see themselves alone; an operator sees and changes the others through these.
_OPERATED = """
CREATE FUNCTION public.operated_users(only_one text)
RETURNS TABLE (id text, name text, email text, local boolean, admin boolean,
    max_accounts integer, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, u.name, u.email, u.local, u.admin, u.max_accounts, u.created_at
      FROM public.users AS u
     WHERE (only_one IS NULL OR u.id = only_one)
       AND EXISTS (SELECT FROM public.users AS me WHERE me.admin
                   AND me.id = nullif(current_setting('app.user_id', true), ''))
$$
"""
_OPERATE = """
CREATE FUNCTION public.operate_user(
    person text, operates boolean, limited boolean, accounts integer)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.users AS u
       SET admin = operates OR u.local,
           max_accounts = CASE WHEN limited THEN accounts ELSE u.max_accounts END
     WHERE u.id = person
       AND EXISTS (SELECT FROM public.users AS me WHERE me.admin
                   AND me.id = nullif(current_setting('app.user_id', true), ''));
    RETURN FOUND;
END $$
"""


def _people() -> None:
    for function, signature in (
        (_OPERATED, "operated_users(text)"),
        (_OPERATE, "operate_user(text, boolean, boolean, integer)"),
    ):
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {APP}")


def _circuits() -> None:
    table = "account_circuits"
    op.create_table(
        table,
        sa.Column(
            "account_id",
            sa.Text(),
            sa.ForeignKey("accounts.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("model", sa.Text(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("recent", sa.Text(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True)),
        sa.Column("trial_until", sa.DateTime(timezone=True)),
        sa.Column("trial_of", sa.Text()),
        sa.Column("reason", sa.Text()),
    )
    only_open = sa.text("open_until IS NOT NULL")
    op.create_index("ix_account_circuits_open", table, ["open_until"], postgresql_where=only_open)
    # Whoever sees an account sees how its models fare; whoever keeps it may have that forgotten.
    seen = f"{_USER} IS NOT NULL AND EXISTS (SELECT FROM accounts a WHERE a.id = account_id)"
    signature = "try_circuit(text, text, text, timestamptz, timestamptz)"
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY seen ON {table} FOR SELECT TO {APP} USING ({seen})",
        f"CREATE POLICY forgotten ON {table} FOR DELETE TO {APP} USING ({seen})",
        f"GRANT SELECT, DELETE ON {table} TO {APP}",
        *activity_policies(table, [Activity.DISPATCH]),
        _TRY,
        f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION public.{signature} TO {APP}",
    ):
        op.execute(statement)


def _preferences() -> None:
    table = "model_preferences"
    op.create_table(
        table,
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column(
            "workspace_id",
            sa.Text(),
            sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text()),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        _time("created_at"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_model_preferences_project",
            ondelete="CASCADE",
        ),
    )
    for owner, only in (("user", "project_id IS NULL"), ("project", "project_id IS NOT NULL")):
        op.create_index(
            f"uq_model_preferences_{owner}",
            table,
            ["workspace_id", f"{owner}_id", "operation"],
            unique=True,
            postgresql_where=sa.text(only),
        )
    for statement in tenant_policies(table):
        op.execute(statement)


def _overrides() -> None:
    """Rows are added by operators, seen by all who sign in, and changed by nobody."""
    table = "model_overrides"
    op.create_table(
        table,
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("change", JSONB(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        _time("created_at"),
        sa.CheckConstraint("deed IN ('set', 'add', 'reset')", name=op.f("ck_model_overrides_deed")),
    )
    op.create_index("ix_model_overrides_model", table, ["model", "number"])
    operates = (
        f"EXISTS (SELECT FROM users u WHERE u.id = {_USER} AND u.admin)"  # our own words only
    )
    said = f"user_id = {_USER} AND {operates}"
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY seen ON {table} FOR SELECT TO {APP} USING ({_USER} IS NOT NULL)",
        f"CREATE POLICY said ON {table} FOR INSERT TO {APP} WITH CHECK ({said})",
        f"GRANT SELECT, INSERT ON {table} TO {APP}",
        *activity_policies(table, [Activity.DISPATCH], rights="SELECT"),
    ):
        op.execute(statement)


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
