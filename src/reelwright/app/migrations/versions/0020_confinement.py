"""Guests see the projects they were let in to, and lookers-on change nothing: kept by the database."""

from alembic import op

from reelwright.engines.database.policies import (
    GUEST,
    child_policies,
    confining_policies,
    project_policies,
)
from reelwright.engines.database.roles import APP

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_OF_PROJECTS = (
    "assets",
    "director_messages",
    "director_threads",
    "holds",
    "jobs",
    "model_preferences",
    "music_sessions",
    "productions",
    "project_data",
    "project_references",
    "revisions",
    "submissions",
    "threads",
)
_CHILDREN = {
    "batches": ("production_id", "productions"),
    "job_dependencies": ("job_id", "jobs"),
    "job_history": ("job_id", "jobs"),
    "music_takes": ("session_id", "music_sessions"),
    "thread_messages": ("thread_id", "threads"),
}
_OF_THE_WORKSPACE = (
    "account_reservations",
    "account_waits",
    "accounts",
    "ledger_entries",
    "products",
    "spending_alerts",
    "spending_limits",
    "spending_totals",
    "step_effects",
)


def upgrade() -> None:
    """Confine every table of tenants."""
    statements = [
        *project_policies("projects", column="id"),
        *(one for table in _OF_PROJECTS for one in project_policies(table)),
        *(one for table, of in _CHILDREN.items() for one in child_policies(table, *of)),
        *(one for table in _OF_THE_WORKSPACE for one in confining_policies(table)),
        # The bytes of what is seen; and, for whoever edits a project, of what they bring: it may be
        # here already, which only its digest and size tell.
        *confining_policies(
            "blobs",
            seen="sha256 IN (SELECT a.sha256 FROM assets a) OR cardinality(edited_projects()) > 0",
            changed="cardinality(edited_projects()) > 0",
        ),
        # Everybody tells what they did; guests hear of their projects alone.
        (
            f"CREATE POLICY confined_sees ON events AS RESTRICTIVE FOR SELECT TO {APP}"  # noqa: S608  # our own words only
            f" USING (NOT {GUEST} OR subject = ANY ((SELECT shared_projects())::text[])"
            " OR data ->> 'project_id' = ANY ((SELECT shared_projects())::text[])"
            " OR subject IN (SELECT j.id FROM jobs j))"
        ),
        (
            f"CREATE POLICY confined_sees ON audit_entries AS RESTRICTIVE FOR SELECT TO {APP}"
            f" USING (NOT {GUEST})"
        ),
    ]
    for statement in statements:
        op.execute(statement)
