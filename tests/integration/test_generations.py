"""The paid call, whole: account, money, one request, the result kept, the books closed."""

import pytest

from reelwright.billing.holds import HoldState
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.submissions.model import SubmissionState
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged

pytestmark = pytest.mark.anyio

SHOT = {"prompt": "a pier in the fog", "seconds": 5.0, "resolution": "720p"}
LINE = {"text": "Nobody is coming."}


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, pixverse=FakePixVerse(), elevenlabs=FakeElevenLabs()) as opened:
        yield opened


async def test_a_shot_is_asked_for_once_kept_and_paid_as_it_was_made(stage):
    await stage.account("pixverse")
    job = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    assert job.state is JobState.COMPLETED, job.error
    (call,) = await stage.calls(job)
    hold = await stage.hold(call)
    library = await stage.get(AssetService)
    asset = await library.get(stage.house.owner, call.assets[0])
    assert (call.state, call.sends) == (SubmissionState.COMPLETED, 1)
    assert (asset.media_type, asset.origin.ref) == ("video/mp4", call.id)
    assert hold.state is HoldState.SETTLED
    assert len(stage.fakes["pixverse"].charges) == 1
    accounts = await stage.get(AccountService)
    (account,) = [await accounts.find(call.account_id)]
    assert (account.running, account.figures.successes) == (0, 1)


async def test_an_answer_at_once_needs_no_waiting(stage):
    await stage.account("elevenlabs")
    job = await stage.make(Operation.SPEECH, LINE)
    assert job.state is JobState.COMPLETED, job.error
    (call,) = await stage.calls(job)
    assert call.provider == "elevenlabs"
    assert (await stage.hold(call)).state is HoldState.SETTLED


async def test_without_a_key_it_says_what_is_needed(stage):
    job = await stage.make(Operation.SPEECH, LINE, "elevenlabs/v3")
    assert job.state is JobState.FAILED
    assert "reelwright accounts add elevenlabs" in job.error["way_out"]


async def test_the_only_key_there_is_is_enough_though_many_others_come_before_it(stage):
    await stage.account("pixverse")
    job = await stage.make(Operation.TEXT_TO_VIDEO, {"prompt": "a pier", "seconds": 8.0})
    assert job.state is JobState.COMPLETED, job.error
    (call,) = await stage.calls(job)
    assert call.provider == "pixverse"


async def test_a_lost_answer_of_a_vendor_with_keys_is_sent_again_and_paid_once(stage):
    await stage.account("pixverse")
    fake = stage.fakes["pixverse"]
    fake.moods.next.append(Mood.LOSE_REPLY)
    job = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    assert job.state is JobState.COMPLETED, job.error
    (call,) = await stage.calls(job)
    assert (call.sends, len(fake.charges)) == (2, 1)


async def test_a_lost_answer_of_a_vendor_nobody_can_ask_is_unknown_and_its_money_stays_held(stage):
    await stage.account("elevenlabs")
    fake = stage.fakes["elevenlabs"]
    fake.moods.next.append(Mood.LOSE_REPLY)
    job = await stage.make(Operation.SPEECH, LINE)
    assert job.state is JobState.UNKNOWN
    (call,) = await stage.calls(job)
    assert (call.state, call.sends) == (SubmissionState.UNKNOWN, 1)
    assert (await stage.hold(call)).state is HoldState.HELD
    assert len(fake.charges) == 1


async def test_equal_requests_are_one_job_and_its_product_is_found(stage):
    await stage.account("elevenlabs")
    first = await stage.ask(Operation.SPEECH, LINE)
    second = await stage.ask(Operation.SPEECH, LINE)
    assert first.id == second.id
    done = await stage.ended(first)
    again = await stage.make(Operation.SPEECH, LINE)
    assert again.result["assets"] == done.result["assets"]
    assert len(stage.fakes["elevenlabs"].charges) == 1
