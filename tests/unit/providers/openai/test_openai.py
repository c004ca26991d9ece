"""What OpenAI is asked, what becomes of its answers, and which of its troubles is which of ours."""

import json
from dataclasses import replace

import pytest

from contract.vendors.openai import CASE
from reelwright.engines.http.client import Answer, Http
from reelwright.providers import errors
from reelwright.providers.contract import Call
from reelwright.providers.openai.errors import error_of
from reelwright.providers.openai.images import size_for
from reelwright.providers.openai.provider import OpenAI
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import ImageRequest, Message, SpeechRequest, TextRequest
from reelwright.testing.fakes.moods import Mood
from support.texts import SCRIPT, Breakdown
from support.vendors import image_of, open_vendor

ROWS = {model.id: model for model in OpenAI(Http()).models()}
LUNA = "openai/gpt-6-luna"
FREE = ROWS["openai/gpt-image-2/text-to-image"]
FIXED = ROWS["openai/gpt-image-2.6-flare/text-to-image"]

pytestmark = pytest.mark.anyio


async def ask(model, request, folder, mood=Mood.WORK, **more):
    """The outcome, and what was asked."""
    async with open_vendor(CASE) as (provider, fake, access):
        fake.moods.next.append(mood)
        signed = replace(access, more=more)
        receipt = await provider.submit(Call(ROWS[model], request, "sub_1", folder, signed))
        assert receipt.outcome is not None
        return receipt.outcome, fake.works[fake.charges[0].remote_id].asked


async def test_a_script_is_not_kept_and_its_schema_is_strict(tmp_path):
    outcome, asked = await ask(LUNA, SCRIPT, tmp_path, safety_identifier="digest-of-who")
    assert (asked["model"], asked["store"], asked["max_output_tokens"]) == (
        "gpt-6-luna",
        False,
        8192,
    )
    assert asked["safety_identifier"] == "digest-of-who"
    assert asked["text"]["format"]["strict"] is True
    assert [turn["role"] for turn in asked["input"]] == ["system", "user"]
    assert Breakdown.model_validate_json(outcome.product.path.read_bytes())
    assert outcome.product.media_type == "application/json"
    assert (outcome.used[Unit.INPUT_TOKEN], outcome.used[Unit.OUTPUT_TOKEN]) == (120, 30)


async def test_who_asks_is_told_by_an_alias_unless_the_account_names_one(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        await provider.submit(Call(ROWS[LUNA], SCRIPT, "sub_1", tmp_path, access, None, "alias"))
        signed = replace(access, more={"safety_identifier": "ours"})
        await provider.submit(Call(ROWS[LUNA], SCRIPT, "sub_2", tmp_path, signed, None, "alias"))
        asked = [fake.works[one.remote_id].asked for one in fake.charges]
    assert [one["safety_identifier"] for one in asked] == ["alias", "ours"]


async def test_pictures_are_seen_with_the_words(tmp_path):
    seen = TextRequest((Message("user", "Who is this?", (image_of(tmp_path),)),))
    outcome, asked = await ask(LUNA, seen, tmp_path)
    words, picture = asked["input"][0]["content"]
    assert words == {"type": "input_text", "text": "Who is this?"}
    assert picture["image_url"].startswith("data:image/png;base64,iVBOR")
    assert outcome.product.media_type == "text/plain"


async def test_text_that_is_cut_off_is_told_and_json_that_is_cut_off_is_no_answer(tmp_path):
    outcome, _ = await ask(LUNA, replace(SCRIPT, schema=None, most=16), tmp_path)
    assert outcome.product.facts == {"cut": True}
    with pytest.raises(errors.MisshapenError) as caught:
        await ask(LUNA, replace(SCRIPT, most=16), tmp_path)
    assert caught.value.text.startswith('{"title"')
    assert caught.value.used[Unit.OUTPUT_TOKEN] == 30
    assert "cut off at 16 tokens" in caught.value.message


async def test_what_text_is_refused_for_is_told_with_what_it_cost(tmp_path):
    with pytest.raises(errors.RefusedError) as caught:
        await ask(LUNA, SCRIPT, tmp_path, Mood.REFUSE_LATER)
    assert (caught.value.stage, caught.value.paid) == ("output", True)
    assert caught.value.used[Unit.INPUT_TOKEN] == 120
    with pytest.raises(errors.UnavailableError):
        await ask(LUNA, SCRIPT, tmp_path, Mood.FAIL_LATER)


async def test_a_picture_is_found_unfit_before_or_after_it_is_drawn(tmp_path):
    for mood, stage in ((Mood.REFUSE, "prompt"), (Mood.REFUSE_LATER, "output")):
        with pytest.raises(errors.RefusedError) as caught:
            await ask(FREE.id, ImageRequest("a pier"), tmp_path, mood)
        assert (caught.value.stage, caught.value.paid) == (stage, False)


async def test_a_picture_is_drawn_after_all_others_handed_along(tmp_path):
    references = (image_of(tmp_path), image_of(tmp_path, 1, "jpeg"))
    request = ImageRequest("at night", 1920, 1080, quality="high", references=references)
    outcome, asked = await ask("openai/gpt-image-2/image-to-image", request, tmp_path)
    sent = [(name, kind) for name, kind, _ in asked["pictures"]]
    assert sent == [("picture-0.png", "image/png"), ("picture-1.jpeg", "image/jpeg")]
    assert asked["pictures"][1][2] == references[1].path.read_bytes()
    assert (asked["size"], asked["quality"]) == ("1920x1088", "high")
    facts = outcome.product.facts
    assert (facts["width"], facts["height"]) == (1920, 1088)
    assert outcome.used[Unit.INPUT_IMAGE_TOKEN] == 388


@pytest.mark.parametrize(
    ("wished", "made"),
    [
        ((1280, 720), (1280, 720)),
        ((1920, 1080), (1920, 1088)),
        ((320, 180), (1088, 608)),  # fewer pixels are not made
        ((7680, 4320), (3840, 2160)),
        ((2000, 8000), (1280, 3840)),
        ((1, 1), (816, 816)),
    ],
)
def test_a_size_is_the_nearest_that_is_made(wished, made):
    assert size_for(FREE, *wished) == made


def test_every_size_is_within_the_bounds():
    for width in range(1, 9000, 97):
        for height in range(1, 9000, 211):
            wide, high = size_for(FREE, width, height)
            assert wide % 16 == high % 16 == 0
            assert 655_360 <= wide * high <= 8_294_400
            assert max(wide, high) <= 3 * min(wide, high)


@pytest.mark.parametrize(
    ("wished", "made"),
    [((1280, 720), (1536, 1024)), ((500, 500), (1024, 1024)), ((720, 1280), (1024, 1536))],
)
def test_a_row_with_resolutions_makes_those(wished, made):
    assert size_for(FIXED, *wished) == made


async def test_a_speech_has_a_voice_and_directions(tmp_path):
    request = SpeechRequest("Come in.", directions="softly")
    _, asked = await ask("openai/gpt-4o-mini-tts", request, tmp_path)
    assert (asked["voice"], asked["instructions"], asked["input"]) == (
        "marin",
        "softly",
        "Come in.",
    )


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (429, {"type": "insufficient_quota", "code": "insufficient_quota"}, errors.OutOfCreditsError),
        (429, {"type": "insufficient_quota", "code": "a_new_code"}, errors.OutOfCreditsError),
        (429, {"code": "project_spend_limit_exceeded"}, errors.OutOfCreditsError),
        (429, {"type": "tokens", "code": "rate_limit_exceeded"}, errors.RateLimitedError),
        (400, {"code": "model_not_found"}, errors.ModelGoneError),
        (400, {"code": "bio_policy"}, errors.RefusedError),
        (400, {"code": "image_content_policy_violation"}, errors.RefusedError),
        (403, {"code": "unsupported_country"}, errors.BadKeyError),
        (400, {"code": "invalid_image_format"}, errors.BadInputError),
        (500, {"type": "server_error"}, errors.UnavailableError),
    ],
)  # fmt: skip
def test_a_code_says_more_than_its_status(status, error, kind):
    answer = Answer(status, "http://v/x", {}, json.dumps({"error": error}).encode())
    assert type(error_of(answer)) is kind
