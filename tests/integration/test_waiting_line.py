"""While no account is free, jobs stand in line: called up in their order, and asking nobody meanwhile."""

import anyio
import pytest
from sqlalchemy import text

from reelwright.generation.accounts.service import AccountService
from reelwright.generation.ushering import Usher
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Activity
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.durable_executors import ask
from support.fake_durable import FakeDurable
from support.generating import staged

pytestmark = pytest.mark.anyio

_V6 = "pixverse/v6/text-to-video"
_IN_LINE = "SELECT job_id FROM account_waits ORDER BY created_at"
_VISITS = """
SELECT count(*) FROM dbos.operation_outputs AS o
 WHERE o.function_name = 'reserve' AND o.workflow_uuid LIKE %s || '%%'"""


@pytest.fixture
async def stage(database_url):
    vendors = {"pixverse": FakePixVerse(work_s=0.5), "elevenlabs": FakeElevenLabs()}
    async with staged(database_url, **vendors) as opened:
        yield opened


async def _shot(stage, number):
    request = {"prompt": f"pier number {number}", "seconds": 5.0, "resolution": "720p"}
    return await stage.ask(Operation.TEXT_TO_VIDEO, request, _V6)


async def _in_line(stage, wanted):
    """The jobs in line, when there are as many as wanted."""
    with anyio.fail_after(20):
        while True:
            async with stage.database.read(Activity.DISPATCH) as tx:
                found = list(await tx.scalars(text(_IN_LINE)))
            if len(found) == wanted:
                return found
            await anyio.sleep(0.02)


async def test_jobs_are_called_up_in_their_order_and_come_to_the_pool_twice_at_most(
    stage, database_url
):
    await stage.account("pixverse", max_concurrent_jobs=1)
    fake = stage.fakes["pixverse"]
    fake.work_s = 600
    jobs = [await _shot(stage, 0)]
    await stage.until(jobs[0], lambda call: call.remote_id)
    for number in range(1, 5):
        jobs.append(await _shot(stage, number))
        assert (await _in_line(stage, number))[-1] == jobs[-1].id
    fake.work_s = 0.2
    for work in fake.works.values():
        work.done_at = 0
    ended = [await stage.ended(one) for one in jobs]
    assert {one.state for one in ended} == {JobState.COMPLETED}
    made = [(await stage.calls(one))[0].created_at for one in jobs]
    assert made == sorted(made)
    visits = [ask(database_url, _VISITS, one.id)[0][0] for one in jobs]
    assert visits[0] == 1
    assert set(visits[1:]) == {2}, "once to find it taken, once when it was free"
    assert await _in_line(stage, 0) == []


async def test_a_job_in_line_is_shown_as_waiting_and_leaves_the_line_when_it_is_cancelled(stage):
    await stage.account("pixverse", max_concurrent_jobs=1)
    stage.fakes["pixverse"].work_s = 30
    first, second = await _shot(stage, 1), await _shot(stage, 2)
    (waiting,) = await _in_line(stage, 1)
    jobs = await stage.get(JobService)
    with anyio.fail_after(10):
        while (await jobs.get_job(stage.house.owner, waiting)).state is not JobState.WAITING:  # noqa: ASYNC110  # it is a row
            await anyio.sleep(0.05)
    await jobs.cancel_job(stage.house.owner, waiting)
    assert await _in_line(stage, 0) == []
    assert waiting in {first.id, second.id}


async def test_who_waits_for_one_vendor_does_not_hide_who_waits_for_another(stage, monkeypatch):
    monkeypatch.setattr("reelwright.generation.ushering._FIRST_OF_EACH", 1)
    await stage.account("pixverse", max_concurrent_jobs=1)
    await stage.account("elevenlabs", max_concurrent_jobs=1)
    stage.fakes["pixverse"].work_s = 30
    for number in range(4):
        await _shot(stage, number)
    await _in_line(stage, 3)
    lines = [
        await stage.ask(Operation.SPEECH, {"text": f"Line {number}."}, "elevenlabs/v3")
        for number in range(4)
    ]
    assert {(await stage.ended(one)).state for one in lines} == {JobState.COMPLETED}
    assert len(await _in_line(stage, 3)) == 3


async def test_of_two_ushers_one_calls_and_who_does_not_come_is_called_again(stage):
    usher = await stage.get(Usher)
    await usher.stop()
    await stage.account("pixverse", max_concurrent_jobs=1)
    stage.fakes["pixverse"].work_s = 0
    first = await _shot(stage, 1)
    await stage.until(first, lambda call: call.sends)
    second = await _shot(stage, 2)
    assert await _in_line(stage, 1) == [second.id]
    accounts = await stage.get(AccountService)
    await stage.ended(first)
    other = Usher(stage.database, _Deaf(stage.database), await stage.get(Clock), accounts)
    assert [await other.look(), await usher.look()] == [1, 0], "the slot is spoken for"
    async with stage.database.transaction(Activity.DISPATCH) as tx:
        await tx.execute(text("UPDATE account_waits SET called_at = called_at - interval '1 min'"))
    assert await usher.look() == 1
    assert (await stage.ended(second)).state is JobState.COMPLETED


async def test_who_was_called_and_waits_no_more_is_forgotten(stage):
    await stage.account("pixverse")
    job = await _shot(stage, 1)
    assert (await stage.ended(job)).state is JobState.COMPLETED
    left = """INSERT INTO account_waits (workflow_id, workspace_id, user_id, job_id, lane, wants, called_at)
              VALUES (:run, :workspace, :user, :job, 'lane', '[]', now() - interval '1 min')"""
    told = {"run": f"{job.id}.1", "workspace": job.workspace_id, "job": job.id}
    async with stage.database.transaction(Activity.DISPATCH) as tx:
        await tx.execute(text(left), told | {"user": stage.house.owner.user})
    assert await _in_line(stage, 0) == []


class _Deaf(FakeDurable):
    """Dies, so to speak, before it tells."""

    async def tell(self, workflow_id, topic, message, key):
        pass
