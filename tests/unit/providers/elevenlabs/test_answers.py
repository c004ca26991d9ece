"""What becomes of ElevenLabs' answers: words and their times, what was billed, and its troubles."""

import json
from decimal import Decimal

import pytest

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.contract import Call, Operation, Probes, Ticket
from reelwright.providers.elevenlabs.errors import error_of
from reelwright.providers.elevenlabs.provider import ElevenLabs
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
)
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import MusicRequest, SpeechRequest
from reelwright.testing.fakes import elevenlabs as fakes
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from support.vendors import VendorCase, open_vendor

CASE = VendorCase(ElevenLabs, FakeElevenLabs, {})
MODELS = {model.id.partition("/")[2]: model for model in ElevenLabs(Http()).models()}

pytestmark = pytest.mark.anyio


async def made(model, request, folder):
    async with open_vendor(CASE) as (provider, _, access):
        receipt = await provider.submit(Call(MODELS[model], request, "sub_1", folder, access))
        assert receipt.outcome is not None
        return receipt.outcome


async def test_a_speech_tells_when_each_of_its_words_begins(tmp_path):
    request = SpeechRequest("Oh, it's late.", directions="sighs")
    outcome = await made("v3", request, tmp_path)
    at = len("[sighs] ")
    assert outcome.product.facts["words"] == [
        [round(0.06 * at, 3), "Oh,"],
        [round(0.06 * (at + 4), 3), "it's"],
        [round(0.06 * (at + 9), 3), "late."],
    ]
    assert outcome.product.facts["seconds"] == round(0.06 * (at + 14), 3)


async def test_what_a_speech_uses_is_what_was_sent_and_what_was_billed(tmp_path):
    outcome = await made("v3", SpeechRequest("Come in.", directions="softly"), tmp_path)
    assert outcome.used == {Unit.CHARACTER: Decimal(17), Unit.CREDIT: Decimal(17)}
    assert MODELS["v3"].price.of(outcome.used) == 3060


@pytest.mark.parametrize("cost", ["", "many", "-3"])
async def test_a_bill_nobody_can_read_loses_no_sound(tmp_path, monkeypatch, cost):
    monkeypatch.setattr(fakes, "_headers", lambda *_: {"character-cost": cost})
    outcome = await made("music-v2", MusicRequest("a waltz", 3), tmp_path)
    assert outcome.used == {}
    assert outcome.product.path.stat().st_size


async def test_a_speech_without_times_is_a_speech(tmp_path, monkeypatch):
    timed = fakes._timed
    monkeypatch.setattr(fakes, "_timed", lambda *a: timed(*a) | {"alignment": None})
    outcome = await made("v3", SpeechRequest("Come in."), tmp_path)
    assert outcome.product.facts == {}


@pytest.mark.parametrize("body", [{"audio_base64": "no base 64!"}, {}])
async def test_a_paid_speech_nobody_can_read_is_an_unknown_outcome(tmp_path, monkeypatch, body):
    monkeypatch.setattr(fakes, "_timed", lambda *_: body)
    with pytest.raises(UnknownOutcomeError):
        await made("v3", SpeechRequest("Come in."), tmp_path)


async def test_the_probe_tells_the_credits_left():
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(provider, Probes)
        assert isinstance(fake, FakeElevenLabs)
        assert (await provider.probe(access)).credits == 10_000
        fake.left = 0
        with pytest.raises(OutOfCreditsError):
            await provider.probe(access)
        fake.may_read_account = False
        standing = await provider.probe(access)
        assert (standing.credits, bool(standing.note)) == (None, True)


async def test_nothing_is_kept_that_could_be_asked_for(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        ticket = Ticket("elevenlabs", "elevenlabs/v3", "req_1", Operation.SPEECH)
        with pytest.raises(UnknownTicketError):
            await provider.poll(ticket, access)
        with pytest.raises(UnknownTicketError):
            await provider.fetch(ticket, tmp_path, access)
        assert fake.requests == []


def _answer(status, detail=None, headers=None):
    body = b"<html>" if detail is None else json.dumps({"detail": detail}).encode()
    return Answer(status, "https://api.elevenlabs.io/v1/music", headers or {}, body)


@pytest.mark.parametrize(
    ("status", "detail", "wanted"),
    [
        (401, {"status": "quota_exceeded"}, OutOfCreditsError),
        (400, {"status": "quota_exceeded", "type": "invalid_request"}, OutOfCreditsError),
        (402, {"type": "payment_required", "code": "insufficient_credits"}, OutOfCreditsError),
        (401, {"status": "invalid_api_key", "code": "unauthorized"}, BadKeyError),
        (401, {"status": "detected_unusual_activity"}, BadKeyError),
        (403, {"type": "authorization_error", "code": "model_access_denied"}, BadKeyError),
        (403, {"status": "content_against_policy"}, RefusedError),
        (400, {"status": "bad_prompt", "data": {"prompt_suggestion": "a waltz"}}, RefusedError),
        (400, {"status": "max_character_limit_exceeded"}, BadInputError),
        (404, {"type": "not_found", "code": "voice_not_found"}, BadInputError),
        (404, {"type": "not_found", "code": "model_not_found"}, ModelGoneError),
        (404, {"type": "not_found", "code": "song_not_found"}, ProviderError),
        (422, [{"loc": ["body", "text"], "msg": "Field required"}], BadInputError),
        (429, {"status": "too_many_concurrent_requests"}, RateLimitedError),
        (429, {"type": "rate_limit_error", "code": "rate_limit_exceeded"}, RateLimitedError),
        (429, {"status": "system_busy"}, UnavailableError),
        (500, {"type": "internal_error", "code": "internal_error"}, UnavailableError),
        (503, {"type": "service_unavailable", "code": "maintenance"}, UnavailableError),
        (503, None, UnavailableError),
        (504, None, UnknownOutcomeError),
        (418, "a teapot", ProviderError),
    ],
)
def test_each_trouble_has_its_type(status, detail, wanted):
    assert type(error_of(_answer(status, detail), paid=True)) is wanted


def test_a_gateway_that_gave_up_on_what_is_free_is_only_away():
    assert type(error_of(_answer(504))) is UnavailableError


def test_what_is_wrong_is_named_and_when_to_come_again():
    wrong = error_of(_answer(422, [{"loc": ["body", "seed"], "msg": "too large"}]))
    assert isinstance(wrong, BadInputError)
    assert wrong.field == "seed"
    soon = error_of(_answer(429, {"code": "rate_limit_exceeded"}, {"retry-after": "7"}))
    assert isinstance(soon, RateLimitedError)
    assert soon.retry_after_s == 7
