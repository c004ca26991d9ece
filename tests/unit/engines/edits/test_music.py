"""Tempo and key of music that was made with known ones. (Real recordings are less clear.)"""

import numpy as np
import pytest

from support.edits import make, write_sound
from support.music import RATE, drums, tune

NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def asked(folder, operation, signal):
    file = write_sound(folder / "music.wav", signal, RATE)
    return make(folder, operation, {}, file)["result"]


@pytest.mark.parametrize("bpm", [84, 117.5, 155])
def test_the_tempo_of_drums_and_tunes_is_heard(tmp_path, bpm):
    for music in (
        0.5 * drums(bpm, 16),
        tune(2, "minor", bpm, 16),
        0.5 * drums(bpm, 16) + tune(7, "major", bpm, 16),
    ):
        said = asked(tmp_path, "tempo", music)
        assert said["bpm"] == pytest.approx(bpm, rel=0.005)
        assert said["confidence"] > 0.5


@pytest.mark.parametrize("bpm", [60, 190])
def test_the_very_slow_and_fast_is_heard_whole_half_or_double(tmp_path, bpm):
    said = asked(tmp_path, "tempo", 0.5 * drums(bpm, 16) + tune(0, "major", bpm, 16))
    assert min(abs(said["bpm"] / bpm - part) for part in (0.5, 1, 2)) < 0.01
    assert any(abs(one / bpm - 1) < 0.01 for one in [said["bpm"], *said["others"]])


def test_noise_and_a_held_tone_have_no_tempo(tmp_path):
    noise = np.random.default_rng(0).normal(0, 0.2, RATE * 12)
    assert asked(tmp_path, "tempo", noise)["bpm"] is None
    assert asked(tmp_path, "tempo", 0.3 * np.sin(np.arange(RATE * 12) * 0.05))["bpm"] is None
    assert asked(tmp_path, "tempo", 0.5 * drums(120, 2))["bpm"] is None


@pytest.mark.parametrize("mode", ["major", "minor"])
def test_the_key_of_a_tune_is_heard_also_under_drums(tmp_path, mode):
    for tonic in range(0, 12, 3) if mode == "major" else range(1, 12, 3):
        music = tune(tonic, mode, 120, 16, tonic) + 0.4 * drums(120, 16)
        said = asked(tmp_path, "key", music)
        assert (said["key"], said["mode"]) == (NAMES[tonic], mode)
        assert said["confidence"] > 0.25


def test_noise_has_no_sure_key(tmp_path):
    said = asked(tmp_path, "key", np.random.default_rng(0).normal(0, 0.2, RATE * 8))
    assert said["confidence"] < 0.1
