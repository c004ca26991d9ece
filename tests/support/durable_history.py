"""Runs as an earlier release left them: recorded into JSON, and put into a fresh database."""

import json
from datetime import timedelta

from sqlalchemy import text

from reelwright.engines.durable.contract import Queue, Roster, Workflow
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from support.durable_executors import ask

WHO = Principal(
    UserId("usr_00000000000000000000000001"), WorkspaceId("ws_00000000000000000000000001")
)
TABLES = (
    "dbos.workflow_status",
    "dbos.workflow_input",
    "dbos.operation_outputs",
    "dbos.notifications",
    "public.step_effects",
)
MARKS = """
CREATE TABLE marks (id bigserial PRIMARY KEY, workflow text, what text);
GRANT ALL ON marks TO reelwright_app, reelwright_system;
GRANT ALL ON SEQUENCE marks_id_seq TO reelwright_app, reelwright_system;
"""
_MARK = text("INSERT INTO marks (workflow, what) VALUES (:workflow, :what)")


def roster(database, *, first=False):
    """One scene's making: as it was at first, or as it is since stills are made before shots."""

    async def mark(steps, what):
        async def act(tx):
            await tx.execute(_MARK, {"workflow": steps.workflow_id, "what": what})

        await steps.transact(WHO, what, act)

    async def make_scene(steps, given):
        await mark(steps, "reserved")
        seen = None
        try:
            await steps.run("book the set", _taken)
        except ConflictError as error:
            seen = error.way_out
        accepted = await steps.receive("accepted", timedelta(days=3650))
        if not first and await steps.patched("still-before-shot"):
            await mark(steps, "still")
        await mark(steps, "shot")
        return {"scene": given["scene"], "accepted": accepted, "seen": seen}

    patches = () if first else ("still-before-shot",)
    return Roster([Workflow("make_scene", make_scene, patches)], [Queue("scenes", poll_s=0.1)])


async def _taken():
    raise ConflictError("the set is taken", way_out="ask for another day")


def record(url):
    """The engine's rows and ours, as JSON."""
    rows = {table: [row for (row,) in ask(url, _ALL.format(table))] for table in TABLES}
    return json.dumps(rows, indent=1, sort_keys=True) + "\n"


def restore(url, history):
    """Put recorded rows into a database; columns that did not exist then get their defaults."""
    for table, rows in json.loads(history).items():
        for row in rows:
            columns = ", ".join(f'"{name}"' for name in row)
            ask(url, _PUT.format(table=table, columns=columns), json.dumps(row))


_ALL = "SELECT to_jsonb(one) FROM {} AS one"
_PUT = """INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
          SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"""
