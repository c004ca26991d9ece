"""Anthropic's own SDK takes our fake for the real thing."""

import anthropic
import pytest

from reelwright.testing.fakes.anthropic import FakeAnthropic
from reelwright.testing.fakes.moods import Mood
from support.texts import Breakdown

ASKED = {
    "model": "claude-haiku-5-5",
    "max_tokens": 512,
    "messages": [{"role": "user", "content": "INT. CAFE - NIGHT. Mara shuts the door."}],
}


@pytest.fixture
def service():
    fake = FakeAnthropic()
    with fake.served() as url, anthropic.Anthropic(api_key="k", base_url=url) as sdk:
        yield fake, sdk.with_options(max_retries=0)


def test_a_message_is_parsed_by_its_schema(service):
    fake, sdk = service
    made = sdk.messages.parse(**ASKED, output_format=Breakdown)
    assert isinstance(made.parsed_output, Breakdown)
    with pytest.raises(anthropic.BadRequestError):  # with open objects, as the SDK never sends it
        schema = {"type": "json_schema", "schema": Breakdown.model_json_schema()}
        sdk.messages.create(**ASKED, output_config={"format": schema})
    assert len(fake.charges) == 1


def test_a_message_is_read_while_it_is_written(service):
    _, sdk = service
    with sdk.messages.stream(**ASKED) as events:
        pieces = list(events.text_stream)
        final = events.get_final_message()
    assert len(pieces) > 1
    assert "".join(pieces) == final.content[0].text
    assert (final.stop_reason, final.usage.output_tokens) == ("end_turn", 30)


def test_a_message_that_is_refused_or_cut_off_says_so(service):
    fake, sdk = service
    fake.moods.next.extend((Mood.REFUSE_LATER, Mood.REFUSE_LATER))
    refused = sdk.messages.create(**ASKED)
    assert (refused.stop_reason, refused.stop_details.category) == ("refusal", "general_harms")
    with sdk.messages.stream(**ASKED) as events:
        assert events.get_final_message().stop_details.category == "general_harms"
    assert sdk.messages.create(**ASKED | {"max_tokens": 5}).stop_reason == "max_tokens"


def test_models_are_listed(service):
    assert [one.id for one in service[1].models.list()] == ["claude-haiku-5-5"]


@pytest.mark.parametrize(
    ("mood", "error", "kind", "code"),
    [
        (Mood.BAD_KEY, anthropic.AuthenticationError, "authentication_error", None),
        (
            Mood.NO_CREDITS,
            anthropic.RateLimitError,
            "rate_limit_error",
            "enforced_spend_limit_reached",
        ),
        (Mood.RATE_LIMIT, anthropic.RateLimitError, "rate_limit_error", None),
        (Mood.BAD_INPUT, anthropic.BadRequestError, "invalid_request_error", None),
        (Mood.MODEL_GONE, anthropic.NotFoundError, "not_found_error", None),
        (Mood.BUSY, anthropic.InternalServerError, "overloaded_error", None),
    ],
)
def test_troubles_are_the_sdks_own(service, mood, error, kind, code):
    fake, sdk = service
    fake.moods.next.append(mood)
    with pytest.raises(error) as caught:
        sdk.messages.create(**ASKED)
    told = caught.value.body["error"]
    assert (told["type"], told.get("details", {}).get("error_code")) == (kind, code)
    assert fake.charges == []


def test_what_breaks_off_breaks_off_for_the_sdk_too(service):
    fake, sdk = service
    fake.moods.next.append(Mood.FAIL_LATER)
    with pytest.raises(anthropic.APIStatusError) as caught, sdk.messages.stream(**ASKED) as events:
        list(events.text_stream)
    assert caught.value.body["error"]["type"] == "overloaded_error"


def test_the_sdk_left_alone_pays_three_times_for_lost_answers(service):
    fake, sdk = service
    fake.moods.next.extend([Mood.LOSE_REPLY] * 3)
    with pytest.raises(anthropic.APIConnectionError):
        sdk.with_options(max_retries=2).messages.create(**ASKED)
    assert len(fake.charges) == 3
