"""The poller looks at all waiting calls, and none of them waits for another."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from reelwright.engines.durable.contract import Durable
from reelwright.generation.stories import Storyteller
from reelwright.generation.submissions import records
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.model import SubmissionState
from reelwright.generation.submissions.polling import pause_before
from reelwright.generation.submissions.topic import TOPIC
from reelwright.ground.errors import MissingError
from reelwright.ground.principals import Activity
from reelwright.jobs.states import JobState
from reelwright.providers.operations import Operation
from reelwright.providers.roster import Vendors
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged

STILL = {"prompt": "a pier in the fog", "width": 256, "height": 256}
SHOT = {"prompt": "a pier in the fog", "seconds": 5.0, "resolution": "360p"}


@pytest.fixture
async def stage(database_url):
    vendors = {"fal": FakeFal(work_s=0.1), "pixverse": FakePixVerse(work_s=0.1)}
    async with staged(database_url, **vendors) as opened:
        for vendor in vendors:
            await opened.account(vendor, max_concurrent_jobs=10)
        yield opened


@pytest.fixture
async def silent(stage, monkeypatch):
    """fal's first answer to a look never comes; how often it was looked at."""
    fal = (await stage.get(Vendors)).provider("fal")
    poll, looks = fal.poll, []

    async def silent_at_first(ticket, access):
        looks.append(ticket.remote_id)
        if len(looks) == 1:
            await asyncio.Event().wait()
        return await poll(ticket, access)

    monkeypatch.setattr(fal, "poll", silent_at_first)
    return looks


@pytest.mark.anyio
async def test_a_vendor_that_does_not_answer_holds_up_nobody_elses_call(stage, silent):
    still = await stage.ask(Operation.TEXT_TO_IMAGE, STILL, "fal/flux-schnell")
    await stage.until(still, lambda _: silent)
    shot = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    assert shot.state is JobState.COMPLETED, shot.error
    assert len(silent) == 1, "the look still waits for its answer"


@pytest.mark.anyio
async def test_many_looks_that_are_not_answered_hold_up_nobody_elses_call(stage, monkeypatch):
    monkeypatch.setattr("reelwright.generation.submissions.polling._AT_ONCE", 5)
    monkeypatch.setattr("reelwright.generation.submissions.polling._BEGUN_TOGETHER", 2)
    monkeypatch.setattr("reelwright.generation.submissions.looking._PATIENCE_S", 600)
    fal = (await stage.get(Vendors)).provider("fal")
    looks = []

    async def silent(ticket, access):
        looks.append(ticket.remote_id)
        await asyncio.Event().wait()

    monkeypatch.setattr(fal, "poll", silent)
    stills = [
        await stage.ask(
            Operation.TEXT_TO_IMAGE, STILL | {"prompt": f"pier {n}"}, "fal/flux-schnell"
        )
        for n in range(8)
    ]
    for still in stills:
        await stage.until(still, lambda call: call.remote_id)
    shot = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    assert shot.state is JobState.COMPLETED, shot.error
    assert 2 < len(looks) <= 4, "more are due, and wait for those to be answered"


@pytest.mark.anyio
async def test_no_more_are_given_out_than_were_asked_for_whatever_the_plan(stage, monkeypatch):
    monkeypatch.setattr("reelwright.generation.submissions.polling._AT_ONCE", 0)
    for n in range(8):
        still = STILL | {"prompt": f"pier {n}"}
        job = await stage.ask(Operation.TEXT_TO_IMAGE, still, "fal/flux-schnell")
        await stage.until(job, lambda call: call.state is SubmissionState.WAITING)
    await asyncio.sleep(1.1)  # until all are due
    async with stage.database.transaction(Activity.POLL) as tx:
        for way in ("hashagg", "hashjoin", "mergejoin", "sort"):
            await tx.execute(text(f"SET LOCAL enable_{way} = off"))
        assert len(await records.due(tx, 2, 30)) == 2


@pytest.mark.anyio
async def test_the_key_of_an_account_that_is_gone_is_not_used_on(stage, monkeypatch):
    looker = await stage.get(Looker)
    still = await stage.ask(Operation.TEXT_TO_IMAGE, STILL, "fal/flux-schnell")
    call = await stage.until(still, lambda call: call.remote_id)
    looker._accesses[call.account_id] = 0.0, await looker._access_of(call)  # believed long ago

    async def gone(*_):
        raise MissingError("there is no such account")

    monkeypatch.setattr(type(looker._keeper), "access_of", gone)
    for _ in range(2):
        with pytest.raises(MissingError):
            await looker._access_of(call)


@pytest.mark.anyio
async def test_a_look_that_is_not_answered_is_given_up_and_taken_again(stage, silent, monkeypatch):
    monkeypatch.setattr("reelwright.generation.submissions.looking._PATIENCE_S", 0.3)
    still = await stage.make(Operation.TEXT_TO_IMAGE, STILL, "fal/flux-schnell")
    assert still.state is JobState.COMPLETED, still.error
    assert len(silent) >= 2
    (call,) = await stage.calls(still)
    assert (call.sends, len(stage.fakes["fal"].charges)) == (1, 1)


@pytest.mark.anyio
async def test_a_job_hears_of_a_failure_though_the_poller_died_before_it_was_told(
    stage, monkeypatch
):
    monkeypatch.setattr("reelwright.generation.submissions.polling._LEASE_S", 0.5)
    durable, deaths = await stage.get(Durable), []
    tell = durable.tell

    async def dies_once(workflow_id, topic, message, key):
        if topic == TOPIC and not deaths:
            deaths.append(key)
            raise ConnectionError("died before it told")
        await tell(workflow_id, topic, message, key)

    monkeypatch.setattr(durable, "tell", dies_once)
    stage.fakes["pixverse"].moods.next.append(Mood.FAIL_LATER)
    shot = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    assert deaths
    assert shot.state is JobState.FAILED
    (call,) = await stage.calls(shot)
    assert call.look_at is None, "nobody looks at it any more"


@pytest.mark.anyio
async def test_the_story_says_that_a_call_is_looked_for_until_its_vendor_lists_it(stage):
    fake = stage.fakes["fal"]
    fake.moods.next.append(Mood.LOSE_REPLY)
    fake.lists_running, fake.work_s = False, 600
    still = await stage.ask(Operation.TEXT_TO_IMAGE, STILL, "fal/flux-schnell")
    await stage.until(still, lambda call: call.sends == 2)
    tales = await stage.get(Storyteller)
    (told,) = await tales.of_job(stage.house.owner, still.id)
    assert "it is looked for before it is sent again" in told.words
    (work,) = fake.works.values()
    work.done_at = 0
    assert (await stage.ended(still)).state is JobState.COMPLETED
    (told,) = await tales.of_job(stage.house.owner, still.id)
    assert "made 1 file" in told.words
    assert len(fake.charges) == 1


@given(
    st.sampled_from(Operation), st.integers(0, 10_000), st.integers(0, 10**6), st.integers(0, 10**6)
)
def test_pauses_grow_with_the_looks_and_with_the_crowd_and_stay_under_half_a_minute(
    operation, looks, waiting, more
):
    pause = pause_before(operation, looks, waiting)
    assert timedelta(seconds=1) <= pause < timedelta(seconds=28)
    assert pause_before(operation, looks + 1, waiting) >= pause
    assert pause_before(operation, looks, waiting + more) >= pause


def test_a_few_that_wait_are_not_kept_longer():
    assert pause_before(Operation.TEXT_TO_VIDEO, 0, 300) == timedelta(seconds=1)
