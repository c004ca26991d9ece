"""How speeches, music and sounds are asked of ElevenLabs, model by model."""

from dataclasses import replace

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.elevenlabs import effects, music, speech
from reelwright.providers.elevenlabs.provider import ElevenLabs
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import MusicRequest, SoundEffectRequest, SpeechRequest

MODELS = {model.id.partition("/")[2]: model for model in ElevenLabs(Http()).models()}
SPEECH = SpeechRequest("Come in.", language="fr", directions="(whispering)", seed=2**32 + 5)


def test_a_model_that_acts_gets_the_directions_in_the_text():
    ask = speech.ask(MODELS["v3"], SPEECH)
    assert ask.path == "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/with-timestamps"
    assert ask.query == {"output_format": "mp3_44100_128"}
    assert ask.body == {
        "text": "[whispering] Come in.",
        "model_id": "eleven_v3",
        "language_code": "fr",
        "seed": 5,
    }


def test_a_model_that_would_read_directions_aloud_does_not_get_them():
    assert speech.ask(MODELS["flash-v2.5"], SPEECH).body["text"] == "Come in."


def test_a_model_that_takes_no_language_is_told_none():
    assert "language_code" not in speech.ask(MODELS["multilingual-v2"], SPEECH).body


def test_a_voice_is_one_part_of_the_address_whatever_its_name():
    ask = speech.ask(MODELS["v3"], replace(SPEECH, voice="../user?x=1"))
    assert ask.path == "/v1/text-to-speech/..%2Fuser%3Fx%3D1/with-timestamps"


def test_music_without_lyrics_is_instrumental():
    assert music.ask(MODELS["music-v2.5"], MusicRequest("a waltz", 2.0)).body == {
        "model_id": "music_v2_5",
        "prompt": "a waltz",
        "music_length_ms": 3000,
        "force_instrumental": True,
    }


def test_lyrics_are_planned_a_stanza_a_part():
    lyrics = "[Verse]\nThe boat is late\n\n\n[Chorus]\nAnd so am I\n"
    body = music.ask(MODELS["music-v2"], MusicRequest("a shanty", 10.001, lyrics=lyrics)).body
    assert body["composition_plan"]["chunks"] == [
        {
            "text": "[Verse]\nThe boat is late",
            "duration_ms": 5000,
            "positive_styles": ["a shanty"],
        },
        {"text": "[Chorus]\nAnd so am I", "duration_ms": 5001, "positive_styles": ["a shanty"]},
    ]
    assert "prompt" not in body


def test_a_song_longer_than_its_words_ends_without_words():
    request = MusicRequest("a shanty", 300, lyrics="Oh\nHo")
    chunks = music.ask(MODELS["music-v2"], request).body["composition_plan"]["chunks"]
    assert [chunk["text"] for chunk in chunks] == ["Oh\nHo", "[Instrumental]", "[Instrumental]"]
    assert [chunk["duration_ms"] for chunk in chunks] == [100_000] * 3


def test_a_long_stanza_becomes_several():
    request = MusicRequest("a litany", 60, lyrics="\n".join(["Oh"] * 70))
    chunks = music.ask(MODELS["music-v2"], request).body["composition_plan"]["chunks"]
    assert [chunk["text"].count("Oh") for chunk in chunks] == [30, 30, 10]


@pytest.mark.parametrize(
    ("lyrics", "seconds", "field"),
    [("Oh\n\nHo\n\nHey", 8, "seconds"), ("x" * 201, 8, "lyrics")],
)
def test_lyrics_that_no_plan_holds_are_refused(lyrics, seconds, field):
    with pytest.raises(UnsupportedError) as caught:
        music.ask(MODELS["music-v2"], MusicRequest("a shanty", seconds, lyrics=lyrics))
    assert caught.value.field == field


def test_a_sound_is_as_long_as_asked_or_as_suits():
    model = MODELS["sound-v2"]
    assert effects.ask(model, SoundEffectRequest("a click", 0.2)).body == {
        "text": "a click",
        "model_id": "eleven_text_to_sound_v2",
        "duration_seconds": 0.5,
    }
    assert "duration_seconds" not in effects.ask(model, SoundEffectRequest("a click")).body
