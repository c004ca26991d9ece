"""What a person takes along: something of every table that holds theirs, and no secret."""

import json
import re

import pytest
from sqlalchemy import text

from reelwright.app.exporting import EXPORTS
from reelwright.engines.database.exporting import TableExport
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from support.rows import fill
from support.tenants import owner

pytestmark = pytest.mark.anyio

LEFT_OUT = {
    "account_reservations": "slots that calls held for a moment",
    "account_waits": "places in a line, gone when their jobs go on",
    "batches": "how the making of a film was divided among machines",
    "credentials": "the hash of a password",
    "events": "told once, of what the other tables say",
    "job_dependencies": "what waited for what, while it ran",
    "job_history": "how jobs came along; what came of each is in the export",
    "kept_answers": "answers that are repeated for a day, of what the other tables say",
    "mail_codes": "hashes of secrets that were mailed",
    "model_overrides": "what operators set for the whole installation",
    "products": "how a file can be found again without making it anew",
    "project_presences": "who is looking at a project this minute",
    "project_states": "that there are states; the states are in the export",
    "spending_alerts": "that somebody was told",
    "spending_totals": "sums of what is in the export",
    "step_effects": "how far a step of a job had come",
    "upload_parts": "pieces of files that are coming in",
    "uploads": "files that are coming in; as soon as they are here, they are in the export",
    "usage_totals": "a sum of what is in the export",
    "withheld_contents": "digests of files that are held back, wherever they are",
}
"""Tables that name a person or a workspace, and are not taken along."""


def _tables(url: str) -> set[str]:
    with owner(url) as connection:
        return set(
            connection.scalars(
                text("""
                    SELECT DISTINCT table_name FROM information_schema.columns
                    JOIN information_schema.tables USING (table_schema, table_name)
                    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                    AND column_name IN ('user_id', 'workspace_id')""")
            )
        )


def _read() -> set[str]:
    """The tables that exports read."""
    words = " ".join(f"{one.columns} {one.source}" for one in EXPORTS)
    return {one.source for one in EXPORTS} | set(
        re.findall(r"(?:FROM|JOIN)? ?\b([a-z_]+)\b", words)
    )


def test_every_table_with_something_of_a_persons_is_taken_along_or_left_out_for_a_reason(
    database_url,
):
    tables = _tables(database_url)
    assert tables - _read() == set(LEFT_OUT)


def test_what_is_taken_along_has_names_that_make_files_and_no_secrets():
    names = [one.name for one in EXPORTS]
    assert len(set(names)) == len(names)
    for one in EXPORTS:
        assert re.fullmatch(r"[a-z-]+", one.name)
        assert not re.search(r"hash|secret|access|sealed|password|ticket", one.columns), one.name


async def test_what_was_put_into_a_table_is_in_the_export_of_whom_it_belongs_to(
    database, database_url
):
    fill(database_url)
    with owner(database_url) as connection:
        connection.execute(text("UPDATE workspaces SET owner_id = 'x'"))
        connection.execute(text("UPDATE memberships SET project_id = NULL, role = 'owner'"))
    ada, bob = (Principal(UserId(name), WorkspaceId("x")) for name in ("x", "nobody"))
    for one in EXPORTS:
        export = TableExport(database, one)
        rows = [dict(row) async for row in export.rows(ada, whole=True)]
        assert rows, f"nothing of {one.name}"
        assert json.dumps(rows, default=str)
        assert [row async for row in export.rows(bob, whole=False)] == [], one.name
