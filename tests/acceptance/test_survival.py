"""What a film goes through on a real machine: kill -9, a full disk, two at once, meddling hands."""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from support.command import reelwright
from support.processes import finish, kill_all, start

SCRIPT = """Title: Small

EXT. BEACH - DAY

MARA (30s) walks along the water.

MARA
Is anybody there?

She waits. A GULL CRIES.

DISSOLVE TO:

INT. KITCHEN - NIGHT

Mara pours tea.

MARA
Nobody.
"""
SMALL = ("--size", "320x180", "--jobs", "2", "--json")
# Root may write everywhere. Without these two capabilities (DAC_OVERRIDE, DAC_READ_SEARCH), which a
# process loses when it starts itself anew, it is bound by a folder's rights like anybody.
AS_ANYBODY = """
import ctypes, os, sys
if os.geteuid() == 0 and not os.environ.get("BOUND"):
    os.environ["BOUND"] = "1"
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
    os.execv(sys.executable, sys.orig_argv)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "small.fountain"
    path.write_text(SCRIPT)
    return path


def _cards(home: Path) -> list[Path]:
    return list((home / "store" / "products").glob("*/*.json"))


def _products(home: Path) -> dict[str, int]:
    """Every finished product, found whole, with the inode of its file."""
    found = {}
    for path in _cards(home):
        card = json.loads(path.read_bytes())
        file = path.with_name(card["file"])
        assert file.stat().st_size == card["size"], file
        if card["operation"] in ("motion", "transition", "film"):
            with av.open(str(file)) as media:
                assert media.streams.video[0].frames == card["facts"]["frames"], file
        found[file.name] = file.stat().st_ino
    return found


def _leavings(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def _machine_failed(run: tuple[int, str, str], *words: str) -> None:
    status, stdout, stderr = run
    assert (status, stdout) == (1, ""), stderr
    assert len(stderr.strip().splitlines()) == 1, stderr
    for word in words:
        assert word in stderr


def test_killed_at_any_moment_it_goes_on_and_makes_nothing_finished_again(script, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    moments, kept = random.Random(6), {}
    for _ in range(4):
        run = start("film", script, "--out", out, *SMALL, home=home)
        while run.poll() is None and len(_cards(home)) <= len(kept):
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 0.7))
        kill_all(run)
        now = _products(home)
        assert kept.items() <= now.items()
        kept = now
        for file in out.glob("[!.]*.mp4"):
            with av.open(str(file)) as film:
                assert film.streams.video[0].frames
    status, stdout, stderr = finish(start("film", script, "--out", out, *SMALL, home=home))
    assert status == 0, stderr
    assert kept.items() <= _products(home).items()
    with av.open(str(out / "film.mp4")) as film:
        assert film.streams.video[0].frames == json.loads(stdout)["frames"]
    assert not _leavings(home / "store" / "drafts")
    assert not list(out.rglob(".reelwright-*"))


def test_what_a_killed_run_left_in_the_folder_is_cleared_by_the_next(script, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    drafts = [out / ".reelwright-left.mp4", out / "media" / ".reelwright-left.wav"]
    own = out / ".own-notes"
    drafts[1].parent.mkdir(parents=True)
    for path in (*drafts, own):
        path.write_text("x")
    run = start("film", script, "--out", out, "--scenes", "2", *SMALL, home=home)
    assert finish(run)[0] == 0
    assert [path.exists() for path in (*drafts, own)] == [False, False, True]


def test_two_runs_of_one_film_make_every_shot_once_and_the_same_film(script, tmp_path):
    home, outs = tmp_path / "home", (tmp_path / "one", tmp_path / "two")
    runs = [start("film", script, "--out", out, *SMALL, home=home) for out in outs]
    reports = []
    for run in runs:
        status, stdout, stderr = finish(run, timeout=180)
        assert status == 0, stderr
        reports.append(json.loads(stdout))
    shots = reports[0]["shots"]
    # Both may have asked at once, and shared the work; or one joined the other's, or found it made.
    made = [report["made"] for report in reports]
    assert sum(made) == shots or made == [shots, shots]
    assert (outs[0] / "film.mp4").read_bytes() == (outs[1] / "film.mp4").read_bytes()
    for clip in (outs[0] / "media").iterdir():  # hard links to the one product
        assert clip.stat().st_ino == (outs[1] / "media" / clip.name).stat().st_ino


def test_two_runs_into_one_folder_leave_a_whole_film(script, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    options = ("--scenes", "2", *SMALL)
    runs = [start("film", script, "--out", out, *options, home=home) for _ in range(2)]
    assert [finish(run, timeout=180)[0] for run in runs] == [0, 0]
    _products(home)
    assert not list(out.rglob(".reelwright-*"))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 400 MB, where the machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400M", "tmpfs", str(place)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("no disk can be mounted here; the test with a file size limit stands in")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_said_plainly_and_what_is_finished_is_kept(script, tmp_path, small_disk):
    command = ("film", script, "--out", tmp_path / "out", *SMALL)
    assert finish(start(*command, "--scenes", "2", home=small_disk), timeout=120)[0] == 0
    shutil.rmtree(tmp_path / "out")
    kept = _products(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 1_000_000))
    failed = finish(start(*command, home=small_disk), timeout=120)
    _machine_failed(failed, "free some space")
    assert not (tmp_path / "out").exists()
    filler.unlink()
    status, _, stderr = finish(start(*command, home=small_disk), timeout=120)
    assert status == 0, stderr
    assert kept.items() <= _products(small_disk).items()


def test_a_disk_that_takes_no_large_file_is_said_plainly_and_the_next_run_goes_on(
    script, tmp_path, monkeypatch
):
    monkeypatch.setenv("REELWRIGHT_DATABASE__LINGER_S", "15")
    home, out = tmp_path / "home", tmp_path / "out"
    command = ("film", script, "--out", out, *SMALL)
    assert reelwright("db", "status", home=home).returncode == 0  # its Postgres has no such limit
    limit = f"import resource; resource.setrlimit({resource.RLIMIT_FSIZE}, (400_000, 400_000))"
    failed = finish(start(*command, home=home, first=limit), timeout=120)
    _machine_failed(failed, "cannot make", "choose")
    assert not out.exists()
    kept = _products(home)
    assert kept
    assert finish(start(*command, home=home), timeout=120)[0] == 0
    assert kept.items() <= _products(home).items()


@pytest.mark.parametrize("locked", ["out", "home"])
def test_a_folder_one_may_not_write_to_is_said_plainly(locked, script, tmp_path):
    for name in ("out", "home"):
        (tmp_path / name).mkdir(mode=0o555 if name == locked else 0o777)
    out = tmp_path / "out" / "film"
    command = ("film", script, "--out", out, *SMALL)
    run = finish(start(*command, home=tmp_path / "home", first=AS_ANYBODY))
    _machine_failed(run, str(tmp_path / locked), "may write to")
    assert not out.exists()


def test_products_deleted_in_the_middle_of_a_run_are_made_again_by_the_next(script, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    products = home / "store" / "products"
    run = start("film", script, "--out", out, *SMALL, home=home)
    while run.poll() is None and not list(products.glob("*/*.mp4")):
        time.sleep(0.02)
    for file in products.glob("*/*"):
        file.unlink(missing_ok=True)
    status, stdout, stderr = finish(run)
    if status:
        _machine_failed((status, stdout, stderr), "No such file")
    again = reelwright("film", script, "--out", out, *SMALL, home=home)
    assert again.returncode == 0, again.stderr
    with av.open(str(out / "film.mp4")) as film:
        assert film.streams.video[0].frames == json.loads(again.stdout)["frames"]


def test_trimming_waits_for_nobody_while_a_film_is_made(script, tmp_path):
    home = tmp_path / "home"
    run = start("film", script, "--out", tmp_path / "out", "--scenes", "2", *SMALL, home=home)
    while run.poll() is None and not _cards(home):
        time.sleep(0.02)
    trim = reelwright("cache", "--trim", "0", "--json", home=home)
    assert (trim.returncode, trim.stdout) == (1, "")
    assert "in use" in trim.stderr
    assert finish(run)[0] == 0
    trim = reelwright("cache", "--trim", "0", "--json", home=home)
    assert json.loads(trim.stdout)["products"] == 0
