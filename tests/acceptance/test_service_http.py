"""What people do with films over HTTP: refuse, renew, direct, call off, put off; each sees their own."""

import io
import sys
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from PIL import Image

from reelwright.engines.database.database import connect
from reelwright.engines.database.embedded import EmbeddedPostgres
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.media.sound import write_wav
from reelwright.ground.clock import SystemClock
from reelwright.identity.audit import AuditLog
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.studio.reading import read_film
from support.films import plays, screenplay
from support.people import new_person
from support.service import Service

TINY = {"size": "160x128", "exports": "otio,media"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(scope="module")
def service(tmp_path_factory, _one_run):
    home = tmp_path_factory.mktemp("http") / "home"
    with Service(home, REELWRIGHT_FILMS__CREW="2") as service:
        service.api("serve")
        yield service


def _project(service, scenes, word):
    given = {"name": word.title(), "script": screenplay(scenes, word)}
    return service.call("POST", "/api/v1/projects", given)["id"]


def _film(service, project, state="completed", **options):
    """A film of the project's newest revision, when its job has come to that end."""
    given = {"options": TINY | options}
    film = service.call("POST", f"/api/v1/projects/{project}/films", given)
    job = service.wait_for(film["job_id"])
    assert job["state"] == state, job
    return service.call("GET", f"/api/v1/films/{film['id']}")


def _asset_ids(service):
    listed, cursor = set(), ""
    while cursor is not None:
        page = service.call("GET", f"/api/v1/assets?limit=200{cursor and f'&cursor={cursor}'}")
        listed |= {one["id"] for one in page["items"]}
        cursor = page["next"]
    return listed


def test_a_script_that_cannot_be_read_is_refused_in_the_readers_words(service):
    sent = {"name": "Torn", "script": "<FinalDraft><Content>", "format": "fdx"}
    status, problem = service.ask("POST", "/api/v1/projects", sent)
    assert status == 422
    assert "script.fdx" in problem["detail"]
    assert not any(
        one["name"] == "Torn" for one in service.call("GET", "/api/v1/projects")["items"]
    )


def test_a_film_is_found_made_unless_it_is_wanted_fresh_and_a_request_may_be_sent_again(service):
    project = _project(service, 1, "kettle")
    first = _film(service, project)["report"]
    assert first["made"] == first["shots"] > 0
    again = _film(service, project)["report"]
    assert (again["made"], again["reused"]) == (0, first["shots"])
    fresh = _film(service, project, fresh=True)["report"]
    assert fresh["made"] == fresh["shots"]

    path, key = f"/api/v1/projects/{project}/films", {"Idempotency_Key": "once"}
    _, film = service.ask("POST", path, {"options": TINY}, **key)
    service.wait_for(film["job_id"])
    status, same = service.ask("POST", path, {"options": TINY}, **key)
    assert (status, same["id"]) == (202, film["id"])
    status, _ = service.ask("POST", path, {"options": TINY | {"fps": "25"}}, **key)
    assert status == 422


def test_a_revision_brings_a_picture_and_a_recording_of_ones_own(service, tmp_path):
    project = _project(service, 1, "lamp")
    before = _film(service, project)
    script = tmp_path / "lamp.fountain"
    script.write_text(screenplay(1, "lamp"))
    shots = read_film(script).breakdown.scenes[0].shots
    spoken = next(shot for shot in shots if shot.dialogue)
    silent = next(shot for shot in shots if not shot.dialogue)
    notes = (
        f'[shots.{spoken.id}]\nrecordings = ["takes/ada.wav"]\n'
        f'[shots.{silent.id}]\npicture = "art/lamp.png"\n'
    )
    take, art = tmp_path / "ada.wav", io.BytesIO()
    write_wav(take, np.sin(np.arange(36_000) / 20).astype(np.float32) / 3)
    Image.new("RGB", (320, 256), "red").save(art, "png")
    parts = [("script", "lamp.fountain", script.read_bytes()), ("notes", "n.toml", notes.encode())]
    put = ("PUT", f"/api/v1/projects/{project}/revision")
    status, _ = service.send(*put, *parts)
    assert status == 200
    failed = _film(service, project, "failed")
    assert "there is no file" in failed["error"]["message"]

    parts += [
        ("media", "takes/ada.wav", take.read_bytes()),
        ("media", "art/lamp.png", art.getvalue()),
    ]
    status, revision = service.send(*put, *parts)
    assert (status, revision["number"]) == (200, 3)
    film = _film(service, project)
    assert film["report"]["made"] >= 1
    assert film["report"]["duration_s"] != before["report"]["duration_s"]  # the take is longer
    plays(service.fetch(film["files"]["film.mp4"]["url"]), film["report"]["frames"])


def test_a_cancelled_film_stops_and_a_retry_makes_the_rest(service):
    project = _project(service, 6, "clock")
    film = service.call("POST", f"/api/v1/projects/{project}/films", {"options": TINY})
    before = _asset_ids(service)
    until = time.monotonic() + 300
    while len(_asset_ids(service) - before) < 8:
        assert time.monotonic() < until
        time.sleep(0.02)
    job = service.call("POST", f"/api/v1/jobs/{film['job_id']}/cancel")
    assert job["state"] == "cancelled"
    assert service.call("GET", f"/api/v1/films/{film['id']}")["state"] == "ended"
    stopped = _quiet(service)
    service.call("POST", f"/api/v1/jobs/{film['job_id']}/retry")
    assert service.wait_for(film["job_id"])["state"] == "completed"
    film = service.call("GET", f"/api/v1/films/{film['id']}")
    assert film["state"] == "finished"
    assert len(_asset_ids(service) - stopped) >= 8  # it was far from done
    assert stopped <= _asset_ids(service)
    plays(service.fetch(film["files"]["film.mp4"]["url"]), film["report"]["frames"])


def _quiet(service):
    """The assets when what was in flight has ended, and no more come."""
    seen, until = None, time.monotonic() + 300
    while (now := _asset_ids(service)) != seen:
        assert time.monotonic() < until, "batches go on after their film was cancelled"
        seen = now
        time.sleep(1)
    return now


def test_a_film_may_be_put_off(service):
    project = _project(service, 1, "kite")
    at = datetime.now(UTC) + timedelta(seconds=3)
    given = {"options": TINY, "scheduled_at": at.isoformat()}
    film = service.call("POST", f"/api/v1/projects/{project}/films", given)
    assert service.call("GET", f"/api/v1/jobs/{film['job_id']}")["state"] == "scheduled"
    job = service.wait_for(film["job_id"])
    assert job["state"] == "completed"
    assert datetime.fromisoformat(job["started_at"]) >= at - timedelta(seconds=0.1)


@pytest.mark.anyio
async def test_a_stranger_sees_nothing_of_it(service):
    project = _project(service, 1, "kettle")
    film = _film(service, project)
    with EmbeddedPostgres().attach(service.home) as server:
        urls = Urls(server.url, server.app_url, server.system_url, embedded=True)
        database = connect(DatabaseSettings(), urls)
        audit = AuditLog(database, SystemClock())
        tokens = TokenService(database, SystemClock(), audit, IdentitySettings())
        _, token = await tokens.create(await new_person(database, "Eve"), "Hers")
        await database.dispose()
    eve = {"Authorization": f"Bearer {token}"}
    for listed in ("projects", "jobs", "assets"):
        assert service.ask("GET", f"/api/v1/{listed}", **eve)[1]["items"] == []
    asset = film["files"]["film.mp4"]["asset_id"]
    for path in (
        f"projects/{project}",
        f"projects/{project}/films",
        f"films/{film['id']}",
        f"jobs/{film['job_id']}",
        f"assets/{asset}",
    ):
        status, _ = service.ask("GET", f"/api/v1/{path}", **eve)
        assert status == 404, path
    for path in (f"jobs/{film['job_id']}/cancel", f"projects/{project}/films"):
        assert service.ask("POST", f"/api/v1/{path}", {}, **eve)[0] == 404
