"""A service on a bad day: a full disk, a home it may not write to. It says so once, and loses nothing."""

import os
import shutil
import subprocess
import sys

import pytest

from support.anybody import AS_ANYBODY
from support.films import plays, screenplay
from support.processes import finish, start
from support.service import Service

TINY = {"size": "160x128"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def disk(tmp_path):
    """Mounts disks of a wanted size, where the machine lets us; all are gone in the end."""
    mounted = []

    def mount(megabytes):
        place = tmp_path / f"disk-{megabytes}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "tmpfs", str(place)]
        if os.geteuid() or not shutil.which("mount"):
            pytest.skip("no disk can be mounted here")
        if subprocess.run(command, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:  # its Postgres may still be on its way out
        subprocess.run(["umount", "-l", str(place)], check=True)


def _told_once(run, *words):
    status, stdout, stderr = run
    assert (status, stdout) == (1, ""), stderr
    assert len(stderr.strip().splitlines()) == 1, stderr
    for word in words:
        assert word in stderr


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("worker",)])
def test_a_home_one_may_not_write_to_is_said_plainly(command, tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    _told_once(finish(start(*command, home=home, first=AS_ANYBODY)), str(home), "write")


def test_a_service_that_finds_no_room_says_so_and_does_not_start(disk, monkeypatch):
    place = disk(3)
    monkeypatch.setattr("support.processes.furnish", lambda *_: None)  # it is to make its own
    _told_once(finish(start("serve", "--port", "0", home=place / "home")), "space")


def test_a_disk_that_fills_up_fails_the_film_and_a_retry_makes_the_rest(disk):
    place = disk(300)
    with Service(place / "home", REELWRIGHT_FILMS__CREW="1") as service:
        service.api("serve")
        given = {"name": "Ferry", "script": screenplay(2, "ferry")}
        project = service.call("POST", "/api/v1/projects", given)["id"]
        films = f"/api/v1/projects/{project}/films"
        ballast = place / "ballast"
        _leave_free(place, ballast, 1_000_000)
        film = service.call("POST", films, {"options": TINY})
        failed = service.wait_for(film["job_id"])
        assert failed["state"] == "failed"
        assert failed["error"]["code"] == "environment"
        assert "No space left" in failed["error"]["message"]
        kept = service.call("GET", "/api/v1/assets?limit=200")["items"]

        _leave_free(place, ballast, 0)
        status, problem = service.ask("POST", films, {"options": {"exports": "none"} | TINY})
        assert status in {202, 503}
        assert status == 202 or "space" in problem["detail"]
        ballast.unlink()
        service.call("POST", f"/api/v1/jobs/{film['job_id']}/retry")
        assert service.wait_for(film["job_id"])["state"] == "completed"
        film = service.call("GET", f"/api/v1/films/{film['id']}")
        plays(service.fetch(film["files"]["film.mp4"]["url"]), film["report"]["frames"])
        now = service.call("GET", "/api/v1/assets?limit=200")["items"]
        assert {one["id"] for one in kept} <= {one["id"] for one in now}


def _leave_free(place, ballast, left):
    """Fill the disk until so many bytes are left."""
    free = shutil.disk_usage(place).free - left
    with ballast.open("ab") as file:
        if free > 0:
            os.posix_fallocate(file.fileno(), file.tell(), free)
