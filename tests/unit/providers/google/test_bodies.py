"""What is asked is said to each model in its own words."""

import base64

import pytest

from reelwright.providers.errors import BadKeyError
from reelwright.providers.google.contents import nearest_aspect
from reelwright.providers.prompts import (
    ImageRequest,
    Message,
    MusicRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
)
from support.vendors import image_of, video_of

pytestmark = pytest.mark.anyio
VERTEX = {"project": "films", "location": "europe-west4", "token": "ya29.x"}


async def test_a_conversation_has_its_turns_and_the_system_stands_apart(desk, tmp_path):
    picture = image_of(tmp_path)
    asked = await desk.sent(
        "gemini-3.8-flash",
        TextRequest(
            (
                Message("system", "Be brief."),
                Message("user", "What is this?", (picture,)),
                Message("assistant", "A pier."),
                Message("user", "Where?"),
            ),
            most=100,
        ),
    )
    assert asked["systemInstruction"] == {"parts": [{"text": "Be brief."}]}
    assert [one["role"] for one in asked["contents"]] == ["user", "model", "user"]
    inline = asked["contents"][0]["parts"][1]["inlineData"]
    assert inline["mimeType"] == "image/png"
    assert base64.b64decode(inline["data"]) == picture.path.read_bytes()
    assert asked["generationConfig"] == {"maxOutputTokens": 100}


async def test_a_schema_is_handed_on_as_json_schema(desk):
    schema = {"type": "object", "properties": {"title": {"type": "string"}}}
    words = TextRequest((Message("user", "Name it."),), schema=schema)
    asked = await desk.sent("gemini-3.8-flash", words)
    assert asked["generationConfig"]["responseMimeType"] == "application/json"
    assert asked["generationConfig"]["responseJsonSchema"] == schema


async def test_a_picture_has_the_nearest_shape_and_the_rows_size(desk, tmp_path):
    request = ImageRequest("a pier", 1920, 800, references=(image_of(tmp_path),))
    asked = await desk.sent("gemini-3.1-flash-image/image-to-image", request)
    config = asked["generationConfig"]
    assert config["responseModalities"] == ["IMAGE"]
    assert config["imageConfig"] == {"aspectRatio": "21:9", "imageSize": "1K"}
    assert [set(part) for part in asked["contents"][0]["parts"]] == [{"text"}, {"inlineData"}]


@pytest.mark.parametrize(
    ("size", "shape"), [((1280, 720), "16:9"), ((700, 720), "1:1"), ((1, 9), "9:16")]
)
def test_the_nearest_shape_is_measured_by_proportion(size, shape):
    assert nearest_aspect(("1:1", "9:16", "16:9"), *size) == shape


async def test_a_speech_is_said_as_it_stands_and_directed_beside(desk):
    speech = SpeechRequest("Nobody gets on.", voice="Kore", language="en-US", directions="softly")
    asked = await desk.sent("gemini-3.8-flash-tts", speech)
    part = {"text": "Nobody gets on.", "speechMetadata": {"style": "softly"}}
    assert asked["contents"] == [{"role": "user", "parts": [part]}]
    voice = {"voiceConfig": {"voice": "Kore"}, "languageCode": "en-US"}
    assert asked["generationConfig"]["speechConfig"] == voice


async def test_music_is_told_its_length_and_whether_it_sings_in_words(desk):
    sung = MusicRequest("a slow waltz", 90, lyrics="The last bus waits")
    asked = await desk.sent("lyria-3.5", sung)
    assert asked["input"][0]["text"].splitlines() == [
        "a slow waltz",
        "Length: 90 seconds.",
        "Lyrics:",
        "The last bus waits",
    ]
    asked = await desk.sent("lyria-3-clip", MusicRequest("a slow waltz", 30))
    assert asked["input"][0]["text"] == "a slow waltz\nInstrumental, no vocals."
    assert "background" not in asked


async def test_a_shot_is_asked_for_in_the_background_by_address_with_our_reference(desk, tmp_path):
    first, last = image_of(tmp_path), image_of(tmp_path, 1)
    request = VideoRequest("a pier", 6, "9:16", "720p", first=first, last=last)
    asked = await desk.sent("gemini-omni-1.1-flash/first-last-frame", request)
    assert asked["response_format"] == {
        "type": "video",
        "delivery": "uri",
        "aspect_ratio": "9:16",
        "duration": "6s",
        "resolution": "720p",
    }
    assert asked["generation_config"] == {"video_config": {"task": "image_to_video"}}
    assert [one["type"] for one in asked["input"]] == ["text", "image", "image"]
    assert asked["background"]
    assert asked["store"]
    assert asked["labels"] == {"reference": "sub_1"}
    assert "webhook_config" not in asked


async def test_a_shot_goes_on_from_a_shot(desk, tmp_path):
    request = VideoRequest("a pier", 4, extends=video_of(tmp_path))
    asked = await desk.sent("gemini-omni-1.1-flash/extend-video", request)
    assert asked["generation_config"] == {"video_config": {"task": "extend"}}
    assert [one["type"] for one in asked["input"]] == ["text", "video"]


async def test_only_an_account_with_a_webhook_of_its_own_asks_to_be_rung(desk):
    account = {"webhook_secret": "whsec_eA=="}
    shot = VideoRequest("a pier", 4)
    asked = await desk.sent("gemini-omni-1.1-flash/text-to-video", shot, **account)
    assert asked["webhook_config"] == {"user_metadata": {"reference": "sub_1"}}


async def test_veo_is_asked_in_the_accounts_project_and_place(desk, tmp_path):
    first, last = image_of(tmp_path), image_of(tmp_path, 1)
    request = VideoRequest("a pier", 8, resolution="1080p", seed=7, first=first, last=last)
    asked = await desk.sent("veo-3.1-lite/first-last-frame", request, **VERTEX)
    (instance,) = asked["instances"]
    assert instance["prompt"] == "a pier"
    assert instance["image"]["mimeType"] == instance["lastFrame"]["mimeType"] == "image/png"
    assert instance["image"] != instance["lastFrame"]
    assert asked["parameters"] == {
        "sampleCount": 1,
        "durationSeconds": 8,
        "aspectRatio": "16:9",
        "generateAudio": False,
        "resolution": "1080p",
        "seed": 7,
    }
    where = "/v1beta1/projects/films/locations/europe-west4/publishers/google/models"
    path = f"{where}/veo-3.1-lite-generate-001:predictLongRunning"
    assert desk.fake.requests == [("POST", path)]


@pytest.mark.parametrize("more", [{}, {"project": "films"}, {"token": "ya29.x"}])
async def test_veo_is_not_asked_by_an_account_without_project_or_token(desk, more):
    call = desk.call("veo-3.1-lite/text-to-video", VideoRequest("a pier", 4), **more)
    with pytest.raises(BadKeyError):
        await desk.google.submit(call)
    assert desk.fake.requests == []
