"""ElevenLabs' own SDK takes our fake for the real service."""

import base64
import io

import av
import httpx
import pytest
from elevenlabs.client import ElevenLabs
from elevenlabs.core.api_error import ApiError
from elevenlabs.errors import UnprocessableEntityError
from elevenlabs.types import CompositionPlan, GenerationChunkInput

from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.moods import Mood

ONCE = {"max_retries": 0}
GEORGE = "JBFqnCBsd6RMkjVDRZzb"


@pytest.fixture
def service():
    fake = FakeElevenLabs(hang_s=1.0)
    with fake.served() as url, httpx.Client(timeout=5) as http:
        yield fake, ElevenLabs(api_key="k", base_url=url, httpx_client=http)


def _opens(sound):
    with av.open(io.BytesIO(sound), "r") as media:
        return bool(media.duration)


def test_it_speaks_with_the_times_of_its_characters(service):
    fake, sdk = service
    said = sdk.text_to_speech.convert_with_timestamps(
        GEORGE, text="Come in.", model_id="eleven_v3", output_format="mp3_44100_128", seed=3
    )
    assert _opens(base64.b64decode(said.audio_base_64))
    assert said.alignment is not None
    assert "".join(said.alignment.characters) == "Come in."
    assert len(fake.charges) == 1


def test_it_speaks_composes_and_makes_noises(service):
    fake, sdk = service
    plan = CompositionPlan(
        chunks=[GenerationChunkInput(text="[Verse]\nOh", duration_ms=3000, positive_styles=["folk"])]
    )  # fmt: skip
    made = [
        sdk.text_to_speech.convert(GEORGE, text="Come in.", model_id="eleven_v3"),
        sdk.music.compose(prompt="a waltz", music_length_ms=3000, force_instrumental=True),
        sdk.music.compose(composition_plan=plan, model_id="music_v2_5"),
        sdk.text_to_sound_effects.convert(
            text="rain", duration_seconds=1.0, model_id="eleven_text_to_sound_v3"
        ),
    ]
    assert all(_opens(b"".join(parts)) for parts in made)
    assert len(fake.charges) == 4


def test_it_tells_the_account_and_its_voices(service):
    fake, sdk = service
    account = sdk.user.subscription.get()
    assert account.character_limit - account.character_count == fake.left
    assert account.max_credit_limit_extension == 0
    assert sdk.voices.get_all().voices[0].voice_id == GEORGE


@pytest.mark.parametrize(
    ("mood", "status", "word"),
    [
        (Mood.BAD_KEY, 401, "invalid_api_key"),
        (Mood.NO_CREDITS, 401, "quota_exceeded"),
        (Mood.BAD_INPUT, 400, "invalid_parameters"),
        (Mood.REFUSE, 403, "content_against_policy"),
        (Mood.MODEL_GONE, 404, "model_not_found"),
        (Mood.RATE_LIMIT, 429, "too_many_concurrent_requests"),
        (Mood.BUSY, 429, "system_busy"),
    ],
)
def test_it_reads_each_trouble_as_the_services(service, mood, status, word):
    fake, sdk = service
    fake.moods.next.append(mood)
    with pytest.raises(ApiError) as caught:
        sdk.text_to_speech.convert_with_timestamps(
            GEORGE, text="Come in.", model_id="eleven_v3", request_options=ONCE
        )
    assert caught.value.status_code == status
    assert caught.value.body["detail"]["status"] == word
    assert fake.charges == []


def test_what_is_missing_is_a_list_of_faults(service):
    _, sdk = service
    with pytest.raises(UnprocessableEntityError) as caught:
        sdk.text_to_speech.convert_with_timestamps(GEORGE, text=...)  # type: ignore[arg-type]
    assert caught.value.body["detail"][0]["loc"] == ["body", "text"]


def test_an_unknown_voice_is_not_found_and_not_billed(service):
    fake, sdk = service
    with pytest.raises(ApiError) as caught:
        sdk.text_to_speech.convert_with_timestamps("nobody", text="Come in.", model_id="eleven_v3")
    assert caught.value.status_code == 404
    assert fake.charges == []


def test_left_to_itself_the_sdk_asks_three_times_by_status_and_once_when_the_answer_is_lost(
    service, monkeypatch
):
    monkeypatch.setattr("elevenlabs.core.http_client._retry_timeout", lambda **_: 0.0)
    fake, sdk = service
    fake.moods.next.extend([Mood.BUSY] * 2)
    sdk.text_to_speech.convert_with_timestamps(GEORGE, text="Come in.", model_id="eleven_v3")
    assert [method for method, _ in fake.requests] == ["POST"] * 3
    fake.requests.clear()
    fake.moods.next.append(Mood.LOSE_REPLY)
    with pytest.raises(httpx.HTTPError):
        sdk.text_to_speech.convert_with_timestamps(GEORGE, text="Come in.", model_id="eleven_v3")
    assert len(fake.requests) == 1
