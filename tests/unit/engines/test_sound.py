import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.engines.media.colour import compress, convolve, equalise, room_response
from reelwright.engines.media.sound import (
    RATE,
    WavReader,
    WavWriter,
    decibels,
    fade,
    gain,
    peak,
    read_wav,
    resample,
    rms,
    write_wav,
)


def sine(hertz: float, seconds: float = 1.0, rate: int = RATE):
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate).astype(np.float32)


def level_at(signal, hertz: float) -> float:
    spectrum = np.abs(np.fft.rfft(signal * np.hanning(len(signal))))
    return float(spectrum[round(hertz * len(signal) / RATE)])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 5000), min_size=1, max_size=6), st.integers(1, 2))
def test_what_is_written_in_blocks_is_read_in_one_go(tmp_path_factory, sizes, channels):
    path = tmp_path_factory.mktemp("wav") / "sound.wav"
    sound = np.random.default_rng(1).uniform(-1, 1, (channels, sum(sizes))).astype(np.float32)
    with WavWriter(path, channels) as file:
        for block in np.split(sound, np.cumsum(sizes)[:-1], axis=1):
            file.write(block)
    assert read_wav(path).shape == sound.shape
    assert np.abs(read_wav(path) - sound).max() < 1 / 32767


def test_a_reader_reads_any_stretch_and_stops_at_the_end(tmp_path):
    sound = sine(100)
    write_wav(tmp_path / "a.wav", sound)
    with WavReader(tmp_path / "a.wav") as file:
        assert (file.channels, file.frames, file.rate) == (1, RATE, RATE)
        assert np.allclose(file.read(1000, 500)[0], sound[1000:1500], atol=1e-4)
        assert file.read(RATE - 10, 500).shape == (1, 10)
        assert file.read(RATE + 10, 5).shape == (1, 0)
        assert sum(block.shape[1] for block in file.blocks(7777)) == RATE


def test_loud_samples_are_held_at_full_scale(tmp_path):
    write_wav(tmp_path / "a.wav", 3 * sine(50))
    assert peak(read_wav(tmp_path / "a.wav")) == pytest.approx(1.0)


@pytest.mark.parametrize("rate", [22050, 23550, 19800, 44100])
def test_resampling_keeps_a_tone_and_adds_no_other(rate):
    made = resample(sine(1000, 1.0, rate), rate)
    wanted = sine(1000)
    inner = slice(500, min(len(made), len(wanted)) - 500)
    assert decibels(peak(made[inner] - wanted[inner])) < -70


def test_resampling_down_leaves_out_what_would_fold_back():
    made = resample(sine(20_000), RATE, 24_000)
    assert decibels(rms(made[500:-500])) < -60


def test_a_fade_begins_and_ends_at_silence():
    sound = fade(np.ones((2, RATE), np.float32), 0.1, 0.2)
    assert sound[0, 0] < 1e-3
    assert sound[1, -1] < 1e-3
    assert sound[0, RATE // 2] == 1
    assert (np.diff(sound[0, :4800]) > 0).all()


def test_gain_and_decibels_are_each_others_inverse():
    assert decibels(gain(-7.5)) == pytest.approx(-7.5)
    assert decibels(0) == -200


def test_an_equaliser_changes_what_its_curve_says():
    sound = sine(500) + sine(4000)
    made = equalise(sound, ((500, 0), (4000, -12)))
    assert level_at(made, 500) / level_at(sound, 500) == pytest.approx(1, abs=0.02)
    assert decibels(level_at(made, 4000) / level_at(sound, 4000)) == pytest.approx(-12, abs=0.3)


def test_a_compressor_turns_down_what_is_loud_alone():
    sound = np.concatenate((sine(300) * gain(-40), sine(300) * gain(-6)))
    made = compress(sound, threshold=gain(-26), ratio=2.0)
    assert decibels(rms(made[20000:40000]) / rms(sound[20000:40000])) == pytest.approx(0, abs=0.2)
    # 26 - 6 - 3 (a sine's root mean square) = 17 dB over: half of that is taken away.
    assert decibels(rms(made[70000:90000]) / rms(sound[70000:90000])) == pytest.approx(
        -8.5, abs=0.5
    )


def test_convolving_lays_the_response_behind_every_frame():
    sound = np.zeros(1000, np.float32)
    sound[[10, 500]] = 1
    made = convolve(sound, np.array([1, 0.5, 0.25], np.float32))
    assert len(made) == 1002
    assert made[[10, 11, 12, 500, 501]] == pytest.approx([1, 0.5, 0.25, 1, 0.5], abs=1e-5)


def test_a_room_dies_away_and_is_the_same_every_time():
    room = room_response(0.5, seed=7)
    assert np.array_equal(room, room_response(0.5, seed=7))
    assert not np.array_equal(room, room_response(0.5, seed=8))
    assert rms(room[0, -2400:]) < rms(room[0, 2400:4800]) * gain(-35)
