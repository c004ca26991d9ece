"""A person's own picture, clip and recording keep their form and their time."""

import itertools
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from reelwright.engines.media.sound import write_wav
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.own import OwnRecording, OwnShot, file_digest

RATE = Rate()


def _grey_clip(path, fps, count, time_base=None, first=0):
    """A clip whose frame n is grey of level 20 + 6 n."""
    with av.open(str(path), "w") as clip:
        stream = clip.add_stream("libx264", rate=fps, options={"crf": "1", "bf": "0"})
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(
                np.full((96, 64), 20 + 6 * number, np.uint8), format="gray"
            ).reformat(64, 64, "yuv420p")
            frame.pts, frame.time_base = number + first, Fraction(1) / fps
            clip.mux(stream.encode(frame))
        clip.mux(stream.encode(None))


def _shown(path):
    """Which frame of the grey clip each frame of a segment shows."""
    with av.open(str(path)) as segment:
        levels = [
            float(np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(64, -1)[32, 32])
            for frame in segment.decode(video=0)
        ]
    first = levels[0]
    steps = [level - first for level in levels]
    unit = max(min((b - a for a, b in itertools.pairwise(steps) if b > a), default=1), 1)
    return [round(step / unit) for step in steps]


def _own(tmp_path, file, size=64, rate=RATE, frames=12, **changes):
    return OwnShot(file, size, size, rate, frames, **changes).make(tmp_path).path


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mov", "ts"])
@pytest.mark.parametrize("rate", [Rate(24), Rate(24000, 1001), Rate(30000, 1001)])
def test_a_clip_at_the_films_rate_is_shown_frame_by_frame(tmp_path, suffix, rate):
    clip = tmp_path / f"clip.{suffix}"
    _grey_clip(clip, Fraction(rate.num, rate.den), 12)
    assert _shown(_own(tmp_path, clip, rate=rate)) == list(range(12))


def test_a_clip_of_half_the_rate_shows_each_frame_twice_and_one_of_double_the_rate_every_other(
    tmp_path,
):
    slow, fast = tmp_path / "slow.mp4", tmp_path / "fast.mp4"
    _grey_clip(slow, Fraction(12), 6)
    _grey_clip(fast, Fraction(48), 24)
    assert _shown(_own(tmp_path, slow)) == [n // 2 for n in range(12)]
    assert _shown(_own(tmp_path, fast)) == list(range(12))


def test_handles_move_nothing_that_is_shown(tmp_path):
    clip = tmp_path / "clip.mp4"
    _grey_clip(clip, Fraction(24), 12)
    assert _shown(_own(tmp_path, clip, frames=6, handles=3)) == [0, 0, 0, *range(9)]
    assert _shown(_own(tmp_path, clip, frames=6, handles=1, trim=4)) == list(range(8))


def test_a_short_clip_is_held_at_its_last_frame(tmp_path):
    clip = tmp_path / "clip.mp4"
    _grey_clip(clip, Fraction(24), 4)
    assert _shown(_own(tmp_path, clip)) == [0, 1, 2, *[3] * 9]


def test_a_picture_is_fitted_and_black_around_it(tmp_path):
    file = tmp_path / "wide.png"
    Image.new("RGB", (400, 100), "white").save(file)
    with av.open(str(_own(tmp_path, file, size=128))) as segment:
        frame = next(segment.decode(video=0)).to_ndarray(format="gray")
    assert frame[64].min() > 220
    assert frame[:40].max() < 20
    assert frame[88:].max() < 20


def test_what_is_clear_in_a_picture_is_black(tmp_path):
    file = tmp_path / "clear.png"
    Image.new("RGBA", (64, 64), (255, 255, 255, 0)).save(file)
    with av.open(str(_own(tmp_path, file))) as segment:
        assert next(segment.decode(video=0)).to_ndarray(format="gray").max() < 20


@pytest.mark.parametrize("name", ["broken.png", "broken.mp4", "words.txt"])
def test_a_file_that_is_no_picture_is_refused_by_name(tmp_path, name):
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(InvalidInputError, match=name) as caught:
        _own(tmp_path, tmp_path / name)
    assert caught.value.way_out


def test_a_recording_keeps_its_length_and_moves_the_mouth(tmp_path):
    file = tmp_path / "take.wav"
    signal = np.sin(np.arange(48_000) / 20).astype(np.float32) / 2
    signal[24_000:] = 0
    write_wav(file, signal)
    facts = OwnRecording(file).make(tmp_path).facts
    assert facts["seconds"] == pytest.approx(1.0, abs=0.001)
    mouths = dict(facts["mouths"])
    assert mouths[0.0] != "rest"
    assert mouths[0.75] == "rest"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InvalidInputError, match="gone"):
        file_digest(tmp_path / "gone.wav")
