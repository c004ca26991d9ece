"""What a person chooses about a film, by options and by notes, is in the film."""

import itertools
import json
from types import SimpleNamespace

import av
import numpy as np
import opentimelineio as otio
import pytest
from PIL import Image

from reelwright.engines.media.sound import write_wav
from support.command import reelwright
from support.media import look_at

SCRIPT = """INT. KITCHEN - NIGHT

Mara waits.

MARA
Who is there?

She listens.

JOSEF
Only me. I could not sleep.
"""
PLAIN = ("--jobs", "2", "--json")
SMALL = ("--size", "160x128", *PLAIN)


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("choices")
    script = folder / "kitchen.fountain"
    script.write_text(SCRIPT)
    return SimpleNamespace(script=script, home=folder / "home", folder=folder)


def _film(kitchen, out, *options, script=None):
    size = () if "--size" in options else ("--size", "160x128")
    run = reelwright(
        "film", script or kitchen.script, "--out", out, *PLAIN, *size, *options, home=kitchen.home
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("fps", ["23.976", "59.94"])
def test_every_rate_is_constant_and_sound_ends_with_the_picture(kitchen, tmp_path, fps):
    report = _film(kitchen, tmp_path, "--fps", fps, "--exports", "none")
    film = look_at(tmp_path / "film.mp4")
    assert report["fps"] == fps
    assert float(film.rate) == pytest.approx(float(fps), abs=0.001)
    assert len(film.times) == report["frames"]
    assert len({b - a for a, b in itertools.pairwise(film.times)}) == 1
    assert film.picture_s == pytest.approx(report["duration_s"], abs=0.001)
    assert abs(film.picture_s - film.sound_s) < 1 / float(fps)


@pytest.mark.parametrize("size", ["344x144", "144x144", "130x230"])
def test_every_shape_of_frame_is_drawn_as_asked(kitchen, tmp_path, size):
    report = _film(kitchen, tmp_path, "--size", size, "--exports", "none", "--no-voices")
    film = look_at(tmp_path / "film.mp4")
    assert report["size"] == f"{film.width}x{film.height}" == size


def test_handles_lie_at_both_ends_of_every_file_and_the_exports_say_so(kitchen, tmp_path):
    report = _film(kitchen, tmp_path, "--handles", "7", "--exports", "otio")
    (track,) = otio.adapters.read_from_file(str(tmp_path / "film.otio")).video_tracks()
    clips = [clip for clip in track if isinstance(clip, otio.schema.Clip)]
    for clip in clips:
        available, source = clip.available_range(), clip.source_range
        with av.open(str(tmp_path / clip.media_reference.target_url)) as media:
            assert media.streams.video[0].frames == available.duration.value
        assert source.start_time.value - available.start_time.value == 7
        assert available.duration.value - source.duration.value == 14
    assert sum(clip.source_range.duration.value for clip in clips) == report["frames"]


def test_subtitles_are_burnt_in_only_when_asked_and_only_where_somebody_speaks(kitchen, tmp_path):
    plain, burnt = (
        _film(kitchen, tmp_path / name, "--exports", "srt", *more)
        for name, more in (("plain", ()), ("burnt", ("--burn-in",)))
    )
    assert plain["frames"] == burnt["frames"]
    assert 0 < burnt["made"] < burnt["shots"]
    films = [
        [
            frame.to_ndarray(format="gray").astype(int)
            for frame in av.open(str(path)).decode(video=0)
        ]
        for path in (tmp_path / "plain" / "film.mp4", tmp_path / "burnt" / "film.mp4")
    ]
    changes = [np.abs(one - other).max() for one, other in zip(*films, strict=True)]
    assert max(changes) > 80
    assert min(changes) < 20


def test_without_voices_it_has_subtitles_and_no_voice_files(kitchen, tmp_path):
    _film(kitchen, tmp_path, "--no-voices", "--exports", "srt,media")
    assert "Who is there?" in (tmp_path / "film.srt").read_text()
    media = {path.name for path in (tmp_path / "media").iterdir()}
    assert any(name.endswith(".mp4") for name in media)
    assert not [name for name in media if "MARA" in name.upper() or "voice" in name]


@pytest.fixture
def own(kitchen, tmp_path):
    """The kitchen beside a picture and a recording of one's own; `notes` writes the notes."""
    script = tmp_path / "kitchen.fountain"
    script.write_text(SCRIPT)
    read = reelwright("breakdown", script, "--json", home=kitchen.home)
    shots = json.loads(read.stdout)["scenes"][0]["shots"]
    Image.new("RGB", (160, 128), (250, 0, 0)).save(tmp_path / "mine.png")
    write_wav(tmp_path / "take.wav", np.sin(np.arange(96_000) / 20).astype(np.float32) / 3)
    notes = tmp_path / "kitchen.notes.toml"
    speaking = next(shot["id"] for shot in shots if shot["dialogue"])
    return SimpleNamespace(script=script, notes=notes, shot=shots[0]["id"], speaking=speaking)


def test_a_picture_and_a_recording_of_ones_own_take_the_place_of_made_ones(kitchen, own, tmp_path):
    own.notes.write_text(
        f'[shots.{own.shot}]\npicture = "mine.png"\n[shots.{own.speaking}]\nrecordings = ["take.wav"]\n'
        if own.shot != own.speaking
        else f'[shots.{own.shot}]\npicture = "mine.png"\nrecordings = ["take.wav"]\n'
    )
    out = tmp_path / "out"
    _film(kitchen, out, "--exports", "otio,srt", script=own.script)
    with av.open(str(out / "media" / f"{own.shot}.mp4")) as media:
        red = next(media.decode(video=0)).to_ndarray(format="rgb24").reshape(-1, 3).mean(axis=0)
    assert red[0] > 200
    assert red[1:].max() < 60
    waves = [path for path in (out / "media").glob("*.wav") if own.speaking in path.name]
    assert waves
    with av.open(str(waves[0])) as voice:
        assert voice.streams.audio[0].duration == pytest.approx(96_000, abs=10)


def test_notes_that_name_a_missing_file_are_refused_before_any_work(kitchen, own, tmp_path):
    own.notes.write_text(f'[shots.{own.shot}]\npicture = "gone.png"\n')
    out = tmp_path / "out"
    run = reelwright("film", own.script, "--out", out, *SMALL, home=kitchen.home)
    assert (run.returncode, run.stdout) == (2, "")
    assert "kitchen.notes.toml" in run.stderr
    assert "gone.png" in run.stderr
    assert not out.exists()


def test_notes_that_cannot_be_read_are_refused_with_their_line(kitchen, own, tmp_path):
    own.notes.write_text(f"[shots.{own.shot}]\nsize = = 3\n")
    run = reelwright("film", own.script, "--out", tmp_path / "out", *SMALL, home=kitchen.home)
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.strip().splitlines()) == 1
    assert "kitchen.notes.toml" in run.stderr
    assert "2" in run.stderr
