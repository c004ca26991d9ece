"""What each model of fal's is sent."""

import re
from pathlib import Path

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.catalogue import Standing
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.fal.inputs import input_of
from reelwright.providers.fal.provider import Fal
from reelwright.providers.prompts import (
    ImageRequest,
    Lora,
    LoraRequest,
    Media,
    MusicRequest,
    SoundEffectRequest,
    SpeechRequest,
    VideoRequest,
    WorldRequest,
)

ROWS = {model.id.removeprefix("fal/"): model for model in Fal(Http()).models()}
FIRST, LAST = (Media(Path(f"{n}.png"), "image/png", n) for n in ("first", "last"))
SHOT = Media(Path("shot.mp4"), "video/mp4", "shot")
URLS = {FIRST: "https://f/1.png", LAST: "https://f/2.png", SHOT: "https://f/shot.mp4"}
ARCHIVE = "https://f/a.zip"
SIZE = {"width": 1280, "height": 720}
PNG = {"output_format": "png"}

SENT = [
    (
        "flux-dev",
        ImageRequest("a pier", count=2, quality="draft", seed=0),
        {"prompt": "a pier", "image_size": SIZE, "num_images": 2, "seed": 0}
        | {"num_inference_steps": 20}
        | PNG,
    ),
    (
        "flux-pro-1.1",
        ImageRequest("a pier"),
        {"prompt": "a pier", "image_size": SIZE, "num_images": 1} | PNG,
    ),
    (
        "flux-2-pro/edit",
        ImageRequest("at night", references=(FIRST, LAST)),
        {"prompt": "at night", "image_urls": [URLS[FIRST], URLS[LAST]], "image_size": SIZE} | PNG,
    ),
    (
        "kontext",
        ImageRequest("at night", 1080, 1900, references=(FIRST,)),
        {"prompt": "at night", "image_url": URLS[FIRST], "aspect_ratio": "9:16", "num_images": 1}
        | PNG,
    ),
    (
        "flux-lora",
        ImageRequest("zoe waits", loras=(Lora("https://l/zoe", 0.8),), quality="high"),
        {"prompt": "zoe waits", "image_size": SIZE, "num_images": 1, "num_inference_steps": 40}
        | {"loras": [{"path": "https://l/zoe", "scale": 0.8}]}
        | PNG,
    ),
    (
        "veo-3.1/image-to-video",
        VideoRequest("she turns", 8.0, resolution="1080p", first=FIRST, sound=True, seed=3),
        {"prompt": "she turns", "image_url": URLS[FIRST], "duration": "8s", "seed": 3}
        | {"aspect_ratio": "16:9", "resolution": "1080p", "generate_audio": True},
    ),
    (
        "veo-3.1/extend-video",
        VideoRequest("she goes", 7, aspect="9:16", extends=SHOT),
        {"prompt": "she goes", "video_url": URLS[SHOT], "duration": "7s"}
        | {"aspect_ratio": "9:16", "generate_audio": False},
    ),
    (
        "kling-3-pro/image-to-video",
        VideoRequest("she turns", 5, first=FIRST),
        {"prompt": "she turns", "start_image_url": URLS[FIRST]}
        | {"duration": "5", "generate_audio": False},
    ),
    (
        "kling-3-pro/first-last-frame",
        VideoRequest("she turns", 5, first=FIRST, last=LAST),
        {"prompt": "she turns", "start_image_url": URLS[FIRST], "end_image_url": URLS[LAST]}
        | {"duration": "5", "generate_audio": False},
    ),
    (
        "splice",
        VideoRequest("dawn breaks", 5.0, first=FIRST, last=LAST, aspect="21:9"),
        {"prompt": "dawn breaks", "first_image_url": URLS[FIRST], "end_image_url": URLS[LAST]}
        | {"duration": 5, "aspect_ratio": "21:9", "generate_audio_switch": False},
    ),
    (
        "elevenlabs-music",
        MusicRequest("a slow waltz", 12.5),
        {"prompt": "a slow waltz", "music_length_ms": 12500, "force_instrumental": True},
    ),
    (
        "stable-audio-2.5",
        MusicRequest("a slow waltz", 12.5, seed=4),
        {"prompt": "a slow waltz", "seconds_total": 13, "seed": 4},
    ),
    (
        "elevenlabs-v3",
        SpeechRequest("We are closed.", "Rachel", "en", directions="tired"),
        {"text": "[tired] We are closed.", "voice": "Rachel", "language_code": "en"},
    ),
    (
        "elevenlabs-sound-effects",
        SoundEffectRequest("rain on tin", 2.5),
        {"text": "rain on tin", "duration_seconds": 2.5},
    ),
    ("elevenlabs-sound-effects", SoundEffectRequest("rain"), {"text": "rain"}),
    (
        "hunyuan-world/panorama",
        WorldRequest("a pier", FIRST),
        {"prompt": "a pier", "image_url": URLS[FIRST]},
    ),
    (
        "hunyuan-world/scene",
        WorldRequest("a lamp post", FIRST),
        {"image_url": URLS[FIRST], "labels_fg1": "a lamp post", "labels_fg2": ""}
        | {"classes": "outdoor"},
    ),
    (
        "flux-lora/training",
        LoraRequest((FIRST,) * 4, "zoe", steps=500, style=True),
        {"images_data_url": ARCHIVE, "trigger_word": "zoe", "steps": 500, "is_style": True},
    ),
]


@pytest.mark.parametrize(("row", "asked", "sent"), SENT)
def test_a_request_becomes_the_models_own_input(row, asked, sent):
    made = input_of(ROWS[row], asked, URLS, ARCHIVE)
    assert made == sent
    kinds = [{name: type(value) for name, value in one.items()} for one in (made, sent)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize(
    ("row", "asked", "field"),
    [
        ("hunyuan-world/panorama", WorldRequest("a pier"), "image"),
        ("minimax-music-2", MusicRequest("a slow waltz", 60), "lyrics"),
        ("kontext", ImageRequest("at night"), "image"),
    ],
)
def test_what_a_model_cannot_do_without_is_asked_for(row, asked, field):
    with pytest.raises(UnsupportedError, match="needs") as caught:
        input_of(ROWS[row], asked, URLS)
    assert caught.value.field == field


def test_words_of_a_prompt_that_look_like_a_blank_stay_as_they_are():
    made = input_of(ROWS["flux-dev"], ImageRequest("a sign that says {seed}", seed=3), {})
    assert made["prompt"] == "a sign that says {seed}"


FRAMES = VideoRequest("x", 5, resolution="720p", seed=1, first=FIRST, last=LAST, extends=SHOT)
ASKED = {
    "image": ImageRequest("x", references=(FIRST,), loras=(Lora("u"),), seed=1),
    "video": FRAMES,
    "frame": FRAMES,
    "speech": SpeechRequest("x", "v", "en", "d"),
    "music": MusicRequest("x", 5, "la", seed=1),
    "sound-effect": SoundEffectRequest("x", 1),
    "world": WorldRequest("x", FIRST),
    "train-lora": LoraRequest((FIRST,) * 4, "zoe"),
}


@pytest.mark.parametrize("row", [r for r, m in ROWS.items() if m.standing is Standing.ACTIVE])
def test_no_row_has_a_blank_that_nothing_fills(row):
    model = ROWS[row]
    asked = next(one for kind, one in ASKED.items() if model.operation.endswith(kind))
    made = input_of(model, asked, URLS, ARCHIVE)
    assert made.keys() == model.defaults.keys()
    assert not re.search(r"\{\w+!?\}", str(made))


def test_lucy_is_there_to_say_what_became_of_it():
    for row in ("lucy-14b", "lucy-5b"):
        assert ROWS[row].standing is Standing.RETIRED
        assert ROWS[(ROWS[row].replacement or "").removeprefix("fal/")].standing is Standing.ACTIVE
