"""A project is carried from one home to another by two commands, and its film is not made again."""

import hashlib
import json
import random

from support.command import reelwright
from support.service import Service, kill

SCRIPT = """Title: Small

EXT. BEACH - DAY

MARA (30s) walks along the water.

MARA
Is anybody there?
"""


def _told(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_project_is_written_to_a_file_and_read_in_another_home(tmp_path):
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / "small.reelwright"
    script = tmp_path / "small.fountain"
    script.write_text(SCRIPT, encoding="utf-8")
    film = "film", script, "--size", "160x128", "--exports", "otio", "--json"
    first = _told(reelwright(*film, "--out", tmp_path / "film", home=one))
    assert first["made"] > 0
    (known,) = _told(reelwright("project", "list", "--json", home=one))["projects"]
    written = reelwright("project", "export", known["id"], "--out", file, "--json", home=one)
    assert _told(written)["file"] == str(file)
    read = _told(reelwright("project", "import", file, "--name", "Carried", "--json", home=other))
    assert read["name"] == "Carried"
    again = _told(reelwright(*film, "--out", tmp_path / "again", home=other))
    assert (again["made"], again["reused"]) == (0, first["shots"])


def test_what_is_no_projects_file_is_refused_in_one_line(tmp_path):
    script = tmp_path / "small.fountain"
    script.write_text(SCRIPT, encoding="utf-8")
    done = reelwright("project", "import", script)
    assert done.returncode == 2
    assert "the file is no project" in done.stderr
    missing = reelwright("project", "import", tmp_path / "none")
    assert missing.returncode == 2
    assert "there is no such file" in missing.stderr
    assert reelwright("project", "export", "prj_nothing").returncode == 2


def test_a_worker_that_is_killed_over_an_import_leaves_one_project_in_the_end(tmp_path):
    with Service(tmp_path / "home", REELWRIGHT_DURABLE__LEASE_S="3") as service:
        served = service.api("serve")
        clip = random.Random(1).randbytes(60_000_000)
        media = ("media", "sea.bin", clip)
        script = ("script", "small.fountain", SCRIPT.encode())
        status, project = service.send("POST", "/api/v1/projects", script, media)
        assert status == 201, project
        job = service.call("POST", f"/api/v1/projects/{project['id']}/exports", {})
        asset = service.wait_for(job["id"])["result"]["asset_id"]
        job = service.call("POST", "/api/v1/projects/imports", {"asset_id": asset})
        service.wait_for(job["id"], "running")
        kill(served)
        service.api("serve", port=int(service.base.rpartition(":")[2]))
        ended = service.wait_for(job["id"])
        assert ended["state"] == "completed", ended["error"]
        found = service.call("GET", "/api/v1/projects")["items"]
        assert [one["name"] for one in found] == ["Small", "Small"]
        brought = next(one for one in found if one["id"] == ended["result"]["project_id"])
        asset = service.call("GET", f"/api/v1/assets/{brought['head']['files']['sea.bin']}")
        assert asset["sha256"] == hashlib.sha256(clip).hexdigest()


def test_a_file_that_is_not_there_is_wrong_input(tmp_path):
    home = tmp_path / "home"
    run = reelwright("project", "import", tmp_path / "none.reelwright", home=home)
    assert (run.returncode, run.stdout) == (2, "")
    assert "there is no such file (name one that `project export` wrote)" in run.stderr
