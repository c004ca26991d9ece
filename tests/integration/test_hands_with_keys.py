"""What models make for the studio: several at once, after references, within a bound, and past refusals."""

import pytest
from PIL import Image

from reelwright.generation.local import LocalGenerations
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.quotes import TooDearError
from reelwright.generation.routes.route import Route
from reelwright.ground.errors import ToldError
from reelwright.jobs.service import JobService
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import TakenDownError
from reelwright.library.likeness import Aspect, Basis, Consent, LikenessRefusedError
from reelwright.library.likenesses import Likenesses
from reelwright.library.notice import Claim, NoticeKind
from reelwright.library.notices import Notices
from reelwright.library.takedowns import Takedowns
from reelwright.projects.scripts import ScriptDesk
from reelwright.services import AIService, ProducerIntegration, ProducerSessionManager
from reelwright.studio.hands.made import Terms
from reelwright.studio.hands.references import References
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from support.generating import staged

pytestmark = pytest.mark.anyio

ONE_AT_A_TIME = Terms(Route(models=("fal/flux-2-pro",)))
REDRAWN = Terms(Route(models=("fal/flux-2-pro/edit",)))


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, fal=FakeFal()) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "mara.png"
    Image.effect_noise((64, 36), 80).save(path)
    return path


async def calls_of(stage, job):
    """The paid calls of a job, by its id."""
    return await (await stage.get(ProviderService)).get_job_submissions(stage.house.owner, job)


async def taken_in(stage, path):
    return await (await stage.get(LocalGenerations)).take_in(stage.house.owner, path)


async def test_a_model_that_makes_one_at_a_time_is_asked_four_times_within_one_bound(stage):
    await stage.account("fal")
    ai, owner, heard = await stage.get(AIService), stage.house.owner, []
    made = await ai.generate_still_variants(
        owner, "a pier", ONE_AT_A_TIME, lambda line, _: heard.append(line), style="ink"
    )
    assert len({one.id for one in made.assets}) == 4
    assert len(stage.fakes["fal"].charges) == len(made.jobs) == 4
    assert made.by == ("fal/flux-2-pro",)
    assert sum(made.micros.values()) > 0
    assert "4 of 4 are made" in heard
    calls = [one for job in made.jobs for one in await calls_of(stage, job)]
    assert {one.request["prompt"] for one in calls} == {"a pier. Style: ink."}
    with pytest.raises(TooDearError):
        dear = Terms(ONE_AT_A_TIME.route, most=1, take=1)
        await ai.generate_still_variants(owner, "a pier", dear)
    assert len(stage.fakes["fal"].charges) == 4


async def test_with_a_key_and_no_route_the_cheapest_model_draws_and_weights_are_handed_on(stage):
    await stage.account("fal")
    ai, owner = await stage.get(AIService), stage.house.owner
    made = await ai.generate_still_variants(owner, "a pier", count=2)
    assert len(made.assets) == 2
    assert made.by[0].startswith("fal/")
    weights = "https://weights.example/mara.safetensors"
    drawn = await ai.generate_still_variants(owner, "Mara", count=1, lora_urls=[weights])
    assert drawn.by == ("fal/flux-lora",)
    (call,) = await calls_of(stage, drawn.jobs[0])
    assert call.request["loras"][0]["url"] == weights


async def test_a_pinned_character_is_in_every_still_that_names_them(stage, picture):
    await stage.account("fal")
    owner, ai = stage.house.owner, await stage.get(AIService)
    references, asset = await stage.get(References), await taken_in(stage, picture)
    desk = await stage.get(ScriptDesk)
    project = await desk.create_from_text(owner, "Pier", "INT. KITCHEN - DAY\n\nMara waits.\n")
    pin = await references.pin(owner, project.id, "Mara", asset.id)
    assert await references.pin(owner, project.id, "mara", asset.id) == pin
    terms = Terms(REDRAWN.route, project_id=project.id)
    made = await ai.generate_still_variants(owner, "Mara at the window", terms, count=1)
    (call,) = await calls_of(stage, made.jobs[0])
    assert call.request["references"] == [{"asset": asset.id}]
    assert "mara.png" in made.warnings[0]
    await references.unpin(owner, pin.id)
    assert await references.list(owner, project.id) == []


async def test_no_model_is_asked_after_a_person_who_no_longer_agrees_and_what_was_drawn_stays(
    stage, picture
):
    await stage.account("fal")
    owner, ai = stage.house.owner, await stage.get(AIService)
    references, likenesses = await stage.get(References), await stage.get(Likenesses)
    asset, desk = await taken_in(stage, picture), await stage.get(ScriptDesk)
    project = await desk.create_from_text(owner, "Pier", "INT. KITCHEN - DAY\n\nMara waits.\n")
    agreed = Consent(Basis.AGREED, "You may draw me.", "1")
    said = await likenesses.declare(owner, asset.id, "Ada", {Aspect.PICTURE}, agreed)
    await references.pin(owner, project.id, "Mara", asset.id)
    terms = Terms(REDRAWN.route, project_id=project.id)
    made = await ai.generate_still_variants(owner, "Mara at the window", terms, count=1)
    await likenesses.withdraw(owner, asset.id, said.id)
    charged = len(stage.fakes["fal"].charges)
    with pytest.raises((LikenessRefusedError, ToldError)) as refused:
        await ai.generate_still_variants(owner, "Mara at the door", terms, count=1)
    assert "Ada" in str(refused.value)
    with pytest.raises(LikenessRefusedError):
        await ai.animate_frame(owner, asset.id, "she turns", seconds=5)
    assert len(stage.fakes["fal"].charges) == charged
    assert (await (await stage.get(AssetService)).get(owner, made.assets[0].id)).key


async def test_stills_drawn_after_a_picture_are_held_back_with_it(stage, picture):
    await stage.account("fal")
    owner, ai = stage.house.owner, await stage.get(AIService)
    library = await stage.get(AssetService)
    asset = await library.get(owner, (await taken_in(stage, picture)).id)
    drawn = await ai.generate_still_variants(owner, "Mara", REDRAWN, references=[asset.id], count=1)
    other = await ai.generate_still_variants(owner, "a pier", ONE_AT_A_TIME, count=1)
    notices, takedowns = await stage.get(Notices), await stage.get(Takedowns)
    claim = Claim(NoticeKind.COPYRIGHT, asset.id, "Ada", "ada@example.com", "I drew it.")
    notice = await notices.file(claim, "192.0.2.1")
    _, down = await takedowns.uphold(owner, notice, "she drew it")
    held = [await library.get(owner, one.id) for one in (asset, *drawn.assets, *other.assets)]
    assert [one.withheld_by for one in held] == [down.id, down.id, None]
    with pytest.raises(TakenDownError):
        await ai.generate_still_variants(
            owner, "Mara again", REDRAWN, references=[asset.id], count=1
        )


async def test_a_refused_frame_goes_to_the_next_model_and_its_length_is_fitted(stage, picture):
    await stage.account("fal")
    ai, owner = await stage.get(AIService), stage.house.owner
    asset = await taken_in(stage, picture)
    stage.fakes["fal"].moods.next.append(Mood.MODEL_GONE)
    models = ("fal/veo-3.1-fast/image-to-video", "fal/veo-3.1/image-to-video")
    made = await ai.animate_frame(
        owner, asset.id, "he turns", Terms(Route(models=models)), seconds=5
    )
    assert made.by == ("fal/veo-3.1/image-to-video",)
    assert made.warnings == ("made 6 s, the shortest length for 5 s: trim it in the cut",)
    (first, second) = await calls_of(stage, made.jobs[0])
    asked = stage.fakes["fal"].works[second.remote_id].asked
    assert (first.cost_micros or 0, asked["duration"]) == (0, "6s")


async def test_a_take_is_finished_when_the_house_is_opened_again(database_url):
    fal, terms = FakeFal(), Terms(Route(models=("fal/elevenlabs-music",)))
    fal.work_s = 3
    with fal.served():
        async with staged(database_url) as stage:
            stage.fakes["fal"] = fal
            await stage.account("fal")
            owner, sessions = stage.house.owner, await stage.get(ProducerSessionManager)
            session = await sessions.create_session(owner, "Pier", style="cello", seconds=10)
            take = await sessions.begin_take(owner, session.id, "slow, sad", terms=terms)
            assert take.making
            job = await (await stage.get(JobService)).get_job(owner, take.job_id)
            await stage.until(job, lambda call: call.receipt)
        async with staged(database_url) as stage:
            sessions = await stage.get(ProducerSessionManager)
            done = await sessions.await_take(owner, session.id, 1)
            assert (done.model, done.making) == ("fal/elevenlabs-music", False)
            assert await (await stage.get(AssetService)).get(owner, done.asset_id)
            await sessions.rate_take(owner, session.id, 1, 5)
            after = await (await stage.get(ProducerIntegration)).next_take(owner, session.id)
            assert (after.take.model, after.take.prompt) == ("fal/elevenlabs-music", "slow, sad")
    assert len(fal.charges) == 2


async def test_a_world_of_words_begins_with_a_picture_that_is_drawn_first(stage, picture):
    await stage.account("fal")
    ai, owner = await stage.get(AIService), stage.house.owner
    made = await ai.build_world(owner, "a harbour town")
    assert [one.media_type for one in made.assets] == ["image/png"]
    assert made.by[-1] == "fal/hunyuan-world/panorama"
    assert len(made.by) == len(made.jobs) == len(stage.fakes["fal"].charges) == 2
    with pytest.raises(TooDearError):
        await ai.build_world(owner, "a harbour town", Terms(most=150_000, take=1))
    assert len(stage.fakes["fal"].charges) == 2, "no picture is paid for whose world is too dear"
    route = Route(models=("fal/hunyuan-world/scene",))
    mara = await taken_in(stage, picture)
    scene = await ai.build_world(owner, "a harbour town", Terms(route), image=mara.id)
    assert scene.by == ("fal/hunyuan-world/scene",)
