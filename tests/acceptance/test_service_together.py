"""Commands and a service on one home at once: what one makes all have, and no death hurts another."""

import contextlib
import json
import signal
import sys
import time

import pytest
import sqlalchemy as sa

from reelwright.engines.database.embedded import EmbeddedPostgres
from support.films import plays, screenplay
from support.processes import finish, kill_all, start
from support.service import Service

SMALL = ("--size", "320x180", "--jobs", "1", "--exports", "otio,media", "--json")
SHORT_LEASE = {"REELWRIGHT_DURABLE__LEASE_S": "3"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def films(tmp_path):
    """Starts `film` commands on one home; what still runs at the end is killed."""
    begun = []

    def film(word, out, scenes=4):
        script = tmp_path / f"{word}.fountain"
        script.write_text(screenplay(scenes, word))
        command = ("film", script, "--out", tmp_path / out, *SMALL)
        begun.append(start(*command, home=tmp_path / "home", **SHORT_LEASE))
        return begun[-1]

    yield film
    for run in begun:
        if run.poll() is None:
            kill_all(run)


@contextlib.contextmanager
def _database(home):
    """Asks the home's Postgres one question."""
    with EmbeddedPostgres().attach(home) as server:
        engine = sa.create_engine(server.url, poolclass=sa.NullPool)

        def ask(question):
            with engine.connect() as connection:
                return connection.scalar(sa.text(question))

        yield ask


def _until(come, *runs):
    until = time.monotonic() + 300
    while not come():
        assert time.monotonic() < until
        assert all(run.poll() is None for run in runs)
        time.sleep(0.02)


def _report(run):
    status, stdout, stderr = finish(run, timeout=400)
    assert status == 0, stderr
    return json.loads(stdout)


def _products(home):
    return set((home / "store" / "products").glob("*/*.json"))


def test_films_and_a_service_on_one_home_the_first_killed_the_others_finish(films, tmp_path):
    home = tmp_path / "home"
    with Service(home, **SHORT_LEASE, REELWRIGHT_FILMS__CREW="1") as service:
        service.api("serve")
        first, same = films("ferry", "one"), films("ferry", "two")
        other = films("lamp", "three", scenes=1)
        _until(lambda: len(_products(home)) > 8, first, same)
        kill_all(first)
        reports = {"two": _report(same), "three": _report(other)}
        for out, report in reports.items():
            plays((tmp_path / out / "film.mp4").read_bytes(), report["frames"])
        assert not (tmp_path / "one" / "film.mp4").exists()
        _what_one_has_made_the_other_has(service, films, reports["two"])


def _what_one_has_made_the_other_has(service, films, report):
    listed = service.call("GET", "/api/v1/projects")["items"]
    (project,) = (one["id"] for one in listed if one["name"] == "The Ferry")
    options = {"size": "320x180"}
    film = service.call("POST", f"/api/v1/projects/{project}/films", {"options": options})
    assert service.wait_for(film["job_id"])["state"] == "completed"
    made = service.call("GET", f"/api/v1/films/{film['id']}")["report"]
    assert (made["made"], made["reused"]) == (0, report["shots"])
    given = {"name": "Kite", "script": screenplay(1, "kite")}
    project = service.call("POST", "/api/v1/projects", given)["id"]
    film = service.call("POST", f"/api/v1/projects/{project}/films", {"options": options})
    assert service.wait_for(film["job_id"])["state"] == "completed"
    found = _report(films("kite", "four", scenes=1))
    assert (found["made"], found["reused"]) == (0, found["shots"])


def test_stopped_by_ctrl_c_a_film_goes_on_for_whoever_else_wants_it(films, tmp_path):
    home = tmp_path / "home"
    first = films("ferry", "one", scenes=6)
    _until(lambda: _products(home), first)
    with _database(home) as ask:
        second = films("ferry", "two", scenes=6)
        _until(lambda: ask("SELECT max(wanted) FROM productions") == 2, first, second)
        first.send_signal(signal.SIGINT)
        status, stdout, stderr = finish(first)
        assert (status, stdout) == (130, ""), stderr
        assert _report(second)["shots"] > 0
        assert ask("SELECT string_agg(state, ',') FROM jobs") == "completed"


def test_stopped_by_ctrl_c_a_film_of_ones_own_is_cancelled_and_the_same_command_resumes_it(
    films, tmp_path
):
    home = tmp_path / "home"
    first = films("ferry", "one")
    _until(lambda: len(_products(home)) > 4, first)
    first.send_signal(signal.SIGINT)
    assert finish(first)[0] == 130
    kept = {path: path.stat().st_ino for path in _products(home)}
    with _database(home) as ask:
        assert ask("SELECT string_agg(state, ',') FROM jobs") == "cancelled"
        assert ask("SELECT bool_or(live) FROM productions") is False
    report = _report(films("ferry", "one"))
    assert kept.items() <= {path: path.stat().st_ino for path in _products(home)}.items()
    plays((tmp_path / "one" / "film.mp4").read_bytes(), report["frames"])
