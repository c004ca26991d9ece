"""What ends when somebody goes: what they have offered, owned and paid for; whose address stays nowhere."""

from alembic import op

from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None

_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"
_OPERATES = f"EXISTS (SELECT FROM public.users AS me WHERE me.admin AND me.suspended_at IS NULL AND me.id = {_USER})"
_NOW_AT = "coalesce(current_setting('app.activity', true), '')"
_RECOGNISES = f"{_NOW_AT} = '{Activity.SIGN_IN.value}'"
_TIDIES = f"{_NOW_AT} = '{Activity.CLEAN_UP.value}'"
_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
_OPEN = "i.accepted_at IS NULL AND i.revoked_at IS NULL"

# Whoever puts somebody out, or goes; an operator, for all workspaces at once; or the system, for them.
_ENDS = f"""({_RECOGNISES} OR here IS NULL AND {_OPERATES} OR here = {_WORKSPACE} AND (person = {_USER}
        OR public.role_here(NULL) IN ('owner', 'admin') OR public.role_here(place) = 'owner'))"""
# As `may_admit` and `owner_to_give` said when it was offered.
_STANDS = f"""
CREATE FUNCTION public.offer_stands(offer text) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
SELECT EXISTS (SELECT FROM public.invitations AS i
    JOIN public.workspaces AS w ON w.id = i.workspace_id
    JOIN public.users AS u ON u.id = i.user_id AND u.suspended_at IS NULL
    LEFT JOIN public.projects AS p ON p.workspace_id = i.workspace_id AND p.id = i.project_id
    LEFT JOIN public.memberships AS m ON m.workspace_id = i.workspace_id
         AND m.user_id = i.user_id AND m.project_id IS NULL
    LEFT JOIN public.memberships AS g ON g.workspace_id = i.workspace_id
         AND g.user_id = i.user_id AND g.project_id = i.project_id
   WHERE i.id = offer AND {_RECOGNISES} AND CASE
         WHEN w.owner_id = i.user_id THEN true
         WHEN p.user_id = i.user_id THEN m.user_id IS NOT NULL OR g.user_id IS NOT NULL
         WHEN i.owned_by IS NOT NULL THEN false
         WHEN m.role = 'admin' THEN i.project_id IS NOT NULL OR i.role NOT IN ('owner', 'admin')
         ELSE g.role = 'owner' END)
$$"""  # noqa: S608  # our own words only
_END_OFFERS = f"""
CREATE FUNCTION public.end_offers(here text, person text, place text)
RETURNS void LANGUAGE sql VOLATILE {_DEFINER} AS $$
    UPDATE public.invitations AS i SET revoked_at = now()
     WHERE {_OPEN} AND (here IS NULL OR i.workspace_id = here)
       AND (place IS NULL OR i.project_id = place)
       AND (i.user_id = person
            OR i.email = (SELECT u.email FROM public.users AS u WHERE u.id = person)) AND {_ENDS}
$$"""  # noqa: S608
# Whoever has no place owns nothing and pays for nothing there: it holds for whomever it is asked. The
# projects are handed over as by a word of theirs, with their files, also those in the trash.
_SETTLE = f"""
CREATE FUNCTION public.settle_leaver(here text, person text)
RETURNS TABLE (project text, heir text) LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    one record;
    activity text := {_NOW_AT};
BEGIN
    IF activity <> '{Activity.SIGN_IN.value}' AND here IS DISTINCT FROM {_WORKSPACE} THEN
        RETURN;
    END IF;
    SELECT w.owner_id INTO heir FROM public.workspaces AS w
     WHERE w.id = here AND w.owner_id <> person;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE public.accounts AS a SET paused = true, reason = 'owner_left'
     WHERE a.workspace_id = here AND a.user_id = person AND a.sharing <> 'everyone'
       AND NOT a.paused AND NOT EXISTS (SELECT FROM public.memberships AS m
           WHERE m.workspace_id = here AND m.user_id = person AND m.project_id IS NULL);
    PERFORM set_config('app.activity', '{Activity.SIGN_IN.value}', true);
    FOR one IN SELECT p.id, p.trashed_at FROM public.projects AS p
                WHERE p.workspace_id = here AND p.user_id = person
                  AND NOT EXISTS (SELECT FROM public.memberships AS m
                      WHERE m.workspace_id = here AND m.user_id = person
                        AND (m.project_id IS NULL OR m.project_id = p.id))
                ORDER BY p.id FOR UPDATE
    LOOP
        UPDATE public.projects AS p SET trashed_at = NULL
         WHERE p.workspace_id = here AND p.id = one.id AND one.trashed_at IS NOT NULL;
        IF public.hand_over_project(one.id, person, heir, true, NULL) = 'done' THEN
            project := one.id;
            RETURN NEXT;
        END IF;
        UPDATE public.projects AS p SET trashed_at = one.trashed_at
         WHERE p.workspace_id = here AND p.id = one.id AND one.trashed_at IS NOT NULL;
    END LOOP;
    PERFORM set_config('app.activity', activity, true);
END $$"""  # noqa: S608
# An account that somebody else may have signed up: whoever proves the address has it to themselves.
_CLEAR = f"""
CREATE FUNCTION public.clear_out(person text)
RETURNS TABLE (workspace_id text, user_id text, project_id text, role text)
LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
DECLARE
    homes text[];
BEGIN
    IF {_NOW_AT} <> '{Activity.SIGN_IN.value}' THEN
        RETURN;
    END IF;
    homes := array(SELECT w.id FROM public.workspaces AS w WHERE w.owner_id = person);
    UPDATE public.invitations AS i SET revoked_at = now()
     WHERE {_OPEN} AND (i.workspace_id = ANY (homes) OR i.user_id = person);
    UPDATE public.share_links AS l SET revoked_at = now()
     WHERE l.revoked_at IS NULL AND (l.workspace_id = ANY (homes) OR l.user_id = person);
    UPDATE public.accounts AS a SET paused = true, reason = 'owner_unproved'
     WHERE (a.workspace_id = ANY (homes) OR a.user_id = person) AND a.sharing <> 'everyone'
       AND NOT a.paused;
    RETURN QUERY DELETE FROM public.memberships AS m
     WHERE m.workspace_id = ANY (homes) AND m.user_id <> person
    RETURNING m.workspace_id, m.user_id, m.project_id, m.role;
    PERFORM public.settle_leaver(one.workspace_id, one.user_id)
       FROM (SELECT DISTINCT p.workspace_id, p.user_id FROM public.projects AS p
              WHERE p.workspace_id = ANY (homes) AND p.user_id <> person) AS one;
END $$"""  # noqa: S608
_FORGET = f"""
CREATE FUNCTION public.forget_address(person text) RETURNS void
LANGUAGE sql VOLATILE {_DEFINER} AS $$
    UPDATE public.audit_entries AS a SET detail = '{{}}' FROM public.users AS u
     WHERE u.id = person AND u.erasing_at IS NOT NULL AND {_TIDIES}
       AND strpos(lower(a.detail::text), lower(u.email)) > 0
$$"""  # noqa: S608
_FUNCTIONS = {
    "offer_stands(text)": (_STANDS, (SYSTEM,)),
    "end_offers(text, text, text)": (_END_OFFERS, (APP, SYSTEM)),
    "settle_leaver(text, text)": (_SETTLE, (APP, SYSTEM)),
    "clear_out(text)": (_CLEAR, (SYSTEM,)),
    "forget_address(text)": (_FORGET, (SYSTEM,)),
}

# Also of a personal workspace: what somebody else owns or does there is not deleted with it.
_SHARED_WORK = f"""
SELECT w.id, w.name FROM public.workspaces AS w
 WHERE w.owner_id = {_USER} AND (EXISTS (SELECT FROM public.memberships AS m
       WHERE m.workspace_id = w.id AND m.user_id <> {_USER})
       OR EXISTS (SELECT FROM public.projects AS p
       WHERE p.workspace_id = w.id AND p.user_id <> {_USER}))"""  # noqa: S608
_LEAVING = (
    f"""
CREATE OR REPLACE FUNCTION public.work_with_others() RETURNS TABLE (id text, name text)
LANGUAGE sql STABLE {_DEFINER} AS $$
    {_SHARED_WORK} ORDER BY 1
$$""",
    f"""
CREATE OR REPLACE FUNCTION public.leave_for_good() RETURNS boolean
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
)


def upgrade() -> None:
    """Make the functions; settle what was left behind, and take addresses out of the audit trail."""
    for signature, (body, roles) in _FUNCTIONS.items():
        op.execute(body)
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        for role in roles:
            op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {role}")
    for body in _LEAVING:
        op.execute(body)
    op.execute(
        "UPDATE audit_entries SET detail = detail - 'email' WHERE action = 'invitation:offered'"
    )
    _settle()


def _settle() -> None:
    """Put right what belongs to people who were put out before."""
    gone = "NOT EXISTS (SELECT FROM memberships m WHERE m.workspace_id = t.workspace_id AND m.user_id = t.user_id"
    op.execute(f"SELECT set_config('app.activity', '{Activity.SIGN_IN.value}', true)")
    op.execute(
        "SELECT settle_leaver(one.workspace_id, one.user_id) FROM ("  # noqa: S608  # our own words only
        f" SELECT t.workspace_id, t.user_id FROM projects t WHERE {gone}"
        " AND (m.project_id IS NULL OR m.project_id = t.id))"
        f" UNION SELECT t.workspace_id, t.user_id FROM accounts t WHERE {gone}"
        " AND m.project_id IS NULL)) AS one"
    )
    op.execute("SELECT set_config('app.activity', '', true)")
