"""The segment writer, read back by libav's decoder."""

import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from reelwright.engines.media.video import BT709, SegmentWriter, Sheet, paste
from reelwright.film.timeline import Rate

WIDTH, HEIGHT = 160, 90


def _write(path: Path, frames: int, rate: Rate = Rate(), keys: tuple[int, ...] = ()) -> None:
    sheet = Sheet(WIDTH, HEIGHT)
    with SegmentWriter(path, WIDTH, HEIGHT, rate, keys) as writer:
        for i in range(frames):
            sheet.canvas.clear(0xFF000000 | (i * 5 % 256) << 8)
            writer.write(sheet.converted())


def _packets(path: Path) -> list[av.Packet]:
    with av.open(str(path)) as container:
        return [p for p in container.demux(video=0) if p.size]


@pytest.mark.parametrize("rate", [Rate(), Rate(25), Rate(30000, 1001)])
def test_every_frame_written_comes_back_at_a_constant_rate(tmp_path, rate):
    _write(tmp_path / "a.mp4", 53, rate)
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert container.streams.video[0].average_rate == Fraction(rate.num, rate.den)
        frames = list(container.decode(video=0))
    times = [Fraction(f.pts or 0) * (f.time_base or 0) for f in frames]
    assert len(times) == 53
    steps = {b - a for a, b in pairwise(times)}
    assert steps == {Fraction(rate.den, rate.num)}


def test_groups_begin_at_the_asked_frames_and_at_least_every_two_seconds(tmp_path):
    _write(tmp_path / "a.mp4", 120, keys=(0, 7, 30))
    packets = _packets(tmp_path / "a.mp4")
    times = sorted(p.pts or 0 for p in packets)
    keys = sorted(times.index(p.pts or 0) for p in packets if p.is_keyframe)
    assert keys == [0, 7, 30, 78]


def test_no_picture_refers_back_over_a_key(tmp_path):
    _write(tmp_path / "a.mp4", 60, keys=(20, 40))
    packets = _packets(tmp_path / "a.mp4")
    starts = [i for i, p in enumerate(packets) if p.is_keyframe]
    for start in starts:
        assert all((p.pts or 0) >= (packets[start].pts or 0) for p in packets[start:])


def test_the_stream_is_tagged_bt709_limited(tmp_path):
    _write(tmp_path / "a.mp4", 3)
    with av.open(str(tmp_path / "a.mp4")) as container:
        frame = next(container.decode(video=0))
        context = container.streams.video[0].codec_context
    assert (frame.colorspace, frame.color_primaries, frame.color_trc) == (BT709,) * 3
    assert frame.color_range == 1
    assert context.pix_fmt == "yuv420p"


def test_white_red_and_black_survive_as_bt709_says(tmp_path):
    sheet = Sheet(48, 16)
    for i, color in enumerate((0xFFFFFFFF, 0xFFFF0000, 0xFF000000)):
        sheet.pixels[:, 16 * i : 16 * i + 16] = [
            color & 255,
            color >> 8 & 255,
            color >> 16 & 255,
            255,
        ]
    frame = sheet.converted()
    y, u, v = (np.frombuffer(memoryview(plane), np.uint8) for plane in frame.planes)
    luma = y[: frame.planes[0].line_size][[8, 24, 40]].tolist()
    assert np.allclose(luma, [235, 63, 16], atol=1)
    assert np.allclose(
        v[: frame.planes[2].line_size][[4, 12, 20]].tolist(), [128, 240, 128], atol=1
    )
    assert np.allclose(
        u[: frame.planes[1].line_size][[4, 12, 20]].tolist(), [128, 102, 128], atol=1
    )


def test_a_pasted_patch_equals_converting_the_whole():
    rng = np.random.default_rng(3)
    whole, patch = Sheet(WIDTH, HEIGHT), Sheet(40, 20)
    whole.pixels[:] = rng.integers(0, 255, whole.pixels.shape)
    before = whole.converted()
    patch.pixels[:] = rng.integers(0, 255, patch.pixels.shape)
    whole.pixels[30:50, 60:100] = patch.pixels
    paste(before, patch.converted(), 60, 30)
    assert np.array_equal(before.to_ndarray(), whole.converted().to_ndarray())


def test_the_same_frames_give_the_same_bytes_in_another_process(tmp_path):
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "import test_video; test_video._write(Path(sys.argv[1]), 30, keys=(0, 9))"
    )
    _write(tmp_path / "here.mp4", 30, keys=(0, 9))
    there = tmp_path / "there.mp4"
    here = Path(__file__).parent
    subprocess.run([sys.executable, "-c", program, str(there), str(here)], check=True)
    assert (tmp_path / "here.mp4").read_bytes() == there.read_bytes()


def test_a_failure_while_writing_is_not_hidden(tmp_path):
    with (
        pytest.raises(RuntimeError, match="pen broke"),
        SegmentWriter(tmp_path / "a.mp4", WIDTH, HEIGHT, Rate()),
    ):
        raise RuntimeError("pen broke")
