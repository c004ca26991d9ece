"""The paid call, whole: account, money, one request, the result kept, the books closed."""

import pytest
from PIL import Image

from reelwright.billing.holds import HoldState
from reelwright.billing.limits import NewLimit, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.events.reading import replay
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.submissions.model import SubmissionState
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import JobId
from reelwright.identity.audit import AuditLog, Sought
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.projects.service import ProjectService
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


async def test_what_was_paid_for_is_used_in_another_project_without_going_with_the_first(stage):
    await stage.account("elevenlabs")
    owner, library = stage.house.owner, await stage.get(AssetService)
    providers, projects = await stage.get(ProviderService), await stage.get(ProjectService)
    used = []
    for name in "AB":
        project = (await projects.create(owner, name, {}, None, project_type="custom")).id
        job = await providers.execute_job(
            owner, Operation.SPEECH, LINE, route={"models": []}, project_id=project
        )
        (asset,) = (await stage.ended(job)).result["assets"]
        assert (await library.get(owner, asset)).project_id == project
        used.append(asset)
    assert len(stage.fakes["elevenlabs"].charges) == 1
    await library.delete(owner, used[0])
    assert await library.read(owner, used[1])


async def test_a_dead_account_is_set_aside_and_the_next_one_serves(stage):
    await stage.account("elevenlabs", key="dead", priority=0)
    await stage.account("elevenlabs", key="living", priority=5)
    stage.fakes["elevenlabs"].keys = {"living"}
    job = await stage.make(Operation.SPEECH, LINE, "elevenlabs/v3")
    assert job.state is JobState.COMPLETED, job.error
    first, second = await stage.calls(job)
    assert (first.state, first.moved_on) == (SubmissionState.FAILED, "bad_key: account")
    assert (await stage.hold(first)).state is HoldState.RELEASED
    assert second.account_id != first.account_id
    assert [charge.key for charge in stage.fakes["elevenlabs"].charges] == ["living"]


async def test_a_model_that_is_gone_is_followed_by_the_next_of_the_route(stage):
    await stage.account("elevenlabs")
    stage.fakes["elevenlabs"].moods.next.append(Mood.MODEL_GONE)
    job = await stage.make(Operation.SPEECH, LINE, "elevenlabs/v3", "elevenlabs/flash-v2.5")
    assert job.state is JobState.COMPLETED, job.error
    assert job.result["model"] == "elevenlabs/flash-v2.5"
    assert [call.attempt for call in await stage.calls(job)] == [1, 2]


async def test_a_refusal_stops_unless_the_route_allows_more_and_each_step_is_audited(stage):
    await stage.account("pixverse")
    fake = stage.fakes["pixverse"]
    fake.moods.next.append(Mood.REFUSE)
    asked = SHOT | {"prompt": "he draws a gun"}
    job = await stage.make(Operation.TEXT_TO_VIDEO, asked, "pixverse/v6/text-to-video")
    assert (job.state, job.error["code"]) == (JobState.FAILED, "refused")
    fake.moods.next.append(Mood.REFUSE)
    job = await stage.make(Operation.TEXT_TO_VIDEO, asked, "pixverse/v6/text-to-video", soften=True)
    assert job.state is JobState.COMPLETED, job.error
    refused, made = await stage.calls(job)
    assert (refused.state, refused.moved_on) == (SubmissionState.REFUSED, "refused: soften")
    assert "a prop" in made.request["prompt"]
    audit = await stage.get(AuditLog)
    (entry,) = (await audit.list(stage.house.owner, Sought(action="refusal:soften"))).rows
    assert (entry.action, entry.subject) == ("refusal:soften", refused.id)


async def test_a_cap_holds_exactly_and_what_is_released_makes_room_at_once(stage):
    await stage.account("elevenlabs", max_concurrent_jobs=20)
    limits = await stage.get(SpendingLimits)
    price = len("This is line no. 0.") * 180  # 0.18 for a thousand signs, in millionths
    await limits.set(stage.house.owner, NewLimit(Scope.WORKSPACE_MONTH, 3 * price))
    jobs = [await stage.ask(Operation.SPEECH, {"text": f"This is line no. {n}."}) for n in range(8)]
    ended = [await stage.ended(job) for job in jobs]
    assert sum(job.state is JobState.COMPLETED for job in ended) == 3
    assert {job.error["code"] for job in ended if job.error} == {"limit_reached"}
    assert len(stage.fakes["elevenlabs"].charges) == 3


async def test_what_the_jobs_of_one_root_spend_is_limited_together(stage):
    await stage.account("elevenlabs")
    price = len("This is line no. 0.") * 180
    limits = await stage.get(SpendingLimits)
    await limits.set(stage.house.owner, NewLimit(Scope.PRODUCTION, 2 * price))
    film = JobId.new()
    providers = await stage.get(ProviderService)
    ended = []
    for number in range(4):
        request, root = {"text": f"This is line no. {number}."}, film if number < 3 else None
        job = await providers.execute_job(
            stage.house.owner, Operation.SPEECH, request, root_job_id=root
        )
        ended.append(await stage.ended(job))
    assert [job.root for job in ended] == [film, film, film, ended[3].id]
    assert [job.error and job.error["code"] for job in ended] == [
        None,
        None,
        "limit_reached",
        None,
    ]


async def test_a_cancelled_job_that_was_sent_is_still_kept_and_settled(stage):
    await stage.account("pixverse")
    stage.fakes["pixverse"].work_s = 2.0
    job = await stage.ask(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    await stage.until(job, lambda call: call.state is SubmissionState.WAITING)
    await (await stage.get(JobService)).cancel_job(stage.house.owner, job.id)
    call = await stage.until(job, lambda call: call.state is SubmissionState.COMPLETED)
    assert (await stage.hold(call)).state is HoldState.SETTLED
    assert call.abandoned
    assert call.assets


async def test_a_person_decides_what_nobody_knows(stage):
    await stage.account("elevenlabs")
    stage.fakes["elevenlabs"].moods.next.append(Mood.LOSE_REPLY)
    job = await stage.make(Operation.SPEECH, LINE, "elevenlabs/v3")
    (call,) = await stage.calls(job)
    providers = await stage.get(ProviderService)
    decided = await providers.decide(stage.house.owner, call.id, was_billed=True)
    hold = await stage.hold(call)
    assert decided.state is SubmissionState.FAILED
    assert (hold.state, hold.settled_micros) == (HoldState.SETTLED, call.most_micros)
    with pytest.raises(ConflictError):
        await providers.decide(stage.house.owner, call.id, was_billed=False)


async def test_every_turn_of_a_call_is_an_event_of_its_workspace(stage):
    await stage.account("elevenlabs")
    job = await stage.make(Operation.SPEECH, LINE, "elevenlabs/v3")
    (call,) = await stage.calls(job)
    async with stage.database.transaction(stage.house.owner) as tx:
        found = await replay(tx, stage.house.owner.workspace, call.id, 0, 2**62, 100)
    assert [event.kind for event in found] == ["provider:submitted", "provider:completed"]


async def test_a_call_whose_vendor_forgot_it_is_unknown_and_its_money_stays_held(stage):
    await stage.account("pixverse")
    fake = stage.fakes["pixverse"]
    fake.work_s = 60.0
    job = await stage.ask(Operation.TEXT_TO_VIDEO, SHOT, "pixverse/v6/text-to-video")
    await stage.until(job, lambda call: call.state is SubmissionState.WAITING)
    fake.works.clear()
    assert (await stage.ended(job)).state is JobState.UNKNOWN
    (call,) = await stage.calls(job)
    assert (await stage.hold(call)).state is HoldState.HELD
    assert len(fake.charges) == 1


async def test_what_has_no_price_passes_no_limit_by(stage):
    await stage.account("elevenlabs")
    unpriced = "elevenlabs/flash-v2.5"
    free = await stage.make(Operation.SPEECH, {"text": "No limit is set."}, unpriced)
    assert free.state is JobState.COMPLETED, free.error
    limits = await stage.get(SpendingLimits)
    await limits.set(stage.house.owner, NewLimit(Scope.WORKSPACE_MONTH, 10_000_000))
    job = await stage.make(Operation.SPEECH, LINE, unpriced)
    assert (job.state, job.error["code"]) == (JobState.FAILED, "unpriced")
    job = await stage.make(Operation.SPEECH, LINE, unpriced, "elevenlabs/v3")
    assert job.result["model"] == "elevenlabs/v3"
    assert len(stage.fakes["elevenlabs"].charges) == 2


async def test_equal_requests_with_equal_files_are_one_job_while_it_lives(stage, tmp_path):
    await stage.account("pixverse")
    stage.fakes["pixverse"].work_s = 600
    library = await stage.get(AssetService)
    Image.effect_noise((320, 180), 80).save(tmp_path / "pier.png")
    Image.effect_noise((320, 180), 80).save(tmp_path / "other.png")
    origins = [Origin(OriginKind.UPLOAD, ref) for ref in ("hers", "his", "theirs")]
    files = [tmp_path / "pier.png", tmp_path / "pier.png", tmp_path / "other.png"]
    frames = [
        await library.keep(
            stage.house.owner, path, name=f"{n}.png", media_type="image/png", origin=origin
        )
        for n, (path, origin) in enumerate(zip(files, origins, strict=True))
    ]
    jobs = [
        await stage.ask(Operation.IMAGE_TO_VIDEO, SHOT | {"first": {"asset": one.id}})
        for one in frames
    ]
    assert jobs[0].id == jobs[1].id != jobs[2].id
