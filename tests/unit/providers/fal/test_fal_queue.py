"""A call of fal's on its way: what is sent along, what becomes of it, how a lost one is known again."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from contract.vendors.fal import CASE
from reelwright.ground.clock import SystemClock
from reelwright.providers.catalogue import Recall
from reelwright.providers.contract import Call, State
from reelwright.providers.errors import (
    BadKeyError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
    UnsupportedError,
)
from reelwright.providers.fal.history import REFERENCE
from reelwright.providers.prompts import ImageRequest, LoraRequest, VideoRequest
from reelwright.testing.fakes.moods import Mood
from support.vendors import KEY, bell, finished, image_of, open_vendor, settled

pytestmark = pytest.mark.anyio

REQUEST = ImageRequest("a pier in the fog", 64, 36)
SINCE = SystemClock().now() - timedelta(minutes=1)


@pytest.fixture
async def opened():
    async with open_vendor(CASE) as vendor:
        yield vendor


@pytest.fixture
def fal(opened):
    return opened[0]


@pytest.fixture
def fake(opened):
    return opened[1]


@pytest.fixture
def call(opened, tmp_path):
    def make(row, request=REQUEST, reference="sub_1"):
        model = next(one for one in opened[0].models() if one.id == f"fal/{row}")
        return Call(model, request, reference, tmp_path, opened[2])

    return make


async def lose(fal, fake, call):
    fake.moods.next.append(Mood.LOSE_REPLY)
    with pytest.raises(UnknownOutcomeError):
        await fal.submit(call)
    return fake.charges[-1].remote_id


async def test_fal_is_told_to_try_once_and_where_to_ring(fal, fake, call):
    fake.webhooks = False
    hook = "https://films.example/hooks/sub_1?signature=a&b"
    await fal.submit(replace(call("flux-dev"), webhook=hook))
    assert fake.headers[0]["x-fal-no-retry"] == "1"
    assert fake.charges[0].reference == hook


async def test_files_are_put_where_only_fal_is_told_the_key(fal, fake, call, tmp_path):
    picture = image_of(tmp_path)
    request = VideoRequest("dawn breaks", 1, first=picture, last=picture)
    _, outcome = await finished(fal, call("splice", request))
    asked = next(iter(fake.works.values())).asked
    assert asked["first_image_url"] == asked["end_image_url"]  # one file, put once
    name = asked["first_image_url"].removeprefix(f"{fake.url}/files/")
    assert fake.stored[name] == (picture.path.read_bytes(), "image/png")
    assert outcome.product.media_type == "video/mp4"


async def test_a_finished_picture_is_told_with_its_size_and_seed(fal, call):
    request = ImageRequest("a pier", 64, 36, count=2, seed=11)
    _, outcome = await finished(fal, call("flux-dev", request))
    facts = {"width": 64, "height": 36, "seed": 11}
    assert [one.facts for one in outcome.products] == [facts, facts]


async def test_pictures_to_train_on_go_as_one_archive_whose_captions_name_the_trigger(
    fal, fake, call, tmp_path
):
    images = tuple(image_of(tmp_path, seed) for seed in range(4))
    captions = ("on a pier", "Zoe at night", "", "zoe, running")
    request = LoraRequest(images, "zoe", captions=captions)
    _, outcome = await finished(fal, call("flux-lora/training", request))
    url = next(iter(fake.works.values())).asked["images_data_url"]
    content, media_type = fake.stored[url.removeprefix(f"{fake.url}/files/")]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    assert media_type == "application/zip"
    assert [read[f"000{n}.png"] for n in range(1, 5)] == [i.path.read_bytes() for i in images]
    said = [read[f"000{n}.txt"].decode() for n in range(1, 5)]
    assert said == ["zoe, on a pier", "Zoe at night", "zoe", "zoe, running"]
    assert outcome.product.facts["url"].endswith("lora.safetensors")
    kept = fake.headers[0]["x-fal-object-lifecycle-preference"]
    assert kept == '{"expiration_duration_seconds": 31536000}'


async def test_captions_for_some_pictures_only_are_refused(fal, fake, call, tmp_path):
    images = tuple(image_of(tmp_path, seed) for seed in range(4))
    with pytest.raises(UnsupportedError, match="1 captions do not fit 4 pictures"):
        await fal.submit(call("flux-lora/training", LoraRequest(images, "zoe", captions=("a",))))
    assert fake.requests == []


async def test_a_request_is_seen_at_work_and_a_cancelled_one_has_failed(fal, fake, call):
    fake.work_s = 30
    asked = call("flux-dev")
    ticket = (await fal.submit(asked)).ticket
    status = await fal.poll(ticket, asked.access)
    assert (status.state, status.message) == (State.RUNNING, "at work")
    await fal.cancel(ticket, asked.access)
    assert (await settled(fal, ticket, asked.access)).state is State.FAILED


async def test_a_request_known_only_by_its_id_is_found_where_fal_keeps_such(fal, call):
    asked = call("flux-dev")
    told, _ = await finished(fal, asked)
    bare = replace(told, urls={})
    assert (await fal.poll(bare, asked.access)).state is State.DONE
    assert (await fal.fetch(bare, asked.folder, asked.access)).products
    with pytest.raises(UnknownTicketError):
        await fal.poll(replace(bare, remote_id="never"), asked.access)


async def test_a_call_whose_answer_was_lost_rings_all_the_same(fal, fake, call):
    with bell() as one:
        asked = replace(call("flux-dev"), webhook=one.url)
        remote_id = await lose(fal, fake, asked)
        headers, body = one.wait()
    ring = await fal.answer(headers, body, asked.access, SystemClock().now())
    assert ring.remote_id == remote_id


async def test_a_lost_call_is_found_among_many(fal, fake, call):
    fake.page = 2
    for number in range(5):
        await fal.submit(call("flux-dev", reference=f"sub_before_{number}"))
    remote_id = await lose(fal, fake, call("flux-dev"))
    ticket = await fal.look_up(call("flux-dev"), SINCE)
    assert ticket is not None
    assert ticket.remote_id == remote_id


async def test_a_list_that_tells_of_finished_requests_only_tells_later(fal, fake, call):
    fake.lists_running, fake.work_s = False, 0.5
    remote_id = await lose(fal, fake, call("flux-dev"))
    with pytest.raises(UnknownOutcomeError, match="perhaps not yet"):
        await fal.look_up(call("flux-dev"), SINCE)
    fake.works[remote_id].done_at = 0.0
    ticket = await fal.look_up(call("flux-dev"), SINCE)
    assert ticket is not None
    assert ticket.remote_id == remote_id


async def test_a_call_that_never_arrived_is_given_up_when_it_would_have_ended(
    fal, fake, call, monkeypatch
):
    fake.moods.next.append(Mood.DROP)
    with pytest.raises(UnknownOutcomeError):
        await fal.submit(call("flux-dev"))
    with pytest.raises(UnknownOutcomeError):
        await fal.look_up(call("flux-dev"), SINCE)
    monkeypatch.setattr("reelwright.providers.fal.history._LONGEST_S", 0.0)
    assert await fal.look_up(call("flux-dev"), SINCE) is None


async def test_a_call_that_was_refused_at_once_is_not_waited_for(fal, fake, call):
    fake.moods.next.append(Mood.BUSY)
    with pytest.raises(UnavailableError):
        await fal.submit(call("flux-dev"))
    assert await fal.look_up(call("flux-dev"), SINCE) is None


async def test_a_list_without_inputs_leaves_it_open(fal, fake, call):
    fake.keeps_inputs = False
    await lose(fal, fake, call("flux-dev"))
    with pytest.raises(UnknownOutcomeError, match="may or may not be"):
        await fal.look_up(call("flux-dev"), SINCE)


async def test_a_list_that_leaves_our_reference_out_is_not_taken_for_a_no(fal, fake, call):
    remote_id = await lose(fal, fake, call("flux-dev"))
    work = fake.works[remote_id]
    work.asked = {name: value for name, value in work.asked.items() if name != REFERENCE}
    with pytest.raises(UnknownOutcomeError, match="may or may not be"):
        await fal.look_up(call("flux-dev"), SINCE)
    other = call("flux-dev", ImageRequest("another picture"), "sub_2")
    assert await fal.look_up(other, SINCE) is None


async def test_a_model_that_is_not_looked_up_is_sent_nothing_of_ours(fal, fake, call):
    asked = call("flux-dev")
    await fal.submit(replace(asked, model=replace(asked.model, recall=Recall.NONE)))
    assert REFERENCE not in next(iter(fake.works.values())).asked


async def test_an_account_is_tried_with_either_sort_of_key(fal, fake, opened):
    access = opened[2]
    assert (await fal.probe(access)).credits == fake.balance
    fake.admin = False
    standing = await fal.probe(access)
    assert (standing.credits, bool(standing.note)) == (None, True)
    fake.keys = {"another"}
    with pytest.raises(BadKeyError) as caught:
        await fal.probe(access)
    assert KEY not in str(caught.value)
