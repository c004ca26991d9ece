"""The smaller commands, as a user types them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import opentimelineio as otio
import pytest

import reelwright as package
from reelwright.film.layout.shots import CARDS
from support.command import reelwright

SCRIPT = """INT. KITCHEN - NIGHT

Mara waits by the stove.

MARA
Who is there?

She listens at the door for a long time.

JOSEF
Only me. I could not sleep.

Josef comes in and sits down.
"""


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "my kitchen ü.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_the_version_is_the_packages():
    assert reelwright("--version").stdout.strip() == package.__version__


def test_help_names_every_command():
    shown = reelwright("--help").stdout
    films = ("film", "screenplay", "breakdown", "notes", "conform", "cache", "doctor")
    for command in (*films, "serve", "up", "api", "worker", "jobs", "db", "settings"):
        assert command in shown


def test_the_doctor_checks_everything_and_says_so(tmp_path):
    run = reelwright("doctor", "--json", home=tmp_path)
    checks = json.loads(run.stdout)
    films = {"python", "drawing", "encoding", "speaking", "reading", "store", "providers"}
    assert set(checks) == films | {"settings", "database", "storage", "keys", "cache", "clock"}
    assert run.returncode == (0 if all(check["works"] for check in checks.values()) else 1)
    assert all(checks[name]["works"] for name in checks if name != "store"), checks


def test_the_doctor_tells_what_does_not_work(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be")
    run = reelwright("doctor", home=tmp_path / "home")
    assert run.returncode == 1
    assert "FAIL store" in run.stdout
    assert "store" in run.stderr


def test_an_empty_cache_is_shown_and_not_created(tmp_path):
    run = reelwright("cache", "--json", home=tmp_path / "home")
    assert json.loads(run.stdout) == {
        "path": str(tmp_path / "home" / "store"), "products": 0, "bytes": 0, "freed": 0,
        "operations": {},
    }  # fmt: skip
    assert not (tmp_path / "home").exists()


def test_notes_are_written_once_and_never_over_somebodys_work(script):
    first = reelwright("notes", script)
    notes = script.with_suffix(".notes.toml")
    assert first.stdout.strip() == str(notes)
    notes.write_text("# mine\n")
    again = reelwright("notes", script)
    assert (again.returncode, again.stdout) == (2, "")
    assert "never overwritten" in again.stderr
    assert notes.read_text() == "# mine\n"
    assert "[shots." in reelwright("notes", script, "--print").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_installed_for_every_shell(shell, tmp_path):
    target = tmp_path / "completion"
    run = subprocess.run(
        [sys.executable, "-m", "reelwright", "--install-completion", "--shell", shell,
         "--output", str(target)],
        env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    text = target.read_text()
    assert "breakdown" in text
    if shell != "fish" and shutil.which(shell):
        subprocess.run([shell, "-n", str(target)], check=True)


def test_output_that_nobody_reads_is_no_traceback(script):
    pipe = f'"{sys.executable}" -m reelwright breakdown "{script}" --json | true'
    run = subprocess.run(["sh", "-c", pipe], capture_output=True, text=True, check=False)
    assert run.stderr == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_disturb_nothing(script, tmp_path, closed):
    line = (
        f'"{sys.executable}" -m reelwright screenplay "{script}" --to fdx --out "{tmp_path}/a.fdx"'
    )
    run = subprocess.run(["sh", "-c", f"{line} {closed}"], capture_output=True, check=False)
    assert run.returncode == 0
    assert (tmp_path / "a.fdx").read_bytes().startswith(b"<?xml")


def test_in_a_locale_without_unicode_output_is_utf_8(script):
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "reelwright", "breakdown", str(script), "--json"],
        env=os.environ | bare, capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["scenes"][0]["heading"] == "INT. KITCHEN - NIGHT"


def test_files_in_the_users_folder_do_not_stand_in_for_libraries(script):
    for name in ("av.py", "random.py"):
        (script.parent / name).write_text("raise SystemExit(7)")
    entry = shutil.which("reelwright", path=str(Path(sys.executable).parent))
    assert entry
    run = subprocess.run(
        [entry, "film", script.name, "--size", "128x128", "--exports", "none", "--no-voices"],
        cwd=script.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def _shots(track):
    """The clips of a track by their shots, the cards at its ends left out."""
    clips = [one for one in track if isinstance(one, otio.schema.Clip)]
    named = {clip.metadata["reelwright"]["shot"]: clip for clip in clips}
    return {name: clip for name, clip in named.items() if name not in CARDS}


def test_what_an_editor_changed_comes_back_as_notes_and_into_the_film(script, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    command = ("film", script, "--size", "160x128", "--jobs", "2", "--exports", "otio", "--json")
    first = reelwright(*command, "--out", out, home=home)
    assert first.returncode == 0, first.stderr
    edit = otio.adapters.read_from_file(str(out / "film.otio"))
    (track,) = edit.video_tracks()
    by_name = _shots(track)
    names = list(by_name)
    assert len(names) >= 4
    dropped, trimmed = names[-1], names[0]
    track.remove(by_name[dropped])
    range_ = by_name[trimmed].source_range
    by_name[trimmed].source_range = otio.opentime.TimeRange(
        range_.start_time, range_.duration - otio.opentime.RationalTime(12, 24)
    )
    one, other = (track.index(by_name[name]) for name in names[1:3])
    moved = track[other]
    del track[other]
    track.insert(one, moved)
    otio.adapters.write_to_file(edit, str(tmp_path / "edit.otio"))

    told = reelwright("conform", tmp_path / "edit.otio", script, home=home)
    assert told.returncode == 0, told.stderr
    second = reelwright(*command, "--out", out, home=home)
    assert second.returncode == 0, second.stderr
    (track,) = otio.adapters.read_from_file(str(out / "film.otio")).video_tracks()
    now = _shots(track)
    assert list(now) == [names[0], names[2], names[1], *names[3:-1]]
    assert now[trimmed].source_range.duration.value == range_.duration.value - 12
    assert json.loads(second.stdout)["shots"] == len(names) - 1
