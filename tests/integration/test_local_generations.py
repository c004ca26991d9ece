"""Generations with files of this machine: taken in, delivered, and called off when nobody waits."""

import asyncio

import anyio
import pytest
from PIL import Image

from reelwright.generation.local import LocalGenerations, local_order
from reelwright.generation.quotes import Quotes
from reelwright.generation.requests import written
from reelwright.generation.routes.route import Route
from reelwright.generation.submissions.model import SubmissionState
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged

pytestmark = pytest.mark.anyio

ROUTE = Route(models=("pixverse/v6/image-to-video",))
WORDS = Route(models=("pixverse/v6/text-to-video",))
SETTINGS = ["seconds=5", "resolution=720p"]


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, pixverse=FakePixVerse()) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "pier.png"
    Image.effect_noise((64, 36), 80).save(path)
    return path


def shot(route=WORDS, files=(), settings=SETTINGS):
    operation = Operation.IMAGE_TO_VIDEO if files else Operation.TEXT_TO_VIDEO
    return local_order(operation, "a pier", settings, files, route)


async def test_a_file_is_quoted_where_it_lies_and_taken_in_when_it_is_made(
    stage, picture, tmp_path
):
    await stage.account("pixverse")
    owner, heard = stage.house.owner, []
    local, quotes = await stage.get(LocalGenerations), await stage.get(Quotes)
    library = await stage.get(AssetService)
    order = shot(ROUTE, [picture])
    assert (await quotes.quote(owner, [order])).calls[0].most == 450_000
    assert not (await library.list(owner)).rows
    out = tmp_path / "out"
    out.mkdir()
    (out / "image-to-video.mp4").write_text("mine", encoding="utf-8")
    made = await local.make(owner, order, out, heard.append)
    assert made.files == [out / "image-to-video-2.mp4"]
    assert (out / "image-to-video.mp4").read_text(encoding="utf-8") == "mine"
    assert heard[-1].endswith("made 1 file; it cost 0.45 USD")
    assert (await quotes.quote(owner, [order])).calls[0].choice.found
    again = await local.make(owner, order, out, heard.append)
    assert (again.files, again.calls) == (made.files, [])
    assert len(stage.fakes["pixverse"].charges) == 1


async def test_whoever_stops_waiting_calls_off_what_they_began_and_nothing_of_others(
    stage, tmp_path
):
    await stage.account("pixverse")
    stage.fakes["pixverse"].work_s = 60
    jobs, owner = await stage.get(JobService), stage.house.owner
    await stopped(stage, shot(), tmp_path)
    (job,) = (await jobs.list_jobs(owner)).rows
    assert (await stage.ended(job)).state is JobState.CANCELLED
    (call,) = await stage.calls(job)
    assert (call.state, call.abandoned) == (SubmissionState.WAITING, True)

    order = shot(settings=[*SETTINGS, "aspect=1:1"])
    request = written(order.request, {})
    del request["operation"]
    theirs = await stage.ask(Operation.TEXT_TO_VIDEO, request, *WORDS.models)
    await stopped(stage, order, tmp_path)
    assert len((await jobs.list_jobs(owner)).rows) == 2  # ours joined theirs
    assert (await jobs.get_job(owner, theirs.id)).state in {JobState.RUNNING, JobState.WAITING}


async def stopped(stage, order, out):
    """Begin to wait for an order, and stop when its vendor is at work."""
    local, at_work = await stage.get(LocalGenerations), asyncio.Event()

    def hear(line):
        if "at work" in line:
            at_work.set()

    waiting = asyncio.ensure_future(local.make(stage.house.owner, order, out, hear))
    with anyio.fail_after(20):
        await at_work.wait()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()


async def test_a_failure_is_told_with_the_vendors_words_and_a_way_to_the_story(stage, tmp_path):
    await stage.account("pixverse")
    stage.fakes["pixverse"].moods.next.append(Mood.REFUSE)
    local = await stage.get(LocalGenerations)
    heard: list[str] = []
    with pytest.raises(Exception, match="sensitive"):
        await local.make(stage.house.owner, shot(), tmp_path, heard.append)
    assert "refused" in heard[-1]
    assert heard[-1].endswith("it cost nothing")
    assert not list(tmp_path.iterdir())
