"""Machines that share one Postgres and one storage make a film together; any of them may die."""

import sys
import time

import pytest

from support.external import Machines
from support.films import plays, screenplay
from support.s3 import s3_server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def storage(request, tmp_path):
    if request.param == "folder":
        yield {"REELWRIGHT_STORAGE__FOLDER": str(tmp_path / "shared")}
        return
    with s3_server("films") as settings:
        yield settings


@pytest.fixture
def machines(storage, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_DATABASE_URL", database_url)
    with Machines(tmp_path, database_url, **storage) as machines:
        yield machines


@pytest.mark.parametrize(
    ("storage", "victim"),
    [("s3", "the director"), ("folder", "the other")],
    indirect=["storage"],
)
def test_two_workers_share_a_films_shots_and_either_may_be_killed(machines, victim):
    api = machines.api
    api.api()
    for name in ("one", "two"):
        machines.worker(name)
    project = api.call(
        "POST", "/api/v1/projects", {"name": "Ferry", "script": screenplay(6, "ferry")}
    )
    options = {"size": "320x180", "exports": "otio,media"}
    film = api.call("POST", f"/api/v1/projects/{project['id']}/films", {"options": options})
    run = f"{film['job_id']}.1"
    _until(lambda: len(machines.batches()) == 2)
    director = machines.who_runs(run)
    assert director in machines.workers
    dying = director if victim == "the director" else ({"one", "two"} - {director}).pop()
    lost = machines.in_flight(dying)
    machines.kill(dying)
    lost |= machines.in_flight(dying)  # what it had taken since we looked
    on_its_disk = machines.store(dying)
    known = {batch for batches in machines.batches().values() for batch in batches}

    job = api.wait_for(film["job_id"])
    assert job["state"] == "completed", job
    made = machines.batches()
    assert made.keys() == {"one", "two"}
    assert machines.who_runs(run) == ({"one", "two"} - {dying}).pop() or victim == "the other"
    again = set(machines.made_after(known)) & on_its_disk
    assert again <= lost
    film = api.call("GET", f"/api/v1/films/{film['id']}")
    plays(api.fetch(film["files"]["film.mp4"]["url"]), at_least=300)
    _every_product_is_in_the_library_once(machines, film)


def _until(come, within=300.0):
    until = time.monotonic() + within
    while not come():
        assert time.monotonic() < until
        time.sleep(0.02)


def _every_product_is_in_the_library_once(machines, film):
    """Also those that the dead machine alone had on its disk."""
    api = machines.api
    clips = [one for name, one in film["files"].items() if name.startswith("media/")]
    assert len(clips) >= film["report"]["shots"]
    for one in clips[:3]:
        assert len(api.fetch(one["url"])) == one["size"]
    ((recipes, products),) = machines.rows(
        "SELECT count(DISTINCT recipe_digest), count(*) FROM products"
    )
    assert recipes == products > 20
