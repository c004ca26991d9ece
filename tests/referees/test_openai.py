"""OpenAI's own SDK takes our fakes for the real thing: OpenAI, and servers that speak as it does."""

import base64
import io

import av
import openai
import pytest
from PIL import Image

from reelwright.testing.fakes.compatible import FakeCompatible
from reelwright.testing.fakes.media import picture
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.texts import Breakdown

SCRIPT = [{"role": "user", "content": "INT. CAFE - NIGHT. Mara shuts the door."}]
LUNA, OMNI = "gpt-6-luna", "qwen3.5-omni-flash"


@pytest.fixture
def service():
    fake = FakeOpenAI(hang_s=1.0)
    with fake.served() as url, openai.OpenAI(api_key="k", base_url=f"{url}/v1") as sdk:
        yield fake, sdk.with_options(max_retries=0)


@pytest.fixture
def server():
    fake = FakeCompatible()
    with fake.served() as url, openai.OpenAI(api_key="k", base_url=f"{url}/v1") as sdk:
        yield fake, sdk.with_options(max_retries=0)


def test_a_response_is_parsed_by_its_schema(service):
    _, sdk = service
    made = sdk.responses.parse(model=LUNA, input=SCRIPT, text_format=Breakdown, store=False)
    assert isinstance(made.output_parsed, Breakdown)
    assert made.usage.output_tokens == 30


def test_a_response_is_read_while_it_is_written(service):
    _, sdk = service
    with sdk.responses.stream(model=LUNA, input=SCRIPT, text_format=Breakdown) as events:
        pieces = [one.delta for one in events if one.type == "response.output_text.delta"]
        final = events.get_final_response()
    assert len(pieces) > 1
    assert "".join(pieces) == final.output_text
    assert isinstance(final.output_parsed, Breakdown)


def test_a_response_that_is_refused_or_fails_or_is_cut_off_says_so(service):
    fake, sdk = service
    fake.moods.next.extend((Mood.REFUSE_LATER, Mood.FAIL_LATER))
    refused = sdk.responses.create(model=LUNA, input=SCRIPT)
    assert refused.output[0].content[0].type == "refusal"
    assert sdk.responses.create(model=LUNA, input=SCRIPT).error.code == "server_error"
    cut = sdk.responses.create(model=LUNA, input=SCRIPT, max_output_tokens=16)
    assert (cut.status, cut.incomplete_details.reason) == ("incomplete", "max_output_tokens")
    fake.moods.next.append(Mood.FAIL_LATER)
    events = list(sdk.responses.create(model=LUNA, input=SCRIPT, stream=True))
    assert events[-1].type == "response.failed"


def test_pictures_are_drawn_and_drawn_after_others(service):
    _, sdk = service
    drawn = sdk.images.generate(
        model="gpt-image-2", prompt="a pier", size="1536x864", n=2, safety_identifier="who"
    )
    after = [("a.png", picture(), "image/png"), ("b.png", picture(seed=1), "image/png")]
    edited = sdk.images.edit(model="gpt-image-2", prompt="at night", image=after, size="1536x864")
    assert [len(made.data) for made in (drawn, edited)] == [2, 1]
    assert (drawn.usage.input_tokens, edited.usage.input_tokens_details.image_tokens) == (20, 388)
    assert Image.open(io.BytesIO(base64.b64decode(edited.data[0].b64_json))).size > (1, 1)


def test_speech_opens(service):
    _, sdk = service
    made = sdk.audio.speech.create(model="gpt-4o-mini-tts", voice="marin", input="Come in.")
    with av.open(io.BytesIO(made.content), "r") as media:
        assert media.duration


def test_models_are_listed(service):
    assert [one.id for one in service[1].models.list()] == [LUNA]


@pytest.mark.parametrize(
    ("mood", "error", "code"),
    [
        (Mood.BAD_KEY, openai.AuthenticationError, "invalid_api_key"),
        (Mood.NO_CREDITS, openai.RateLimitError, "credit_balance_exhausted"),
        (Mood.RATE_LIMIT, openai.RateLimitError, "rate_limit_exceeded"),
        (Mood.BAD_INPUT, openai.BadRequestError, "invalid_value"),
        (Mood.MODEL_GONE, openai.NotFoundError, "model_not_found"),
        (Mood.REFUSE, openai.BadRequestError, "moderation_blocked"),
        (Mood.BUSY, openai.InternalServerError, None),
    ],
)
def test_troubles_are_the_sdks_own(service, mood, error, code):
    fake, sdk = service
    fake.moods.next.append(mood)
    with pytest.raises(error) as caught:
        sdk.images.generate(model="gpt-image-2", prompt="a pier", size="1024x1024")
    assert caught.value.code == code
    assert fake.charges == []


def test_the_sdk_left_alone_pays_three_times_for_lost_answers(service):
    fake, sdk = service
    fake.moods.next.extend([Mood.LOSE_REPLY] * 3)
    with pytest.raises(openai.APIConnectionError):
        sdk.with_options(max_retries=2).responses.create(model=LUNA, input=SCRIPT)
    assert len(fake.charges) == 3


def test_a_completion_is_parsed_by_its_schema(server):
    _, sdk = server
    made = sdk.chat.completions.parse(model=OMNI, messages=SCRIPT, response_format=Breakdown)
    assert isinstance(made.choices[0].message.parsed, Breakdown)
    assert made.usage.completion_tokens == 30


def test_a_completion_is_read_while_it_is_written(server):
    _, sdk = server
    with sdk.chat.completions.stream(model=OMNI, messages=SCRIPT) as events:
        pieces = [one.delta for one in events if one.type == "content.delta"]
        final = events.get_final_completion()
    assert len(pieces) > 1
    assert "".join(pieces) == final.choices[0].message.content


def test_a_model_that_talks_is_heard_in_pieces_only(server):
    _, sdk = server
    asked = {
        "model": OMNI,
        "messages": SCRIPT,
        "modalities": ["text", "audio"],
        "audio": {"voice": "Tina", "format": "wav"},
    }
    with pytest.raises(openai.BadRequestError):
        sdk.chat.completions.create(**asked)
    deltas = [
        chunk.choices[0].delta
        for chunk in sdk.chat.completions.create(stream=True, **asked)
        if chunk.choices
    ]
    heard = "".join(delta.audio.data for delta in deltas if delta.audio)
    assert len(base64.b64decode(heard)) == 24_000  # half a second of 24,000 samples of two bytes


@pytest.mark.parametrize(
    ("mood", "error", "code"),
    [
        (Mood.BAD_KEY, openai.AuthenticationError, "invalid_api_key"),
        (Mood.NO_CREDITS, openai.BadRequestError, "Arrearage"),
        (Mood.RATE_LIMIT, openai.RateLimitError, "Throttling.RateQuota"),
        (Mood.REFUSE, openai.BadRequestError, "data_inspection_failed"),
        (Mood.MODEL_GONE, openai.NotFoundError, "model_not_found"),
        (Mood.BUSY, openai.InternalServerError, "ModelUnavailable"),
    ],
)
def test_the_servers_troubles_are_the_sdks_own(server, mood, error, code):
    fake, sdk = server
    fake.moods.next.append(mood)
    with pytest.raises(error) as caught:
        sdk.chat.completions.create(model=OMNI, messages=SCRIPT)
    assert caught.value.code == code


def test_what_breaks_off_breaks_off_for_the_sdk_too(server):
    fake, sdk = server
    fake.moods.next.append(Mood.FAIL_LATER)
    with pytest.raises(openai.APIError) as caught:
        list(sdk.chat.completions.create(model=OMNI, messages=SCRIPT, stream=True))
    assert caught.value.code == "internal_error"
