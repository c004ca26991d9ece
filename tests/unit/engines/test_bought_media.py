"""What models send is brought into the film's form: frame, length, level, room."""

from itertools import islice

import numpy as np
import pytest
from PIL import Image

from reelwright.engines.media.acoustics import SPEECH_LUFS
from reelwright.engines.media.brought import (
    SCORE_LUFS,
    bring_score,
    bring_video,
    fill_picture,
    place_voice,
)
from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import RATE, read_wav, write_wav
from reelwright.film.timeline import Rate
from reelwright.testing.fakes.media import clip


def tone(seconds, hertz=220.0, level=0.3, channels=2):
    at = np.arange(int(seconds * RATE)) / RATE
    wave = (level * np.sin(2 * np.pi * hertz * at)).astype(np.float32)
    return np.stack([wave] * channels) if channels > 1 else wave


def test_a_picture_fills_the_frame_and_keeps_its_middle(tmp_path):
    picture = Image.new("RGB", (100, 300), "blue")
    picture.paste("red", (0, 100, 100, 200))
    picture.save(tmp_path / "tall.png")
    filled = fill_picture(tmp_path / "tall.png", 160, 90)
    assert filled.size == (160, 90)
    assert filled.getpixel((80, 45)) == (255, 0, 0)
    assert filled.getpixel((0, 45)) == (255, 0, 0), "no border"


def test_a_clip_of_another_shape_has_no_border_and_is_held_at_its_end(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(clip(1.0, 180, 320))
    frames = list(islice(bring_video(path, 160, 90, Rate(24), 0, fill=True), 48))
    assert {(one.width, one.height) for one in frames} == {(160, 90)}
    edges = frames[5].to_ndarray(format="gray")
    assert edges[:, :2].mean() > 16 or edges[:, -2:].mean() > 16, "the sides are picture"
    assert np.array_equal(frames[40].to_ndarray(), frames[47].to_ndarray())


@pytest.mark.parametrize("seconds", [3.0, 12.5, 61.0])
def test_music_is_exactly_as_long_as_the_scene_and_as_loud_as_scores_are(tmp_path, seconds):
    write_wav(tmp_path / "tune.wav", tone(10.0))
    bring_score(tmp_path / "tune.wav", tmp_path / "score.wav", seconds)
    score = read_wav(tmp_path / "score.wav")
    assert score.shape == (2, round(seconds * RATE))
    assert measure(score) == pytest.approx(SCORE_LUFS, abs=1.5)
    assert abs(score[:, -1]).max() < 0.01, "it ends softly"


def test_music_rests_where_the_script_asks_for_silence(tmp_path):
    write_wav(tmp_path / "tune.wav", tone(10.0))
    bring_score(tmp_path / "tune.wav", tmp_path / "score.wav", 10.0, [(4.0, 7.0)])
    score = read_wav(tmp_path / "score.wav")
    assert np.abs(score[:, int(5.2 * RATE) : int(5.8 * RATE)]).max() < 1e-4
    assert np.abs(score[:, int(2 * RATE) : int(3 * RATE)]).max() > 0.01


def test_a_voice_loses_its_silence_and_gets_its_level_and_room(tmp_path):
    quiet = np.concatenate((np.zeros(RATE), tone(2.0, level=0.05, channels=1), np.zeros(RATE)))
    write_wav(tmp_path / "line.wav", quiet.astype(np.float32))
    spoken, seconds, mouths = place_voice(
        tmp_path / "line.wav", tmp_path / "voice.wav", "direct", "hall"
    )
    voice = read_wav(tmp_path / "voice.wav")
    assert spoken == pytest.approx(2.1, abs=0.1)
    assert seconds == pytest.approx(voice.shape[1] / RATE) == pytest.approx(spoken + 0.9, abs=0.01)
    assert measure(voice) == pytest.approx(SPEECH_LUFS, abs=1.0)
    assert mouths[-1][0] <= spoken + 0.1


def test_a_voice_on_the_phone_has_no_bass(tmp_path):
    write_wav(tmp_path / "line.wav", tone(2.0, 100.0, channels=1) + tone(2.0, 1500.0, channels=1))
    levels = {}
    for channel in ("direct", "phone"):
        place_voice(tmp_path / "line.wav", tmp_path / "voice.wav", channel, "dry")
        heard = np.abs(np.fft.rfft(read_wav(tmp_path / "voice.wav")[0]))
        hertz = np.fft.rfftfreq(2 * len(heard) - 2, 1 / RATE)
        bass, voice = (heard[(hertz > a) & (hertz < b)].max() for a, b in ((80, 120), (1400, 1600)))
        levels[channel] = bass / voice
    assert levels["phone"] < levels["direct"] / 20
