"""Which projects use a product, which files guests see in films, and what a project's states take."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from reelwright.engines.database.policies import GUEST, activity_policies
from reelwright.engines.database.roles import APP
from reelwright.ground.principals import Activity

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

# Asked as the owner: what a film that a guest sees was delivered with may belong to another project,
# whose equal one was made first.
_DELIVERED = """
    CREATE FUNCTION public.delivered_assets() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        SELECT DISTINCT file.asset
          FROM public.productions AS p, jsonb_each_text(p.outputs) AS file (name, asset)
         WHERE p.workspace_id = nullif(current_setting('app.workspace_id', true), '')
           AND p.project_id = ANY ((SELECT public.shared_projects())::text[])
    $$"""

# What films were delivered with, what batches made, and what all that was made from.
_FIND_USES = """
    WITH RECURSIVE used (workspace_id, project_id, recipe) AS (
        (SELECT p.workspace_id, p.project_id, r.recipe_digest
           FROM productions AS p, jsonb_each_text(p.outputs) AS file (name, asset), products AS r
          WHERE r.workspace_id = p.workspace_id AND r.asset_id = file.asset
         UNION
         SELECT p.workspace_id, p.project_id, one.recipe
           FROM productions AS p JOIN batches AS b ON b.production_id = p.id,
                jsonb_array_elements_text(CASE jsonb_typeof(b.digests) WHEN 'array' THEN b.digests END)
                    AS one (recipe))
        UNION
        SELECT u.workspace_id, u.project_id, one.recipe
          FROM used AS u JOIN products AS r
            ON r.workspace_id = u.workspace_id AND r.recipe_digest = u.recipe,
               jsonb_array_elements_text(CASE jsonb_typeof(r.made_from) WHEN 'array' THEN r.made_from END)
                   AS one (recipe))
    UPDATE products AS r SET used_by = found.projects
      FROM (SELECT workspace_id, recipe, array_agg(project_id ORDER BY project_id) AS projects
              FROM used GROUP BY workspace_id, recipe) AS found
     WHERE r.workspace_id = found.workspace_id AND r.recipe_digest = found.recipe"""

_GIVE_PROJECTS = """
    UPDATE assets AS a SET project_id = r.used_by[1] FROM products AS r
     WHERE r.workspace_id = a.workspace_id AND r.asset_id = a.id AND cardinality(r.used_by) > 0
       AND a.project_id IS NULL AND a.recipe_digest IS NOT NULL"""

# A member's holds what its states name, also of other projects. They go by themselves.
_WITHDRAW_EXPORTS = """
    UPDATE assets AS a SET project_id = NULL FROM products AS r
     WHERE r.workspace_id = a.workspace_id AND r.asset_id = a.id AND r.operation = 'project_export'"""

_COUNT_STATES = """
    UPDATE project_states AS s SET bytes = found.bytes, thin_at = now()
      FROM (SELECT workspace_id, project_id, editor, sum(size + 256) AS bytes
              FROM project_state_versions GROUP BY workspace_id, project_id, editor) AS found
     WHERE s.workspace_id = found.workspace_id AND s.project_id = found.project_id
       AND s.editor = found.editor"""


def upgrade() -> None:
    """Add the columns and fill them; let guests see what the films they see are made of."""
    op.add_column(
        "products",
        sa.Column("used_by", ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.execute(_FIND_USES)
    op.execute(_GIVE_PROJECTS)
    op.execute(_WITHDRAW_EXPORTS)
    op.execute(_DELIVERED)
    op.execute("REVOKE ALL ON FUNCTION public.delivered_assets() FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION public.delivered_assets() TO {APP}")
    op.execute(
        f"ALTER POLICY confined_sees ON assets USING (NOT {GUEST}"  # noqa: S608  # our own words only
        " OR project_id = ANY ((SELECT shared_projects())::text[])"
        " OR id IN (SELECT one.id FROM delivered_assets() AS one (id)))"
    )
    op.add_column(
        "project_states",
        sa.Column("bytes", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column("project_states", sa.Column("thin_at", sa.DateTime(timezone=True)))
    op.execute(_COUNT_STATES)
    op.create_index(
        "ix_project_states_thin_at",
        "project_states",
        ["thin_at"],
        postgresql_where=sa.text("thin_at IS NOT NULL"),
    )
    for statement in activity_policies(
        "project_states", [Activity.CLEAN_UP], rights="SELECT, UPDATE"
    ):
        op.execute(statement)
