"""Child processes answer, fail with their own errors, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reelwright.engines.processes.child import Child, ChildDiedError
from reelwright.engines.processes.crew import Crew
from reelwright.ground.errors import InvalidInputError

ECHO = "support.echo_process"


@pytest.fixture(autouse=True)
def _children_find_the_tests(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def test_a_child_answers_with_values_of_any_type():
    with Child(ECHO) as child:
        assert child.ask({"say": (1, Path("a"))}) == {"said": (1, Path("a"))}


def test_what_a_library_prints_does_not_disturb_the_answers():
    with Child(ECHO) as child:
        assert child.ask({"print": "noise", "say": 1}) == {"said": 1}


def test_an_error_the_child_foresaw_keeps_its_type_and_its_way_out():
    with Child(ECHO) as child:
        with pytest.raises(InvalidInputError) as caught:
            child.ask({"fail": "no such voice"})
        assert caught.value.way_out == "try another"
        assert child.ask({"say": 2}) == {"said": 2}


def test_a_child_that_is_killed_is_reported_and_the_next_question_starts_a_new_one():
    with Child(ECHO) as child:
        pid = child.ask({"pid": True})["said"]
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ChildDiedError, match="ended early"):
            child.ask({"say": 1})
        assert child.ask({"say": 3}) == {"said": 3}


def test_a_crew_does_every_job_once_and_survives_a_death():
    with Crew(ECHO, 2) as crew:
        jobs = [{"say": n} for n in range(20)]
        jobs[7] = {"die_once": True, "say": 7}
        answers = dict(crew.each(jobs))
    assert {n: a["said"] for n, a in answers.items()} == {n: n for n in range(20)}


def test_children_leave_when_their_parent_is_killed():
    code = (
        "from reelwright.engines.processes.child import Child\n"
        f"c = Child({ECHO!r}); print(c.ask({{'pid': True}})['said'], flush=True)\n"
        "c.ask({'sleep': 1})"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _gone_within(pid, seconds=10)


def _gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_child_knows_no_secret_of_ours_has_no_network_and_gets_no_new_rights(monkeypatch):
    kept = {"LANG": "C.UTF-8", "REELWRIGHT_FONTS": "/fonts"}
    for name in ("REELWRIGHT_SECRETS__HOUSE_KEY", "DATABASE_URL", "PGPASSWORD", "FAL_KEY"):
        monkeypatch.setenv(name, "a-secret")
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    with Child(ECHO) as child, Child(ECHO, ["REELWRIGHT_FONTS"], online=True) as needy:
        pid, other = child.ask({"pid": True})["said"], needy.ask({"pid": True})["said"]
        assert b"a-secret" not in Path(f"/proc/{pid}/environ").read_bytes()
        known = {
            one.partition(b"=")[0] for one in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        }
        assert not [one for one in known if one.startswith((b"REELWRIGHT", b"DATABASE", b"PG"))]
        assert b"LANG" in known
        more = Path(f"/proc/{other}/environ").read_bytes()
        assert b"a-secret" not in more
        assert b"REELWRIGHT_FONTS=/fonts" in more
        assert "NoNewPrivs:\t1" in Path(f"/proc/{pid}/status").read_text()
        ours = Path("/proc/self/ns/net").readlink()
        assert Path(f"/proc/{other}/ns/net").readlink() == ours
        if (
            subprocess.run(["unshare", "-Un", "true"], check=False, capture_output=True).returncode
            == 0
        ):
            assert Path(f"/proc/{pid}/ns/net").readlink() != ours
