"""A project goes into one file and comes out of it: in another house, whole, as its own, or not at all."""

import asyncio
import json
import random
import re
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from reelwright.ground.ids import JobId
from reelwright.jobs.kinds import Work
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.wanting import WorkEndedError
from reelwright.studio.parcels.imports import ImportParams, ProjectImports
from support.api import signed_up, whole_api
from support.parcels import (
    SCRIPT,
    anything,
    but_for_ids_and_dates,
    hostile,
    manifest,
    told,
    with_content,
)
from support.pictures import picture_bytes
from support.rights import CLAIM
from support.tenants import owner
from support.upload import uploaded

pytestmark = pytest.mark.anyio

TINY = {"size": "160x128", "exports": "otio,media"}
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


class House:
    """A house with a worker, and a client of its owner."""

    def __init__(self, api, client):
        self.api = api
        self.client = client

    async def ask(self, method, path, status=None, **more):
        answer = await self.client.request(method, f"/api/v1{path}", **more)
        assert answer.status_code == (status or answer.status_code), answer.text
        return answer

    async def done(self, job, state="completed"):
        """The job, when it has ended."""
        for _ in range(600):
            told = (await self.ask("GET", f"/jobs/{job['id']}")).json()
            if told["state"] in {"completed", "failed", "cancelled"}:
                assert state in {told["state"], None}, told["error"]
                return told
            await asyncio.sleep(0.1)
        raise AssertionError(told)

    async def project(self, name="Small"):
        sent = {"name": name, "script": SCRIPT, "notes": "# as it is\n"}
        return (await self.ask("POST", "/projects", 201, json=sent)).json()

    async def film(self, project):
        made = await self.ask("POST", f"/projects/{project['id']}/films", json={"options": TINY})
        film = made.json()
        await self.done({"id": film["job_id"]})
        return (await self.ask("GET", f"/films/{film['id']}")).json()

    async def export(self, project):
        """The project's file, as bytes."""
        asked = await self.ask("POST", f"/projects/{project['id']}/exports", 202)
        job = await self.done(asked.json())
        signed = await self.ask("GET", f"/assets/{job['result']['asset_id']}/url", 200)
        got = await self.client.get(signed.json()["url"])
        assert got.status_code == 200
        return got.content

    async def bring(self, file, state="completed", **form):
        """What becomes of a file that is sent: the project, or the error."""
        sent = {"file": ("small.reelwright", file, "application/zip")}
        asked = await self.ask("POST", "/projects/imports", files=sent, data=form)
        if asked.status_code != 202:
            assert 400 <= asked.status_code < 500
            return asked.json()
        job = await self.done(asked.json(), state)
        if state != "completed":
            return job["error"]
        return (await self.ask("GET", f"/projects/{job['result']['project_id']}")).json()


@asynccontextmanager
async def housed(url, home):
    home.mkdir(exist_ok=True)
    async with (
        whole_api(url, home, worker=True, identity={"sign_up": "open"}) as api,
        api.client() as client,
    ):
        yield House(api, client)


@pytest.fixture
async def house(database_url, tmp_path):
    async with housed(database_url, tmp_path / "one") as house:
        yield house


@pytest.fixture
def houses(server, tmp_path):
    """Two houses that know nothing of each other; a process has one open at a time."""
    urls = {name: server.create() for name in ("one", "other")}
    yield lambda name: housed(urls[name], tmp_path / name)
    for url in urls.values():
        server.drop(url)


async def test_a_film_that_was_made_is_made_again_in_another_house_of_what_came_along(houses):
    async with houses("one") as house:
        project = await house.project()
        first = await house.film(project)
        assert first["report"]["made"] > 0
        file = await house.export(project)
    async with houses("other") as house:
        brought = await house.bring(file)
        assert brought["name"] == "Small"
        there = (await house.ask("GET", "/assets/statistics")).json()["assets"]
        again = await house.film(brought)
        assert (await house.ask("GET", "/assets/statistics")).json()["assets"] == there
    assert again["report"]["made"] == 0
    assert again["report"]["reused"] == first["report"]["shots"]


def left(house, url):
    """All rows there are of projects and files, and all objects in storage."""
    tables = ("projects", "revisions", "project_states", "project_comments", "products", "assets")
    with owner(url) as connection:
        rows = {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # ours
            for table in tables
        }
        rows["blobs"] = connection.scalar(text("SELECT count(*) FROM blobs WHERE uses > 0"))
        rows["bytes"] = connection.scalar(text("SELECT sum(bytes) FROM usage_totals"))
        known = set(connection.scalars(text("SELECT key FROM blobs")))
    drafts = list(house.api.opened.settings.home.rglob("import-*"))
    objects = house.api.opened.settings.home / "objects"
    there = {
        one.relative_to(objects).as_posix() for one in objects.glob("ws_*/**/*") if one.is_file()
    }
    assert known & there, "this is where they lie"
    return rows | {"drafts": drafts, "orphans": there - known}


async def test_a_file_that_somebody_has_tampered_with_leaves_nothing_behind(house, database_url):
    project = await house.project()
    good = await house.export(project)
    before = left(house, database_url)
    for what, file in hostile(good):
        error = await house.bring(file, "failed")
        assert error["code"] != "fault", (what, error)
        assert "message" in error or "detail" in error, (what, error)
        assert left(house, database_url) == before, what
    assert (await house.bring(good))["name"] == "Small"


@pytest.mark.parametrize("seed", range(3))
async def test_what_came_out_of_a_file_goes_into_one_again_and_nothing_is_lost(houses, seed):
    async with houses("one") as house:
        project = await anything(house, random.Random(seed))
        first = await house.export(project)
    async with houses("other") as house:
        brought = await house.bring(first)
        second = await house.export(brought)
    assert brought["id"] != project["id"]
    once, again = but_for_ids_and_dates(manifest(first)), but_for_ids_and_dates(manifest(second))
    assert again == once
    assert once["parts"]["comments"]
    assert not re.search("usr_|ws_|tok_|shr_|inv_|@", json.dumps(once))


async def test_marks_count_in_the_workspace_of_whoever_brings_them_and_never_over_what_is_there(
    house, database_url
):
    file = await house.export(await house.project())
    forged, ours = "f" * 64, "0" * 64
    with owner(database_url) as connection:
        workspace = connection.scalar(text("SELECT workspace_id FROM projects LIMIT 1"))
        mine = connection.scalar(text("SELECT id FROM assets LIMIT 1"))
        connection.execute(
            text(
                "INSERT INTO products (workspace_id, recipe_digest, operation, asset_id, last_used_at)"
                " VALUES (:w, :r, 'still', :a, now())"
            ),
            {"w": workspace, "r": ours, "a": mine},
        )
    marks = [{"recipe": one, "family": None, "operation": "still"} for one in (forged, ours)]
    await house.bring(told(file, lambda one: one["assets"][0].update(marks=marks)))
    with owner(database_url) as connection:
        found = connection.execute(
            text("SELECT recipe_digest, workspace_id, asset_id FROM products")
        )
        products = {one.recipe_digest: one for one in found}
    assert products[ours].asset_id == mine
    assert products[forged].asset_id != mine
    assert {one.workspace_id for one in products.values()} == {workspace}


async def test_a_mark_that_the_file_belies_is_not_believed(house, database_url):
    file = await house.export(await house.project())
    marks = [{"recipe": "f" * 64, "family": None, "operation": "voice"}]
    lie = {"marks": marks, "facts": {"seconds": 1e9}}
    brought = await house.bring(told(file, lambda one: one["assets"][0].update(lie)))
    assert brought["name"] == "Small"
    with owner(database_url) as connection:
        known = connection.scalars(text("SELECT recipe_digest FROM products")).all()
    assert "f" * 64 not in known


async def test_a_file_in_the_library_can_be_brought_in_and_stays_there(house):
    project = await house.project()
    asked = await house.ask("POST", f"/projects/{project['id']}/exports", 202)
    asset = (await house.done(asked.json()))["result"]["asset_id"]
    given = {"asset_id": asset, "name": "Another"}
    job = (await house.ask("POST", "/projects/imports", 202, json=given)).json()
    brought = (await house.done(job))["result"]
    assert brought["name"] == "Another"
    kept = (await house.ask("GET", f"/assets/{asset}", 200)).json()
    assert kept["name"] == "Small.reelwright"
    assert kept["trashed_at"], "it goes by itself"
    listed = (await house.ask("GET", "/assets", 200)).json()["items"]
    assert asset not in {one["id"] for one in listed}
    await house.ask("POST", "/projects/imports", 404, json={"asset_id": "ast_" + "0" * 26})
    await house.ask("POST", "/projects/imports", 422, json={"asset_id": 7})
    await house.ask("POST", "/projects/imports", 415, content=b"x")


async def test_who_has_no_room_for_it_is_told_before_it_is_unpacked(house, database_url):
    file = await house.export(await house.project())
    large = with_content(file, random.Random(1).randbytes(200_000))
    before = left(house, database_url)
    with owner(database_url) as connection:
        used = connection.scalar(text("SELECT bytes FROM usage_totals"))
        connection.execute(
            text("UPDATE users SET plan = 'free', max_storage = :most"),
            {"most": used + len(large) + 100},
        )
    error = await house.bring(large, "failed")
    assert error["code"] == "quota_exhausted"
    assert left(house, database_url) == before


async def test_of_two_that_are_brought_at_once_those_come_for_which_there_is_room(
    house, database_url
):
    file = await house.export(await house.project())
    jobs, chance = [], random.Random(1)
    for _ in range(2):
        large = with_content(file, chance.randbytes(200_000))
        kept = await uploaded(house.client, large, "small.reelwright")
        jobs.append({"asset_id": kept})
    with owner(database_url) as connection:
        used = connection.scalar(text("SELECT bytes FROM usage_totals"))
        most = {"most": used + 300_000}
        connection.execute(text("UPDATE users SET plan = 'free', max_storage = :most"), most)
    with owner(database_url) as connection, owner(database_url) as other:
        # Both have asked for room before either is counted.
        connection.execute(text("BEGIN; SELECT FROM usage_totals FOR UPDATE"))
        ask = [house.ask("POST", "/projects/imports", 202, json=one) for one in jobs]
        asked = [one.json() for one in await asyncio.gather(*ask)]
        async with asyncio.timeout(30):
            while other.scalar(text(WAITING)) < 2:  # noqa: ASYNC110  # Postgres tells nobody
                await asyncio.sleep(0.05)
        connection.execute(text("ROLLBACK"))
    done = await asyncio.gather(*(house.done(one, None) for one in asked))
    assert sorted(one["state"] for one in done) == ["completed", "failed"]
    with owner(database_url) as connection:
        assert used < connection.scalar(text("SELECT bytes FROM usage_totals")) <= most["most"]


async def run(house, job):
    """Run a job as a worker would that begins it anew, also one that has ended."""
    container, owner_ = house.api.opened.container, house.api.opened.owner
    known = await (await container.get(JobService)).get_job(owner_, JobId(job["id"]))
    imports = await container.get(ProjectImports)
    nothing: Any = None  # it takes no steps, waits for nothing, and sends nobody
    needless = dict.fromkeys(("steps", "wait", "errands"), nothing)
    progress = (await container.get(ProgressTracker)).bound(known.id)
    params = ImportParams.model_validate(known.params)
    return await imports.kind.run(
        Work(job=known, params=params, who=known.principal, progress=progress, **needless)
    )


async def test_a_worker_that_dies_after_its_commit_leaves_one_project_not_two(house, database_url):
    file = await house.export(await house.project())
    sent = {"file": ("small.reelwright", file, "application/zip")}
    job = (await house.ask("POST", "/projects/imports", 202, files=sent)).json()
    first = (await house.done(job))["result"]
    before = left(house, database_url)
    assert await run(house, job) == first
    assert left(house, database_url) == before


async def test_a_job_that_was_called_off_makes_no_project(house, database_url):
    project = await house.project()
    asked = await house.ask("POST", f"/projects/{project['id']}/exports", 202)
    asset = (await house.done(asked.json()))["result"]["asset_id"]
    given = {"asset_id": asset}
    job = (await house.ask("POST", "/projects/imports", 202, json=given)).json()
    made = (await house.done(job))["result"]["project_id"]
    await house.ask("DELETE", f"/projects/{made}", 204)
    await house.ask("DELETE", f"/projects/{made}/trash", 204)
    before = left(house, database_url)
    with owner(database_url) as connection:
        connection.execute(text("UPDATE jobs SET state = 'cancelled' WHERE id = :id"), job)
    with pytest.raises(WorkEndedError):
        await run(house, job)
    assert left(house, database_url) == before


async def test_a_guest_takes_along_the_project_they_edit_and_nothing_else_of_the_workspace(
    house, database_url
):
    project, other = await house.project(), await house.project("Secret")
    secret = other["head"]["files"]["script.fountain"]
    at = f"/projects/{project['id']}"
    named = {"data": {"mine": secret}}
    await house.ask("PUT", f"{at}/state?expected=0", 200, json=named)
    member = manifest(await house.export(project))
    assert len(member["assets"]) == 3
    async with house.api.client("") as client:
        guest = await signed_up(client, "gus")
        email = {"email": "gus@example.com", "role": "editor"}
        offer = (await house.ask("POST", f"{at}/invitations", 201, json=email)).json()
        given = {"invitation": offer["invitation"]}
        taken = await client.post("/api/v1/invitations/accept", json=given, headers=guest)
        assert taken.status_code == 200, taken.text
        here = guest | {"Reelwright-Workspace": offer["workspace"]}
        asked = await client.post(f"/api/v1{at}/exports", headers=here)
        assert asked.status_code == 202, asked.text
        job = await house.done(asked.json())
        signed = await client.get(f"/api/v1/assets/{job['result']['asset_id']}/url", headers=here)
        file = (await client.get(signed.json()["url"])).content
        theirs = manifest(file)
        assert len(theirs["assets"]) == 2
        assert secret not in {one["id"] for one in theirs["assets"]}
        sent = {"file": ("small.reelwright", file, "application/zip")}
        brought = await client.post("/api/v1/projects/imports", files=sent, headers=guest)
        for _ in range(100):
            path = f"/api/v1/jobs/{brought.json()['id']}"
            job = (await client.get(path, headers=guest)).json()
            if job["finished_at"]:
                break
            await asyncio.sleep(0.1)
        assert job["state"] == "completed", job["error"]


async def test_what_is_held_back_does_not_leave_in_a_file_of_the_project(house):
    project = await house.project()
    kept, held = [
        await uploaded(house.client, picture_bytes(colour=colour), f"{colour}.png", project["id"])
        for colour in ("red", "blue")
    ]
    notice = (await house.ask("POST", "/notices", 202, json=CLAIM | {"address": held})).json()
    async with house.api.client(await house.api.new_session()) as operator:
        where = f"/api/v1/operator/notices/{notice['id']}/uphold"
        answer = await operator.post(where, json={"reason": "it is hers"})
        assert answer.status_code == 200, answer.text
    there = {one["id"] for one in manifest(await house.export(project))["assets"]}
    assert kept in there
    assert held not in there
