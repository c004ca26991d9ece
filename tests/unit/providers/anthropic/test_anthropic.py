"""What Anthropic is asked, what becomes of its answers, and which of its troubles is which of ours."""

import json
from dataclasses import replace

import pytest

from contract.vendors.anthropic import CASE
from reelwright.engines.http.client import Answer, Http
from reelwright.providers import errors
from reelwright.providers.anthropic.errors import error_of
from reelwright.providers.anthropic.provider import Anthropic
from reelwright.providers.contract import Call
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import Message, TextRequest
from reelwright.testing.fakes.moods import Mood
from support.texts import SCRIPT, Breakdown
from support.vendors import image_of, open_vendor

HAIKU = next(model for model in Anthropic(Http()).models() if "haiku" in model.id)
LIMIT = "You have reached your specified API usage limits. You will regain access on 2026-12-01."

pytestmark = pytest.mark.anyio


async def ask(request, folder, mood=Mood.WORK, **more):
    """The outcome, and what was asked."""
    async with open_vendor(CASE) as (provider, fake, access):
        fake.moods.next.append(mood)
        signed = replace(access, more=more)
        receipt = await provider.submit(Call(HAIKU, request, "sub_1", folder, signed))
        assert receipt.outcome is not None
        assert receipt.ticket.remote_id.startswith("msg_")
        return receipt.outcome, fake.works[fake.charges[0].remote_id].asked


async def test_words_of_the_system_stand_apart_and_bounds_are_told(tmp_path):
    outcome, asked = await ask(SCRIPT, tmp_path, safety_identifier="digest-of-who")
    assert asked["system"] == "You break scripts down."
    assert [turn["role"] for turn in asked["messages"]] == ["user"]
    assert (asked["max_tokens"], asked["metadata"]) == (8192, {"user_id": "digest-of-who"})
    schema = asked["output_config"]["format"]["schema"]
    assert schema["properties"]["scenes"]["description"] == "(minimum: 1)"
    assert Breakdown.model_validate_json(outcome.product.path.read_bytes())
    assert outcome.used == {Unit.CALL: 1, Unit.INPUT_TOKEN: 120, Unit.OUTPUT_TOKEN: 30}


async def test_pictures_come_before_the_words(tmp_path):
    seen = TextRequest((Message("user", "Who is this?", (image_of(tmp_path),)),))
    _, asked = await ask(seen, tmp_path)
    picture, words = asked["messages"][0]["content"]
    assert picture["source"]["media_type"] == "image/png"
    assert words == {"type": "text", "text": "Who is this?"}


async def test_a_refusal_tells_its_category_and_what_it_cost(tmp_path):
    with pytest.raises(errors.RefusedError, match="general_harms") as caught:
        await ask(SCRIPT, tmp_path, Mood.REFUSE_LATER)
    assert (caught.value.stage, caught.value.paid) == ("output", True)
    assert caught.value.used[Unit.INPUT_TOKEN] == 120


async def test_an_answer_that_is_cut_off_is_told_so(tmp_path):
    outcome, _ = await ask(replace(SCRIPT, schema=None, most=12), tmp_path)
    assert outcome.product.facts == {"cut": True}
    with pytest.raises(errors.MisshapenError):
        await ask(replace(SCRIPT, most=12), tmp_path)


async def test_what_breaks_off_is_told_by_its_type(tmp_path):
    with pytest.raises(errors.UnavailableError, match="overloaded_error"):
        await ask(SCRIPT, tmp_path, Mood.FAIL_LATER)


def limited(code):
    return {"type": "rate_limit_error", "details": {"error_code": code}}


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (402, {"type": "billing_error"}, errors.OutOfCreditsError),
        (429, limited("enforced_spend_limit_reached"), errors.OutOfCreditsError),
        (429, limited("contract_spend_limit_reached"), errors.OutOfCreditsError),
        (400, {"type": "invalid_request_error", "message": LIMIT}, errors.OutOfCreditsError),
        (429, limited("ramp_limit_exceeded"), errors.RateLimitedError),
        (429, {"type": "rate_limit_error"}, errors.RateLimitedError),
        (400, {"type": "invalid_request_error", "message": "max_tokens"}, errors.BadInputError),
        (413, {"type": "request_too_large"}, errors.BadInputError),
        (403, {"type": "permission_error"}, errors.BadKeyError),
        (404, {"type": "not_found_error"}, errors.ModelGoneError),
        (500, {"type": "api_error"}, errors.UnavailableError),
        (504, {"type": "timeout_error"}, errors.UnavailableError),
        (529, {"type": "overloaded_error"}, errors.UnavailableError),
    ],
)
def test_a_type_or_a_code_is_one_of_our_errors(status, error, kind):
    body = json.dumps({"type": "error", "error": error, "request_id": "req_1"}).encode()
    assert type(error_of(Answer(status, "http://v/x", {}, body))) is kind
