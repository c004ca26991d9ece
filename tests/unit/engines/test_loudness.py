import numpy as np
import pytest

from reelwright.engines.media.limiter import LOOKAHEAD, limit
from reelwright.engines.media.loudness import (
    SILENCE,
    LoudnessMeter,
    integrated,
    measure,
    true_peak,
)
from reelwright.engines.media.sound import RATE, decibels, gain, peak


def sine(hertz: float, level_db: float, seconds: float, phase: float = 0.0):
    at = np.arange(int(seconds * RATE)) / RATE
    one = gain(level_db) * np.sin(2 * np.pi * hertz * at + phase)
    return np.stack((one, one)).astype(np.float32)


@pytest.mark.parametrize("level", [-20.0, -23.0, -33.0])
def test_a_997_hz_sine_on_both_sides_is_as_loud_as_its_level(level):
    assert measure(sine(997, level, 20)) == pytest.approx(level, abs=0.1)


def test_one_side_alone_is_three_decibels_quieter():
    assert measure(sine(997, -20, 5)[0]) == pytest.approx(-23.0, abs=0.1)


def test_the_gate_leaves_out_what_is_far_below_the_rest():
    # EBU Tech 3341, case 3: 10 s at -36, 60 s at -23, 10 s at -36 measure -23 LUFS.
    quiet, loud = sine(1000, -36, 10), sine(1000, -23, 60)
    assert measure(np.concatenate((quiet, loud, quiet), axis=1)) == pytest.approx(-23, abs=0.1)


def test_the_gate_leaves_out_silence():
    # EBU Tech 3341, case 4, in short.
    parts = [sine(1000, level, 10) for level in (-72, -36, -23, -23, -23, -36, -72)]
    assert measure(np.concatenate(parts, axis=1)) == pytest.approx(-23, abs=0.1)


def test_two_levels_within_the_gate_are_averaged_by_power():
    # EBU Tech 3341, case 5: 20 s at -26, 20.1 s at -20, 20 s at -26 measure -23 LUFS.
    parts = [sine(1000, -26, 20), sine(1000, -20, 20.1), sine(1000, -26, 20)]
    assert measure(np.concatenate(parts, axis=1)) == pytest.approx(-23, abs=0.1)


def test_low_tones_count_less_and_high_tones_more():
    assert measure(sine(40, -20, 5)) < -22
    assert measure(sine(5000, -20, 5)) > -17.5


def test_silence_measures_the_absolute_gate():
    assert measure(np.zeros((2, RATE), np.float32)) == SILENCE
    assert measure(np.zeros((2, 0), np.float32)) == SILENCE


@pytest.mark.parametrize("size", [999, 4800, 65536])
def test_a_meter_fed_in_blocks_measures_as_in_one_go(size):
    sound = sine(700, -18, 6) * np.linspace(0.1, 1, 6 * RATE, dtype=np.float32)
    meter = LoudnessMeter()
    for start in range(0, sound.shape[1], size):
        meter.feed(sound[:, start : start + size])
    assert integrated(meter.powers()) == pytest.approx(measure(sound), abs=0.01)


def test_a_true_peak_between_the_samples_is_found():
    sound = sine(RATE / 4, -6, 1, np.pi / 4)
    assert decibels(peak(sound)) == pytest.approx(-9.0, abs=0.1)
    assert decibels(true_peak(sound[:, 1000:-1000])) == pytest.approx(-6.0, abs=0.3)


def test_the_limiter_holds_true_peaks_and_leaves_the_rest_alone():
    sound = sine(440, -12, 2)
    sound[:, RATE : RATE + 300] *= 8
    made = limit(sound, gain(-1))
    assert decibels(true_peak(made)) <= -0.9
    assert np.array_equal(made[:, : RATE - LOOKAHEAD], sound[:, : RATE - LOOKAHEAD])
    after = RATE + 300 + LOOKAHEAD
    assert np.array_equal(made[:, after:], sound[:, after:])


def test_the_limiter_changes_its_gain_softly():
    sound = np.full((2, RATE), 0.5, np.float32)
    sound[:, 20000:20010] = 2.0
    steps = np.diff(limit(sound, 0.8)[0, :19990])
    assert np.abs(steps).max() < 0.002


def test_pieces_limited_with_context_join_without_a_step():
    sound = np.random.default_rng(3).normal(0, 0.4, (2, RATE)).astype(np.float32)
    whole = limit(sound, 0.8)
    start = 200 * 64
    piece = limit(sound[:, start - 64 * 50 : start + 64 * 150], 0.8)[:, 64 * 50 : 64 * 100]
    assert np.allclose(piece, whole[:, start : start + 64 * 50], atol=1e-6)
