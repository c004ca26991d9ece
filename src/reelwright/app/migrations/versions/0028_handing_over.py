"""Projects and workspaces change hands: offered like a place, taken by one, with the files of whoever gives."""

import sqlalchemy as sa
from alembic import op

from reelwright.engines.database.roles import SYSTEM
from reelwright.ground.principals import Activity

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
_TAKES = f"coalesce(current_setting('app.activity', true), '') = '{Activity.SIGN_IN.value}'"
# Whoever leaves for good holds their own row: of the two that happen, the other sees it.
_TAKER = """
    PERFORM FROM public.users AS u WHERE u.id = taker AND u.erasing_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;"""
_FUNCTIONS = {
    "hand_over_project(text, text, text, boolean, bigint)": f"""
CREATE FUNCTION public.hand_over_project(
    place text, giver text, taker text, leaves boolean, most bigint)
RETURNS text LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    home text;
    moved bigint;
BEGIN
    {_TAKER}
    SELECT p.workspace_id INTO home FROM public.projects AS p
     WHERE p.id = place AND p.user_id = giver AND p.trashed_at IS NULL AND {_TAKES} FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    -- What the giver is counted for because of this project alone.
    SELECT coalesce(sum(one.size), 0) INTO moved FROM (
        SELECT DISTINCT a.sha256, a.size FROM public.assets AS a
         WHERE a.workspace_id = home AND a.project_id = place AND a.user_id = giver
           AND a.sha256 IS NOT NULL AND NOT EXISTS (SELECT FROM public.assets AS o
               WHERE o.workspace_id = home AND o.sha256 = a.sha256 AND o.user_id = giver
                 AND o.project_id IS DISTINCT FROM place)) AS one;
    IF moved > 0 THEN
        INSERT INTO public.usage_totals AS u (user_id, bytes)
        SELECT taker, moved WHERE most IS NULL OR moved <= most
        ON CONFLICT (user_id) DO UPDATE SET bytes = u.bytes + excluded.bytes
         WHERE most IS NULL OR u.bytes + excluded.bytes <= most;
        IF NOT FOUND THEN
            RETURN 'full';
        END IF;
        UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - moved)
         WHERE u.user_id = giver;
    END IF;
    UPDATE public.assets AS a SET user_id = taker
     WHERE a.workspace_id = home AND a.project_id = place AND a.user_id = giver;
    UPDATE public.projects AS p SET user_id = taker, updated_at = now()
     WHERE p.workspace_id = home AND p.id = place;
    -- Who belongs to the workspace needs no place of their own on the project.
    INSERT INTO public.memberships AS m (workspace_id, user_id, project_id, role)
    SELECT home, taker, place, 'owner' WHERE NOT EXISTS (SELECT FROM public.memberships AS w
        WHERE w.workspace_id = home AND w.user_id = taker AND w.project_id IS NULL)
    ON CONFLICT (workspace_id, user_id, project_id) DO UPDATE SET role = 'owner';
    DELETE FROM public.memberships AS m
     WHERE m.workspace_id = home AND m.user_id = giver AND m.project_id = place;
    INSERT INTO public.memberships (workspace_id, user_id, project_id, role)
    SELECT home, u.id, place, 'editor' FROM public.users AS u WHERE u.id = giver AND NOT leaves
       AND NOT EXISTS (SELECT FROM public.memberships AS w WHERE w.workspace_id = home
           AND w.user_id = giver AND w.project_id IS NULL
           AND w.role IN ('owner', 'admin', 'editor'));
    RETURN 'done';
END $$""",  # noqa: S608
    "hand_over_workspace(text, text, text, boolean)": f"""
CREATE FUNCTION public.hand_over_workspace(place text, giver text, taker text, leaves boolean)
RETURNS text LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
BEGIN
    {_TAKER}
    PERFORM FROM public.workspaces AS w
     WHERE w.id = place AND w.owner_id = giver AND NOT w.personal AND {_TAKES} FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    UPDATE public.workspaces AS w SET owner_id = taker WHERE w.id = place;
    DELETE FROM public.memberships AS m WHERE m.workspace_id = place
       AND (m.user_id = taker OR m.user_id = giver AND (leaves OR m.project_id IS NULL));
    INSERT INTO public.memberships (workspace_id, user_id, role) VALUES (place, taker, 'owner');
    INSERT INTO public.memberships (workspace_id, user_id, role)
    SELECT place, giver, 'editor' WHERE NOT leaves;
    RETURN 'done';
END $$""",  # noqa: S608
}


def upgrade() -> None:
    """Say of an invitation whether it hands the place over, and who may take it."""
    op.add_column("invitations", sa.Column("owned_by", sa.Text()))
    op.add_column(
        "invitations",
        sa.Column("leaves", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.create_check_constraint(
        op.f("ck_invitations_hands_over"), "invitations", "owned_by IS NULL OR role = 'owner'"
    )
    for signature, body in _FUNCTIONS.items():
        op.execute(body)
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {SYSTEM}")
