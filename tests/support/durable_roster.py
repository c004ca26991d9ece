"""Workflows that leave marks in a table, so that tests see what ran, how often and where."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from reelwright.engines.durable.contract import Queue, Roster, Workflow
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal

WHO = Principal(
    UserId("usr_00000000000000000000000001"), WorkspaceId("ws_00000000000000000000000001")
)
MARKS = """
CREATE TABLE marks (
    id bigserial PRIMARY KEY, workflow text, what text, worker text,
    at timestamptz DEFAULT clock_timestamp());
GRANT ALL ON marks TO reelwright_app, reelwright_system;
GRANT ALL ON SEQUENCE marks_id_seq TO reelwright_app, reelwright_system;
"""
_MARK = text("INSERT INTO marks (workflow, what, worker) VALUES (:workflow, :what, :worker)")


def roster(database, worker="here"):  # noqa: C901  (a list of small bodies)
    """The roster; `worker` is what the marks say of where they were made."""

    async def mark(steps, tx, what):
        await tx.execute(_MARK, {"workflow": steps.workflow_id, "what": what, "worker": worker})

    async def work(steps, given):
        """Some steps: each a mark made exactly once, and one made each time it is tried."""
        for number in range(given.get("steps", 1)):

            async def tried(number=number):
                async with database.transaction(Activity.DISPATCH) as tx:
                    await mark(steps, tx, f"tried {number}")
                await asyncio.sleep(given.get("pause_s", 0))
                return number

            async def once(tx, number=number):
                await mark(steps, tx, f"done {number}")
                await asyncio.sleep(given.get("inside_s", 0))
                return number

            await steps.run(f"try {number}", tried)
            await steps.transact(WHO, f"do {number}", once)
        return given.get("steps", 1)

    async def wait(steps, given):
        """Wait for a message, say what it was."""

        async def woken(tx):
            await mark(steps, tx, f"woken {message}")

        message = await steps.receive("go", timedelta(seconds=given.get("within_s", 3600)))
        await steps.transact(Activity.DISPATCH, "woken", woken)
        return message

    async def fail(steps, given):
        """A step that fails; the body sees which error it was, after restarts too."""

        async def act():
            raise ConflictError("the set is taken", way_out="ask for another day")

        async def mistake():
            return {}["nothing"]

        seen = []
        try:
            await steps.run("fail", act)
        except ConflictError as error:
            seen = [type(error).__name__, error.code, error.message, error.way_out]
        await steps.receive("go", timedelta(seconds=given.get("within_s", 0)))
        if given.get("mistake"):
            await steps.run("mistake", mistake)
        if given.get("finally"):
            await steps.run("fail again", act)
        return seen

    async def hot(steps, given):
        """Many of these change one row: they wait for each other, and that is all."""

        async def act(tx):
            await tx.execute(text("UPDATE hot SET n = n + 1"))

        await steps.transact(Activity.DISPATCH, "hot", act)

    return Roster(
        [Workflow(one.__name__, one) for one in (work, wait, fail, hot)],
        [
            Queue("plain", per_worker=200, poll_s=0.1),
            Queue("narrow", per_worker=1, poll_s=0.1),
            Queue("fair", per_worker=2, fair=True, poll_s=0.1),
            Queue("waiting", poll_s=0.1),
        ],
    )
