"""Sounds are cut to the sample, mixed where they belong, and brought to a loudness."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.engines.media.blocks import limited
from reelwright.engines.media.edits.fading import shape
from reelwright.engines.media.edits.params import Curve
from reelwright.engines.media.limiter import limit
from support.edits import heard, make, tone, write_sound

RATE = 44_100


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sounds")


def ramp(count):
    """Each sample says which it is."""
    return (np.arange(count) % 20_000) / 20_000


@pytest.fixture(scope="module")
def counted(folder):
    return write_sound(folder / "ramp.wav", ramp(4 * RATE))


@given(start=st.integers(0, 2 * RATE), length=st.integers(1, RATE))
@settings(max_examples=15, deadline=None)
def test_a_cut_is_exact_to_the_sample(folder, counted, start, length):
    asked = {"start": start / RATE, "end": (start + length) / RATE}
    signal, _ = heard(make(folder, "trim", asked, counted)["path"])
    wanted = ramp(4 * RATE)[start : start + length]
    assert signal.shape == (1, length)
    assert np.abs(signal[0] - wanted).max() < 1e-4


def test_sounds_of_other_rates_are_joined_behind_the_first(folder, counted):
    other = write_sound(folder / "b.wav", np.stack([tone(1, 22_050)] * 2), 22_050)
    signal, rate = heard(make(folder, "join", {}, counted, other)["path"])
    assert (signal.shape[0], rate) == (1, RATE)
    assert signal.shape[1] == pytest.approx(5 * RATE, abs=60)
    assert np.abs(signal[0, 4 * RATE : int(4.1 * RATE)]).max() == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("form", ["wav", "flac", "mp3", "ogg", "m4a"])
def test_every_form_of_sound_holds_what_was_put_in(folder, form):
    beeps = write_sound(folder / "beeps.wav", np.stack([tone(2, RATE)] * 2), RATE)
    made = make(folder, "convert", {"format": form}, beeps)
    signal, rate = heard(made["path"])
    assert made["facts"]["format"] == form
    assert signal.shape[1] / rate == pytest.approx(2.0, abs=0.03)
    loud = np.flatnonzero(np.abs(signal[0]) > 0.25)
    assert loud[0] / rate == pytest.approx(0.0, abs=0.01)
    assert np.abs(signal[0, int(0.3 * rate) : int(0.9 * rate)]).max() < 0.02


def test_a_mix_lays_each_sound_at_its_place_and_level(folder):
    one = write_sound(folder / "one.wav", 0.25 * np.ones(RATE))
    other = write_sound(folder / "other.wav", 0.5 * np.ones((2, RATE)), RATE)
    tracks = [{"offset": 0}, {"offset": 0.5, "gain_db": -6.0206}]
    signal, _ = heard(make(folder, "mix", {"tracks": tracks}, one, other)["path"])
    assert signal.shape == (2, int(1.5 * RATE))
    assert signal[:, RATE // 4] == pytest.approx(0.25, abs=1e-3)
    assert signal[:, RATE * 3 // 4] == pytest.approx(0.5, abs=1e-3)
    assert signal[:, RATE * 5 // 4] == pytest.approx(0.25, abs=1e-3)


def test_a_mix_that_is_too_loud_is_held_under_its_ceiling(folder):
    loud = write_sound(folder / "loud.wav", 0.9 * np.sin(np.arange(RATE) * 0.1))
    made = make(folder, "mix", {"ceiling_dbtp": -3}, loud, loud)["path"].rename(folder / "m.wav")
    assert make(folder, "loudness", {}, made)["result"]["true_peak_dbtp"] == pytest.approx(
        -3, abs=0.2
    )


def test_limiting_in_blocks_is_limiting_at_once():
    sound = np.random.default_rng(3).normal(0, 0.4, (2, 200_000)).astype(np.float32)
    parts = [sound[:, at : at + 7001] for at in range(0, sound.shape[1], 7001)]
    made = np.concatenate(list(limited(iter(parts), 0.8)), axis=1)
    assert np.allclose(made, limit(sound, 0.8), atol=1e-5)


@pytest.mark.parametrize("curve", list(Curve))
def test_a_fade_goes_from_nothing_to_all_and_never_back(curve):
    levels = shape(np.linspace(0, 1, 101), curve)
    assert levels[0] == 0
    assert levels[-1] == pytest.approx(1)
    assert (np.diff(levels) >= 0).all()


def test_a_sound_fades_in_and_out(folder):
    flat = write_sound(folder / "flat.wav", 0.5 * np.ones(2 * RATE))
    asked = {"into": 1, "out": 0.5, "curve": "linear"}
    signal = heard(make(folder, "fade", asked, flat)["path"])[0][0]
    assert signal[0] == pytest.approx(0, abs=1e-3)
    assert signal[RATE // 2] == pytest.approx(0.25, abs=1e-3)
    assert signal[RATE * 5 // 4] == pytest.approx(0.5, abs=1e-3)
    assert signal[-RATE // 4] == pytest.approx(0.25, abs=1e-3)


@pytest.mark.parametrize(("target", "channels"), [(-14, 2), (-23, 1), (-30, 2)])
def test_a_sound_is_brought_to_a_loudness(folder, target, channels):
    rng = np.random.default_rng(2)
    level = 0.02 + 0.05 * (np.sin(np.arange(8 * RATE) / RATE) > 0)
    quiet = write_sound(folder / "q.wav", rng.normal(0, 1, (channels, 8 * RATE)) * level, RATE)
    made = make(folder, "normalise", {"target_lufs": target, "ceiling_dbtp": -2}, quiet)
    kept = made["path"].rename(folder / "n.wav")
    said = make(folder, "loudness", {}, kept)["result"]
    assert said["integrated_lufs"] == pytest.approx(target, abs=0.2)
    assert said["integrated_lufs"] == pytest.approx(made["facts"]["lufs"], abs=0.2)
    assert said["true_peak_dbtp"] <= -1.8


def test_silence_stays_silent(folder):
    silence = write_sound(folder / "s.wav", np.zeros(RATE))
    made = make(folder, "normalise", {}, silence)
    assert np.abs(heard(made["path"])[0]).max() == 0
    said = make(folder, "loudness", {}, silence)["result"]
    assert said["silent"]
    assert said["integrated_lufs"] == -70
    assert make(folder, "tempo", {}, silence)["result"]["bpm"] is None
    assert make(folder, "key", {}, silence)["result"]["key"] is None


def test_loudness_is_what_the_broadcasters_say(folder):
    # EBU Tech 3342, case 1: 20 s at -20 dBFS and 20 s at -30 have a range of 10 LU.
    at = np.arange(20 * RATE) / RATE
    parts = [10 ** (level / 20) * np.sin(2 * np.pi * 1000 * at) for level in (-20, -30)]
    file = write_sound(folder / "range.wav", np.stack([np.concatenate(parts)] * 2), RATE)
    said = make(folder, "loudness", {}, file)["result"]
    assert said["range_lu"] == pytest.approx(10, abs=1)
    assert said["true_peak_dbtp"] == pytest.approx(-20, abs=0.2)
    assert said["loudest_short_term_lufs"] == pytest.approx(-20, abs=0.1)


def test_a_waveform_has_the_peaks_of_its_parts(folder):
    steps = np.repeat([0.1, -0.2, 0.8, 0.4], RATE // 4)
    file = write_sound(folder / "steps.wav", steps)
    said = make(folder, "waveform", {"points": 40}, file)["result"]
    assert len(said["peaks"]) == said["points"] == 40
    assert said["peaks"][5] == pytest.approx([0.1, 0.1], abs=1e-3)
    assert said["peaks"][15] == pytest.approx([-0.2, -0.2], abs=1e-3)
    assert said["peaks"][25] == pytest.approx([0.8, 0.8], abs=1e-3)
