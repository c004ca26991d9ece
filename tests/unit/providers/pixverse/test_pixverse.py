"""How shots are asked of PixVerse, under which key, and what becomes of its answers."""

import json
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Call, Operation, Probes, State, Ticket
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
    UnsupportedError,
)
from reelwright.providers.measuring import price_range
from reelwright.providers.pixverse.asking import body_of, handed, trace_of
from reelwright.providers.pixverse.errors import opened
from reelwright.providers.pixverse.provider import PixVerse, _status
from reelwright.providers.pixverse.shapes import Created, Picture, Result
from reelwright.providers.prompts import VideoRequest
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.vendors import VendorCase, image_of, open_vendor, video_of

CASE = VendorCase(PixVerse, FakePixVerse, {})
MODELS = {model.id.partition("/")[2]: model for model in PixVerse(Http()).models()}
TRACE = trace_of("sub_1")

pytestmark = pytest.mark.anyio


def body(model, request, **ids):
    return body_of(MODELS[model], request, ids, TRACE)


def test_words_alone_choose_the_shape_of_the_frame():
    request = VideoRequest("fog", 5, aspect="21:9", resolution="1080p", sound=True, seed=2**31 + 4)
    assert body("v6/text-to-video", request) == {
        "model": "v6",
        "prompt": "fog",
        "duration": 5,
        "quality": "1080p",
        "aspect_ratio": "21:9",
        "seed": 4,
        "generate_audio_switch": True,
    }


def test_a_care_stands_for_a_resolution(tmp_path):
    picture = image_of(tmp_path)
    for care, resolution in (("draft", "540p"), ("standard", "720p"), ("high", "1080p")):
        request = VideoRequest("fog", 8, quality=care, first=picture)
        assert body("c1/image-to-video", request, img_id=9)["quality"] == resolution
    sent = body("c1/image-to-video", VideoRequest("fog", 8, first=picture), img_id=9)
    assert sent["img_id"] == 9
    assert not {"aspect_ratio", "seed"} & sent.keys()


def test_going_on_has_a_seed_and_of_one_reference_always_the_same(tmp_path):
    request = VideoRequest("fog", 5, extends=video_of(tmp_path))
    seed = body("v6/extend-video", request)["seed"]
    assert 0 <= seed < 2**31
    assert seed == body("v6/extend-video", request)["seed"]
    assert body("v6/extend-video", replace(request, seed=3))["seed"] == 3


def test_a_last_frame_needs_a_first_one(tmp_path):
    with pytest.raises(UnsupportedError) as caught:
        handed(VideoRequest("fog", 5, last=image_of(tmp_path)))
    assert caught.value.field == "first"


def test_a_part_of_a_second_is_refused():
    with pytest.raises(UnsupportedError):
        refuse_unsupported(MODELS["v6/text-to-video"], VideoRequest("fog", 4.5))


def test_a_price_is_known_where_the_resolution_is():
    model = MODELS["v6/text-to-video"]
    asked = VideoRequest("fog", 5, resolution="720p", sound=True)
    assert price_range(model, asked) == (600_000, 600_000)
    assert price_range(model, replace(asked, sound=False, resolution="360p")) == (250_000,) * 2
    assert MODELS["v5.6/text-to-video"].price.of({}) is None
    assert all(part.amount > Decimal(0) for part in model.price.parts)


async def test_the_paid_request_is_known_by_its_reference_and_no_other_request_is(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(fake, FakePixVerse)
        request = VideoRequest("fog", 5, first=image_of(tmp_path))
        call = Call(MODELS["v6/image-to-video"], request, "sub_1", tmp_path, access)
        receipt = await provider.submit(call)
        await provider.poll(receipt.ticket, access)
        await provider.poll(receipt.ticket, access)
    assert fake.charges[0].reference == str(TRACE)
    assert len(set(fake.traces)) == len(fake.traces) == 4
    assert {uuid.UUID(trace).version for trace in fake.traces} == {4, 5}


async def test_what_is_handed_over_arrives_as_it_is(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(fake, FakePixVerse)
        first, last = image_of(tmp_path), image_of(tmp_path, 1, "jpeg")
        request = VideoRequest("fog", 5, first=first, last=last)
        model = MODELS["v6/first-last-frame"]
        await provider.submit(Call(model, request, "sub_1", tmp_path, access))
        asked = fake.works[fake.charges[0].remote_id].asked
    assert fake.files[asked["first_frame_img"]] == first.path.read_bytes()
    assert fake.files[asked["last_frame_img"]] == last.path.read_bytes()


async def test_an_unfit_picture_is_refused_before_anything_is_paid(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(fake, FakePixVerse)
        fake.strict_pictures = True
        request = VideoRequest("fog", 5, first=image_of(tmp_path))
        with pytest.raises(RefusedError) as caught:
            await provider.submit(
                Call(MODELS["v6/image-to-video"], request, "sub_1", tmp_path, access)
            )
        assert (caught.value.stage, caught.value.paid, fake.charges) == ("input", False, [])


async def test_the_probe_counts_all_credits():
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(provider, Probes)
        assert isinstance(fake, FakePixVerse)
        assert (await provider.probe(access)).credits == 4630
        fake.monthly = fake.bought = 0
        with pytest.raises(OutOfCreditsError):
            await provider.probe(access)


async def test_a_shot_nobody_asked_for_is_unknown():
    async with open_vendor(CASE) as (provider, _, access):
        ticket = Ticket("pixverse", "pixverse/v6/text-to-video", "12", Operation.TEXT_TO_VIDEO)
        with pytest.raises(UnknownTicketError):
            await provider.poll(ticket, access)


async def test_a_shot_that_is_not_finished_cannot_be_fetched(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        fake.work_s = 60
        model = MODELS["v6/text-to-video"]
        receipt = await provider.submit(
            Call(model, VideoRequest("fog", 5), "sub_1", tmp_path, access)
        )
        with pytest.raises(UnavailableError):
            await provider.fetch(receipt.ticket, tmp_path, access)


@pytest.mark.parametrize(
    ("number", "url", "state", "error"),
    [
        (1, "https://media.example/1.mp4", State.DONE, None),
        (1, "", State.FAILED, ProviderError),
        (5, "", State.RUNNING, None),
        (6, "", State.FAILED, UnknownTicketError),
        (7, "", State.FAILED, RefusedError),
        (8, "", State.FAILED, ProviderError),
        (10, "", State.RUNNING, None),
    ],
)
def test_each_number_is_a_state(number, url, state, error):
    status = _status(Result(status=number, url=url))
    assert status.state is state
    assert type(status.error) is (error or type(None))


def _answer(status, content):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Answer(status, "https://app-api.pixverse.ai/openapi/v2/video/text/generate", {}, body)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        *((code, BadInputError) for code in (400011, 400013, 400017, 400018, 400019, 500020)),
        *((code, BadInputError) for code in (500030, 500033, 500042, 500070, 500071)),
        *((code, BadKeyError) for code in (400012, 500201)),
        *((code, OutOfCreditsError) for code in (500043, 500090)),
        *((code, RateLimitedError) for code in (500044, 500045, 500060)),
        *((code, UnavailableError) for code in (500069, 500041, 500100, 99999)),
        *((code, RefusedError) for code in (500063, 500054, 500052)),
        (123456, ProviderError),
    ],
)
def test_each_code_has_its_type(code, wanted):
    with pytest.raises(ProviderError) as caught:
        opened(_answer(200, {"ErrCode": code, "ErrMsg": "so it is"}), Created, paid=True)
    assert type(caught.value) is wanted


@pytest.mark.parametrize(
    ("code", "stage"), [(500063, "prompt"), (500052, "input"), (500054, "output")]
)
def test_a_refusal_says_where_it_was_seen(code, stage):
    with pytest.raises(RefusedError) as caught:
        opened(_answer(200, {"ErrCode": code, "ErrMsg": "no"}), Created)
    assert caught.value.stage == stage


@pytest.mark.parametrize(
    ("status", "content", "paid", "wanted"),
    [
        (502, b"<html>", True, UnknownOutcomeError),
        (502, b"<html>", False, UnavailableError),
        (200, b"<html>", True, UnknownOutcomeError),
        (200, b"<html>", False, ProviderError),
        (200, {"ErrCode": 0, "Resp": {}}, True, UnknownOutcomeError),
        (200, {"ErrCode": 0}, False, ProviderError),
        (500, {"err_code": 500052, "err_msg": "no"}, False, RefusedError),
        (429, b"", True, RateLimitedError),
        (401, b"", True, BadKeyError),
        (413, b"<html>", False, ProviderError),
    ],
)
def test_what_comes_without_the_envelope_is_told_by_its_status(status, content, paid, wanted):
    with pytest.raises(ProviderError) as caught:
        opened(_answer(status, content), Picture, paid=paid)
    assert type(caught.value) is wanted
