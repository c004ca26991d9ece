"""Google's own SDK takes the fake for Google, by API key and on Vertex."""

import base64
import io
import json

import av
import pytest
from google import genai
from google.auth.credentials import Credentials
from google.auth.transport.requests import Request
from google.genai import errors, types
from google.genai._interactions_errors import NotFoundError
from google.oauth2 import service_account
from PIL import Image

from reelwright.testing.fakes.google import FakeGoogle
from reelwright.testing.fakes.media import picture
from reelwright.testing.fakes.moods import Mood

ONCE = types.HttpRetryOptions(attempts=1)
SHOT = {"type": "video", "delivery": "uri", "duration": "4s", "aspect_ratio": "16:9"}
SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}


class Bearer(Credentials):
    """A token that is always good."""

    def __init__(self):
        super().__init__()
        self.token = "ya29.of-a-test"  # noqa: S105  # of no account

    def refresh(self, request):
        """Nothing to do."""


@pytest.fixture
def fake():
    vendor = FakeGoogle(work_s=0.01)
    with vendor.served():
        yield vendor


@pytest.fixture
def client(fake):
    options = types.HttpOptions(base_url=fake.url, retry_options=ONCE)
    with genai.Client(api_key="key", http_options=options) as one:
        yield one


@pytest.fixture
def vertex(fake):
    options = types.HttpOptions(base_url=fake.url, retry_options=ONCE)
    with genai.Client(
        enterprise=True,
        project="p",
        location="us-central1",
        credentials=Bearer(),
        http_options=options,
    ) as one:
        yield one


def test_text_fits_its_schema_and_counts_its_tokens(client, fake):
    config = types.GenerateContentConfig(
        response_mime_type="application/json", response_json_schema=SCHEMA
    )
    answer = client.models.generate_content(
        model="gemini-3.8-flash", contents=["Name it.", _picture()], config=config
    )
    assert json.loads(answer.text) == {"title": "a word"}
    assert answer.usage_metadata.candidates_token_count == 20
    assert answer.response_id == fake.charges[0].remote_id


def test_text_comes_in_pieces(client):
    pieces = list(
        client.models.generate_content_stream(model="gemini-3.8-flash", contents="Tell it.")
    )
    assert len(pieces) > 1
    assert "".join(piece.text for piece in pieces).startswith("The last bus")
    assert pieces[-1].candidates[0].finish_reason is types.FinishReason.STOP


def test_pictures_and_speech_are_files_in_the_answer(client):
    config = types.GenerateContentConfig(
        response_modalities=["IMAGE"], image_config=types.ImageConfig(aspect_ratio="16:9")
    )
    drawn = client.models.generate_content(
        model="gemini-3.1-flash-image", contents=["a pier", _picture()], config=config
    )
    blob = drawn.candidates[0].content.parts[0].inline_data
    assert Image.open(io.BytesIO(blob.data)).size == (320, 180)
    voice = types.SpeechConfig(voice_config=types.VoiceConfig(voice="Kore"))
    spoken = client.models.generate_content(
        model="gemini-3.8-flash-tts",
        contents="Nobody gets on.",
        config=types.GenerateContentConfig(response_modalities=["AUDIO"], speech_config=voice),
    )
    assert spoken.candidates[0].content.parts[0].inline_data.mime_type == "audio/wav"


def test_a_blocked_prompt_has_a_reason_and_no_candidates(client, fake):
    fake.moods.next.extend([Mood.REFUSE, Mood.REFUSE, Mood.REFUSE_LATER])
    answer = client.models.generate_content(model="gemini-3.8-flash", contents="x")
    assert answer.prompt_feedback.block_reason is types.BlockedReason.PROHIBITED_CONTENT
    assert not answer.candidates
    (piece,) = client.models.generate_content_stream(model="gemini-3.8-flash", contents="x")
    assert piece.prompt_feedback.block_reason is types.BlockedReason.PROHIBITED_CONTENT
    withheld = client.models.generate_content(model="gemini-3.8-flash", contents="x")
    assert withheld.candidates[0].finish_reason is types.FinishReason.SAFETY


@pytest.mark.parametrize(
    ("mood", "kind", "code", "status"),
    [
        (Mood.BUSY, errors.ServerError, 503, "UNAVAILABLE"),
        (Mood.RATE_LIMIT, errors.ClientError, 429, "RESOURCE_EXHAUSTED"),
        (Mood.NO_CREDITS, errors.ClientError, 402, "RESOURCE_EXHAUSTED"),
        (Mood.BAD_KEY, errors.ClientError, 400, "INVALID_ARGUMENT"),
        (Mood.BAD_INPUT, errors.ClientError, 400, "INVALID_ARGUMENT"),
        (Mood.MODEL_GONE, errors.ClientError, 404, "NOT_FOUND"),
    ],
)
def test_trouble_has_the_sdks_types(client, fake, mood, kind, code, status):
    fake.moods.next.append(mood)
    with pytest.raises(kind) as caught:
        client.models.generate_content(model="gemini-3.8-flash", contents="x")
    assert (caught.value.code, caught.value.status) == (code, status)
    assert len(fake.requests) == 1


def test_a_shot_is_an_interaction_that_ends_with_an_address(client, fake):
    begun = client.interactions.create(
        model="gemini-omni-1.1-flash",
        input=[
            {"type": "text", "text": "a pier"},
            {"type": "image", "mime_type": "image/png", "data": _in_base64(picture())},
        ],
        background=True,
        store=True,
        response_format=SHOT,
        generation_config={"video_config": {"task": "image_to_video"}},
        labels={"reference": "sub_1"},
    )
    assert begun.status == "in_progress"
    assert fake.charges[0].reference == "sub_1"
    while (now := client.interactions.get(begun.id)).status == "in_progress":
        pass
    assert now.status == "completed"
    assert now.usage.total_output_tokens == 4000
    name = now.output_video.uri.partition("/v1/")[2].partition(":")[0]
    content = client.files.download(file=name)
    with av.open(io.BytesIO(content), "r") as shot:
        assert shot.duration == pytest.approx(4_000_000, rel=0.1)


def test_a_song_is_in_the_answer(client):
    song = client.interactions.create(model="lyria-3-clip-preview", input="a slow waltz")
    assert song.status == "completed"
    with av.open(io.BytesIO(base64.b64decode(song.output_audio.data)), "r") as piece:
        assert piece.streams.audio


def test_interactions_fail_are_refused_and_are_cancelled(client, fake):
    fake.moods.next.extend([Mood.REFUSE, Mood.FAIL_LATER, Mood.WORK, Mood.MODEL_GONE])
    refused = client.interactions.create(model="gemini-omni-1.1-flash", input="x", background=True)
    assert refused.status == "failed"
    assert refused.errors[0].code.endswith("/prohibited_content")
    failed = client.interactions.create(model="lyria-3.5", input="x")
    assert failed.errors[0].message == "An internal error has occurred."
    fake.work_s = 60
    begun = client.interactions.create(model="gemini-omni-1.1-flash", input="x", background=True)
    assert client.interactions.cancel(begun.id).status == "cancelled"
    with pytest.raises(NotFoundError):
        client.interactions.create(model="gemini-0", input="x")


def test_the_sdk_sends_a_shot_again_unless_it_is_told_not_to(fake):
    """Why the SDK does not make films: one call of it may be four paid ones."""
    fake.moods.next.extend([Mood.BUSY] * 3)
    options = types.HttpOptions(base_url=fake.url)
    with genai.Client(api_key="key", http_options=options) as eager:
        eager.interactions.create(model="lyria-3.5", input="x")
    assert len(fake.requests) == 4


def test_a_webhook_is_registered_and_its_secret_told_once(client, fake):
    hook = client.webhooks.create(
        uri="https://films.example/hooks", subscribed_events=["interaction.completed"]
    )
    assert hook.new_signing_secret == fake.hooks["https://films.example/hooks"]
    assert hook.id


def test_veo_begins_an_operation_and_ends_it_with_a_shot(vertex, fake):
    begun = vertex.models.generate_videos(
        model="veo-3.1-lite-generate-001",
        source=types.GenerateVideosSource(prompt="a pier", image=_image()),
        config=types.GenerateVideosConfig(
            number_of_videos=1,
            duration_seconds=4,
            last_frame=_image(),
            generate_audio=False,
            labels={"reference": "sub_1"},
        ),
    )
    assert fake.charges[0].reference == "sub_1"
    ended = _ended(vertex, begun)
    (shot,) = ended.response.generated_videos
    with av.open(io.BytesIO(shot.video.video_bytes), "r") as made:
        assert made.duration == pytest.approx(4_000_000, rel=0.1)


def test_veo_tells_what_it_filtered_and_what_failed(vertex, fake):
    fake.moods.next.extend([Mood.REFUSE_LATER, Mood.FAIL_LATER, Mood.REFUSE])
    filtered = _ended(vertex, _begin(vertex)).response
    assert filtered.generated_videos is None
    assert "17301594" in filtered.rai_media_filtered_reasons[0]
    assert _ended(vertex, _begin(vertex)).error["code"] == 13
    assert "42876398" in _ended(vertex, _begin(vertex)).error["message"]


def test_vertex_turns_a_bad_token_away_and_shows_a_models_card(vertex, fake):
    assert vertex.models.get(model="veo-3.1-lite-generate-001").name.endswith("generate-001")
    fake.keys = {"another"}
    with pytest.raises(errors.ClientError) as caught:
        _begin(vertex)
    assert (caught.value.code, caught.value.status) == (401, "UNAUTHENTICATED")


def _begin(vertex):
    source = types.GenerateVideosSource(prompt="a pier")
    return vertex.models.generate_videos(model="veo-3.1-lite-generate-001", source=source)


def _ended(vertex, operation):
    while not operation.done:
        operation = vertex.operations.get(operation)
    return operation


def _picture():
    return types.Part.from_bytes(data=picture(), mime_type="image/png")


def _image():
    return types.Image(image_bytes=picture(), mime_type="image/png")


def _in_base64(content):
    return base64.b64encode(content).decode()


def test_the_fakes_service_account_gets_a_token_by_googles_own_code(fake):
    told = json.loads(fake.tokens.account(fake.url))
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
    signer = service_account.Credentials.from_service_account_info(told, scopes=scopes)
    signer.refresh(Request())
    assert signer.token == fake.tokens.given[0]
