"""Finished pieces are joined frame by frame, and nothing is encoded again."""

import av
import numpy as np
import pytest

from reelwright.engines.media.frames import blended, read_frames, wiped, write_segment
from reelwright.engines.media.join import JoinError, Mark, Part, join
from reelwright.engines.media.video import SegmentWriter, Sheet, planes
from reelwright.film.timeline import Rate

NTSC = Rate(24000, 1001)


def _segment(path, frames, keys=(), rate=Rate(), grey=0):
    """A segment whose frame n is grey n (plus `grey`), so that frames can be told apart."""
    sheet = Sheet(160, 96)
    with SegmentWriter(path, 160, 96, rate, keys) as segment:
        for n in range(frames):
            level = grey + n
            sheet.canvas.clear(0xFF000000 | level << 16 | level << 8 | level)
            segment.write(sheet.converted())
    return path


def _greys(path):
    """The brightness of every frame in the order shown, and the steps between their times."""
    with av.open(str(path)) as film:
        shown = [(f.pts, int(np.median(planes(f)[0]))) for f in film.decode(video=0)]
    times = [pts or 0 for pts, _ in shown]
    return [grey for _, grey in shown], set(np.diff(times).tolist())


def _luma(grey):
    return round(16 + grey * 219 / 255)


@pytest.mark.parametrize("rate", [Rate(), Rate(25), NTSC], ids=["24", "25", "23.976"])
def test_parts_are_joined_to_the_frame_at_any_rate(tmp_path, rate):
    one = _segment(tmp_path / "a.mp4", 100, (12, 60), rate)
    two = _segment(tmp_path / "b.mp4", 30, (), rate, grey=150)
    film = tmp_path / "film.mp4"
    join([Part(one, 12, 48), Part(two, 0, 30), Part(one, 0, 12)], None, film, rate)
    greys, steps = _greys(film)
    expected = [_luma(n) for n in (*range(12, 60), *range(150, 180), *range(12))]
    assert len(greys) == 90
    assert len(steps) == 1
    assert max(abs(a - b) for a, b in zip(greys, expected, strict=True)) <= 2


def test_packets_are_copied_not_encoded_again(tmp_path):
    one = _segment(tmp_path / "a.mp4", 40)
    join([Part(one, 0, 40)], None, tmp_path / "film.mp4", Rate())

    def packets(path):
        with av.open(str(path)) as file:
            return [bytes(p) for p in file.demux(video=0) if p.size]

    assert packets(tmp_path / "film.mp4") == packets(one)


def test_a_part_that_begins_within_a_group_is_refused(tmp_path):
    one = _segment(tmp_path / "a.mp4", 40)
    with pytest.raises(JoinError, match="begins no group"):
        join([Part(one, 7, 20)], None, tmp_path / "film.mp4", Rate())


def test_a_part_that_is_too_short_is_refused(tmp_path):
    one = _segment(tmp_path / "a.mp4", 40)
    with pytest.raises(JoinError, match="50 frames wanted, 40 found"):
        join([Part(one, 0, 50)], None, tmp_path / "film.mp4", Rate())


def test_chapters_and_title_are_in_the_file(tmp_path):
    one = _segment(tmp_path / "a.mp4", 48)
    film = tmp_path / "film.mp4"
    marks = [Mark("One", 0, 24), Mark("Zwei · 二", 24, 24)]
    join([Part(one, 0, 48)], None, film, Rate(), chapters=marks, metadata={"title": "Ein Film"})
    with av.open(str(film)) as read:
        assert [c["metadata"]["title"] for c in read.chapters()] == ["One", "Zwei · 二"]
        assert read.metadata["title"] == "Ein Film"


def test_frames_are_read_from_any_place(tmp_path):
    one = _segment(tmp_path / "a.mp4", 60, (20,))
    levels = [int(np.median(planes(f)[0])) for f in read_frames(one, 33, 3)]
    assert max(abs(a - _luma(n)) for a, n in zip(levels, (33, 34, 35), strict=True)) <= 2


def test_a_dissolve_goes_from_one_to_the_other_and_black_is_black(tmp_path):
    one, two = _segment(tmp_path / "a.mp4", 2, grey=40), _segment(tmp_path / "b.mp4", 2, grey=200)
    a, b = next(read_frames(one, 0, 1)), next(read_frames(two, 0, 1))
    half = int(np.median(planes(blended(a, b, 0.5))[0]))
    assert abs(half - (_luma(40) + _luma(200)) // 2) <= 2
    assert int(np.median(planes(blended(a, None, 1.0))[0])) == 16
    left, right = planes(wiped(a, b, 0.5))[0][50, (10, 150)]
    assert int(left) > int(right)


def test_a_transition_is_a_segment_that_joins_with_the_others(tmp_path):
    one, two = _segment(tmp_path / "a.mp4", 24), _segment(tmp_path / "b.mp4", 24, grey=200)
    pairs = zip(read_frames(one, 0, 12), read_frames(two, 0, 12), strict=True)
    blend = (blended(a, b, n / 12) for n, (a, b) in enumerate(pairs))
    assert write_segment(blend, tmp_path / "t.mp4", Rate()) == 12
    parts = [Part(one, 0, 24), Part(tmp_path / "t.mp4", 0, 12), Part(two, 0, 24)]
    join(parts, None, tmp_path / "film.mp4", Rate())
    greys, steps = _greys(tmp_path / "film.mp4")
    assert (len(greys), len(steps)) == (60, 1)
