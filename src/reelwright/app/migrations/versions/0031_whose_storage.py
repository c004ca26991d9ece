"""Each content says for whom it is counted, and is given back to them; announced uploads are summed by person."""

import sqlalchemy as sa
from alembic import op

from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"
_TIDIES = f"coalesce(current_setting('app.activity', true), '') = '{Activity.CLEAN_UP.value}'"
_TAKES = f"coalesce(current_setting('app.activity', true), '') = '{Activity.SIGN_IN.value}'"
_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# What a colleague deletes is given back to whom it was counted for, also when they are no member any more.
_RETURN_STORAGE = f"""
CREATE OR REPLACE FUNCTION public.return_storage(person text, amount bigint)
RETURNS void LANGUAGE sql VOLATILE {_DEFINER} AS $$
    UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - amount)
     WHERE u.user_id = person AND amount > 0 AND (person = {_USER} OR EXISTS (
           SELECT FROM public.blobs AS b
            WHERE b.charged_to = person AND b.workspace_id = {_WORKSPACE}))
$$"""  # noqa: S608  # our own words only, here and below

_ANNOUNCED_UPLOADS = f"""
CREATE FUNCTION public.announced_uploads(at timestamptz)
RETURNS TABLE (uploads bigint, bytes bigint) LANGUAGE sql STABLE {_DEFINER} AS $$
    SELECT count(*), coalesce(sum(u.size), 0)::bigint FROM public.uploads AS u
     WHERE u.user_id = {_USER} AND u.state = 'open' AND u.expires_at > at
$$"""  # noqa: S608

# Held are the files first, then their contents, then the counts: in the order of whoever deletes.
_HAND_OVER_PROJECT = f"""
CREATE OR REPLACE FUNCTION public.hand_over_project(
    place text, giver text, taker text, leaves boolean, most bigint)
RETURNS text LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    home text;
    moving text[];
    moved bigint;
BEGIN
    -- Whoever leaves for good holds their own row: of the two that happen, the other sees it.
    PERFORM FROM public.users AS u WHERE u.id = taker AND u.erasing_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    SELECT p.workspace_id INTO home FROM public.projects AS p
     WHERE p.id = place AND p.user_id = giver AND p.trashed_at IS NULL AND {_TAKES} FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    PERFORM FROM public.assets AS a
     WHERE a.workspace_id = home AND a.project_id = place ORDER BY a.id FOR UPDATE;
    PERFORM FROM public.blobs AS b WHERE b.workspace_id = home AND b.sha256 IN
          (SELECT a.sha256 FROM public.assets AS a WHERE a.workspace_id = home AND a.project_id = place)
     ORDER BY b.sha256 FOR UPDATE;
    -- What the giver is counted for because of this project alone.
    SELECT array_agg(b.sha256), sum(b.size) INTO moving, moved FROM public.blobs AS b
     WHERE b.workspace_id = home AND b.charged_to = giver AND b.uses > 0
       AND EXISTS (SELECT FROM public.assets AS a WHERE a.workspace_id = home
           AND a.sha256 = b.sha256 AND a.project_id = place)
       AND NOT EXISTS (SELECT FROM public.assets AS o WHERE o.workspace_id = home
           AND o.sha256 = b.sha256 AND o.user_id = giver AND o.project_id IS DISTINCT FROM place);
    IF moved > 0 THEN
        PERFORM FROM public.usage_totals AS u
          WHERE u.user_id IN (giver, taker) ORDER BY u.user_id FOR UPDATE;
        INSERT INTO public.usage_totals AS u (user_id, bytes)
        SELECT taker, moved WHERE most IS NULL OR moved <= most
        ON CONFLICT (user_id) DO UPDATE SET bytes = u.bytes + excluded.bytes
         WHERE most IS NULL OR u.bytes + excluded.bytes <= most;
        IF NOT FOUND THEN
            RETURN 'full';
        END IF;
        UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - moved)
         WHERE u.user_id = giver;
        UPDATE public.blobs AS b SET charged_to = taker
         WHERE b.workspace_id = home AND b.sha256 = ANY (moving);
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
END $$"""  # noqa: S608

_ERASE_PERSON = f"""
CREATE OR REPLACE FUNCTION public.erase_person(person text) RETURNS boolean
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
    FOR round IN 1..20 LOOP
        again := false;
        FOR one IN SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
                    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                      AND a.attname = 'workspace_id' AND NOT a.attisdropped
                      AND c.relname NOT IN ('audit_entries', 'blobs') ORDER BY 1
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
    -- What others have brought there is kept for them no longer: exactly what is deleted here.
    FOR one IN
        WITH gone AS (DELETE FROM public.blobs AS b WHERE b.workspace_id = ANY (doomed)
            RETURNING b.charged_to, b.size, b.uses)
        SELECT g.charged_to, sum(g.size) AS bytes FROM gone AS g
         WHERE g.uses > 0 AND g.charged_to IS NOT NULL GROUP BY 1 ORDER BY 1
    LOOP
        UPDATE public.usage_totals AS u SET bytes = greatest(0, u.bytes - one.bytes)
         WHERE u.user_id = one.charged_to;
    END LOOP;
    DELETE FROM public.workspaces AS w WHERE w.id = ANY (doomed);
    DELETE FROM public.invitations AS i USING public.users AS u
     WHERE u.id = person AND i.email = u.email;
    DELETE FROM public.users AS u WHERE u.id = person;
    RETURN true;
END $$"""  # noqa: S608


def upgrade() -> None:
    """Say of all that is here for whom it is counted, and count anew."""
    op.add_column("blobs", sa.Column("charged_to", sa.Text()))
    op.execute("""
        UPDATE blobs AS b SET charged_to = first.user_id FROM (
            SELECT DISTINCT ON (a.workspace_id, a.sha256) a.workspace_id, a.sha256, a.user_id
              FROM assets AS a WHERE a.sha256 IS NOT NULL
             ORDER BY a.workspace_id, a.sha256, a.created_at, a.id) AS first
         WHERE b.workspace_id = first.workspace_id AND b.sha256 = first.sha256""")
    op.create_index("ix_blobs_charged_to", "blobs", ["charged_to", "workspace_id"])
    op.execute("UPDATE usage_totals SET bytes = 0")
    op.execute("""
        INSERT INTO usage_totals (user_id, bytes) SELECT u.id, sum(b.size) FROM blobs AS b
          JOIN users AS u ON u.id = b.charged_to WHERE b.uses > 0 GROUP BY 1
        ON CONFLICT (user_id) DO UPDATE SET bytes = excluded.bytes""")
    op.create_index(
        "ix_uploads_open", "uploads", ["user_id"], postgresql_where=sa.text("state = 'open'")
    )
    for body in (_RETURN_STORAGE, _ANNOUNCED_UPLOADS, _HAND_OVER_PROJECT, _ERASE_PERSON):
        op.execute(body)
    op.execute("REVOKE ALL ON FUNCTION public.announced_uploads(timestamptz) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION public.announced_uploads(timestamptz) TO {APP}")
