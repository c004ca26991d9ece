"""The camera's moves: eased, in step with depth and lens, and gentle outside the shown frames."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Move, Size
from reelwright.providers.sketch.camera import Camera, eased, parallax


def _camera(move: Move, *, lens: int = 35, size: Size = Size.WIDE, seconds: float = 4.0) -> Camera:
    return Camera(move, size, lens, seconds, 1280.0, seed=5)


@given(st.floats(-0.5, 1.5), st.floats(0.001, 0.2))
def test_a_move_never_turns_back(u, step):
    assert eased(u + step) > eased(u)


def test_a_move_starts_and_ends_slowly():
    middle = eased(0.55) - eased(0.45)
    assert eased(0.1) - eased(0.0) < middle
    assert eased(1.0) - eased(0.9) < middle


def test_shown_frames_go_from_start_to_end():
    assert eased(0) == 0
    assert eased(1) == pytest.approx(1)


@pytest.mark.parametrize("move", [m for m in Move if m is not Move.HANDHELD])
def test_handles_go_on_from_the_shown_frames_without_a_jump(move):
    camera = _camera(move)
    for border in (0.0, 1.0):
        before, after = camera.at(border - 0.01), camera.at(border + 0.01)
        assert abs(before.x - after.x) < 3
        assert abs(before.y - after.y) < 3
        assert abs(before.zoom - after.zoom) < 0.01


def test_a_wide_lens_shows_more_parallax_than_a_long_one():
    assert parallax(24) > parallax(35) > parallax(50) > parallax(85)
    wide, long = _camera(Move.TRACK_LEFT, lens=24), _camera(Move.TRACK_LEFT, lens=85)
    assert wide.share(0.2) < long.share(0.2) < 1
    assert wide.share(1.3) > long.share(1.3) > 1


def test_figures_follow_the_camera_fully_at_any_lens():
    assert all(_camera(Move.PAN_LEFT, lens=lens).share(1.0) == 1 for lens in (24, 50, 85))


def test_turning_shows_less_parallax_than_travelling():
    assert _camera(Move.PAN_LEFT).weight < _camera(Move.TRACK_LEFT).weight


def test_opposite_moves_mirror_each_other():
    assert _camera(Move.PAN_LEFT).at(0.8).x == -_camera(Move.PAN_RIGHT).at(0.8).x
    assert _camera(Move.TILT_UP).at(0.8).y == -_camera(Move.TILT_DOWN).at(0.8).y
    assert _camera(Move.PUSH_IN).at(0.0).zoom == pytest.approx(_camera(Move.PULL_OUT).at(1.0).zoom)


def test_tighter_shots_travel_less():
    reach = [
        _camera(Move.PUSH_IN, size=s).at(1.0).zoom for s in (Size.WIDE, Size.MEDIUM, Size.CLOSE)
    ]
    assert reach == sorted(reach, reverse=True)


@given(st.integers(0, 2**32), st.floats(1, 20))
def test_a_held_camera_drifts_but_does_not_shake(seed, seconds):
    camera = Camera(Move.HANDHELD, Size.MEDIUM, 35, seconds, 1280.0, seed)
    frames = int(seconds * 24)
    poses = [camera.at(i / frames) for i in range(frames)]
    assert all(pose.zoom > 1 for pose in poses)
    steps = [abs(b.x - a.x) for a, b in itertools.pairwise(poses)]
    assert max(steps) < 4


def test_only_a_static_camera_is_still():
    assert [m for m in Move if _camera(m).still] == [Move.STATIC]


@pytest.mark.parametrize("move", [m for m in Move if m is not Move.STATIC])
@pytest.mark.parametrize("seconds", [0.8, 4.0, 19.0])
def test_a_camera_never_looks_beyond_its_reach_however_long_the_shot(move, seconds):
    camera = _camera(move, seconds=seconds)
    poses = [camera.at(u / 100) for u in range(101)]
    nearest = camera.share(1.6)
    assert max(max(abs(pose.x), abs(pose.y)) for pose in poses) * nearest <= camera.reach
    assert camera.reach == _camera(move, seconds=2.0).reach
