"""Rights in files: consent to likenesses of people, notices of strangers, what is held back."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from reelwright.engines.database.policies import confining_policies, tenant_policies
from reelwright.engines.database.roles import APP, SYSTEM
from reelwright.ground.principals import Activity

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_USER = "nullif(current_setting('app.user_id', true), '')"
_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')"
_OPERATES = f"EXISTS (SELECT FROM public.users AS me WHERE me.admin AND me.suspended_at IS NULL AND me.id = {_USER})"
_NOTICED = f"current_setting('app.activity', true) = '{Activity.NOTICE.value}'"
_TIDIES = f"current_setting('app.activity', true) = '{Activity.CLEAN_UP.value}'"
_EDITS = "cardinality(edited_projects()) > 0"
_KINDS = "kind IN ('likeness', 'copyright', 'other')"
_COLUMNS = "a.workspace_id, a.id, a.user_id, a.name, a.media_type"
_CLAIMED = f"""
CREATE FUNCTION public.claimed_assets(assets text[], object text, link text)
RETURNS TABLE (workspace_id text, id text, user_id text, name text, media_type text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT {_COLUMNS} FROM public.assets AS a WHERE a.id = ANY (assets) AND {_OPERATES}
    UNION
    SELECT {_COLUMNS} FROM public.blobs AS b JOIN public.assets AS a
        ON a.workspace_id = b.workspace_id AND a.sha256 = b.sha256
     WHERE b.workspace_id = split_part(object, '/', 1) AND b.key = object AND {_OPERATES}
    UNION
    SELECT {_COLUMNS} FROM public.share_links AS l
      JOIN LATERAL (SELECT p.outputs FROM public.productions AS p
                     WHERE p.workspace_id = l.workspace_id AND p.project_id = l.project_id
                       AND p.finished_at IS NOT NULL AND p.outputs IS NOT NULL
                     ORDER BY p.finished_at DESC, p.id DESC LIMIT 1) AS film ON true
      JOIN public.assets AS a
        ON a.workspace_id = l.workspace_id AND a.id = film.outputs ->> 'film.mp4'
     WHERE l.id = link AND {_OPERATES}
    ORDER BY 2
$$"""  # noqa: S608  # our own words only

# Whoever is in the workspace may ask for it: it only ever holds back more, of what is known to be made
# from what an operator has held back. `made`: of these assets alone; null: of all.
_HELD = f"""
CREATE FUNCTION public.hold_back(made text[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    here text := {_WORKSPACE};
    more bigint;
    total bigint := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM public.withheld_contents AS w WHERE w.workspace_id = here) THEN
        RETURN 0;
    END IF;
    LOOP
        WITH held AS (
            SELECT w.sha256, w.takedown_id, w.created_at FROM public.withheld_contents AS w
             WHERE w.workspace_id = here
        ), names AS (
            SELECT h.sha256 AS name, h.takedown_id FROM held AS h
            UNION SELECT a.id, h.takedown_id FROM held AS h
              JOIN public.assets AS a ON a.workspace_id = here AND a.sha256 = h.sha256
            UNION SELECT p.recipe_digest, h.takedown_id FROM held AS h
              JOIN public.assets AS a ON a.workspace_id = here AND a.sha256 = h.sha256
              JOIN public.products AS p ON p.workspace_id = here AND p.asset_id = a.id
        ), sources AS (
            SELECT a.sha256, source.name FROM public.assets AS a CROSS JOIN LATERAL (
                SELECT a.companion_of
                UNION ALL SELECT jsonb_array_elements_text(
                    CASE jsonb_typeof(a.facts #> '{{made,inputs}}') WHEN 'array'
                    THEN a.facts #> '{{made,inputs}}' ELSE '[]' END)
                UNION ALL SELECT jsonb_array_elements_text(p.made_from) FROM public.products AS p
                 WHERE p.workspace_id = here AND p.asset_id = a.id AND p.made_from IS NOT NULL
                UNION ALL SELECT said[1] FROM public.submissions AS s,
                    regexp_matches(s.request::text, '"([0-9a-z_]{{20,80}})"', 'g') AS said
                 WHERE s.workspace_id = here AND s.id = a.submission_id
            ) AS source (name)
            WHERE a.workspace_id = here AND a.sha256 IS NOT NULL
              AND (made IS NULL OR a.id = ANY (made))
        )
        INSERT INTO public.withheld_contents (workspace_id, sha256, takedown_id)
        SELECT here, s.sha256, n.takedown_id FROM sources AS s JOIN names AS n ON n.name = s.name
        UNION SELECT here, a.sha256, h.takedown_id FROM public.products AS p
          JOIN public.assets AS a ON a.workspace_id = here AND a.id = p.asset_id
          JOIN held AS h ON h.created_at > a.created_at
         WHERE made IS NULL AND p.workspace_id = here AND p.operation = 'export'
           AND a.media_type = 'application/zip' AND EXISTS (SELECT FROM public.assets AS own
               WHERE own.workspace_id = here AND own.sha256 = h.sha256
                 AND own.created_at <= a.created_at)
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS more = ROW_COUNT;
        EXIT WHEN more = 0;
        total := total + more;
    END LOOP;
    WITH locked AS (
        SELECT b.sha256 FROM public.blobs AS b
         WHERE b.workspace_id = here AND b.withheld_by IS NULL AND b.sha256 IN
               (SELECT w.sha256 FROM public.withheld_contents AS w WHERE w.workspace_id = here)
         ORDER BY b.sha256 FOR UPDATE
    )
    UPDATE public.blobs AS b SET withheld_by = (SELECT min(w.takedown_id)
             FROM public.withheld_contents AS w
            WHERE w.workspace_id = here AND w.sha256 = b.sha256)
      FROM locked WHERE b.workspace_id = here AND b.sha256 = locked.sha256;
    RETURN total;
END $$"""  # noqa: S608  # our own words only
_FUNCTIONS = {
    "claimed_assets(text[], text, text)": _CLAIMED,
    "hold_back(text[])": _HELD,
}


def upgrade() -> None:
    """Make the tables, and say who sees and changes what."""
    _likenesses()
    _notices()
    _takedowns()
    op.add_column("blobs", sa.Column("withheld_by", sa.Text()))
    held = sa.text("withheld_by IS NOT NULL")
    op.create_index(
        "ix_blobs_withheld_by", "blobs", ["workspace_id", "withheld_by"], postgresql_where=held
    )
    op.add_column("products", sa.Column("made_from", JSONB()))
    for statement in _policies():
        op.execute(statement)
    for signature, body in _FUNCTIONS.items():
        op.execute(body)
        op.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {APP}")


def _likenesses() -> None:
    op.create_table(
        "likenesses",
        sa.Column("id", sa.Text(), primary_key=True),
        _workspace(),
        *_texts("asset_id", "sha256", "user_id"),
        *_texts("person", "basis", "wording", "wording_version", "evidence_id", nullable=True),
        sa.Column("covers", ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("ends_at", _TIME),
        sa.Column("withdrawn_at", _TIME),
        *_texts("withdrawn_by", "withdrawn_reason", nullable=True),
        _now(),
        sa.CheckConstraint(
            "num_nonnulls(basis, wording, wording_version) IN (0, 3)",
            name=op.f("ck_likenesses_consent"),
        ),
        sa.CheckConstraint(
            "person IS NOT NULL OR basis IS NULL", name=op.f("ck_likenesses_of_somebody")
        ),
    )
    for column in ("sha256", "id"):
        op.create_index(
            f"ix_likenesses_workspace_id_{column}", "likenesses", ["workspace_id", column]
        )


def _notices() -> None:
    op.create_table(
        "takedown_notices",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("kind", "address", "claimant", "reach", "statement"),
        sa.Column("state", sa.Text(), nullable=False, server_default="open"),
        *_texts("reason", "decided_by", nullable=True),
        sa.Column("decided_at", _TIME),
        *_texts("about_workspace", "takedown_id", nullable=True),
        _now(),
        sa.CheckConstraint(_KINDS, name=op.f("ck_takedown_notices_kind")),
        sa.CheckConstraint(
            "state IN ('open', 'upheld', 'rejected', 'lifted')",
            name=op.f("ck_takedown_notices_state"),
        ),
    )
    op.create_index("ix_takedown_notices_state", "takedown_notices", ["state", "id"])


def _takedowns() -> None:
    op.create_table(
        "takedowns",
        sa.Column("id", sa.Text(), primary_key=True),
        _workspace(),
        *_texts("notice_id", "kind", "reason"),
        sa.Column("assets", ARRAY(sa.Text()), nullable=False),
        *_texts("reply", "replied_by", nullable=True),
        sa.Column("replied_at", _TIME),
        sa.Column("lifted_at", _TIME),
        *_texts("lifted_reason", nullable=True),
        _now(),
        sa.CheckConstraint(_KINDS, name=op.f("ck_takedowns_kind")),
    )
    op.create_index("ix_takedowns_workspace_id_id", "takedowns", ["workspace_id", "id"])
    op.create_table(
        "withheld_contents",
        _workspace(primary_key=True),
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column(
            "takedown_id",
            sa.Text(),
            sa.ForeignKey("takedowns.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        _now(),
    )
    op.create_index("ix_withheld_contents_takedown_id", "withheld_contents", ["takedown_id"])


def _policies() -> Iterator[str]:
    for table in ("likenesses", "takedowns"):
        yield from tenant_policies(table, rights="SELECT, INSERT, UPDATE")
    yield from tenant_policies("withheld_contents", rights="SELECT, INSERT, DELETE")
    here = "sha256 IN (SELECT a.sha256 FROM assets a{edited})"
    edited = " WHERE a.project_id = ANY ((SELECT edited_projects())::text[])"
    yield from confining_policies(
        "likenesses", seen=here.format(edited=""), changed=here.format(edited=edited)
    )
    yield from confining_policies("takedowns")
    yield from confining_policies("withheld_contents", seen=_EDITS)
    # Who holds back, and lets go again, operates the service; what a workspace may do is reply.
    for table, deeds in (
        ("takedowns", ("INSERT WITH CHECK",)),
        ("withheld_contents", ("INSERT WITH CHECK", "DELETE USING")),
    ):
        for deed in deeds:
            verb, how = deed.split(" ", 1)
            yield (
                f"CREATE POLICY operated_{verb.lower()} ON {table} AS RESTRICTIVE"
                f" FOR {verb} TO {APP} {how} ({_OPERATES})"
            )
    yield from _notice_policies()
    yield (
        f"CREATE POLICY withheld ON blobs FOR SELECT TO {SYSTEM}"
        f" USING ({_NOTICED} AND withheld_by IS NOT NULL)"
    )


def _notice_policies() -> Iterator[str]:
    """Anybody's notice comes in through the system; operators read and decide; nobody else sees any."""
    table = "takedown_notices"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    yield f"CREATE POLICY read ON {table} FOR SELECT TO {APP} USING ({_OPERATES})"
    yield (
        f"CREATE POLICY decided ON {table} FOR UPDATE TO {APP}"
        f" USING ({_OPERATES}) WITH CHECK ({_OPERATES})"
    )
    yield f"CREATE POLICY filed ON {table} FOR INSERT TO {SYSTEM} WITH CHECK ({_NOTICED})"
    yield f"GRANT SELECT ON {table} TO {APP}"
    columns = "state, reason, decided_by, decided_at, about_workspace, takedown_id"
    yield f"GRANT UPDATE ({columns}) ON {table} TO {APP}"
    over = f"{_TIDIES} AND state IN ('rejected', 'lifted')"
    for verb, name in (("SELECT", "over"), ("DELETE", "forgotten")):
        yield f"CREATE POLICY {name} ON {table} FOR {verb} TO {SYSTEM} USING ({over})"
    yield f"GRANT SELECT, INSERT, DELETE ON {table} TO {SYSTEM}"


def _workspace(**more: Any) -> sa.Column[Any]:
    of = sa.ForeignKey("workspaces.id", ondelete="CASCADE")
    return sa.Column("workspace_id", sa.Text(), of, nullable=False, **more)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _now() -> sa.Column[Any]:
    return sa.Column("created_at", _TIME, nullable=False, server_default=sa.func.now())
