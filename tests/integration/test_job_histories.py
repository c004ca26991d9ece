"""Jobs that earlier code left under way are finished by the code of today."""

import asyncio
from pathlib import Path

import pytest

from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.calls import DbosDurable
from reelwright.ground.ids import JobId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.jobs.states import JobState
from support.durable_executors import ask, executor
from support.durable_history import restore
from support.job_history import studio

pytestmark = pytest.mark.anyio

HISTORIES = sorted((Path(__file__).parents[1] / "migration" / "jobs").glob("*.json"))

_NUMBERS = (
    """SELECT setval(pg_get_serial_sequence('job_history', 'id'), max(id)) FROM job_history"""
)


@pytest.mark.parametrize("history", HISTORIES, ids=lambda path: path.stem)
async def test_recorded_jobs_are_finished_by_the_code_of_today(database, database_url, history):
    restore(database_url, history.read_text(encoding="utf-8"))
    ask(database_url, _NUMBERS)
    rows = ask(database_url, "SELECT id, name, state, user_id, workspace_id, workflow_id FROM jobs")
    assert sorted(state for _, _, state, *_ in rows) == ["queued", "waiting", "waiting", "waiting"]
    who = Principal(UserId(rows[0][3]), WorkspaceId(rows[0][4]))
    durable = DbosDurable(role_url(database_url, SYSTEM))
    jobs, roster = studio(database, durable)
    async with executor(database, database_url, roster):
        for *_, run in rows:
            await durable.tell(run, "signal", "sail ho", "once")
        found = [await _ended(jobs, who, JobId(job)) for job, *_ in rows]
    durable.close()
    assert {job.state for job in found} == {JobState.COMPLETED}
    for job in found:
        assert job.result == {"seen": f"nothing at the {job.name}", "told": "sail ho"}
        assert job.attempt == 1


async def _ended(jobs, who, job_id):
    async with asyncio.timeout(60):
        while not (job := await jobs.get_job(who, job_id)).finished_at:  # noqa: ASYNC110 - it is a row
            await asyncio.sleep(0.1)
    return job


def test_there_is_a_history():
    assert HISTORIES
