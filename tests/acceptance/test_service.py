"""A film over HTTP while the processes that make it are killed one after the other."""

import io
import os
import signal
import sys
import time

import av
import pytest

from support.service import Listener, Service, kill, postmaster

SCRIPT = """Title: The Ferry

EXT. HARBOR - DAY

ADA (40s) looks at the water. A GULL cries.

ADA
It never comes on time.

EXT. STREET - NIGHT

Rain. Ada walks fast.

INT. KITCHEN - NIGHT

Ada pours tea.

ADA
It was there all along.

She laughs.
"""
REVISED = SCRIPT.replace("She laughs.", "She weeps.")
SMALL = {"size": "320x180"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def service(tmp_path):
    with Service(tmp_path / "home", REELWRIGHT_DURABLE__LEASE_S="3") as service:
        yield service


def test_a_film_is_made_revised_and_remade_while_everything_is_killed(service):
    api = service.api()
    worker = service.worker()
    listener = Listener(service)
    listener.start()
    assert listener.listening.wait(10)
    project = service.call("POST", "/api/v1/projects", {"name": "Ferry", "script": SCRIPT})
    films = f"/api/v1/projects/{project['id']}/films"
    first = service.call("POST", films, {"options": SMALL})

    service.wait_for(first["job_id"], "running")
    time.sleep(1)
    kill(worker)
    worker = service.worker()
    time.sleep(1)
    port = service.base.rsplit(":", 1)[1]
    kill(api)
    api = service.api(port=int(port))
    os.kill(postmaster(service.home), signal.SIGKILL)
    assert service.wait_for(first["job_id"])["state"] == "completed"
    made = service.call("GET", f"/api/v1/films/{first['id']}")
    _plays(service.fetch(made["files"]["film.mp4"]["url"]))

    service.call("PUT", f"/api/v1/projects/{project['id']}/revision", {"script": REVISED})
    second = service.call("POST", films, {"options": SMALL})
    assert second["id"] != first["id"]
    assert service.wait_for(second["job_id"])["state"] == "completed"
    remade = service.call("GET", f"/api/v1/films/{second['id']}")
    report = remade["report"]
    assert 1 <= report["made"] < report["shots"]
    _plays(service.fetch(remade["files"]["film.mp4"]["url"]))

    listener.stop()
    assert listener.returns > 1
    assert listener.ids == sorted(set(listener.ids))
    _tells_the_story(listener.events, first["job_id"])
    _tells_the_story(listener.events, second["job_id"])
    _nothing_was_made_twice(service, listener.events)


def _plays(film: bytes) -> None:
    with av.open(io.BytesIO(film), "r") as opened:
        assert sum(1 for _ in opened.decode(video=0)) > 100


def _tells_the_story(events, job_id) -> None:
    told = [one["kind"] for one in events if one["subject"] == job_id]
    kinds = [kind for kind in told if kind != "job:progress"]
    assert kinds[0] == "job:created"
    assert kinds[-1] == "job:completed"
    assert kinds.count("job:created") == kinds.count("job:completed") == 1


def _nothing_was_made_twice(service, events) -> None:
    """Each asset of the library was announced exactly once, and each recipe has one product."""
    listed, cursor = [], ""
    while cursor is not None:
        page = service.call("GET", f"/api/v1/assets?limit=200{cursor and f'&cursor={cursor}'}")
        listed += page["items"]
        cursor = page["next"]
    announced = [one["subject"] for one in events if one["kind"] == "asset:created"]
    assert sorted(announced) == sorted(one["id"] for one in listed)
    recipes = [one["origin"]["ref"] for one in listed if one["origin"]["kind"] == "recipe"]
    assert len(recipes) == len(set(recipes)) > 10
