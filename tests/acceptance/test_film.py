"""A screenplay in, a film out, through the command line."""

import itertools
import json
import signal
import time
from pathlib import Path
from types import SimpleNamespace

import av
import pytest

from support.command import reelwright
from support.media import look_at
from support.processes import finish, start

SCRIPT = """Title: A Small Film
Author: Nobody

FADE IN:

EXT. BEACH - DAY

MARA (30s) walks along the water. A GULL CRIES.

MARA
Is anybody there?

JOSEF
(shouting)
Only me!

DISSOLVE TO:

INT. KITCHEN - NIGHT

Josef pours tea. A CLOCK ticks.

JOSEF
(softly)
Say when.

MARA
When.

FADE OUT.
"""
EXPECTED = {
    "film.mp4", "film.otio", "film.fcpxml", "film.fcp7.xml", "film.edl", "film.srt", "film.vtt",
    "storyboard.pdf", "shots.csv", "contact-sheet.jpg", "media",
}  # fmt: skip
SMALL = ("--size", "320x180", "--jobs", "2", "--json")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small film, made once with an empty store, then once more."""
    folder = tmp_path_factory.mktemp("film")
    script = folder / "small.fountain"
    script.write_text(SCRIPT, encoding="utf-8")
    home, out = folder / "home", folder / "out"
    runs = [reelwright("film", script, "--out", out, *SMALL, home=home) for _ in range(2)]
    for run in runs:
        assert run.returncode == 0, run.stderr
    reports = [json.loads(run.stdout) for run in runs]
    return SimpleNamespace(script=script, home=home, out=out, first=reports[0], second=reports[1])


def test_everything_an_editor_needs_lies_in_the_folder(made):
    assert {path.name for path in made.out.iterdir()} == EXPECTED


def test_the_report_says_what_was_made_and_where(made):
    report = made.first
    assert set(report) == {
        "film", "duration_s", "frames", "size", "fps", "scenes", "shots", "made", "reused",
        "wall_s", "exports", "spent_micros", "warnings",
    }  # fmt: skip
    assert (report["spent_micros"], report["warnings"]) == ({}, [])
    assert report["made"] + report["reused"] == report["shots"] > 0
    assert (report["size"], report["fps"], report["scenes"]) == ("320x180", "24", 2)
    assert all(Path(path).exists() for path in report["exports"].values())


def test_the_film_has_as_many_frames_as_it_says_all_of_one_length(made):
    times = look_at(made.out / "film.mp4").times
    steps = {b - a for a, b in itertools.pairwise(times)}
    assert len(times) == made.first["frames"]
    assert len(steps) == 1
    assert abs(len(times) / 24 - made.first["duration_s"]) < 0.001


def test_picture_and_sound_end_together(made):
    film = look_at(made.out / "film.mp4")
    assert abs(film.picture_s - film.sound_s) < 1 / 24


def test_the_film_is_bt709_with_a_chapter_a_scene_and_its_title(made):
    with av.open(str(made.out / "film.mp4")) as film:
        assert film.metadata["title"] == "A Small Film"
        assert film.metadata["artist"] == "Nobody"
        assert len(film.chapters()) == 2
        frame = next(film.decode(video=0))
        assert (frame.colorspace, frame.color_range) == (1, 1)


def test_a_second_run_makes_nothing(made):
    assert made.second["made"] == 0
    assert made.second["reused"] == made.first["shots"]


def test_every_file_the_cut_names_is_there_and_the_folder_can_be_moved(made, tmp_path):
    otio = (made.out / "film.otio").read_text(encoding="utf-8")
    urls = {part.split('"')[0] for part in otio.split('"target_url": "')[1:]}
    assert urls
    for url in urls:
        assert not url.startswith("/")
        assert (made.out / url).exists()


def test_a_changed_line_makes_only_its_own_shots_again(made, tmp_path):
    script = tmp_path / "small.fountain"
    script.write_text(SCRIPT.replace("Say when.", "Tell me when to stop."), encoding="utf-8")
    run = reelwright("film", script, "--out", tmp_path / "out", *SMALL, home=made.home)
    report = json.loads(run.stdout)
    assert 1 <= report["made"] <= 2


def test_chosen_scenes_and_no_exports_give_a_short_film_alone(made, tmp_path):
    out = tmp_path / "out"
    run = reelwright(
        "film",
        made.script,
        "--out",
        out,
        "--scenes",
        "2",
        "--exports",
        "none",
        *SMALL,
        home=made.home,
    )
    assert json.loads(run.stdout)["scenes"] == 1
    assert [path.name for path in out.iterdir()] == ["film.mp4"]


def test_the_same_film_is_the_same_bytes_in_another_home(made, tmp_path):
    out = tmp_path / "out"
    run = reelwright("film", made.script, "--out", out, *SMALL, home=tmp_path / "home")
    assert run.returncode == 0, run.stderr
    for name in (
        "film.otio",
        "film.fcpxml",
        "film.fcp7.xml",
        "film.edl",
        "film.srt",
        "film.vtt",
        "shots.csv",
    ):
        assert (out / name).read_bytes() == (made.out / name).read_bytes(), name
    assert (out / "film.mp4").read_bytes() == (made.out / "film.mp4").read_bytes()


def test_ctrl_c_ends_within_two_seconds_with_130_and_the_next_run_goes_on(made, tmp_path):
    for turn in range(3):  # a busy machine may hold up one of them
        home = tmp_path / f"home{turn}"
        arguments = ("film", made.script, "--out", tmp_path / "out", *SMALL)
        run = start(*arguments, home=home)
        while len(list(home.glob("store/products/*/*.mp4"))) < 4:  # the title card and some shots
            assert run.poll() is None
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        begun = time.monotonic()
        status, stdout, stderr = finish(run)
        took = time.monotonic() - begun
        assert (status, stdout) == (130, "")
        assert "stopped" in stderr
        if took < 2:
            break
    assert took < 2
    again = json.loads(reelwright(*arguments, home=home).stdout)
    assert again["shots"] == made.first["shots"]
    assert again["reused"] > 0
